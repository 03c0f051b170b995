//! A ConfirmationToken: what the shopper chose, and the intent it was used on.
//!
//! Knows nothing of how the browser made it.

use serde::Deserialize;

use crate::object::expandable_id;

/// What the browser collected, to be used once: <https://docs.stripe.com/api/confirmation_tokens/object>.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ConfirmationToken {
    /// `ctoken_…`
    pub id: String,
    /// When it was made, in seconds since 1970.
    pub created: i64,
    /// When it stops working, in seconds since 1970; gone once it was used.
    pub expires_at: Option<i64>,
    /// Real money?
    pub livemode: bool,
    /// The intent it confirmed, or `None` while it is unused: the way to learn what became of a lost answer.
    #[serde(default, deserialize_with = "expandable_id")]
    pub payment_intent: Option<String>,
    /// What kind of payment method it stands for.
    pub payment_method_preview: Option<PaymentMethodPreview>,
}

/// The payment method that a token will become when it is used.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PaymentMethodPreview {
    /// Stripe's `type`: `card`, `ideal`, … An open text.
    #[serde(rename = "type")]
    pub kind: String,
    /// The card, when it is one.
    pub card: Option<Card>,
}

/// What a shop may know of a card before charging it. All are open texts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Card {
    /// `visa`, `mastercard`, …
    pub brand: Option<String>,
    /// Two letters: where it was issued.
    pub country: Option<String>,
    /// `credit`, `debit`, `prepaid` or `unknown`.
    pub funding: Option<String>,
}
