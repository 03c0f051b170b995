//! What Stripe says a PaymentIntent is: the one fact that moves a payment, however it arrived.
//! <https://docs.stripe.com/payments/paymentintents/lifecycle>

use serde::{Deserialize, Serialize};

use crate::IntentId;

/// A PaymentIntent's status; one that Stripe adds later is kept as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum IntentStatus {
    /// No method yet, or the last one failed.
    RequiresPaymentMethod,
    /// Manual confirmation only, which this shop does not use.
    RequiresConfirmation,
    /// The shopper must act: a bank's challenge.
    RequiresAction,
    /// An asynchronous method is under way.
    Processing,
    /// Authorised, not captured.
    RequiresCapture,
    /// Paid.
    Succeeded,
    /// Ended without money.
    Canceled,
    /// One this version does not know: never a reason to move an order.
    Other(String),
}

impl From<String> for IntentStatus {
    fn from(text: String) -> IntentStatus {
        match text.as_str() {
            "requires_payment_method" => IntentStatus::RequiresPaymentMethod,
            "requires_confirmation" => IntentStatus::RequiresConfirmation,
            "requires_action" => IntentStatus::RequiresAction,
            "processing" => IntentStatus::Processing,
            "requires_capture" => IntentStatus::RequiresCapture,
            "succeeded" => IntentStatus::Succeeded,
            "canceled" => IntentStatus::Canceled,
            _ => IntentStatus::Other(text),
        }
    }
}

impl From<IntentStatus> for String {
    fn from(status: IntentStatus) -> String {
        match status {
            IntentStatus::RequiresPaymentMethod => "requires_payment_method".to_owned(),
            IntentStatus::RequiresConfirmation => "requires_confirmation".to_owned(),
            IntentStatus::RequiresAction => "requires_action".to_owned(),
            IntentStatus::Processing => "processing".to_owned(),
            IntentStatus::RequiresCapture => "requires_capture".to_owned(),
            IntentStatus::Succeeded => "succeeded".to_owned(),
            IntentStatus::Canceled => "canceled".to_owned(),
            IntentStatus::Other(text) => text,
        }
    }
}

/// Why the last confirmation of an intent failed. <https://docs.stripe.com/error-codes>
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentError {
    /// `card_error`, `invalid_request_error`, …
    pub kind: String,
    /// `card_declined`, `payment_intent_authentication_failure`, …
    pub code: Option<String>,
    /// The bank's reason, where it gave one. <https://docs.stripe.com/declines/codes>
    pub decline_code: Option<String>,
    /// Stripe's words.
    pub message: Option<String>,
    /// The failed charge.
    pub charge: Option<String>,
    /// The method that failed: it tells two failures of one kind apart.
    pub payment_method: Option<String>,
}

/// The last thing that happened to an intent: what a later look is compared with, to know news from old news.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// The newest charge.
    pub latest_charge: Option<String>,
    /// The newest failure.
    pub last_error: Option<PaymentError>,
}

/// A PaymentIntent at one moment. It carries no clock: which of two is newer, only the order's version tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntentSnapshot {
    /// `pi_…`
    pub id: IntentId,
    /// Where it stands.
    pub status: IntentStatus,
    /// What it is to charge, minor units.
    pub amount_minor: i64,
    /// What it holds back for a capture, minor units.
    pub capturable_minor: i64,
    /// What it has charged, minor units.
    pub received_minor: i64,
    /// Three letters, lower case; not always one the shop sells in.
    pub currency: String,
    /// Whether the money is real.
    pub livemode: bool,
    /// `metadata[shop_id]`
    pub shop: Option<String>,
    /// `metadata[order_key]`
    pub order: Option<String>,
    /// `metadata[attempt]`: the attempt that made it.
    pub attempt: Option<u32>,
    /// What happened to it last.
    pub baseline: Baseline,
}
