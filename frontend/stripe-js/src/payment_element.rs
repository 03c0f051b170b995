//! The Payment Element: the form itself, owned from its creation to its end.

mod change;
mod options;

use wasm_bindgen::JsValue;

use crate::error::StripeError;
use crate::events::Subscription;
use crate::js::{self, ElementHandle};
use crate::readable::Readable;

pub use change::PaymentChange;
pub use options::{
    AddressFields, BillingFields, Business, CardDefaults, DefaultValues, EachAddressField,
    EachBillingField, Fields, Layout, LayoutType, LogoPosition, PaymentElementOptions, Radios,
    Show, Terms, TermsShown, Wallets,
};

/// The Payment Element, which lives as long as this value: dropping it takes it off the page and destroys it, once.
///
/// See <https://docs.stripe.com/js/element/payment_element>.
#[derive(Debug)]
pub struct PaymentElement {
    handle: ElementHandle,
}

impl PaymentElement {
    pub(crate) fn new(handle: ElementHandle) -> Self {
        Self { handle }
    }

    /// Shows the element in `place`, best an empty `div` inside the `form`.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js cannot mount it there.
    pub fn mount(&self, place: &web_sys::Element) -> Result<(), StripeError> {
        self.handle.mount(place).map_err(js::thrown)
    }

    /// Takes the element off the page; it can be mounted again.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js threw.
    pub fn unmount(&self) -> Result<(), StripeError> {
        self.handle.unmount().map_err(js::thrown)
    }

    /// Puts the focus into the form.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js threw.
    pub fn focus(&self) -> Result<(), StripeError> {
        self.handle.focus().map_err(js::thrown)
    }

    /// Takes the focus out of the form.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js threw.
    pub fn blur(&self) -> Result<(), StripeError> {
        self.handle.blur().map_err(js::thrown)
    }

    /// Empties the form.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js threw.
    pub fn clear(&self) -> Result<(), StripeError> {
        self.handle.clear().map_err(js::thrown)
    }

    /// Closes the chosen payment method, leaving the list of them.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js threw.
    pub fn collapse(&self) -> Result<(), StripeError> {
        self.handle.collapse().map_err(js::thrown)
    }

    /// The form is there and can take the focus.
    pub fn on_ready(&self, mut handler: impl FnMut() + 'static) -> Subscription {
        self.on("ready", move |_| handler())
    }

    /// The skeleton is shown.
    pub fn on_loader_start(&self, mut handler: impl FnMut() + 'static) -> Subscription {
        self.on("loaderstart", move |_| handler())
    }

    /// The form could not be loaded. Make a new element to try again.
    pub fn on_load_error(&self, mut handler: impl FnMut(StripeError) + 'static) -> Subscription {
        self.on("loaderror", move |event| {
            let error = event.object("error").unwrap_or(event);
            handler(StripeError::read(&error));
        })
    }

    /// What the shopper filled in changed.
    pub fn on_change(&self, mut handler: impl FnMut(PaymentChange) + 'static) -> Subscription {
        self.on("change", move |event| handler(PaymentChange::read(&event)))
    }

    /// The form took the focus.
    pub fn on_focus(&self, mut handler: impl FnMut() + 'static) -> Subscription {
        self.on("focus", move |_| handler())
    }

    /// The form lost the focus.
    pub fn on_blur(&self, mut handler: impl FnMut() + 'static) -> Subscription {
        self.on("blur", move |_| handler())
    }

    /// The escape key was pressed in the form.
    pub fn on_escape(&self, mut handler: impl FnMut() + 'static) -> Subscription {
        self.on("escape", move |_| handler())
    }

    fn on(&self, event: &'static str, handler: impl FnMut(JsValue) + 'static) -> Subscription {
        Subscription::new(&self.handle, event, Box::new(handler))
    }
}

impl Drop for PaymentElement {
    fn drop(&mut self) {
        if let Err(error) = self.handle.destroy() {
            js::warn("stripe-js could not destroy an element", &error);
        }
    }
}
