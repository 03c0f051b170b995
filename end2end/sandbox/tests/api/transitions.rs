//! Every state of an intent × every call on it.

use crate::machine::{Answer, Machine};
use serde_json::Value;

/// An intent in the named state.
fn intent_in(machine: &mut Machine, status: &str) -> String {
    let id = match status {
        "requires_payment_method" => {
            let answer = machine.pay("4000000000000002");
            answer.error("payment_intent")["id"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        }
        "requires_confirmation" => {
            let fields = [
                ("amount", "1999"),
                ("currency", "usd"),
                ("payment_method", "pm_card_visa"),
            ];
            machine.post("/v1/payment_intents", &fields).ok().id()
        }
        "requires_action" => machine.pay("4000000000003220").ok().id(),
        "requires_capture" => {
            let fields = [("payment_method", "pm_card_visa")];
            let token = machine
                .post("/v1/test_helpers/confirmation_tokens", &fields)
                .ok()
                .id();
            machine
                .pay_with(&token, &[("capture_method", "manual")])
                .ok()
                .id()
        }
        "succeeded" => machine.pay("4242424242424242").ok().id(),
        _ => {
            let id = machine.pay("4000000000003220").ok().id();
            machine
                .post(&format!("/v1/payment_intents/{id}/cancel"), &[])
                .ok();
            id
        }
    };
    assert_eq!(machine.intent(&id)["status"], status);
    id
}

fn call(machine: &mut Machine, id: &str, action: &str) -> Answer {
    let path = format!("/v1/payment_intents/{id}");
    match action {
        "confirm" => {
            let token = machine.token("4242424242424242");
            machine.confirm(id, &token)
        }
        "decline" => {
            let token = machine.token("4000000000000002");
            machine.confirm(id, &token)
        }
        "capture" | "cancel" => machine.post(&format!("{path}/{action}"), &[]),
        "amount" => machine.post(&path, &[("amount", "2999")]),
        _ => machine.post(&path, &[("metadata[note]", "x")]),
    }
}

/// State, call, the state after; a star where Stripe refuses the call, and a plus where it answers 402.
const TABLE: &[(&str, [(&str, &str); 6])] = &[
    (
        "requires_payment_method",
        [
            ("confirm", "succeeded"),
            ("decline", "requires_payment_method+"),
            ("capture", "requires_payment_method*"),
            ("cancel", "canceled"),
            ("amount", "requires_payment_method"),
            ("metadata", "requires_payment_method"),
        ],
    ),
    (
        "requires_confirmation",
        [
            ("confirm", "succeeded"),
            ("decline", "requires_payment_method+"),
            ("capture", "requires_confirmation*"),
            ("cancel", "canceled"),
            ("amount", "requires_confirmation"),
            ("metadata", "requires_confirmation"),
        ],
    ),
    (
        "requires_action",
        [
            ("confirm", "requires_action*"),
            ("decline", "requires_action*"),
            ("capture", "requires_action*"),
            ("cancel", "canceled"),
            ("amount", "requires_action*"),
            ("metadata", "requires_action"),
        ],
    ),
    (
        "requires_capture",
        [
            ("confirm", "requires_capture*"),
            ("decline", "requires_capture*"),
            ("capture", "succeeded"),
            ("cancel", "canceled"),
            ("amount", "requires_capture*"),
            ("metadata", "requires_capture"),
        ],
    ),
    (
        "succeeded",
        [
            ("confirm", "succeeded*"),
            ("decline", "succeeded*"),
            ("capture", "succeeded*"),
            ("cancel", "succeeded*"),
            ("amount", "succeeded*"),
            ("metadata", "succeeded"),
        ],
    ),
    (
        "canceled",
        [
            ("confirm", "canceled*"),
            ("decline", "canceled*"),
            ("capture", "canceled*"),
            ("cancel", "canceled*"),
            ("amount", "canceled*"),
            ("metadata", "canceled"),
        ],
    ),
];

#[test]
fn every_state_takes_exactly_the_calls_stripe_lets_it_take() {
    for (status, calls) in TABLE {
        for (action, expected) in calls {
            let mut machine = Machine::new();
            let id = intent_in(&mut machine, status);
            let events = machine.events();
            let answer = call(&mut machine, &id, action);
            let after = machine.intent(&id);
            let name = format!("{action} on {status}: {}", answer.text);
            assert_eq!(
                after["status"],
                expected.trim_end_matches(['*', '+']),
                "{name}"
            );
            match expected.chars().last() {
                Some('*') => {
                    assert_eq!(answer.status, 400, "{name}");
                    assert_eq!(
                        answer.error("code"),
                        "payment_intent_unexpected_state",
                        "{name}"
                    );
                    assert_eq!(answer.error("payment_intent")["id"], id, "{name}");
                    assert_eq!(machine.events(), events, "{name}");
                }
                Some('+') => assert_eq!(answer.status, 402, "{name}"),
                _ => assert_eq!(answer.status, 200, "{name}"),
            }
        }
    }
}

#[test]
fn a_decline_and_then_another_card_pay_one_intent() {
    let mut machine = Machine::new();
    let id = intent_in(&mut machine, "requires_payment_method");
    let token = machine.token("4242424242424242");
    let paid = machine.confirm(&id, &token).ok();
    assert_eq!(paid.body["status"], "succeeded");
    assert_eq!(paid.body["last_payment_error"], Value::Null);
    let state = machine.state();
    assert_eq!(state["payment_intents"].as_array().map(Vec::len), Some(1));
    assert_eq!(state["charges"].as_array().map(Vec::len), Some(2));
}

#[test]
fn an_authorisation_is_captured_in_whole_or_in_part_or_released() {
    for (fields, status, received, refunded) in [
        (vec![], "succeeded", 1999, 0),
        (vec![("amount_to_capture", "500")], "succeeded", 500, 1499),
        (
            vec![("amount_to_capture", "2000")],
            "requires_capture",
            0,
            0,
        ),
        (vec![("amount_to_capture", "0")], "requires_capture", 0, 0),
    ] {
        let mut machine = Machine::new();
        let id = intent_in(&mut machine, "requires_capture");
        machine.post(&format!("/v1/payment_intents/{id}/capture"), &fields);
        let intent = machine.intent(&id);
        assert_eq!(intent["status"], status, "{fields:?}");
        assert_eq!(intent["amount_received"], received, "{fields:?}");
        assert_eq!(
            intent["latest_charge"]["amount_refunded"], refunded,
            "{fields:?}"
        );
    }
    let mut machine = Machine::new();
    let id = intent_in(&mut machine, "requires_capture");
    machine
        .post(&format!("/v1/payment_intents/{id}/cancel"), &[])
        .ok();
    let charge = &machine.intent(&id)["latest_charge"];
    assert_eq!(
        (&charge["captured"], &charge["refunded"]),
        (&false.into(), &true.into())
    );
}

#[test]
fn too_many_confirmations_cancel_the_intent() {
    let mut machine = Machine::new();
    let id = intent_in(&mut machine, "requires_payment_method");
    for attempt in 2..=10 {
        let token = machine.token("4000000000000002");
        assert_eq!(
            machine.confirm(&id, &token).status,
            402,
            "attempt {attempt}"
        );
    }
    let token = machine.token("4242424242424242");
    let refused = machine.confirm(&id, &token);
    assert_eq!(refused.error("code"), "payment_intent_unexpected_state");
    assert_eq!(refused.error("payment_intent")["status"], "canceled");
    assert_eq!(
        machine.events().last().map(String::as_str),
        Some("payment_intent.canceled")
    );
    let token = machine
        .get(&format!("/v1/confirmation_tokens/{token}"))
        .ok();
    assert_eq!(token.body["payment_intent"], Value::Null);
}
