//! A refund. Its status can still change after it succeeded.
//!
//! Knows nothing of why the money goes back.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::object::{expandable_id, null_is_default};

/// Money on its way back: <https://docs.stripe.com/api/refunds/object>. Amounts are in minor units.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Refund {
    /// `re_…`, or `pyr_…` for some methods.
    pub id: String,
    /// `pending`, `requires_action`, `succeeded`, `failed`, `canceled`. An open text; null for some methods.
    pub status: Option<String>,
    /// How much goes back.
    pub amount: i64,
    /// Three letters, lower case.
    pub currency: String,
    /// The intent it belongs to.
    #[serde(default, deserialize_with = "expandable_id")]
    pub payment_intent: Option<String>,
    /// The charge it belongs to.
    #[serde(default, deserialize_with = "expandable_id")]
    pub charge: Option<String>,
    /// What the shop wrote on it.
    #[serde(default, deserialize_with = "null_is_default")]
    pub metadata: BTreeMap<String, String>,
    /// Why it failed, if it did: `expired_or_canceled_card`, … An open text.
    pub failure_reason: Option<String>,
    /// When it was made, in seconds since 1970.
    pub created: i64,
}
