//! What the payment form says.

use checkout::Refusal;
use checkout::flow::{Event, Phase};
use leptos_stripe::stripe_js::{ErrorKind, StripeError};

/// What needs the shopper's attention.
pub(super) fn alert(phase: &Phase) -> String {
    match phase {
        Phase::Declined { words } => words.clone(),
        Phase::Loading { notice } => notice.clone().unwrap_or_default(),
        Phase::Refused { refusal: Refusal::TotalChanged { total } } => {
            format!("The total is now {total}. You have not been charged. Please look at the order again before you pay.")
        }
        Phase::Refused { refusal: Refusal::DetailsMissing } => {
            "We need your details before you can pay. You have not been charged.".to_owned()
        }
        Phase::Refused { refusal: Refusal::TooManyAttempts } => {
            "This order has been tried too often. You have not been charged. Please ask us for help, and tell us the order’s number.".to_owned()
        }
        Phase::Unavailable => {
            "The payment form did not load. Your order is safe and you have not been charged. Please check your connection, and allow scripts from Stripe.".to_owned()
        }
        _ => String::new(),
    }
}

/// What is under way.
pub(super) fn status(phase: &Phase) -> &'static str {
    match phase {
        Phase::Submitting => "Checking your details…",
        Phase::Confirming { .. } => "Paying… Please keep this page open.",
        Phase::Authenticating { .. } => "Your bank asks you to confirm this payment.",
        Phase::Checking { .. } => "Checking your payment…",
        Phase::Leaving => "Taking you to your order…",
        _ => "",
    }
}

/// Why there is no token. The form shows its own gaps; Stripe's words are shown where they are meant for shoppers.
pub(super) fn token_failed(error: Option<&StripeError>) -> Event {
    let message = error.and_then(StripeError::message).unwrap_or_default();
    let words = match error.map(StripeError::kind) {
        Some(ErrorKind::Validation) => return Event::FormIncomplete,
        Some(ErrorKind::Card) if !message.is_empty() => message,
        Some(ErrorKind::Network) => {
            "We could not reach Stripe. You have not been charged. Please check your connection and try again."
        }
        _ => "Your payment could not be started. You have not been charged. Please try again.",
    };
    Event::TokenFailed {
        words: words.to_owned(),
    }
}
