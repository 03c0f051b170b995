//! What follows a confirmation: the shopper's own action.

use wasm_bindgen::JsValue;

use crate::calls::{Reply, calls};
use crate::error::StripeError;
use crate::intent::{Intent, PaymentIntent};
use crate::stripe::Stripe;

calls! {
    impl Stripe("stripe") {
        /// Lets the shopper do what the intent asks for, 3-D Secure above all. Only for an intent in `requires_action`.
        ///
        /// It takes as long as the shopper does, and for a redirect it never returns: the page is left. A challenge that is
        /// failed or dismissed is an error, with the intent back in `requires_payment_method`. Stripe.js is called at once.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/handle_next_action>.
        ///
        /// # Errors
        /// Whatever Stripe answers, `payment_intent_authentication_failure` among the codes;
        /// [`ErrorKind::Integration`](crate::ErrorKind::Integration) if the intent asks for nothing.
        fn handle_next_action = "handleNextAction" { "clientSecret": client_secret: text } -> Intent;

        /// The same, for what your server got as a hash instead of a client secret.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/handle_next_action>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn handle_hashed_next_action = "handleNextAction" { "hashedValue": hashed_value: text } -> Intent;

        /// Lets the shopper answer the bank, for an intent that the server confirms by hand: on success it is in
        /// `requires_confirmation`, and the server has to confirm it again within the hour. For all other intents,
        /// [`handle_next_action`](Self::handle_next_action) replaced this.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/handle_card_action>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn handle_card_action = "handleCardAction"(client_secret: text) -> PaymentIntent;
    }
}

impl Reply for Intent {
    fn reply(answer: &JsValue) -> Result<Self, StripeError> {
        Self::within(answer, "paymentIntent", "setupIntent")
            .ok_or_else(|| StripeError::incomplete("intent"))
    }

    #[cfg(test)]
    const IS_DATA: bool = true;

    #[cfg(test)]
    fn round_trip(answer: &serde_json::Value) -> Option<serde_json::Value> {
        use crate::payload::Read;
        Some(
            match Self::within(answer, "paymentIntent", "setupIntent")? {
                Self::Payment(intent) => serde_json::json!({ "paymentIntent": intent.write() }),
                Self::Setup(intent) => serde_json::json!({ "setupIntent": intent.write() }),
            },
        )
    }

    #[cfg(test)]
    fn prune(answer: &mut serde_json::Value) {
        use crate::intent::SetupIntent;
        use crate::payload::Read;
        if let Some(intent) = answer.get_mut("paymentIntent") {
            <PaymentIntent as Read>::prune(intent);
        }
        if let Some(intent) = answer.get_mut("setupIntent") {
            <SetupIntent as Read>::prune(intent);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::intent::{Intent, IntentStatus};

    #[test]
    fn an_answer_carries_one_of_two_intents() {
        let read = |answer: serde_json::Value| {
            let intent = Intent::within(&answer, "paymentIntent", "setupIntent")?;
            let is_payment = matches!(intent, Intent::Payment(_));
            Some((is_payment, intent.id().to_owned(), intent.status().clone()))
        };
        for (answer, expected) in [
            (
                json!({ "paymentIntent": { "id": "pi_1", "status": "succeeded" } }),
                Some((true, "pi_1".into(), IntentStatus::Succeeded)),
            ),
            (
                json!({ "setupIntent": { "id": "seti_1", "status": "processing" } }),
                Some((false, "seti_1".into(), IntentStatus::Processing)),
            ),
            (json!({ "paymentIntent": { "status": "succeeded" } }), None),
            (json!({ "paymentIntent": null }), None),
            (json!({}), None),
        ] {
            assert_eq!(read(answer), expected);
        }
    }
}
