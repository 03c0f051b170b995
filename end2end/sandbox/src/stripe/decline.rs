//! The ways a card is declined (docs.stripe.com/declines/codes), with Stripe's codes and words.

use serde::{Deserialize, Serialize};

/// Why an issuer, or Radar in its place, says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Decline {
    AuthenticationRequired,
    ExpiredCard,
    Fraudulent,
    #[serde(rename = "generic_decline")]
    Generic,
    IncorrectCvc,
    InsufficientFunds,
    LostCard,
    ProcessingError,
    StolenCard,
    #[serde(rename = "card_velocity_exceeded")]
    VelocityExceeded,
}

impl Decline {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Decline::AuthenticationRequired => "authentication_required",
            Decline::ExpiredCard => "expired_card",
            Decline::IncorrectCvc => "incorrect_cvc",
            Decline::ProcessingError => "processing_error",
            _ => "card_declined",
        }
    }

    pub(crate) fn decline_code(self) -> Option<&'static str> {
        match self {
            Decline::AuthenticationRequired => Some("authentication_required"),
            Decline::Fraudulent => Some("fraudulent"),
            Decline::Generic => Some("generic_decline"),
            Decline::InsufficientFunds => Some("insufficient_funds"),
            Decline::LostCard => Some("lost_card"),
            Decline::StolenCard => Some("stolen_card"),
            Decline::VelocityExceeded => Some("card_velocity_exceeded"),
            Decline::ExpiredCard | Decline::IncorrectCvc | Decline::ProcessingError => None,
        }
    }

    pub(crate) fn message(self) -> &'static str {
        match self {
            Decline::AuthenticationRequired => {
                "Your card was declined. This transaction requires authentication."
            }
            Decline::ExpiredCard => "Your card has expired.",
            Decline::Fraudulent | Decline::Generic | Decline::LostCard | Decline::StolenCard => {
                "Your card was declined."
            }
            Decline::IncorrectCvc => "Your card's security code is incorrect.",
            Decline::InsufficientFunds => "Your card has insufficient funds.",
            Decline::ProcessingError => {
                "An error occurred while processing your card. Try again in a little bit."
            }
            Decline::VelocityExceeded => {
                "Your card was declined for making repeated attempts too frequently or exceeding its amount limit."
            }
        }
    }
}
