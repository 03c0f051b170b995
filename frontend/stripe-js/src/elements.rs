//! A group of Elements: the form's options, its validation, and what it can create.

mod options;

use crate::answer::Answer;
use crate::error::StripeError;
use crate::js::{self, ElementsHandle};
use crate::json::Json;
use crate::payment_element::{PaymentElement, PaymentElementOptions};
use crate::readable::Readable;

pub use options::{
    CaptureMethod, ElementsOptions, ElementsUpdate, Font, FontStyle, LoaderUi, Mode, ModeName,
    SetupFutureUsage,
};

/// A group of Elements. Clones are handles to the same group.
///
/// See <https://docs.stripe.com/js/elements_object>.
#[derive(Clone, Debug)]
pub struct Elements {
    pub(crate) handle: ElementsHandle,
}

/// What [`Elements::submit`] found in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// The payment method type that the shopper chose, such as `card`.
    pub selected_payment_method: Option<String>,
}

impl Elements {
    pub(crate) fn new(handle: ElementsHandle) -> Self {
        Self { handle }
    }

    /// Creates the group's Payment Element. A group has at most one at a time.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create_payment_element>.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js refused the options, or has one already.
    pub fn create_payment(
        &self,
        options: impl Into<Json<PaymentElementOptions>>,
    ) -> Result<PaymentElement, StripeError> {
        js::plain(&options.into())
            .and_then(|options| self.handle.create("payment", &options))
            .map(PaymentElement::new)
            .map_err(js::thrown)
    }

    /// Validates the form, and collects what a wallet needs.
    ///
    /// Stripe.js is called by this method itself, not by the first poll of what it returns. So call it first in the
    /// click's handler, before anything is awaited: a wallet's sheet opens only within the click.
    ///
    /// See <https://docs.stripe.com/js/elements/submit>.
    ///
    /// # Errors
    /// [`ErrorKind::Validation`](crate::ErrorKind::Validation) for a form that is not complete; the element shows it.
    pub fn submit(&self) -> Answer<Submitted> {
        Answer::new(self.handle.submit(), |answer| {
            Ok(Submitted {
                selected_payment_method: answer.text("selectedPaymentMethod"),
            })
        })
    }

    /// Changes the group's options; what the update does not name stays. Stripe.js is called at once, and the future is
    /// ready when every element shows the change.
    ///
    /// See <https://docs.stripe.com/js/elements_object/update>.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js refused the options.
    pub fn update(&self, options: impl Into<Json<ElementsUpdate>>) -> Answer<()> {
        let updated = js::plain(&options.into()).and_then(|options| self.handle.update(&options));
        Answer::new(updated, |_| Ok(()))
    }
}
