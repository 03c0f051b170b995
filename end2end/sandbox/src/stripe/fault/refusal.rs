//! Errors of Stripe's that nothing done in the sandbox leads to: they come when they are planned.

use crate::stripe::error::Error;
use serde::{Deserialize, Serialize};

/// An error code (docs.stripe.com/error-codes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The bank's answer to a capture that comes too late.
    CaptureChargeAuthorizationExpired,
    /// The card was declined too often.
    CardDeclineRateLimitExceeded,
    /// The page was open too long.
    CustomerSessionExpired,
    /// The intent cannot be used like this.
    IntentInvalidState,
    /// A live key was used for a test object, or the other way round.
    LivemodeMismatch,
    /// The shopper has to act first.
    PaymentIntentActionRequired,
    /// More than a thousand updates in an hour.
    PaymentIntentRateLimitExceeded,
    /// The object cannot go there from where it is.
    StatusTransitionInvalid,
    /// The account is not activated.
    TestmodeChargesOnly,
    /// Another request uses the token.
    TokenInUse,
}

impl Refusal {
    pub(crate) fn error(self) -> Box<Error> {
        let (status, code, message) = match self {
            Refusal::CaptureChargeAuthorizationExpired => (
                400,
                "capture_charge_authorization_expired",
                "The charge cannot be captured as the authorization has expired.",
            ),
            Refusal::CardDeclineRateLimitExceeded => {
                let message = "This card has been declined too many times. Try to charge it again after 24 hours.";
                return Error::card("card_decline_rate_limit_exceeded", message);
            }
            Refusal::CustomerSessionExpired => (
                400,
                "customer_session_expired",
                "This CustomerSession has expired. Create a new one.",
            ),
            Refusal::IntentInvalidState => (
                400,
                "intent_invalid_state",
                "The intent is in no state in which this can be done.",
            ),
            Refusal::LivemodeMismatch => (
                400,
                "livemode_mismatch",
                "Test and live mode keys, requests and objects belong to their own mode.",
            ),
            Refusal::PaymentIntentActionRequired => (
                400,
                "payment_intent_action_required",
                "The payment needs an action of the customer first.",
            ),
            Refusal::PaymentIntentRateLimitExceeded => (
                429,
                "payment_intent_rate_limit_exceeded",
                "This PaymentIntent was updated too often. Try again later.",
            ),
            Refusal::StatusTransitionInvalid => (
                400,
                "status_transition_invalid",
                "The object cannot go into this status from the one it has.",
            ),
            Refusal::TestmodeChargesOnly => (
                400,
                "testmode_charges_only",
                "This account has not been activated, and can make test charges only.",
            ),
            Refusal::TokenInUse => (
                400,
                "token_in_use",
                "This token is being used in another request.",
            ),
        };
        Error::invalid(message).status(status).code(code)
    }
}
