//! A dispute: a bank that claims a payment back.
//!
//! Knows nothing of evidence.

use serde::Deserialize;

use crate::object::expandable_id;

/// A claim on a charge: <https://docs.stripe.com/api/disputes/object>. Amounts are in minor units.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Dispute {
    /// `du_…`
    pub id: String,
    /// `needs_response`, `under_review`, `won`, `lost`, … An open text.
    pub status: String,
    /// `fraudulent`, `product_not_received`, … An open text.
    pub reason: String,
    /// What is claimed.
    pub amount: i64,
    /// Three letters, lower case.
    pub currency: String,
    /// The intent it is about.
    #[serde(default, deserialize_with = "expandable_id")]
    pub payment_intent: Option<String>,
    /// The charge it is about.
    #[serde(default, deserialize_with = "expandable_id")]
    pub charge: Option<String>,
    /// When it was made, in seconds since 1970.
    pub created: i64,
}
