//! What follows a confirmation: the shopper's own action, and a look at the intent.

use wasm_bindgen::JsValue;

use crate::answer::Answer;
use crate::error::StripeError;
use crate::intent::{Intent, PaymentIntent};
use crate::js;
use crate::stripe::Stripe;

impl Stripe {
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
    pub fn handle_next_action(&self, client_secret: &str) -> Answer<Intent> {
        let secret = JsValue::from_str(client_secret);
        let options = js::object(&[("clientSecret", &secret)]);
        Answer::new(self.handle.handle_next_action(&options), intent)
    }

    /// Looks up a PaymentIntent. Stripe.js is called at once.
    ///
    /// See <https://docs.stripe.com/js/payment_intents/retrieve_payment_intent>.
    ///
    /// # Errors
    /// Whatever Stripe answers.
    pub fn retrieve_payment_intent(&self, client_secret: &str) -> Answer<PaymentIntent> {
        Answer::new(
            self.handle.retrieve_payment_intent(client_secret),
            |answer| match intent(answer)? {
                Intent::Payment(intent) => Ok(intent),
                Intent::Setup(_) => Err(without_intent()),
            },
        )
    }
}

fn intent(answer: &JsValue) -> Result<Intent, StripeError> {
    Intent::within(answer, "paymentIntent", "setupIntent").ok_or_else(without_intent)
}

fn without_intent() -> StripeError {
    StripeError::incomplete("Stripe answered without an intent")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::intent::{Intent, IntentStatus, PaymentIntent, SetupIntent};

    #[test]
    fn an_answer_carries_one_of_two_intents() {
        for (answer, expected) in [
            (
                json!({ "paymentIntent": { "id": "pi_1", "status": "succeeded" } }),
                Some(Intent::Payment(PaymentIntent {
                    id: "pi_1".into(),
                    status: IntentStatus::Succeeded,
                })),
            ),
            (
                json!({ "setupIntent": { "id": "seti_1", "status": "processing" } }),
                Some(Intent::Setup(SetupIntent {
                    id: "seti_1".into(),
                    status: IntentStatus::Processing,
                })),
            ),
            (json!({ "paymentIntent": { "status": "succeeded" } }), None),
            (json!({ "paymentIntent": null }), None),
            (json!({}), None),
        ] {
            assert_eq!(
                Intent::within(&answer, "paymentIntent", "setupIntent"),
                expected
            );
        }
    }
}
