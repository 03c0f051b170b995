//! A group of Elements: the form's options, its validation, and what it can create.

mod address;
mod apple_pay;
mod bank_account;
mod card;
mod custom_payment_method;
pub(crate) mod element;
mod express_checkout;
mod font;
mod issuing;
mod link;
mod method_options;
mod mode;
mod options;
pub mod payment;
mod payment_method_messaging;
mod plain;
mod style;
mod tax_id;
mod tax_id_type;

use wasm_bindgen::JsValue;

use crate::calls::{calls, reply};
use crate::error::StripeError;
use crate::events::Subscription;
use crate::given::Given;
use crate::js;
use crate::payload::payload;

pub use address::*;
pub use apple_pay::*;
pub use bank_account::*;
pub use card::*;
pub use custom_payment_method::*;
pub use element::{Element, Kind};
pub use express_checkout::*;
pub use font::*;
pub use issuing::*;
pub use link::*;
pub use method_options::*;
pub use mode::*;
pub use options::*;
pub use payment::{CardBrand, CardFunding, Payment, PaymentElement};
pub use payment_method_messaging::*;
pub use plain::*;
pub use style::*;
pub use tax_id::*;
pub use tax_id_type::*;

/// A group of Elements. Clones are handles to the same group.
///
/// See <https://docs.stripe.com/js/elements_object>.
#[derive(Clone, Debug)]
pub struct Elements {
    handle: JsValue,
}

payload! {
    /// What [`Elements::submit`] found in the form.
    pub struct Submitted {
        /// The payment method type that the shopper chose, such as `card`.
        selected_payment_method: Option<String> = "selectedPaymentMethod",
    }
}

reply! { Submitted; }

impl Elements {
    pub(crate) fn new(handle: JsValue) -> Self {
        Self { handle }
    }

    /// Creates an element of a kind, `create::<Payment>(&options)`. A group has at most one of each kind at a time; of
    /// [`Address`] one of each mode.
    ///
    /// See <https://docs.stripe.com/js/elements_object/create_payment_element>.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js refused the options, or has one already.
    pub fn create<K: Kind>(
        &self,
        options: impl Into<Given<K::Options>>,
    ) -> Result<Element<K>, StripeError> {
        let create = |options: &JsValue| {
            js::date(options, K::DATES)?;
            js::call(&self.handle, CREATE, &[K::TYPE.into(), options.clone()])
        };
        js::plain(&options.into())
            .and_then(|options| create(&options))
            .map(Element::owned)
            .map_err(js::thrown)
    }

    /// The group's element of a kind, if there is one. It belongs to whoever created it: dropping this handle does not
    /// destroy it.
    ///
    /// See <https://docs.stripe.com/js/elements_object/get_payment_element>.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js threw.
    pub fn get<K: Kind>(&self) -> Result<Option<Element<K>>, StripeError> {
        self.get_by(&[K::TYPE.into()])
    }

    /// The group's Address Element of a mode, if there is one; see [`get`](Self::get).
    ///
    /// See <https://docs.stripe.com/js/elements_object/get_address_element>.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js threw.
    pub fn get_address(&self, mode: &AddressMode) -> Result<Option<AddressElement>, StripeError> {
        let mode = js::object(&[("mode", mode.as_str().into())]);
        self.get_by(&[Address::TYPE.into(), mode])
    }

    fn get_by<K: Kind>(&self, arguments: &[JsValue]) -> Result<Option<Element<K>>, StripeError> {
        js::call(&self.handle, GET_ELEMENT, arguments)
            .map(Element::borrowed)
            .map_err(js::thrown)
    }

    /// Every element shows the last update.
    ///
    /// See <https://docs.stripe.com/js/elements_object/update>.
    pub fn on_update_end(&self, mut handler: impl FnMut() + 'static) -> Subscription {
        Subscription::new(&self.handle, UPDATE_END, Box::new(move |_| handler()))
    }
}

pub(crate) const CREATE: &str = "create";
pub(crate) const GET_ELEMENT: &str = "getElement";
pub(crate) const UPDATE_END: &str = "update-end";

calls! {
    impl Elements("elements") {
        /// Validates the form, and collects what a wallet needs.
        ///
        /// Stripe.js is called by this method itself, not by the first poll of what it returns. So call it first in the
        /// click's handler, before anything is awaited: a wallet's sheet opens only within the click.
        ///
        /// See <https://docs.stripe.com/js/elements/submit>.
        ///
        /// # Errors
        /// [`ErrorKind::Validation`](crate::ErrorKind::Validation) for a form that is not complete; the element shows it.
        fn submit = "submit"() -> Submitted;

        /// Changes the group's options; what the update does not name stays. Stripe.js is called at once, and the future is
        /// ready when every element shows the change.
        ///
        /// See <https://docs.stripe.com/js/elements_object/update>.
        ///
        /// # Errors
        /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js refused the options.
        fn update = "update"(options: given(ElementsUpdate)) -> ();

        /// Reads the intent anew, after the server changed it. Only for a group with an intent.
        ///
        /// See <https://docs.stripe.com/js/elements_object/fetch_updates>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn fetch_updates = "fetchUpdates"() -> ();
    }
}

impl AsRef<JsValue> for Elements {
    fn as_ref(&self) -> &JsValue {
        &self.handle
    }
}

/// Every element, as its declaration says.
#[cfg(test)]
pub(crate) fn bound() -> Vec<crate::proof::BoundElement> {
    vec![
        Address::bound(),
        AuBankAccount::bound(),
        Card::bound(),
        CardCvc::bound(),
        CardExpiry::bound(),
        CardNumber::bound(),
        ContactDetails::bound(),
        CurrencySelector::bound(),
        ExpressCheckout::bound(),
        Iban::bound(),
        IssuingAddToWalletButton::bound(),
        IssuingCardCopyButton::bound(),
        IssuingCardCvcDisplay::bound(),
        IssuingCardExpiryDisplay::bound(),
        IssuingCardNumberDisplay::bound(),
        IssuingCardPinDisplay::bound(),
        LinkAuthentication::bound(),
        LinkSignup::bound(),
        Payment::bound(),
        crate::checkout::PaymentForm::bound(),
        PaymentMethodMessaging::bound(),
        TaxId::bound(),
        Terms::bound(),
    ]
}

/// The calls that only one kind of element has.
#[cfg(test)]
pub(crate) fn bound_element_calls() -> Vec<crate::proof::BoundCall> {
    let mut calls = address::bound_calls();
    calls.extend(tax_id::bound_calls());
    calls
}
