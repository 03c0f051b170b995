//! Outcomes planned by a test: what the next cards do, whatever their numbers say, and why other methods fail.

use super::decline::Decline;
use serde::{Deserialize, Serialize};

/// What the next payment comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Outcome {
    /// The card pays.
    Pay,
    /// The card's bank says no.
    Decline {
        /// Why.
        decline_code: Decline,
    },
    /// 3-D Secure is asked for; what follows is the card's own.
    Authenticate,
    /// The payer of another method, who fails on its test page, fails for this reason.
    Fail {
        /// Why.
        code: Failure,
    },
}

/// Why a payment by another method than a card fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// The payment did not work out.
    PaymentIntentPaymentAttemptFailed,
    /// The payer said no.
    PaymentMethodCustomerDecline,
    /// The method is out of order.
    PaymentMethodNotAvailable,
    /// Its provider said no.
    PaymentMethodProviderDecline,
    /// Its provider did not answer.
    PaymentMethodProviderTimeout,
}

impl Failure {
    /// The error's code and words.
    pub(crate) fn error(self) -> (&'static str, &'static str) {
        match self {
            Failure::PaymentIntentPaymentAttemptFailed => (
                "payment_intent_payment_attempt_failed",
                "The latest attempt to pay has failed. Try again with another payment method.",
            ),
            Failure::PaymentMethodCustomerDecline => (
                "payment_method_customer_decline",
                "The customer did not approve the payment.",
            ),
            Failure::PaymentMethodNotAvailable => (
                "payment_method_not_available",
                "The payment method is not available at the moment. Try again later, or with another one.",
            ),
            Failure::PaymentMethodProviderDecline => (
                "payment_method_provider_decline",
                "The payment was declined by the provider of the payment method.",
            ),
            Failure::PaymentMethodProviderTimeout => (
                "payment_method_provider_timeout",
                "The provider of the payment method did not answer in time.",
            ),
        }
    }
}
