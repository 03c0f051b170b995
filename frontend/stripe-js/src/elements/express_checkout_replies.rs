//! What a page answers to a wallet: to the click on its button, to a choice in its sheet, and when the payment failed.

use wasm_bindgen::JsValue;

use super::super::apple_pay::{APPLE_PAY_DATES, ApplePay, ApplePayUpdate};
use super::{LineItem, ShippingRate};
use crate::error::StripeError;
use crate::extra::Extra;
use crate::given::Given;
use crate::js;
use crate::names::closed_enum;
use crate::options::options;

options! {
    /// What a wallet's sheet opens with. What Stripe deprecated here is missing: it belongs to the element's own options.
    #[serde(rename_all = "camelCase")]
    pub struct ClickResolve {
        /// What is bought.
        line_items: Vec<LineItem>,
        /// The ways of shipping; the first is chosen.
        shipping_rates: Vec<ShippingRate>,
        /// What Apple Pay is told of later payments.
        apple_pay: ApplePay,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

options! {
    /// What changes in a wallet's open sheet.
    #[serde(rename_all = "camelCase")]
    pub struct ChangeResolve {
        /// What is bought.
        line_items: Vec<LineItem>,
        /// The ways of shipping; the first is chosen.
        shipping_rates: Vec<ShippingRate>,
        /// What Apple Pay is told of later payments.
        apple_pay: ApplePayUpdate,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

options! {
    /// Why a payment failed, for the wallet's sheet.
    pub struct PaymentFailed {
        /// What to point at.
        reason: FailReason,
        /// In words for the shopper.
        message: String,
    }
}

closed_enum! {
    /// What was wrong with a payment.
    pub enum FailReason {
        /// Anything else.
        Fail = "fail",
        /// The shipping address.
        InvalidShippingAddress = "invalid_shipping_address",
        /// The billing address.
        InvalidBillingAddress = "invalid_billing_address",
        /// What is paid with.
        InvalidPaymentData = "invalid_payment_data",
        /// Nothing is sent there.
        AddressUnserviceable = "address_unserviceable",
    }
}

/// How to answer a click: once, and within a second.
#[must_use = "without an answer the wallet does not open"]
#[derive(Debug)]
pub struct ClickReply(JsValue);

impl ClickReply {
    pub(crate) fn new(event: JsValue) -> Self {
        Self(event)
    }

    /// Opens the wallet's sheet.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js refused, or the second is over.
    pub fn resolve(self, options: impl Into<Given<ClickResolve>>) -> Result<(), StripeError> {
        resolve(&self.0, &options.into())
    }

    /// Leaves the wallet closed.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js threw.
    pub fn reject(self) -> Result<(), StripeError> {
        tell(&self.0, "reject", &[])
    }
}

/// How to answer a change in a wallet's sheet: once.
#[must_use = "without an answer the wallet's sheet waits"]
#[derive(Debug)]
pub struct ChangeReply(JsValue);

impl ChangeReply {
    pub(crate) fn new(event: JsValue) -> Self {
        Self(event)
    }

    /// Accepts the choice. Update the group's amount first, if it changes.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js refused.
    pub fn resolve(self, options: impl Into<Given<ChangeResolve>>) -> Result<(), StripeError> {
        resolve(&self.0, &options.into())
    }

    /// Refuses the choice.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js threw.
    pub fn reject(self) -> Result<(), StripeError> {
        tell(&self.0, "reject", &[])
    }
}

/// How to tell a wallet's sheet that a payment failed. Paying goes on elsewhere: a payment that succeeded needs no answer.
#[derive(Debug)]
pub struct ConfirmReply(JsValue);

impl ConfirmReply {
    pub(crate) fn new(event: JsValue) -> Self {
        Self(event)
    }

    /// Shows in the wallet's sheet that the payment failed.
    ///
    /// # Errors
    /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if Stripe.js threw.
    pub fn payment_failed(
        self,
        options: impl Into<Given<PaymentFailed>>,
    ) -> Result<(), StripeError> {
        let options = js::plain(&options.into()).map_err(js::thrown)?;
        tell(&self.0, "paymentFailed", &[options])
    }
}

fn resolve<T>(event: &JsValue, options: &Given<T>) -> Result<(), StripeError> {
    let options = js::plain(options).map_err(js::thrown)?;
    js::date(&options, APPLE_PAY_DATES).map_err(js::thrown)?;
    tell(event, "resolve", &[options])
}

fn tell(event: &JsValue, method: &str, arguments: &[JsValue]) -> Result<(), StripeError> {
    js::call(event, method, arguments)
        .map(drop)
        .map_err(js::thrown)
}
