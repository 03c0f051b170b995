//! What a shopper is told when a payment fails: something to act on, never a code.
//!
//! Stripe's own sentences are shown for card errors alone. Why a bank suspects theft or fraud is never told: that
//! would help the thief. <https://docs.stripe.com/declines/codes>

use crate::PaymentError;

/// The sentence for any decline whose reason is not told.
pub const DECLINED: &str = "Your card was declined. Please try another card.";
/// The challenge failed or was closed.
pub const NOT_AUTHENTICATED: &str = "Your bank did not confirm this payment. You have not been charged. Please try again, or use another card.";
/// Nothing reached Stripe, or it refused for a reason that is ours.
pub const NOT_SENT: &str =
    "We could not start your payment. You have not been charged. Please try again.";
/// Stripe ended the intent.
pub const ENDED: &str =
    "This payment was not completed and you have not been charged. Please try again.";

/// What to tell a shopper about a failed confirmation.
#[must_use]
pub fn of_failure(error: Option<&PaymentError>) -> &'static str {
    let Some(error) = error else { return ENDED };
    match (error.code.as_deref(), error.decline_code.as_deref()) {
        (Some("payment_intent_authentication_failure"), _) => NOT_AUTHENTICATED,
        (Some("expired_card"), _) => "Your card has expired. Please try another card.",
        (Some("incorrect_cvc" | "invalid_cvc"), _) => {
            "Your card's security code is incorrect. Please check it and try again."
        }
        (Some("incorrect_number" | "invalid_number"), _) => {
            "Your card number is incorrect. Please check it and try again."
        }
        (Some("incorrect_zip"), _) => {
            "Your postal code does not match your card. Please check it and try again."
        }
        (Some("processing_error"), _) => {
            "An error occurred while processing your card. Try again in a little bit."
        }
        (Some("authentication_required"), _) | (_, Some("authentication_required")) => {
            "Your bank asks you to confirm this payment. Please try again."
        }
        (_, Some("insufficient_funds")) => {
            "Your card has insufficient funds. Please try another card."
        }
        (
            Some(
                "payment_method_provider_decline"
                | "payment_method_provider_timeout"
                | "payment_method_customer_decline"
                | "payment_method_not_available"
                | "payment_intent_payment_attempt_failed"
                | "payment_intent_payment_attempt_expired",
            ),
            _,
        ) => "This payment method did not work. Please choose another.",
        _ if error.kind == "card_error" => DECLINED,
        _ => NOT_SENT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shoppers_read_words_and_never_a_banks_suspicion() {
        let words = |code: &str, decline: Option<&str>| {
            of_failure(Some(&PaymentError {
                kind: "card_error".to_owned(),
                code: Some(code.to_owned()),
                decline_code: decline.map(str::to_owned),
                ..PaymentError::default()
            }))
        };
        assert!(words("card_declined", Some("insufficient_funds")).contains("insufficient funds"));
        for hidden in [
            "lost_card",
            "stolen_card",
            "fraudulent",
            "card_velocity_exceeded",
            "one_of_next_year",
        ] {
            assert_eq!(words("card_declined", Some(hidden)), DECLINED);
        }
        assert_eq!(
            words("payment_intent_authentication_failure", None),
            NOT_AUTHENTICATED
        );
        assert_eq!(of_failure(None), ENDED);
        assert_eq!(
            of_failure(Some(&PaymentError {
                kind: "api_error".to_owned(),
                ..PaymentError::default()
            })),
            NOT_SENT
        );
    }
}
