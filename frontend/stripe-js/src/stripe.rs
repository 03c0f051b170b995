//! The Stripe object: what everything else is made from.

use wasm_bindgen::{JsCast, JsValue};

use crate::elements::{Elements, ElementsOptions};
use crate::error::StripeError;
use crate::js::{self, StripeHandle};
use crate::json::Json;
use crate::loader::{self, LoadOptions, RELEASE_TRAIN};
use crate::publishable_key::PublishableKey;
use crate::readable::Readable;

/// Stripe.js on this page, with a publishable key. Clones are handles to the same object.
///
/// See <https://docs.stripe.com/js/initializing>.
#[derive(Clone, Debug)]
pub struct Stripe {
    pub(crate) handle: StripeHandle,
}

impl Stripe {
    /// Loads Stripe.js, unless it is on the page already, and opens it with the key.
    ///
    /// Loading starts with the call, not with the first poll. Calls that meet share one load, and the first one's
    /// options count. A tag that the page has already is used. A load that fails is tried once more with a new tag; if
    /// that fails too, the next call starts afresh.
    ///
    /// With a test key, a script of another train than [`RELEASE_TRAIN`] is
    /// reported on the console.
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
        async move {
            let constructor = constructor.await?;
            if key.is_test() {
                warn_of_another_train(&constructor);
            }
            let handle = constructor
                .call1(&JsValue::UNDEFINED, &JsValue::from_str(key.as_str()))
                .map_err(js::thrown)?;
            Ok(Self {
                handle: handle.unchecked_into(),
            })
        }
    }

    /// Opens a group of Elements before any intent exists.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create_without_intent>.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js refused the options.
    pub fn elements(
        &self,
        options: impl Into<Json<ElementsOptions>>,
    ) -> Result<Elements, StripeError> {
        js::plain(&options.into())
            .and_then(|options| self.handle.elements(&options))
            .map(Elements::new)
            .map_err(js::thrown)
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
