//! The ways a card is declined (docs.stripe.com/declines/codes), with Stripe's codes and words.

use serde::{Deserialize, Serialize};

/// Why an issuer, or Radar in its place, says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decline {
    /// The bank wants the cardholder.
    AuthenticationRequired,
    /// `expired_card`
    ExpiredCard,
    /// Suspected fraud, by the bank or by Radar.
    Fraudulent,
    /// The bank does not say.
    #[serde(rename = "generic_decline")]
    Generic,
    /// `incorrect_cvc`
    IncorrectCvc,
    /// `insufficient_funds`
    InsufficientFunds,
    /// `lost_card`
    LostCard,
    /// Something failed on the way to the bank.
    ProcessingError,
    /// `stolen_card`
    StolenCard,
    /// Too often, or too much in too short a time.
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

/// What comes with a decline besides its codes (docs.stripe.com/declines/codes).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Advice {
    /// How a merchant should go on.
    pub advice_code: Option<&'static str>,
    /// What the network itself said.
    pub network_decline_code: Option<&'static str>,
    /// What the shopper may have mistyped.
    pub param: Option<&'static str>,
}

/// By the decline code, or else the code.
pub(crate) fn advice(reason: &str) -> Advice {
    let (advice_code, param) = match reason {
        "generic_decline"
        | "insufficient_funds"
        | "processing_error"
        | "card_velocity_exceeded" => ("try_again_later", None),
        "fraudulent" | "lost_card" | "stolen_card" => ("do_not_try_again", None),
        "expired_card" => ("confirm_card_data", Some("exp_month")),
        "incorrect_cvc" => ("confirm_card_data", Some("cvc")),
        _ => return Advice::default(),
    };
    Advice {
        advice_code: Some(advice_code),
        // Radar says no before a network could.
        network_decline_code: (reason != "fraudulent").then_some("01"),
        param,
    }
}
