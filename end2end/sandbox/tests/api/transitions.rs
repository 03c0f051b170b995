//! Every state of an intent × every call on it, in every way of capturing and confirming: the tables stand in the words
//! that open `payment_intent.rs` and `setup_intent.rs`.

use crate::machine::{Answer, Machine, text};

use serde_json::Value;

const PAYMENTS: &str = "/v1/payment_intents";
const SETUPS: &str = "/v1/setup_intents";

const RETURN: (&str, &str) = ("return_url", "https://shop.test/return");
const CAPTURES: &[&str] = &["automatic", "automatic_async", "manual"];
const CONFIRMATIONS: &[&str] = &["automatic", "manual"];

/// The rows of the table that a module's own words begin with: a state, and what each call leads to from there.
fn table(source: &'static str) -> (Vec<&'static str>, Vec<(&'static str, Vec<&'static str>)>) {
    let mut rows = source
        .lines()
        .filter_map(|line| line.strip_prefix("//! | "))
        .map(|row| row.trim_end_matches(" |").split(" | ").collect::<Vec<_>>());
    let calls = rows.next().expect("a table")[1..].to_vec();
    let rows = rows.map(|row| (row[0], row[1..].to_vec())).collect();
    (calls, rows)
}

/// What a cell says for an intent that is captured and confirmed in these ways.
fn state_after(cell: &str, before: &str, capture: &str, confirmation: &str) -> String {
    let paid = if capture == "manual" {
        "requires_capture"
    } else {
        "succeeded"
    };
    let after = match cell {
        "same" | "400" => before,
        "402" => "requires_payment_method",
        "paid" => paid,
        "agreed" if confirmation == "manual" => "requires_confirmation",
        "agreed" => paid,
        state => state,
    };
    after.to_owned()
}

/// A payment in the named state, if it can be there.
fn payment_in(
    machine: &mut Machine,
    status: &str,
    capture: &str,
    confirmation: &str,
) -> Option<String> {
    let ways = [
        ("capture_method", capture),
        ("confirmation_method", confirmation),
    ];
    let waiting = [("amount", "1999"), ("currency", "usd"), ways[0], ways[1]];
    let by_hand = capture == "manual";
    let intent = match status {
        "requires_payment_method" => machine.post(PAYMENTS, &waiting),
        "requires_confirmation" => machine.post(
            PAYMENTS,
            &[&waiting[..], &[("payment_method", "pm_card_visa")]].concat(),
        ),
        "requires_action" | "canceled" => machine.pay_by("pm_card_threeDSecure2Required", &ways),
        // Debits cannot be captured later; and only what is captured by hand waits for it.
        "processing" if by_hand => return None,
        "requires_capture" if !by_hand => return None,
        "processing" => machine.pay_by("pm_usBankAccount_processing", &ways),
        _ => machine.pay_by("pm_card_visa", &ways),
    };
    let id = intent.ok().id();
    if status == "succeeded" && by_hand {
        machine.post(&format!("{PAYMENTS}/{id}/capture"), &[]).ok();
    }
    if status == "canceled" {
        machine.post(&format!("{PAYMENTS}/{id}/cancel"), &[]).ok();
    }
    Some(id)
}

fn setup_in(machine: &mut Machine, status: &str) -> String {
    let fields = match status {
        "requires_payment_method" => vec![],
        "requires_confirmation" => vec![("payment_method", "pm_card_visa")],
        "succeeded" => vec![
            ("payment_method", "pm_card_visa"),
            ("confirm", "true"),
            RETURN,
        ],
        _ => vec![
            ("payment_method", "pm_card_authenticationRequired"),
            ("confirm", "true"),
            RETURN,
        ],
    };
    let id = machine.post(SETUPS, &fields).ok().id();
    if status == "canceled" {
        machine.post(&format!("{SETUPS}/{id}/cancel"), &[]).ok();
    }
    id
}

fn call(machine: &mut Machine, path: &str, action: &str) -> Answer {
    let confirm = format!("{path}/confirm");
    match action {
        "confirm" => machine.post(&confirm, &[("payment_method", "pm_card_visa"), RETURN]),
        "declined" => machine.post(
            &confirm,
            &[("payment_method", "pm_card_visa_chargeDeclined"), RETURN],
        ),
        "bank agrees" | "bank refuses" => {
            let intent = machine.get(path).ok().body;
            let source = text(&intent["next_action"]["use_stripe_sdk"]["three_d_secure_2_source"]);
            machine.bank(
                &source,
                if action == "bank agrees" {
                    "complete"
                } else {
                    "fail"
                },
            )
        }
        "capture" | "cancel" => machine.post(&format!("{path}/{action}"), &[]),
        "amount" => machine.post(path, &[("amount", "2999")]),
        "method" => machine.post(path, &[("payment_method", "pm_card_mastercard")]),
        _ => machine.post(path, &[("metadata[note]", "x")]),
    }
}

/// Runs one cell on the intent at this path.
fn check(machine: &mut Machine, path: &str, action: &str, cell: &str, expected: &str, name: &str) {
    let events = machine.events();
    let answer = call(machine, path, action);
    let name = format!("{action} on {name}: {}", answer.text);
    assert_eq!(machine.get(path).ok().body["status"], expected, "{name}");
    let kind = if path.starts_with(PAYMENTS) {
        "payment_intent"
    } else {
        "setup_intent"
    };
    match cell {
        "400" => {
            assert_eq!(answer.status, 400, "{name}");
            assert_eq!(
                answer.error("code"),
                format!("{kind}_unexpected_state"),
                "{name}"
            );
            assert!(path.ends_with(&text(&answer.error(kind)["id"])), "{name}");
            assert_eq!(machine.events(), events, "{name}");
        }
        "402" => assert_eq!(answer.status, 402, "{name}"),
        _ => assert_eq!(answer.status, 200, "{name}"),
    }
}

#[test]
fn every_payment_takes_exactly_the_calls_stripe_lets_it_take() {
    let (calls, rows) = table(include_str!("../../src/stripe/payment_intent.rs"));
    let mut cells = 0;
    for (status, row) in &rows {
        for (action, cell) in calls.iter().zip(row).filter(|(_, cell)| **cell != "-") {
            for capture in CAPTURES {
                for confirmation in CONFIRMATIONS {
                    let mut machine = Machine::new();
                    let Some(id) = payment_in(&mut machine, status, capture, confirmation) else {
                        continue;
                    };
                    let path = format!("{PAYMENTS}/{id}");
                    let name = format!("{status}, {capture} capture, {confirmation} confirmation");
                    assert_eq!(machine.get(&path).ok().body["status"], *status, "{name}");
                    let expected = state_after(cell, status, capture, confirmation);
                    check(&mut machine, &path, action, cell, &expected, &name);
                    cells += 1;
                }
            }
        }
    }
    assert!(cells > 200, "{cells}");
}

#[test]
fn every_setup_takes_exactly_the_calls_stripe_lets_it_take() {
    let (calls, rows) = table(include_str!("../../src/stripe/setup_intent.rs"));
    assert_eq!(rows.len(), 5);
    for (status, row) in &rows {
        for (action, cell) in calls.iter().zip(row).filter(|(_, cell)| **cell != "-") {
            let mut machine = Machine::new();
            let id = setup_in(&mut machine, status);
            let path = format!("{SETUPS}/{id}");
            assert_eq!(machine.get(&path).ok().body["status"], *status);
            let expected = state_after(cell, status, "automatic", "automatic");
            check(&mut machine, &path, action, cell, &expected, status);
        }
    }
}

fn intent_in(machine: &mut Machine, status: &str) -> String {
    if status == "requires_payment_method" {
        let declined = machine.pay("4000000000000002");
        return text(&declined.error("payment_intent")["id"]);
    }
    payment_in(machine, status, "manual", "automatic").expect("a state of manual capture")
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
    for (fields, status, received) in [
        (vec![], "succeeded", 1999),
        (vec![("amount_to_capture", "500")], "succeeded", 500),
        (vec![("amount_to_capture", "2000")], "requires_capture", 0),
        (vec![("amount_to_capture", "0")], "requires_capture", 0),
    ] {
        let mut machine = Machine::new();
        let id = intent_in(&mut machine, "requires_capture");
        machine.post(&format!("/v1/payment_intents/{id}/capture"), &fields);
        let intent = machine.intent(&id);
        assert_eq!(intent["status"], status, "{fields:?}");
        assert_eq!(intent["amount_received"], received, "{fields:?}");
        let charge = &intent["latest_charge"];
        assert_eq!(charge["amount_captured"], received, "{fields:?}");
        assert_eq!(charge["amount_refunded"], 0, "{fields:?}");
    }
    let mut machine = Machine::new();
    let id = intent_in(&mut machine, "requires_capture");
    machine
        .post(&format!("/v1/payment_intents/{id}/cancel"), &[])
        .ok();
    let charge = &machine.intent(&id)["latest_charge"];
    assert_eq!(
        (&charge["captured"], &charge["refunded"]),
        (&false.into(), &false.into())
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
