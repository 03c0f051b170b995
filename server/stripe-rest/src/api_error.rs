//! Stripe's error object, as it comes in every answer that is not a success.
//!
//! Knows nothing of what a shopper should read: `message` is Stripe's own, and not every one is meant for shoppers.

use std::fmt;

use serde::Deserialize;

use crate::object::expandable_id;

/// What Stripe said was wrong: <https://docs.stripe.com/api/errors>.
///
/// Types and codes are open texts, for Stripe adds to them at any time.
///
/// `Display` is one line for a log, without `message`: that may repeat what a shopper typed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ApiError {
    /// The HTTP status it came with.
    pub http_status: u16,
    /// Stripe's `type`: `card_error`, `invalid_request_error`, `api_error`, `idempotency_error` or one of tomorrow.
    pub kind: String,
    /// For programs: `card_declined`, `resource_missing`, …
    pub code: Option<String>,
    /// Why the bank declined, where it told: `insufficient_funds`, …
    pub decline_code: Option<String>,
    /// For people; fit for a shopper only when `kind` is `card_error`.
    pub message: Option<String>,
    /// The parameter that is to blame: `amount`, `metadata[order]`, …
    pub param: Option<String>,
    /// Stripe's name for the request, to quote to its support.
    pub request_id: Option<String>,
    /// The charge that failed.
    pub charge: Option<String>,
    /// The id of the PaymentIntent the error is about.
    pub payment_intent: Option<String>,
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.http_status, self.kind)?;
        for (name, value) in [
            ("code", &self.code),
            ("decline_code", &self.decline_code),
            ("param", &self.param),
            ("payment_intent", &self.payment_intent),
            ("request", &self.request_id),
        ] {
            if let Some(value) = value {
                write!(f, " {name}={value}")?;
            }
        }
        Ok(())
    }
}

/// The `error` member of a body.
#[derive(Deserialize)]
struct Wire {
    #[serde(rename = "type")]
    kind: String,
    code: Option<String>,
    decline_code: Option<String>,
    message: Option<String>,
    param: Option<String>,
    #[serde(default, deserialize_with = "expandable_id")]
    charge: Option<String>,
    #[serde(default, deserialize_with = "expandable_id")]
    payment_intent: Option<String>,
}

impl ApiError {
    /// Reads the error out of a body; `None` when the body is not one of Stripe's errors.
    pub(crate) fn read(http_status: u16, request_id: Option<&str>, body: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct Body {
            error: Wire,
        }
        let Body { error } = serde_json::from_slice(body).ok()?;
        Some(Self {
            http_status,
            kind: error.kind,
            code: error.code,
            decline_code: error.decline_code,
            message: error.message,
            param: error.param,
            request_id: request_id.map(str::to_owned),
            charge: error.charge,
            payment_intent: error.payment_intent,
        })
    }
}
