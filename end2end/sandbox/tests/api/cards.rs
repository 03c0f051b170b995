//! Every test card, created and confirmed in one call.

use crate::machine::Machine;
use serde_json::{Value, json};

/// What a card does on-session.
enum Outcome {
    Pays,
    Asks,
    /// Code and decline code.
    Declines(&'static str, Option<&'static str>, &'static str),
}
use Outcome::{Asks, Declines, Pays};

const DECLINED: &str = "Your card was declined.";
const GENERIC: Outcome = Declines("card_declined", Some("generic_decline"), DECLINED);
const FRAUDULENT: Outcome = Declines("card_declined", Some("fraudulent"), DECLINED);

const CARDS: &[(&str, Outcome)] = &[
    ("4242424242424242", Pays),
    ("4111111111111111", Pays),
    ("4000056655665556", Pays),
    ("5555555555554444", Pays),
    ("2223003122003222", Pays),
    ("5200828282828210", Pays),
    ("5105105105105100", Pays),
    ("378282246310005", Pays),
    ("371449635398431", Pays),
    ("6011111111111117", Pays),
    ("6011000990139424", Pays),
    ("6011981111111113", Pays),
    ("3056930009020004", Pays),
    ("36227206271667", Pays),
    ("3566002020360505", Pays),
    ("6200000000000005", Pays),
    ("6200000000000047", Pays),
    ("6205500000000000004", Pays),
    ("6555900000604105", Pays),
    ("4000002500001001", Pays),
    ("5555552500001001", Pays),
    ("4000000000000002", GENERIC),
    (
        "4000000000009995",
        Declines(
            "card_declined",
            Some("insufficient_funds"),
            "Your card has insufficient funds.",
        ),
    ),
    (
        "4000000000009987",
        Declines("card_declined", Some("lost_card"), DECLINED),
    ),
    (
        "4000000000009979",
        Declines("card_declined", Some("stolen_card"), DECLINED),
    ),
    (
        "4000000000000069",
        Declines("expired_card", None, "Your card has expired."),
    ),
    (
        "4000000000000127",
        Declines(
            "incorrect_cvc",
            None,
            "Your card's security code is incorrect.",
        ),
    ),
    (
        "4000000000000119",
        Declines(
            "processing_error",
            None,
            "An error occurred while processing your card. Try again in a little bit.",
        ),
    ),
    (
        "4000000000006975",
        Declines(
            "card_declined",
            Some("card_velocity_exceeded"),
            "Your card was declined for making repeated attempts too frequently or exceeding its amount limit.",
        ),
    ),
    ("4000000000000341", GENERIC),
    ("4100000000000019", FRAUDULENT),
    ("4000000000004954", FRAUDULENT),
    ("4000000000009235", Pays),
    ("4000000000000101", Pays),
    ("4000000000000036", Pays),
    ("4000000000000028", Pays),
    ("4000000000000010", Pays),
    ("4000000000000044", Pays),
    ("4000002500003155", Asks),
    ("4000002760003184", Asks),
    ("4000003800000446", Asks),
    ("4000008260003178", Asks),
    ("4000000000003220", Asks),
    ("4000008400001629", Asks),
    ("4000008400001280", GENERIC),
    ("4000000000003055", Pays),
    ("4000000000003097", Pays),
    ("4000000000003238", Asks),
    ("4000000000003246", Asks),
    ("4000000000003253", Asks),
    ("4000000000000259", Pays),
    ("4000000760000002", Pays),
];

#[test]
fn every_card_does_what_stripe_says() {
    for (number, outcome) in CARDS {
        let mut machine = Machine::new();
        let answer = machine.pay(number);
        match outcome {
            Pays => {
                assert_eq!(answer.status, 200, "{number}: {}", answer.text);
                assert_eq!(answer.body["status"], "succeeded", "{number}");
                assert_eq!(answer.body["amount_received"], 1999, "{number}");
                let events = [
                    "payment_intent.created",
                    "charge.succeeded",
                    "payment_intent.succeeded",
                ];
                assert_eq!(machine.events(), events, "{number}");
            }
            Asks => {
                assert_eq!(answer.status, 200, "{number}: {}", answer.text);
                assert_eq!(answer.body["status"], "requires_action", "{number}");
                assert_eq!(answer.body["latest_charge"], Value::Null, "{number}");
                assert_eq!(
                    answer.body["next_action"]["type"], "use_stripe_sdk",
                    "{number}"
                );
                let events = ["payment_intent.created", "payment_intent.requires_action"];
                assert_eq!(machine.events(), events, "{number}");
            }
            Declines(code, decline_code, message) => {
                assert_eq!(answer.status, 402, "{number}: {}", answer.text);
                assert_eq!(
                    answer.header("stripe-should-retry"),
                    Some("false"),
                    "{number}"
                );
                assert_eq!(answer.error("type"), "card_error", "{number}");
                assert_eq!(answer.error("code"), *code, "{number}");
                assert_eq!(
                    answer.error("decline_code"),
                    json!(decline_code),
                    "{number}"
                );
                assert_eq!(answer.error("message"), *message, "{number}");
                let intent = answer.error("payment_intent");
                assert_eq!(intent["status"], "requires_payment_method", "{number}");
                assert_eq!(intent["payment_method"], Value::Null, "{number}");
                assert_eq!(intent["last_payment_error"]["code"], *code, "{number}");
                assert_eq!(intent["latest_charge"], answer.error("charge"), "{number}");
                let charge = &machine.state()["charges"][0];
                assert_eq!(charge["status"], "failed", "{number}");
                assert_eq!(charge["failure_code"], *code, "{number}");
                let events = [
                    "payment_intent.created",
                    "charge.failed",
                    "payment_intent.payment_failed",
                ];
                assert_eq!(machine.events(), events, "{number}");
            }
        }
    }
}

#[test]
fn a_name_stands_for_its_card() {
    for (name, status) in [
        ("pm_card_visa", 200),
        ("pm_card_visa_chargeDeclined", 402),
        ("pm_card_chargeDeclinedIncorrectCvc", 402),
        ("pm_card_threeDSecure2Required", 200),
    ] {
        let mut machine = Machine::new();
        let fields = [("payment_method", name)];
        let token = machine
            .post("/v1/test_helpers/confirmation_tokens", &fields)
            .ok()
            .id();
        assert_eq!(machine.pay_with(&token, &[]).status, status, "{name}");
    }
}

#[test]
fn cards_refused_at_the_door_make_no_token() {
    for (number, month, year, cvc, code) in [
        ("4242424242424241", "12", "2034", "123", "incorrect_number"),
        ("4242", "12", "2034", "123", "incorrect_number"),
        ("abc", "12", "2034", "123", "incorrect_number"),
        (
            "4242424242424242",
            "13",
            "2034",
            "123",
            "invalid_expiry_month",
        ),
        (
            "4242424242424242",
            "0",
            "2034",
            "123",
            "invalid_expiry_month",
        ),
        (
            "4242424242424242",
            "10",
            "2026",
            "123",
            "invalid_expiry_month",
        ),
        (
            "4242424242424242",
            "12",
            "2025",
            "123",
            "invalid_expiry_year",
        ),
        ("4242424242424242", "12", "95", "123", "invalid_expiry_year"),
        (
            "4242424242424242",
            "12",
            "9999999",
            "123",
            "invalid_expiry_year",
        ),
        ("4242424242424242", "12", "34", "99", "invalid_cvc"),
        ("4242424242424242", "12", "34", "1234", "invalid_cvc"),
        ("4012888888881881", "12", "34", "123", "card_declined"),
    ] {
        let mut machine = Machine::new();
        let fields = [
            ("payment_method_data[type]", "card"),
            ("payment_method_data[card][number]", number),
            ("payment_method_data[card][exp_month]", month),
            ("payment_method_data[card][exp_year]", year),
            ("payment_method_data[card][cvc]", cvc),
        ];
        let answer = machine.browser("POST", "/v1/confirmation_tokens", &fields);
        assert_eq!(answer.status, 402, "{number} {month}/{year} {cvc}");
        assert_eq!(answer.error("code"), code, "{number} {month}/{year} {cvc}");
        assert_eq!(
            machine.state()["confirmation_tokens"],
            json!([]),
            "{number}"
        );
    }
}

#[test]
fn off_session_a_card_that_asks_is_declined_unless_it_was_set_up() {
    for (number, status, code) in [
        ("4000002760003184", 402, json!("authentication_required")),
        ("4000003800000446", 200, Value::Null),
        ("4242424242424242", 200, Value::Null),
    ] {
        let mut machine = Machine::new();
        let token = machine.token(number);
        let answer = machine.pay_with(&token, &[("off_session", "true")]);
        assert_eq!(answer.status, status, "{number}");
        assert_eq!(answer.error("code"), code, "{number}");
    }
}

#[test]
fn a_shop_can_ask_for_authentication_or_forbid_it() {
    let any = (
        "payment_method_options[card][request_three_d_secure]",
        "any",
    );
    let never = ("error_on_requires_action", "true");
    for (number, option, status, intent_status) in [
        ("4000000000003055", any, 200, "requires_action"),
        ("4242424242424242", any, 200, "succeeded"),
        ("4000000000003220", never, 402, "requires_payment_method"),
    ] {
        let mut machine = Machine::new();
        let token = machine.token(number);
        let answer = machine.pay_with(&token, &[option]);
        assert_eq!(answer.status, status, "{number}");
        assert_eq!(
            machine.state()["payment_intents"][0]["status"],
            intent_status,
            "{number}"
        );
    }
}
