//! A PaymentIntent, as far as a checkout looks at it.
//!
//! Knows nothing of what a status means for an order.

use std::{collections::BTreeMap, fmt};

use serde::Deserialize;

use crate::object::{expandable_id, null_is_default};

/// One payment: <https://docs.stripe.com/api/payment_intents/object>. Amounts are in minor units.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PaymentIntent {
    /// `pi_…`
    pub id: String,
    /// `succeeded`, `requires_action`, … An open text: unknown ones are kept.
    pub status: String,
    /// What the payment is for.
    pub amount: i64,
    /// What has been taken.
    #[serde(default, deserialize_with = "null_is_default")]
    pub amount_received: i64,
    /// What is authorised and can still be captured.
    #[serde(default, deserialize_with = "null_is_default")]
    pub amount_capturable: i64,
    /// Three letters, lower case.
    pub currency: String,
    /// Real money?
    pub livemode: bool,
    /// What the shop wrote on it.
    #[serde(default, deserialize_with = "null_is_default")]
    pub metadata: BTreeMap<String, String>,
    /// The id of the newest charge, also when Stripe sent the whole charge.
    #[serde(default, deserialize_with = "expandable_id")]
    pub latest_charge: Option<String>,
    /// Why the newest attempt failed; cleared by the next success.
    pub last_payment_error: Option<PaymentError>,
    /// What the browser needs to carry out a next action.
    pub client_secret: Option<ClientSecret>,
    /// When it was made, in seconds since 1970.
    pub created: i64,
    /// Why it was cancelled, if it was: `abandoned`, `expired`, … An open text.
    pub cancellation_reason: Option<String>,
    /// The id of the payment method in use.
    #[serde(default, deserialize_with = "expandable_id")]
    pub payment_method: Option<String>,
}

/// Why an attempt to pay failed: the intent's `last_payment_error`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PaymentError {
    /// Stripe's `type`, most often `card_error`.
    #[serde(rename = "type", default, deserialize_with = "null_is_default")]
    pub kind: String,
    /// `card_declined`, `payment_intent_authentication_failure`, …
    pub code: Option<String>,
    /// The bank's reason, where it told one.
    pub decline_code: Option<String>,
    /// Stripe's words; fit for a shopper only when `kind` is `card_error`.
    pub message: Option<String>,
    /// The charge that failed.
    #[serde(default, deserialize_with = "expandable_id")]
    pub charge: Option<String>,
    /// The id of the method that failed.
    #[serde(default, deserialize_with = "expandable_id")]
    pub payment_method: Option<String>,
}

/// An intent's client secret: whoever has it can see and finish the payment.
///
/// It has no `Display`, and its `Debug` is redacted.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct ClientSecret(String);

impl ClientSecret {
    /// The secret itself, to be sent to this shopper's browser and nowhere else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientSecret(redacted)")
    }
}
