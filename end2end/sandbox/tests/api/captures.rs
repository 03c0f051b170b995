//! Confirming by the server's hand, capturing later, and the account's book.

use crate::machine::{Answer, Machine, text};
use serde_json::{Value, json};

const DAY_S: i64 = 24 * 60 * 60;

/// An intent that the server confirms itself, after the shopper was asked.
fn asked(machine: &mut Machine) -> (String, String) {
    let more = [("confirmation_method", "manual")];
    let intent = machine.pay_by("pm_card_threeDSecure2Required", &more).ok();
    assert_eq!(intent.body["confirmation_method"], "manual");
    let source = text(&intent.body["next_action"]["use_stripe_sdk"]["three_d_secure_2_source"]);
    (intent.id(), source)
}

fn confirm(machine: &mut Machine, id: &str) -> Answer {
    machine.post(&format!("/v1/payment_intents/{id}/confirm"), &[])
}

#[test]
fn confirmed_by_hand_a_payment_waits_for_the_server_an_hour() {
    for (minutes, status, error) in [
        (0, "succeeded", Value::Null),
        (59, "succeeded", Value::Null),
        (
            60,
            "requires_payment_method",
            json!("payment_intent_payment_attempt_expired"),
        ),
    ] {
        let mut machine = Machine::new();
        let (id, source) = asked(&mut machine);
        machine.bank(&source, "complete").ok();
        assert_eq!(
            machine.intent(&id)["status"],
            "requires_confirmation",
            "{minutes}"
        );
        assert_eq!(
            machine.intent(&id)["latest_charge"],
            Value::Null,
            "{minutes}"
        );
        machine.advance(minutes * 60);
        let answer = confirm(&mut machine, &id);
        assert_eq!(
            answer.status,
            if error.is_null() { 200 } else { 400 },
            "{minutes}: {}",
            answer.text
        );
        let intent = machine.intent(&id);
        assert_eq!(intent["status"], status, "{minutes}");
        assert_eq!(intent["last_payment_error"]["code"], error, "{minutes}");
    }
}

#[test]
fn confirmed_by_hand_a_failed_authentication_falls_back_at_once() {
    let mut machine = Machine::new();
    let (id, source) = asked(&mut machine);
    machine.bank(&source, "fail").ok();
    assert_eq!(machine.intent(&id)["status"], "requires_payment_method");
    machine.advance(3600);
    assert_eq!(
        machine.intent(&id)["last_payment_error"]["code"],
        "payment_intent_authentication_failure"
    );
}

#[test]
fn an_authorization_is_held_for_seven_days() {
    let mut machine = Machine::new();
    let id = machine
        .pay_by("pm_card_visa", &[("capture_method", "manual")])
        .ok()
        .id();
    let intent = machine.intent(&id);
    assert_eq!(
        (&intent["amount_capturable"], &intent["amount_received"]),
        (&json!(1999), &json!(0))
    );
    let created = intent["created"].as_i64().unwrap_or_default();
    let until = &intent["latest_charge"]["payment_method_details"]["card"]["capture_before"];
    assert_eq!(*until, json!(created + 7 * DAY_S));
    machine.advance(7 * DAY_S - 1);
    assert_eq!(machine.intent(&id)["status"], "requires_capture");
    machine.advance(1);
    let intent = machine.intent(&id);
    assert_eq!(
        (&intent["status"], &intent["cancellation_reason"]),
        (&json!("canceled"), &json!("expired"))
    );
    assert_eq!(intent["latest_charge"]["refunded"], false);
    let state = machine.state();
    let events = state["events"].as_array().cloned().unwrap_or_default();
    let last: Vec<_> = events[events.len() - 2..]
        .iter()
        .map(|event| text(&event["type"]))
        .collect();
    assert_eq!(last, ["charge.expired", "payment_intent.canceled"]);
    assert_eq!(
        events[events.len() - 1]["created"],
        json!(created + 7 * DAY_S)
    );
    assert_eq!(
        machine
            .post(&format!("/v1/payment_intents/{id}/capture"), &[])
            .status,
        400
    );
}

#[test]
fn a_captured_payment_does_not_expire() {
    let mut machine = Machine::new();
    let id = machine
        .pay_by("pm_card_visa", &[("capture_method", "manual")])
        .ok()
        .id();
    machine
        .post(
            &format!("/v1/payment_intents/{id}/capture"),
            &[("amount_to_capture", "500")],
        )
        .ok();
    machine.advance(8 * DAY_S);
    let intent = machine.intent(&id);
    assert_eq!(intent["status"], "succeeded");
    assert_eq!(
        (&intent["amount_capturable"], &intent["amount_received"]),
        (&json!(0), &json!(500))
    );
}

#[test]
fn a_charge_is_booked_at_once_or_a_moment_later() {
    for (capture, later) in [("automatic_async", true), ("automatic", false)] {
        let mut machine = Machine::new();
        let id = machine
            .pay_by("pm_card_visa", &[("capture_method", capture)])
            .ok()
            .id();
        let booked = |machine: &mut Machine| {
            machine.intent(&id)["latest_charge"]["balance_transaction"].clone()
        };
        assert_eq!(booked(&mut machine).is_null(), later, "{capture}");
        machine.advance(1);
        let transaction = text(&booked(&mut machine));
        let updated = machine.events().contains(&"charge.updated".to_owned());
        assert_eq!(updated, later, "{capture}");
        let row = machine
            .get(&format!("/v1/balance_transactions/{transaction}"))
            .ok()
            .body;
        assert_eq!(
            (&row["amount"], &row["fee"], &row["net"]),
            (&json!(1999), &json!(88), &json!(1911)),
            "{capture}"
        );
        assert_eq!(row["status"], "pending", "{capture}");
        machine.advance(2 * DAY_S);
        let target =
            format!("/v1/balance_transactions/{transaction}?expand[]=source.payment_intent");
        let row = machine.get(&target).ok().body;
        assert_eq!(row["status"], "available", "{capture}");
        assert_eq!(
            row["source"]["payment_intent"]["id"],
            json!(id),
            "{capture}"
        );
    }
}

#[test]
fn the_book_has_every_movement_once() {
    let mut machine = Machine::new();
    let id = machine
        .pay_by("pm_card_visa", &[("capture_method", "manual")])
        .ok()
        .id();
    assert_eq!(
        machine.get("/v1/balance_transactions").ok().body["data"],
        json!([])
    );
    machine
        .post(
            &format!("/v1/payment_intents/{id}/capture"),
            &[("amount_to_capture", "1500")],
        )
        .ok();
    let refund = machine
        .post("/v1/refunds", &[("payment_intent", &id), ("amount", "400")])
        .ok();
    let rows = machine.get("/v1/balance_transactions").ok().body["data"].clone();
    let amounts: Vec<_> = rows
        .as_array()
        .into_iter()
        .flatten()
        .map(|row| row["amount"].clone())
        .collect();
    assert_eq!(amounts, [json!(-400), json!(1500)]);
    let target = format!("/v1/balance_transactions?source={}", refund.id());
    assert_eq!(machine.get(&target).ok().body["data"][0]["type"], "refund");
}

#[test]
fn a_charge_takes_notes_and_nothing_else() {
    let mut machine = Machine::new();
    machine
        .pay_by("pm_card_visa", &[("capture_method", "automatic")])
        .ok();
    let charge = text(&machine.state()["charges"][0]["id"]);
    let path = format!("/v1/charges/{charge}");
    let noted = machine
        .post(&path, &[("metadata[a]", "b"), ("description", "Mug")])
        .ok()
        .body;
    assert_eq!(
        (&noted["metadata"]["a"], &noted["description"]),
        (&json!("b"), &json!("Mug"))
    );
    assert_eq!(
        machine.events().last().map(String::as_str),
        Some("charge.updated")
    );
    for (name, value) in [
        ("amount", "1"),
        ("receipt_email", "nobody"),
        ("shipping[name]", "x"),
    ] {
        assert_eq!(machine.post(&path, &[(name, value)]).status, 400, "{name}");
    }
    assert_eq!(machine.post("/v1/charges/ch_x", &[]).status, 404);
}
