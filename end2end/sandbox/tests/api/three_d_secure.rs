//! 3-D Secure, from the bank's question to what the answer makes of the intent.

use crate::machine::{Machine, text};
use serde_json::Value;

/// An intent that waits for the shopper: its id, client secret and `payatt_…`.
fn asked(machine: &mut Machine, number: &str) -> (String, String, String) {
    let answer = machine.pay(number).ok();
    let source = text(&answer.body["next_action"]["use_stripe_sdk"]["three_d_secure_2_source"]);
    assert!(source.starts_with("payatt_"), "{source}");
    (answer.id(), text(&answer.body["client_secret"]), source)
}

#[test]
fn an_authenticated_payment_goes_on_by_itself() {
    for (number, status, error) in [
        ("4000000000003220", "succeeded", Value::Null),
        (
            "4000008400001629",
            "requires_payment_method",
            "card_declined".into(),
        ),
        (
            "4000008260003178",
            "requires_payment_method",
            "card_declined".into(),
        ),
    ] {
        let mut machine = Machine::new();
        let (intent, _, source) = asked(&mut machine, number);
        let started = machine
            .browser("POST", "/v1/3ds2/authenticate", &[("source", &source)])
            .ok();
        assert_eq!(started.body["state"], "challenge_required", "{number}");
        assert_eq!(
            started.body["acs_url"],
            format!("http://sandbox.test/3d_secure_2_test/{source}"),
            "{number}"
        );
        machine.bank(&source, "complete").ok();
        let intent = machine.intent(&intent);
        assert_eq!(intent["status"], status, "{number}");
        assert_eq!(intent["last_payment_error"]["code"], error, "{number}");
        let three_d_secure =
            &intent["latest_charge"]["payment_method_details"]["card"]["three_d_secure"];
        assert_eq!(three_d_secure["result"], "authenticated", "{number}");
    }
}

#[test]
fn failing_and_giving_up_end_alike_and_charge_nothing() {
    for gives_up in [false, true] {
        let mut machine = Machine::new();
        let (intent, client_secret, source) = asked(&mut machine, "4000000000003220");
        if gives_up {
            let path = format!("/v1/payment_intents/{intent}/source_cancel");
            let fields = [
                ("source", source.as_str()),
                ("client_secret", &client_secret),
            ];
            let answer = machine.browser("POST", &path, &fields).ok();
            assert_eq!(answer.body["status"], "requires_payment_method");
        } else {
            machine.bank(&source, "fail").ok();
        }
        let intent = machine.intent(&intent);
        assert_eq!(intent["status"], "requires_payment_method");
        assert_eq!(intent["latest_charge"], Value::Null);
        let error = &intent["last_payment_error"];
        assert_eq!(error["code"], "payment_intent_authentication_failure");
        assert_eq!(
            error["message"],
            "We are unable to authenticate your payment method. Please choose a different payment method and try again."
        );
        assert_eq!(
            machine.events().last().map(String::as_str),
            Some("payment_intent.payment_failed")
        );
    }
}

#[test]
fn only_the_first_answer_of_a_bank_counts() {
    for (first, second, status) in [
        ("complete", "fail", "succeeded"),
        ("complete", "complete", "succeeded"),
        ("fail", "complete", "requires_payment_method"),
    ] {
        let mut machine = Machine::new();
        let (intent, _, source) = asked(&mut machine, "4000000000003220");
        machine.bank(&source, first).ok();
        let events = machine.events();
        machine.bank(&source, second).ok();
        assert_eq!(
            machine.intent(&intent)["status"],
            status,
            "{first}, {second}"
        );
        assert_eq!(machine.events(), events, "{first}, {second}");
    }
}

#[test]
fn a_bank_s_answer_to_a_canceled_intent_pays_nothing() {
    let mut machine = Machine::new();
    let (intent, _, source) = asked(&mut machine, "4000000000003220");
    machine
        .post(&format!("/v1/payment_intents/{intent}/cancel"), &[])
        .ok();
    machine.bank(&source, "complete").ok();
    let intent = machine.intent(&intent);
    assert_eq!(intent["status"], "canceled");
    assert_eq!(intent["latest_charge"], Value::Null);
}

#[test]
fn giving_up_needs_the_client_secret_and_a_bank_s_answer_the_attempt_s_id() {
    let mut machine = Machine::new();
    let (intent, _, source) = asked(&mut machine, "4000000000003220");
    let path = format!("/v1/payment_intents/{intent}/source_cancel");
    let fields = [
        ("source", source.as_str()),
        ("client_secret", "pi_wrong_secret"),
    ];
    assert_eq!(machine.browser("POST", &path, &fields).status, 400);
    assert_eq!(machine.bank("payatt_unknown", "complete").status, 404);
    assert_eq!(machine.intent(&intent)["status"], "requires_action");
}

#[test]
fn a_browser_sees_the_intent_with_its_secret_and_less_of_it() {
    let mut machine = Machine::new();
    let (intent, client_secret, _) = asked(&mut machine, "4000000000003220");
    let target = format!("/v1/payment_intents/{intent}");
    let seen = machine
        .browser(
            "GET",
            &format!("{target}?client_secret={client_secret}"),
            &[],
        )
        .ok();
    assert_eq!(seen.body["status"], "requires_action");
    for hidden in ["metadata", "latest_charge", "amount_received", "customer"] {
        assert!(seen.body.get(hidden).is_none(), "{hidden}");
    }
    let wrong = machine.browser(
        "GET",
        &format!("{target}?client_secret={intent}_secret_x"),
        &[],
    );
    assert_eq!(
        (wrong.status, wrong.error("param")),
        (400, "client_secret".into())
    );
    let none = machine.browser("GET", &target, &[]);
    assert_eq!(none.error("code"), "parameter_missing");
}
