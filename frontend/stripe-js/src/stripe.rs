//! The Stripe object: what everything else is made from.

use js_sys::Function;
use wasm_bindgen::JsValue;

use crate::elements::{Elements, ElementsOptions, IntentElementsOptions};
use crate::error::StripeError;
use crate::extra::Extra;
use crate::given::Given;
use crate::js;
use crate::json::Json;
use crate::loader::{self, LoadOptions, RELEASE_TRAIN};
use crate::options::options;
use crate::publishable_key::PublishableKey;
use crate::readable::Readable;

/// Stripe.js on this page, with a publishable key. Clones are handles to the same object.
///
/// See <https://docs.stripe.com/js/initializing>.
#[derive(Clone, Debug)]
pub struct Stripe {
    handle: JsValue,
}

options! {
    /// How Stripe.js is opened, beside the key.
    ///
    /// See <https://docs.stripe.com/js/initializing#init_stripe_js-options>.
    #[serde(rename_all = "camelCase")]
    pub struct StripeOptions {
        /// The connected account to act for, `acct_…`.
        stripe_account: String,
        /// Another version of the API than the train's own. Rarely right.
        api_version: String,
        /// The language of everything that Stripe shows, as an IETF tag; the browser's by default.
        locale: String,
        /// Betas that Stripe has opened for your account.
        betas: Vec<String>,
        /// What Stripe.js offers developers.
        developer_tools: DeveloperTools,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

options! {
    /// What Stripe.js offers developers, with a test key.
    pub struct DeveloperTools {
        /// The assistant at the page's edge.
        assistant: Assistant,
    }
}

options! {
    /// The assistant at the page's edge.
    pub struct Assistant {
        /// Whether it is there.
        enabled: bool,
    }
}

options! {
    /// Who made what the page is built with, for Stripe's support.
    pub struct AppInfo {
        required {
            /// Its name, at most 30 characters.
            name: String,
        }
        /// Its version.
        version: String,
        /// Where it lives.
        url: String,
        /// Its number as a partner of Stripe's.
        partner_id: String,
    }
}

impl Stripe {
    /// Loads Stripe.js, unless it is on the page already, and opens it with the key.
    ///
    /// Loading starts with the call, not with the first poll. Calls that meet share one load, and the first one's
    /// options count. A tag that the page has already is used. A load that fails is tried once more with a new tag; if
    /// that fails too, the next call starts afresh.
    ///
    /// With a test key, a script of another train than [`RELEASE_TRAIN`] is reported on the console.
    ///
    /// On a server, where the npm package answers `null`, this is an error like a script that did not arrive: for whoever
    /// waits for a form, both mean that there is none, and one `?` covers both.
    ///
    /// # Errors
    /// [`ErrorKind::is_not_loaded`](crate::ErrorKind::is_not_loaded) if the script did not arrive;
    /// [`ErrorKind::Unavailable`](crate::ErrorKind::Unavailable) always, where there is no browser;
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js refused the key.
    pub fn load(
        key: &PublishableKey,
        options: &LoadOptions,
    ) -> impl Future<Output = Result<Self, StripeError>> + use<> {
        let constructor = loader::load(options);
        let key = key.clone();
        async move { Self::open(&constructor.await?, &key, JsValue::UNDEFINED) }
    }

    /// [`load`](Self::load), and options for Stripe.js itself.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn load_with<O: Into<Json<StripeOptions>>>(
        key: &PublishableKey,
        options: &LoadOptions,
        stripe_options: O,
    ) -> impl Future<Output = Result<Self, StripeError>> + use<O> {
        let constructor = loader::load(options);
        let key = key.clone();
        let stripe_options = Given::from(stripe_options.into());
        async move {
            let constructor = constructor.await?;
            let stripe_options = js::plain(&stripe_options).map_err(js::thrown)?;
            Self::open(&constructor, &key, stripe_options)
        }
    }

    fn open(
        constructor: &Function,
        key: &PublishableKey,
        options: JsValue,
    ) -> Result<Self, StripeError> {
        if key.is_test() {
            warn_of_another_train(constructor);
        }
        js::apply(
            constructor,
            &JsValue::UNDEFINED,
            &[key.as_str().into(), options],
        )
        .map(|handle| Self { handle })
        .map_err(js::thrown)
    }

    /// Opens a group of Elements before any intent exists.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create_without_intent>.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js refused the options.
    pub fn elements(
        &self,
        options: impl Into<Given<ElementsOptions>>,
    ) -> Result<Elements, StripeError> {
        self.make(ELEMENTS, &options.into()).map(Elements::new)
    }

    /// Opens a group of Elements for an intent that the server has made, or for elements that need none.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create>.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js refused the options.
    pub fn elements_for_intent(
        &self,
        options: impl Into<Given<IntentElementsOptions>>,
    ) -> Result<Elements, StripeError> {
        self.make(ELEMENTS, &options.into()).map(Elements::new)
    }

    /// Tells Stripe who made what the page is built with.
    ///
    /// See <https://docs.stripe.com/building-plugins#setappinfo>.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js threw.
    pub fn register_app_info(&self, info: impl Into<Given<AppInfo>>) -> Result<(), StripeError> {
        self.make(REGISTER_APP_INFO, &info.into()).map(drop)
    }

    pub(crate) fn make<T>(&self, method: &str, options: &Given<T>) -> Result<JsValue, StripeError> {
        js::plain(options)
            .and_then(|options| js::call(&self.handle, method, &[options]))
            .map_err(js::thrown)
    }
}

pub(crate) const ELEMENTS: &str = "elements";
pub(crate) const REGISTER_APP_INFO: &str = "registerAppInfo";

impl AsRef<JsValue> for Stripe {
    fn as_ref(&self) -> &JsValue {
        &self.handle
    }
}

fn warn_of_another_train(constructor: &JsValue) {
    // The unversioned script calls itself 3, a number: then there is no text, and the warning is due as well.
    if constructor.text("version").as_deref() != Some(RELEASE_TRAIN) {
        js::warn(
            "stripe-js expects the release train endive of Stripe.js, but the page has",
            &js::get(constructor, "version"),
        );
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn a_server_has_no_stripe_js() {
        let key = PublishableKey::parse("pk_test_1").unwrap();
        let loading = pin!(Stripe::load(&key, &LoadOptions::default()));
        let Poll::Ready(Err(error)) = loading.poll(&mut Context::from_waker(Waker::noop())) else {
            panic!("there is nothing to wait for");
        };
        assert_eq!(error.kind(), &ErrorKind::Unavailable);
        assert!(error.kind().is_not_loaded());
    }
}
