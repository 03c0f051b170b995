//! What a card's authorization can do: parts, more than was reserved, larger, longer.

use crate::machine::{Answer, Fields, Machine, text};
use serde_json::{Value, json};

const DAY_S: i64 = 24 * 60 * 60;

fn request(feature: &str) -> String {
    format!("payment_method_options[card][request_{feature}]")
}

/// 10 USD, reserved, with a feature requested.
fn held(machine: &mut Machine, card: &str, feature: &str) -> String {
    let feature = request(feature);
    let more = [
        ("amount", "1000"),
        ("capture_method", "manual"),
        (&feature, "if_available"),
    ];
    machine.pay_by(card, &more).ok().id()
}

fn capture(machine: &mut Machine, id: &str, fields: &[(&str, &str)]) -> Answer {
    machine.post(&format!("/v1/payment_intents/{id}/capture"), fields)
}

fn increment(machine: &mut Machine, id: &str, amount: &str) -> Answer {
    let path = format!("/v1/payment_intents/{id}/increment_authorization");
    machine.post(&path, &[("amount", amount)])
}

fn card_of(machine: &mut Machine, id: &str) -> Value {
    machine.intent(id)["latest_charge"]["payment_method_details"]["card"].clone()
}

#[test]
fn a_feature_is_granted_if_it_is_asked_for_and_the_card_has_it() {
    for (feature, field, granted, not) in [
        ("multicapture", "multicapture", "available", "unavailable"),
        ("overcapture", "overcapture", "available", "unavailable"),
        (
            "incremental_authorization",
            "incremental_authorization",
            "available",
            "unavailable",
        ),
        (
            "extended_authorization",
            "extended_authorization",
            "enabled",
            "disabled",
        ),
    ] {
        for (card, asked, status) in [
            ("pm_card_visa", "if_available", granted),
            ("pm_card_visa", "never", not),
            (
                "pm_card_credit_disableEnterpriseCardFeatures",
                "if_available",
                not,
            ),
        ] {
            let mut machine = Machine::new();
            let name = request(feature);
            let more = [("capture_method", "manual"), (name.as_str(), asked)];
            let intent = machine.pay_by(card, &more).ok();
            let shown = &intent.body["payment_method_options"]["card"];
            assert_eq!(shown[format!("request_{feature}")], asked);
            let found = card_of(&mut machine, &intent.id())[field]["status"].clone();
            assert_eq!(found, status, "{feature} {card} {asked}");
        }
        let mut machine = Machine::new();
        let intent = machine.pay_by("pm_card_visa", &[]).ok();
        assert_eq!(
            card_of(&mut machine, &intent.id())[field]["status"],
            not,
            "{feature}"
        );
    }
}

#[test]
fn with_multicapture_a_payment_is_captured_in_parts() {
    let mut machine = Machine::new();
    let id = held(&mut machine, "pm_card_visa", "multicapture");
    let before = machine.events().len();
    let part = capture(
        &mut machine,
        &id,
        &[("amount_to_capture", "700"), ("final_capture", "false")],
    )
    .ok();
    assert_eq!(part.body["status"], "requires_capture");
    assert_eq!(
        (
            &part.body["amount_capturable"],
            &part.body["amount_received"]
        ),
        (&json!(300), &json!(700))
    );
    let charge = machine.intent(&id)["latest_charge"].clone();
    assert_eq!(
        (&charge["amount"], &charge["amount_captured"]),
        (&json!(1000), &json!(700))
    );
    assert_eq!(
        (&charge["captured"], &charge["amount_refunded"]),
        (&json!(false), &json!(0))
    );
    assert!(charge["balance_transaction"].is_string());
    assert_eq!(
        machine.events()[before..],
        ["charge.updated", "payment_intent.amount_capturable_updated"]
    );
    // What is captured can be given back meanwhile.
    machine
        .post("/v1/refunds", &[("payment_intent", &id), ("amount", "700")])
        .ok();
    assert_eq!(machine.intent(&id)["latest_charge"]["refunded"], false);
    let before = machine.events().len();
    let last = capture(&mut machine, &id, &[("amount_to_capture", "200")]).ok();
    assert_eq!(last.body["status"], "succeeded");
    assert_eq!(
        (
            &last.body["amount_capturable"],
            &last.body["amount_received"]
        ),
        (&json!(0), &json!(900))
    );
    assert_eq!(machine.intent(&id)["latest_charge"]["captured"], true);
    assert_eq!(
        machine.events()[before..],
        [
            "charge.captured",
            "payment_intent.amount_capturable_updated",
            "payment_intent.succeeded"
        ]
    );
    let charge = text(&machine.intent(&id)["latest_charge"]["id"]);
    let rows = machine
        .get(&format!("/v1/balance_transactions?source={charge}"))
        .ok()
        .body;
    let amounts: Vec<_> = rows["data"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|row| row["amount"].clone())
        .collect();
    assert_eq!(amounts, [json!(200), json!(700)]);
}

#[test]
fn the_rest_of_a_payment_captured_in_part_is_let_go() {
    for end in ["capture nothing more", "cancel", "expire"] {
        let mut machine = Machine::new();
        let id = held(&mut machine, "pm_card_visa", "multicapture");
        capture(
            &mut machine,
            &id,
            &[("amount_to_capture", "700"), ("final_capture", "false")],
        )
        .ok();
        match end {
            "cancel" => drop(
                machine
                    .post(&format!("/v1/payment_intents/{id}/cancel"), &[])
                    .ok(),
            ),
            "expire" => machine.advance(7 * DAY_S),
            _ => drop(capture(&mut machine, &id, &[("amount_to_capture", "0")]).ok()),
        }
        let intent = machine.intent(&id);
        assert_eq!(intent["status"], "succeeded", "{end}");
        assert_eq!(
            (&intent["amount_capturable"], &intent["amount_received"]),
            (&json!(0), &json!(700)),
            "{end}"
        );
        assert_eq!(intent["latest_charge"]["captured"], true, "{end}");
    }
}

#[test]
fn captures_that_do_not_fit_are_refused() {
    let cases: &[(&str, Fields<'_>, &str)] = &[
        (
            "multicapture",
            &[("final_capture", "false")],
            "final_capture",
        ),
        (
            "multicapture",
            &[("amount_to_capture", "1001"), ("final_capture", "false")],
            "amount_to_capture",
        ),
        (
            "multicapture",
            &[("amount_to_capture", "0")],
            "amount_to_capture",
        ),
        (
            "overcapture",
            &[("amount_to_capture", "500"), ("final_capture", "false")],
            "final_capture",
        ),
        (
            "overcapture",
            &[("amount_to_capture", "1201")],
            "amount_to_capture",
        ),
        (
            "extended_authorization",
            &[("amount_to_capture", "1001")],
            "amount_to_capture",
        ),
    ];
    for (feature, fields, param) in cases {
        let mut machine = Machine::new();
        let id = held(&mut machine, "pm_card_visa", feature);
        let refused = capture(&mut machine, &id, fields);
        assert_eq!(refused.status, 400, "{feature} {fields:?}");
        assert_eq!(refused.error("param"), *param, "{feature} {fields:?}");
        assert_eq!(
            machine.intent(&id)["status"],
            "requires_capture",
            "{feature}"
        );
    }
}

#[test]
fn fifty_captures_are_enough() {
    let mut machine = Machine::new();
    let id = held(&mut machine, "pm_card_visa", "multicapture");
    for _ in 0..50 {
        capture(
            &mut machine,
            &id,
            &[("amount_to_capture", "1"), ("final_capture", "false")],
        )
        .ok();
    }
    let fields = [("amount_to_capture", "1"), ("final_capture", "false")];
    assert_eq!(capture(&mut machine, &id, &fields).status, 400);
    assert_eq!(
        capture(&mut machine, &id, &[]).ok().body["amount_received"],
        1000
    );
}

#[test]
fn with_overcapture_more_is_taken_than_was_reserved() {
    let mut machine = Machine::new();
    let id = held(&mut machine, "pm_card_visa", "overcapture");
    assert_eq!(
        card_of(&mut machine, &id)["overcapture"]["maximum_amount_capturable"],
        1200
    );
    let captured = capture(&mut machine, &id, &[("amount_to_capture", "1200")]).ok();
    assert_eq!(
        (&captured.body["status"], &captured.body["amount_received"]),
        (&json!("succeeded"), &json!(1200))
    );
    machine
        .post(
            "/v1/refunds",
            &[("payment_intent", &id), ("amount", "1200")],
        )
        .ok();
    assert_eq!(machine.intent(&id)["latest_charge"]["refunded"], true);
}

#[test]
fn an_extended_authorization_is_held_for_thirty_days() {
    let mut machine = Machine::new();
    let id = held(&mut machine, "pm_card_visa", "extended_authorization");
    let created = machine.intent(&id)["created"].as_i64().unwrap_or_default();
    assert_eq!(
        card_of(&mut machine, &id)["capture_before"],
        json!(created + 30 * DAY_S)
    );
    machine.advance(30 * DAY_S - 1);
    assert_eq!(machine.intent(&id)["status"], "requires_capture");
    machine.advance(1);
    assert_eq!(machine.intent(&id)["status"], "canceled");
}

#[test]
fn an_authorization_is_incremented_if_the_bank_agrees() {
    let mut machine = Machine::new();
    let id = held(&mut machine, "pm_card_visa", "incremental_authorization");
    let before = machine.events().len();
    let more = increment(&mut machine, &id, "1500").ok();
    assert_eq!(
        (&more.body["amount"], &more.body["amount_capturable"]),
        (&json!(1500), &json!(1500))
    );
    assert_eq!(card_of(&mut machine, &id)["amount_authorized"], 1500);
    assert_eq!(
        machine.events()[before..],
        ["charge.updated", "payment_intent.amount_capturable_updated"]
    );
    let outcome = json!({ "outcome": { "kind": "decline", "decline_code": "insufficient_funds" } });
    machine.control("outcomes", outcome).ok();
    let declined = increment(&mut machine, &id, "2000");
    assert_eq!(
        (declined.status, declined.error("decline_code")),
        (402, json!("insufficient_funds"))
    );
    assert_eq!(machine.intent(&id)["amount_capturable"], 1500);
    assert_eq!(
        capture(&mut machine, &id, &[]).ok().body["amount_received"],
        1500
    );
    assert_eq!(
        increment(&mut machine, &id, "3000").error("code"),
        "payment_intent_unexpected_state"
    );
}

#[test]
fn increments_that_do_not_fit_are_refused() {
    let mut machine = Machine::new();
    let id = held(&mut machine, "pm_card_visa", "multicapture");
    assert_eq!(
        increment(&mut machine, &id, "1500").status,
        400,
        "not requested"
    );
    let id = held(&mut machine, "pm_card_visa", "incremental_authorization");
    for amount in ["1000", "999", "100000000", ""] {
        assert_eq!(
            increment(&mut machine, &id, amount).error("param"),
            "amount",
            "{amount}"
        );
    }
    for more in 1..=10 {
        increment(&mut machine, &id, &(1000 + more).to_string()).ok();
    }
    assert_eq!(
        increment(&mut machine, &id, "2000").status,
        400,
        "ten times"
    );
}
