//! What Stripe does not publish: each open question with the forms its answer can take, to be set by a test.

use serde::{Deserialize, Serialize};

/// How a confirmation goes that meets an intent in `requires_action`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConfirmInAction {
    /// As a mistake of the caller's.
    Refused,
    /// The challenge under way is dropped, and the new method tried.
    Restarts,
}

/// How a token and an intent that disagree are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disagreement {
    /// A message, and the parameter.
    WithoutCode,
    /// Code `payment_intent_invalid_parameter`.
    WithCode,
}

/// What becomes of a subscription whose invoice was tried for the last time: a setting of the account at Stripe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterLastRetry {
    /// It is canceled.
    Cancel,
    /// It is `unpaid`.
    MarkUnpaid,
    /// It stays `past_due`.
    LeavePastDue,
}

/// What the sandbox does where Stripe does not say what Stripe does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Assumptions {
    /// Stripe's web guides say 12 hours, its Android reference 15 minutes.
    pub token_lifetime_seconds: u32,
    /// How often an intent may be confirmed. Stripe has a limit, and does not publish it.
    pub most_confirmations: u32,
    /// How a confirmation goes that meets an intent in `requires_action`.
    pub confirm_in_requires_action: ConfirmInAction,
    /// How a token and an intent that disagree are refused.
    pub token_disagrees: Disagreement,
    /// Whether replays carry `Idempotent-Replayed`.
    pub replayed_header: bool,
    /// How long a search does not find what is new.
    pub search_lag_seconds: u32,
    /// Days from each failed try of an invoice to the next; Stripe's Smart Retries choose their own.
    pub payment_retry_days: Vec<u16>,
    /// What becomes of a subscription whose invoice was tried for the last time.
    pub after_last_retry: AfterLastRetry,
    /// How long before a renewal `invoice.upcoming` is sent: a setting of the account at Stripe.
    pub upcoming_invoice_days: u16,
}

impl Default for Assumptions {
    fn default() -> Self {
        Assumptions {
            token_lifetime_seconds: 12 * 60 * 60,
            most_confirmations: 10,
            confirm_in_requires_action: ConfirmInAction::Refused,
            token_disagrees: Disagreement::WithoutCode,
            replayed_header: true,
            search_lag_seconds: 0,
            payment_retry_days: vec![3, 5, 7],
            after_last_retry: AfterLastRetry::Cancel,
            upcoming_invoice_days: 7,
        }
    }
}
