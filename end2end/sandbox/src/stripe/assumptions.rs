//! What Stripe does not publish: each open question with the forms its answer can take, to be set by a test.

use super::error::Error;
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

/// Whether a refusal that Stripe describes, without its code, has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Coded {
    /// A message, and the parameter.
    WithoutCode,
    /// These, and the code.
    WithCode,
}

impl Coded {
    /// The refusal in this form.
    pub(crate) fn apply(self, error: Box<Error>, code: &'static str) -> Box<Error> {
        match self {
            Coded::WithoutCode => error,
            Coded::WithCode => error.code(code),
        }
    }
}

/// What the query is called by whose names a shopper comes back from a setup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetupReturn {
    /// `setup_intent`, `setup_intent_client_secret`.
    SetupIntent,
    /// `payment_intent`, `payment_intent_client_secret`, as for a payment.
    PaymentIntent,
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
    /// Whether the refusal of a token that disagrees with its intent has code `payment_intent_invalid_parameter`.
    pub token_disagrees: Coded,
    /// Whether the refusal of a token that was used before has code `token_already_used`.
    pub token_used: Coded,
    /// Whether the refusal of a token whose time is over has code `confirmation_token_expired`.
    pub token_expired: Coded,
    /// How long a CustomerSession lives.
    pub customer_session_lifetime_seconds: u32,
    /// What is added to the `return_url` of a setup.
    pub setup_return: SetupReturn,
    /// Whether a refusal (400, 403, 404) is kept under its idempotency key, as successes, declines and failures are.
    pub keeps_refusals: bool,
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
            token_disagrees: Coded::WithoutCode,
            token_used: Coded::WithCode,
            token_expired: Coded::WithCode,
            customer_session_lifetime_seconds: 30 * 60,
            setup_return: SetupReturn::SetupIntent,
            keeps_refusals: false,
            replayed_header: true,
            search_lag_seconds: 0,
            payment_retry_days: vec![3, 5, 7],
            after_last_retry: AfterLastRetry::Cancel,
            upcoming_invoice_days: 7,
        }
    }
}
