//! The one error of this crate: every way in which Stripe.js fails, or fails to arrive.

use std::fmt;

use wasm_bindgen::JsValue;

use crate::intent::Intent;
use crate::names::open_enum;
use crate::publishable_key::NotPublishable;
use crate::readable::Readable;

open_enum! {
    /// What kind of failure it is: Stripe's own types, and ours for what happens before Stripe can answer.
    ///
    /// See <https://docs.stripe.com/js/appendix/stripe_error_object> and <https://docs.stripe.com/error-codes>.
    pub enum ErrorKind {
        /// Stripe's API could not be reached.
        Network = "api_connection_error",
        /// A failure on Stripe's side.
        Api = "api_error",
        /// The publishable key was not accepted.
        Authentication = "authentication_error",
        /// The payment method was declined; the message may be shown to the shopper.
        Card = "card_error",
        /// An idempotency key was used for two different requests.
        Idempotency = "idempotency_error",
        /// The request was not acceptable.
        InvalidRequest = "invalid_request_error",
        /// Too many requests.
        RateLimit = "rate_limit_error",
        /// The form is not filled in correctly. The Payment Element already shows it.
        Validation = "validation_error",
        /// Stripe.js threw, or rejected without naming a type: it was called wrongly.
        Integration = "integration_error",
        /// A Checkout Session did not take a change; the code says why.
        Checkout = "checkout_error",
        /// There is no browser here: the call was made on a server.
        Unavailable = "unavailable",
        /// The script did not arrive: the network, a content blocker or a content security policy.
        ScriptBlocked = "script_blocked",
        /// The script did not arrive in time.
        ScriptTimedOut = "script_timed_out",
        /// A script arrived, but it was not Stripe.js.
        ScriptEmpty = "script_empty",
    }
}

impl ErrorKind {
    /// Whether Stripe.js never came to be on the page. Loading again later may succeed.
    pub fn is_not_loaded(&self) -> bool {
        matches!(
            self,
            Self::Unavailable | Self::ScriptBlocked | Self::ScriptTimedOut | Self::ScriptEmpty
        )
    }
}

/// A failed call, whether it resolved to `{error}`, was rejected or threw.
#[derive(Clone, PartialEq)]
pub struct StripeError(Box<Details>);

#[derive(Clone, Debug, PartialEq)]
struct Details {
    kind: ErrorKind,
    code: Option<String>,
    decline_code: Option<String>,
    message: Option<String>,
    param: Option<String>,
    doc_url: Option<String>,
    request_log_url: Option<String>,
    intent: Option<Intent>,
}

impl StripeError {
    /// What kind of failure.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Stripe's code, such as `card_declined`. See <https://docs.stripe.com/error-codes>.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The issuer's reason for a decline, where it gave one. See <https://docs.stripe.com/declines/codes>.
    pub fn decline_code(&self) -> Option<&str> {
        self.0.decline_code.as_deref()
    }

    /// Stripe's words. For [`ErrorKind::Card`] and [`ErrorKind::Validation`] they are meant for the shopper.
    pub fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// The parameter that was wrong.
    pub fn param(&self) -> Option<&str> {
        self.0.param.as_deref()
    }

    /// Where Stripe explains the code.
    pub fn doc_url(&self) -> Option<&str> {
        self.0.doc_url.as_deref()
    }

    /// Where the Dashboard shows the request.
    pub fn request_log_url(&self) -> Option<&str> {
        self.0.request_log_url.as_deref()
    }

    /// The intent that the failed call was about, as the failure left it.
    pub fn intent(&self) -> Option<&Intent> {
        self.0.intent.as_ref()
    }

    fn words(&self) -> &str {
        self.message().unwrap_or_else(|| self.kind().as_str())
    }

    pub(crate) fn of(kind: ErrorKind) -> Self {
        Self::saying(kind, None)
    }

    /// The error for an answer in which something that Stripe always sends is missing.
    pub(crate) fn incomplete(member: &str) -> Self {
        let message = ["Stripe answered without ", member].concat();
        Self::saying(ErrorKind::Api, Some(message))
    }

    fn saying(kind: ErrorKind, message: Option<String>) -> Self {
        Self(Box::new(Details {
            kind,
            code: None,
            decline_code: None,
            message,
            param: None,
            doc_url: None,
            request_log_url: None,
            intent: None,
        }))
    }

    /// Reads what was thrown: an error object, an `Error`, or bare text.
    pub(crate) fn read(error: &impl Readable) -> Self {
        Self::read_or(error, ErrorKind::Integration)
    }

    /// Reads the error in an answer, and says what kind it is if it does not itself.
    pub(crate) fn read_or(error: &impl Readable, kind: ErrorKind) -> Self {
        let kind = match error.text("type") {
            Some(name) => ErrorKind::parse(&name),
            None => kind,
        };
        Self(Box::new(Details {
            kind,
            code: error.text("code"),
            decline_code: error.text("decline_code"),
            message: error.text("message").or_else(|| error.as_text()),
            param: error.text("param"),
            doc_url: error.text("doc_url"),
            request_log_url: error.text("request_log_url"),
            intent: Intent::within(error, "payment_intent", "setup_intent"),
        }))
    }
}

impl fmt::Debug for StripeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl fmt::Display for StripeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.words())
    }
}

impl std::error::Error for StripeError {}

/// A JavaScript `Error` with the same words, for a function that answers JavaScript.
impl From<StripeError> for JsValue {
    fn from(error: StripeError) -> Self {
        js_sys::Error::new(error.words()).into()
    }
}

impl From<NotPublishable> for StripeError {
    fn from(error: NotPublishable) -> Self {
        Self::saying(ErrorKind::Integration, Some(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::intent::{IntentStatus, PaymentIntent, SetupIntent};

    fn check(thrown: Value, expected: Details) {
        assert_eq!(*StripeError::read(&thrown).0, expected, "{thrown}");
    }

    fn of(kind: ErrorKind) -> Details {
        *StripeError::of(kind).0
    }

    #[test]
    fn every_shape_of_failure_is_an_error() {
        check(
            json!({
                "type": "card_error",
                "code": "card_declined",
                "decline_code": "insufficient_funds",
                "message": "Your card has insufficient funds.",
                "payment_intent": { "id": "pi_1", "status": "requires_payment_method", "amount": 5 },
                "charge": "ch_1",
            }),
            Details {
                code: Some("card_declined".into()),
                decline_code: Some("insufficient_funds".into()),
                message: Some("Your card has insufficient funds.".into()),
                intent: Some(Intent::Payment(PaymentIntent {
                    id: "pi_1".into(),
                    status: IntentStatus::RequiresPaymentMethod,
                    amount_minor: 5,
                    ..Default::default()
                })),
                ..of(ErrorKind::Card)
            },
        );
        check(
            json!({
                "type": "invalid_request_error",
                "param": "return_url",
                "setup_intent": { "id": "seti_1", "status": "requires_hand_waving" },
            }),
            Details {
                param: Some("return_url".into()),
                intent: Some(Intent::Setup(SetupIntent {
                    id: "seti_1".into(),
                    status: IntentStatus::Other("requires_hand_waving".into()),
                    ..Default::default()
                })),
                ..of(ErrorKind::InvalidRequest)
            },
        );
        check(
            json!({ "name": "IntegrationError", "message": "no such element" }),
            Details {
                message: Some("no such element".into()),
                ..of(ErrorKind::Integration)
            },
        );
        check(
            json!("bare text"),
            Details {
                message: Some("bare text".into()),
                ..of(ErrorKind::Integration)
            },
        );
        for nothing in [json!(null), json!(7), json!({}), json!([])] {
            check(nothing, of(ErrorKind::Integration));
        }
    }

    #[test]
    fn a_field_of_another_kind_is_no_field() {
        check(
            json!({ "type": 3, "code": null, "message": {}, "payment_intent": "pi_1" }),
            of(ErrorKind::Integration),
        );
    }

    #[test]
    fn an_unknown_type_is_kept() {
        check(
            json!({ "type": "tea_error" }),
            of(ErrorKind::Other("tea_error".into())),
        );
    }

    #[test]
    fn kinds_are_read_as_they_are_written() {
        for kind in [
            ErrorKind::Network,
            ErrorKind::Api,
            ErrorKind::Authentication,
            ErrorKind::Card,
            ErrorKind::Idempotency,
            ErrorKind::InvalidRequest,
            ErrorKind::RateLimit,
            ErrorKind::Validation,
            ErrorKind::Integration,
            ErrorKind::Checkout,
            ErrorKind::Unavailable,
            ErrorKind::ScriptBlocked,
            ErrorKind::ScriptTimedOut,
            ErrorKind::ScriptEmpty,
        ] {
            assert_eq!(ErrorKind::parse(kind.as_str()), kind);
        }
    }

    #[test]
    fn an_error_without_words_shows_its_kind() {
        assert_eq!(
            StripeError::of(ErrorKind::ScriptBlocked).to_string(),
            "script_blocked"
        );
    }
}
