//! The table's words, and what each of them says of an answer, of the intent and of its charge.

use crate::machine::{Answer, Machine};
use serde_json::{Value, json};

/// How a use of a card ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Pays,
    Saves,
    Declines(&'static Decline),
}

/// How the bank is satisfied on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Unasked,
    Asks,
    Agrees,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    pub way: Way,
    /// `None` where the card cannot be used like this.
    pub end: Option<End>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Decline {
    pub reason: &'static str,
    pub code: &'static str,
    pub decline_code: Option<&'static str>,
    /// What shoppers read.
    pub message: &'static str,
    pub advice_code: Option<&'static str>,
    pub param: Option<&'static str>,
    /// What the merchant reads on the charge.
    pub seller_message: &'static str,
}

const DECLINED: &str = "Your card was declined.";

pub const DECLINES: &[Decline] = &[
    Decline {
        reason: "authentication_required",
        code: "authentication_required",
        decline_code: Some("authentication_required"),
        message: "Your card was declined. This transaction requires authentication.",
        advice_code: None,
        param: None,
        seller_message: "The bank returned the decline code `authentication_required`.",
    },
    Decline {
        reason: "card_velocity_exceeded",
        code: "card_declined",
        decline_code: Some("card_velocity_exceeded"),
        message: "Your card was declined for making repeated attempts too frequently or exceeding its amount limit.",
        advice_code: Some("try_again_later"),
        param: None,
        seller_message: "The bank returned the decline code `card_velocity_exceeded`.",
    },
    Decline {
        reason: "expired_card",
        code: "expired_card",
        decline_code: None,
        message: "Your card has expired.",
        advice_code: Some("confirm_card_data"),
        param: Some("exp_month"),
        seller_message: "The bank returned the decline code `expired_card`.",
    },
    Decline {
        reason: "fraudulent",
        code: "card_declined",
        decline_code: Some("fraudulent"),
        message: DECLINED,
        advice_code: Some("do_not_try_again"),
        param: None,
        seller_message: "Stripe blocked this payment as too risky.",
    },
    Decline {
        reason: "generic_decline",
        code: "card_declined",
        decline_code: Some("generic_decline"),
        message: DECLINED,
        advice_code: Some("try_again_later"),
        param: None,
        seller_message: "The bank did not return any further details with this decline.",
    },
    Decline {
        reason: "incorrect_cvc",
        code: "incorrect_cvc",
        decline_code: None,
        message: "Your card's security code is incorrect.",
        advice_code: Some("confirm_card_data"),
        param: Some("cvc"),
        seller_message: "The bank returned the decline code `incorrect_cvc`.",
    },
    Decline {
        reason: "insufficient_funds",
        code: "card_declined",
        decline_code: Some("insufficient_funds"),
        message: "Your card has insufficient funds.",
        advice_code: Some("try_again_later"),
        param: None,
        seller_message: "The bank returned the decline code `insufficient_funds`.",
    },
    Decline {
        reason: "lost_card",
        code: "card_declined",
        decline_code: Some("lost_card"),
        message: DECLINED,
        advice_code: Some("do_not_try_again"),
        param: None,
        seller_message: "The bank returned the decline code `lost_card`.",
    },
    Decline {
        reason: "processing_error",
        code: "processing_error",
        decline_code: None,
        message: "An error occurred while processing your card. Try again in a little bit.",
        advice_code: Some("try_again_later"),
        param: None,
        seller_message: "The bank returned the decline code `processing_error`.",
    },
    Decline {
        reason: "stolen_card",
        code: "card_declined",
        decline_code: Some("stolen_card"),
        message: DECLINED,
        advice_code: Some("do_not_try_again"),
        param: None,
        seller_message: "The bank returned the decline code `stolen_card`.",
    },
];

impl Word {
    pub fn read(text: &str) -> Word {
        let (way, end) = match text.split_once(':') {
            Some(("asks", end)) => (Way::Asks, end),
            Some(("agrees", end)) => (Way::Agrees, end),
            _ => (Way::Unasked, text),
        };
        let end = match end {
            "-" => None,
            "pays" => Some(End::Pays),
            "saves" => Some(End::Saves),
            reason => Some(End::Declines(decline(reason))),
        };
        Word { way, end }
    }

    pub fn asks(self) -> bool {
        self.way == Way::Asks
    }
}

pub fn decline(reason: &str) -> &'static Decline {
    let found = DECLINES.iter().find(|decline| decline.reason == reason);
    found.unwrap_or_else(|| panic!("no such word: {reason}"))
}

impl Decline {
    /// The 402 of a call that was declined.
    pub fn check_answer(&self, answer: &Answer, case: &str) {
        assert_eq!(answer.status, 402, "{case}: {}", answer.text);
        assert_eq!(
            answer.header("stripe-should-retry"),
            Some("false"),
            "{case}"
        );
        self.check_error(&answer.body["error"], case);
    }

    /// The error of an answer, or the one that stays on an intent.
    pub fn check_error(&self, error: &Value, case: &str) {
        let doc_url = format!(
            "https://stripe.com/docs/error-codes/{}",
            self.code.replace('_', "-")
        );
        for (field, expected) in [
            ("type", json!("card_error")),
            ("code", json!(self.code)),
            ("decline_code", json!(self.decline_code)),
            ("message", json!(self.message)),
            ("advice_code", json!(self.advice_code)),
            ("param", json!(self.param)),
            ("doc_url", json!(doc_url)),
        ] {
            assert_eq!(error[field], expected, "{case}: {field}");
        }
        assert_eq!(error["payment_method"]["type"], "card", "{case}");
    }

    /// The charge that failed.
    pub fn check_charge(&self, charge: &Value, case: &str) {
        let blocked = self.reason == "fraudulent";
        for (place, expected) in [
            ("/status", json!("failed")),
            ("/paid", json!(false)),
            ("/captured", json!(false)),
            ("/failure_code", json!(self.code)),
            ("/failure_message", json!(self.message)),
            ("/balance_transaction", Value::Null),
            (
                "/payment_method_details/card/amount_authorized",
                Value::Null,
            ),
            ("/outcome/advice_code", json!(self.advice_code)),
            ("/outcome/seller_message", json!(self.seller_message)),
            (
                "/outcome/network_status",
                json!(if blocked {
                    "not_sent_to_network"
                } else {
                    "declined_by_network"
                }),
            ),
            (
                "/outcome/type",
                json!(if blocked {
                    "blocked"
                } else {
                    "issuer_declined"
                }),
            ),
            (
                "/outcome/reason",
                json!(if blocked {
                    "highest_risk_level"
                } else {
                    self.reason
                }),
            ),
            (
                "/outcome/risk_level",
                json!(if blocked { "highest" } else { "normal" }),
            ),
        ] {
            assert_eq!(charge.pointer(place), Some(&expected), "{case}: {place}");
        }
    }
}

/// A charge that went well.
pub fn check_paid(charge: &Value, captured: bool, case: &str) {
    for (place, expected) in [
        ("/status", json!("succeeded")),
        ("/paid", json!(true)),
        ("/captured", json!(captured)),
        ("/amount", json!(1999)),
        ("/amount_captured", json!(if captured { 1999 } else { 0 })),
        ("/failure_code", Value::Null),
        ("/failure_message", Value::Null),
        (
            "/payment_method_details/card/amount_authorized",
            json!(1999),
        ),
        ("/outcome/advice_code", Value::Null),
        ("/outcome/reason", Value::Null),
        ("/outcome/seller_message", json!("Payment complete.")),
        ("/outcome/network_status", json!("approved_by_network")),
        ("/outcome/type", json!("authorized")),
    ] {
        assert_eq!(charge.pointer(place), Some(&expected), "{case}: {place}");
    }
}

/// The challenge a PaymentIntent or SetupIntent waits for.
pub fn challenge(intent: &Value, case: &str) -> String {
    let action = &intent["next_action"];
    assert_eq!(action["type"], "use_stripe_sdk", "{case}");
    let source = action["use_stripe_sdk"]["three_d_secure_2_source"].as_str();
    source.expect(case).to_owned()
}

/// Everything that has happened since, oldest first.
pub fn new_events(machine: &mut Machine, before: usize) -> Vec<String> {
    machine.events().split_off(before)
}
