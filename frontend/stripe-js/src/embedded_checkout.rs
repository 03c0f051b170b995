//! Stripe's whole payment page inside yours.

use std::fmt;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::future_to_promise;

use crate::answer::Answer;
use crate::calls::Reply;
use crate::error::StripeError;
use crate::given::Given;
use crate::js;
use crate::options::options;
use crate::secret::Secret;
use crate::stripe::Stripe;

options! {
    /// Which Checkout Session is shown: one with `ui_mode: embedded_page`.
    ///
    /// See <https://docs.stripe.com/js/embedded_checkout/init>.
    #[serde(rename_all = "camelCase")]
    pub struct EmbeddedCheckoutOptions {
        /// The session's client secret. Or let Stripe.js ask for it: [`Given::with_client_secret`].
        client_secret: Secret,
    }
}

impl Given<EmbeddedCheckoutOptions> {
    /// Lets Stripe.js ask for the client secret when it wants it. An error of yours becomes the page's.
    #[must_use]
    pub fn with_client_secret<F: Future<Output = Result<Secret, String>> + 'static>(
        self,
        fetch: impl Fn() -> F + 'static,
    ) -> Self {
        let fetch = Closure::<dyn Fn() -> Promise>::new(move || {
            let fetched = fetch();
            future_to_promise(async move {
                let secret = fetched.await.map_err(JsValue::from)?;
                Ok(JsValue::from_str(secret.expose()))
            })
        });
        self.with("fetchClientSecret", fetch.into_js_value())
    }

    /// Hears that the shopper has paid, where the session does not redirect.
    #[must_use]
    pub fn with_on_complete(self, handler: impl FnMut() + 'static) -> Self {
        let handler = Closure::<dyn FnMut()>::new(handler);
        self.with("onComplete", handler.into_js_value())
    }
}

/// Stripe's payment page, which lives as long as this value: dropping it takes it off the page and destroys it, once.
///
/// See <https://docs.stripe.com/js/embedded_checkout>.
pub struct EmbeddedCheckout {
    handle: JsValue,
}

impl Stripe {
    /// Makes Stripe's payment page for a session. There can be one at a time. Replaces `initEmbeddedCheckout` of earlier
    /// trains.
    ///
    /// See <https://docs.stripe.com/js/embedded_checkout/init>.
    ///
    /// # Errors
    /// Whatever Stripe answers.
    pub fn create_embedded_checkout_page(
        &self,
        options: impl Into<Given<EmbeddedCheckoutOptions>>,
    ) -> Answer<EmbeddedCheckout> {
        let called = js::plain(&options.into())
            .and_then(|options| js::call(self.as_ref(), CREATE_EMBEDDED_CHECKOUT_PAGE, &[options]));
        Answer::new(called, EmbeddedCheckout::reply)
    }
}

pub(crate) const CREATE_EMBEDDED_CHECKOUT_PAGE: &str = "createEmbeddedCheckoutPage";

impl EmbeddedCheckout {
    /// Shows the payment page in `place`.
    ///
    /// See <https://docs.stripe.com/js/embedded_checkout/mount>.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js cannot mount it there.
    pub fn mount(&self, place: &web_sys::Element) -> Result<(), StripeError> {
        let place: &JsValue = place.as_ref();
        self.tell("mount", std::slice::from_ref(place))
    }

    /// Takes the payment page off your page; it can be mounted again.
    ///
    /// See <https://docs.stripe.com/js/embedded_checkout/unmount>.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js threw.
    pub fn unmount(&self) -> Result<(), StripeError> {
        self.tell("unmount", &[])
    }

    fn tell(&self, method: &str, arguments: &[JsValue]) -> Result<(), StripeError> {
        js::call(&self.handle, method, arguments)
            .map(drop)
            .map_err(js::thrown)
    }
}

impl Reply for EmbeddedCheckout {
    fn reply(answer: &JsValue) -> Result<Self, StripeError> {
        js::handle(answer).map(|handle| Self { handle })
    }
}

impl Drop for EmbeddedCheckout {
    fn drop(&mut self) {
        if let Err(error) = self.tell("destroy", &[]) {
            js::warn(
                "stripe-js could not destroy a payment page",
                &JsValue::from_str(&error.to_string()),
            );
        }
    }
}

impl fmt::Debug for EmbeddedCheckout {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("EmbeddedCheckout")
    }
}
