//! Disputes, early fraud warnings, and refunds that take their time or come back.

use crate::machine::{Machine, text};
use serde_json::{Value, json};

const DAY_S: i64 = 24 * 60 * 60;

/// A disputed payment: the intent's id and the dispute's.
fn disputed(machine: &mut Machine, card: &str) -> (String, String) {
    let intent = machine.pay_by(card, &[]).ok().id();
    machine.advance(1);
    let list = machine
        .get(&format!("/v1/disputes?payment_intent={intent}"))
        .ok()
        .body;
    (intent, text(&list["data"][0]["id"]))
}

#[test]
fn a_card_is_disputed_as_its_number_says() {
    for (card, count, reason, status) in [
        ("pm_card_visa", 0, Value::Null, Value::Null),
        (
            "pm_card_createDispute",
            1,
            json!("fraudulent"),
            json!("needs_response"),
        ),
        (
            "pm_card_createDisputeProductNotReceived",
            1,
            json!("product_not_received"),
            json!("needs_response"),
        ),
        (
            "pm_card_createDisputeInquiry",
            1,
            json!("fraudulent"),
            json!("warning_needs_response"),
        ),
    ] {
        let mut machine = Machine::new();
        let intent = machine.pay_by(card, &[]).ok().id();
        machine.advance(1);
        let list = machine
            .get(&format!("/v1/disputes?payment_intent={intent}"))
            .ok()
            .body;
        assert_eq!(list["data"].as_array().map(Vec::len), Some(count), "{card}");
        assert_eq!(
            (&list["data"][0]["reason"], &list["data"][0]["status"]),
            (&reason, &status),
            "{card}"
        );
        assert_eq!(
            machine.intent(&intent)["latest_charge"]["disputed"],
            json!(count > 0),
            "{card}"
        );
    }
    let mut machine = Machine::new();
    machine.pay("4000000404000079").ok();
    machine.advance(1);
    assert_eq!(
        machine.get("/v1/disputes").ok().body["data"]
            .as_array()
            .map(Vec::len),
        Some(2)
    );
}

/// What the merchant does, the status then, and whether the money comes back.
#[test]
fn a_dispute_ends_as_the_evidence_says() {
    for (card, evidence, seconds, status, back) in [
        ("pm_card_createDispute", "winning_evidence", 1, "won", true),
        ("pm_card_createDispute", "losing_evidence", 1, "lost", false),
        (
            "pm_card_createDispute",
            "we sent it",
            20 * DAY_S,
            "under_review",
            false,
        ),
        ("pm_card_createDispute", "", 9 * DAY_S, "lost", false),
        (
            "pm_card_createDisputeInquiry",
            "winning_evidence",
            1,
            "warning_closed",
            false,
        ),
    ] {
        let mut machine = Machine::new();
        let (_, id) = disputed(&mut machine, card);
        let path = format!("/v1/disputes/{id}");
        if !evidence.is_empty() {
            let after = machine
                .post(&path, &[("evidence[uncategorized_text]", evidence)])
                .ok()
                .body;
            assert!(
                text(&after["status"]).ends_with("under_review"),
                "{evidence}"
            );
            assert_eq!(
                after["evidence_details"]["submission_count"], 1,
                "{evidence}"
            );
        }
        machine.advance(seconds);
        let dispute = machine.get(&path).ok().body;
        assert_eq!(dispute["status"], status, "{evidence}");
        let events = machine.events();
        let heard = |kind: &str| events.iter().any(|event| event == kind);
        assert_eq!(
            heard("charge.dispute.closed"),
            status != "under_review",
            "{evidence}"
        );
        assert_eq!(heard("charge.dispute.funds_reinstated"), back, "{evidence}");
        assert_eq!(
            heard("charge.dispute.funds_withdrawn"),
            card == "pm_card_createDispute",
            "{evidence}"
        );
        let net: i64 = dispute["balance_transactions"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|row| row["net"].as_i64())
            .sum();
        let taken = if card == "pm_card_createDispute" && !back {
            -1999 - 1500
        } else {
            0
        };
        assert_eq!(net, taken, "{evidence}");
    }
}

#[test]
fn evidence_can_be_kept_back_and_a_dispute_given_up() {
    let mut machine = Machine::new();
    let (intent, id) = disputed(&mut machine, "pm_card_createDispute");
    let path = format!("/v1/disputes/{id}");
    let fields = [("evidence[customer_name]", "Jenny"), ("submit", "false")];
    let staged = machine.post(&path, &fields).ok().body;
    assert_eq!(
        (&staged["status"], &staged["evidence"]["customer_name"]),
        (&json!("needs_response"), &json!("Jenny"))
    );
    assert_eq!(
        machine
            .post(&path, &[("evidence[mood]", "bad")])
            .error("code"),
        "parameter_unknown"
    );
    let refund = machine.post("/v1/refunds", &[("payment_intent", &intent)]);
    assert_eq!(refund.error("code"), "charge_disputed");
    assert_eq!(
        machine.post(&format!("{path}/close"), &[]).ok().body["status"],
        "lost"
    );
    assert_eq!(machine.post(&format!("{path}/close"), &[]).status, 400);
    assert_eq!(
        machine
            .post(&path, &[("evidence[customer_name]", "x")])
            .status,
        400
    );
}

#[test]
fn three_d_secure_protects_from_fraud_disputes() {
    let mut machine = Machine::new();
    machine
        .control("outcomes", json!({ "outcome": { "kind": "authenticate" } }))
        .ok();
    let intent = machine.pay_by("pm_card_createDispute", &[]).ok();
    let source = text(&intent.body["next_action"]["use_stripe_sdk"]["three_d_secure_2_source"]);
    machine.bank(&source, "complete").ok();
    machine.advance(60);
    assert_eq!(machine.intent(&intent.id())["status"], "succeeded");
    assert_eq!(machine.get("/v1/disputes").ok().body["data"], json!([]));
}

#[test]
fn a_disputed_debit_and_a_fraud_warning_follow_by_themselves() {
    let mut machine = Machine::new();
    let debit = machine.pay_by("pm_usBankAccount_dispute", &[]).ok().id();
    machine.pay_by("pm_card_createIssuerFraudRecord", &[]).ok();
    machine.advance(5);
    let disputes = machine.get("/v1/disputes").ok().body;
    assert_eq!(disputes["data"][0]["payment_intent"], debit.as_str());
    let warnings = machine.get("/v1/radar/early_fraud_warnings").ok().body;
    assert_eq!(warnings["data"][0]["actionable"], true);
    let id = text(&warnings["data"][0]["id"]);
    let warning = machine
        .get(&format!(
            "/v1/radar/early_fraud_warnings/{id}?expand[]=charge"
        ))
        .ok()
        .body;
    assert_eq!(warning["charge"]["object"], "charge");
    assert!(
        machine
            .events()
            .contains(&"radar.early_fraud_warning.created".to_owned())
    );
}

#[test]
fn refunds_take_their_time_or_come_back() {
    for (card, first, then, refunded, event) in [
        (
            "pm_card_visa",
            "succeeded",
            "succeeded",
            1999,
            "refund.created",
        ),
        (
            "pm_card_pendingRefund",
            "pending",
            "succeeded",
            1999,
            "charge.refund.updated",
        ),
        (
            "pm_card_refundFail",
            "succeeded",
            "failed",
            0,
            "charge.refund.updated",
        ),
    ] {
        let mut machine = Machine::new();
        let intent = machine
            .pay_by(card, &[("capture_method", "automatic")])
            .ok()
            .id();
        let refund = machine
            .post("/v1/refunds", &[("payment_intent", &intent)])
            .ok();
        assert_eq!(refund.body["status"], first, "{card}");
        machine.advance(5);
        let path = format!("/v1/refunds/{}", refund.id());
        let after = machine.get(&path).ok().body;
        assert_eq!(after["status"], then, "{card}");
        assert_eq!(
            after.get("failure_reason").is_some(),
            then == "failed",
            "{card}"
        );
        assert_eq!(
            machine.intent(&intent)["latest_charge"]["amount_refunded"],
            refunded,
            "{card}"
        );
        assert_eq!(
            machine.events().last().map(String::as_str),
            Some(event),
            "{card}"
        );
        let noted = machine.post(&path, &[("metadata[a]", "b")]).ok().body;
        assert_eq!(noted["metadata"]["a"], "b", "{card}");
        assert_eq!(
            machine.post(&format!("{path}/cancel"), &[]).status,
            400,
            "{card}"
        );
        let again = machine.post("/v1/refunds", &[("payment_intent", &intent)]);
        assert_eq!(
            again.status,
            if then == "failed" { 200 } else { 400 },
            "{card}"
        );
    }
}
