//! What follows a payment by itself, or its refund: the cards that are disputed, suspected, and slow to give back.

use super::words::challenge;
use crate::machine::Machine;
use serde_json::json;

/// What was done with a payment of 19.99 USD.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Then {
    Waited,
    AskedFor3ds,
    Refunded,
    GaveEvidence(&'static str),
}
use Then::{AskedFor3ds, GaveEvidence, Refunded, Waited};

const OPENED: &[&str] = &["charge.dispute.created", "charge.dispute.funds_withdrawn"];

const GIVEN_BACK: &[&str] = &["charge.refunded", "refund.created"];

/// Card, what was done, and the events of the next ten seconds.
#[rustfmt::skip]
const TABLE: &[(&str, Then, &[&str])] = &[
    ("pm_card_visa", Waited, &[]),
    ("pm_card_createDispute", Waited, OPENED),
    ("pm_card_createDispute", AskedFor3ds, &[]),
    ("pm_card_createDisputeProductNotReceived", Waited, OPENED),
    ("pm_card_createDisputeProductNotReceived", AskedFor3ds, OPENED),
    ("pm_card_createDisputeInquiry", Waited, &["charge.dispute.created"]),
    ("pm_card_createMultipleDisputes", Waited, &[OPENED[0], OPENED[1], OPENED[0], OPENED[1]]),
    ("pm_card_createIssuerFraudRecord", Waited, &["radar.early_fraud_warning.created"]),
    ("pm_card_createDispute", GaveEvidence("winning_evidence"),
        &["charge.dispute.updated", "charge.dispute.closed", "charge.dispute.funds_reinstated"]),
    ("pm_card_createDispute", GaveEvidence("losing_evidence"), &["charge.dispute.updated", "charge.dispute.closed"]),
    ("pm_card_createDispute", GaveEvidence("anything"), &["charge.dispute.updated"]),
    ("pm_card_visa", Refunded, GIVEN_BACK),
    ("pm_card_pendingRefund", Refunded,
        &[GIVEN_BACK[0], GIVEN_BACK[1], "refund.updated", "charge.refund.updated"]),
    ("pm_card_refundFail", Refunded, &[GIVEN_BACK[0], GIVEN_BACK[1], "refund.failed", "charge.refund.updated"]),
    // Nobody disputes what came back at once.
    ("pm_card_createDispute", Refunded, GIVEN_BACK),
    ("pm_card_bypassPending", Waited, &[]),
    ("pm_card_bypassPendingInternational", Waited, &[]),
];

#[test]
fn what_follows() {
    for (name, then, expected) in TABLE {
        let case = format!("{name} {then:?}");
        let mut machine = Machine::new();
        let mut more = vec![("capture_method", "automatic")];
        if *then == AskedFor3ds {
            more.push((
                "payment_method_options[card][request_three_d_secure]",
                "any",
            ));
        }
        let paid = machine.pay_by(name, &more).ok();
        if *then == AskedFor3ds {
            machine.bank(&challenge(&paid.body, &case), "complete").ok();
        }
        let mut before = machine.events().len();
        match then {
            Refunded => {
                let fields = [("payment_intent", paid.id())];
                let fields = fields.each_ref().map(|(name, id)| (*name, id.as_str()));
                machine.post("/v1/refunds", &fields).ok();
            }
            GaveEvidence(text) => {
                machine.advance(1);
                before = machine.events().len();
                let id = crate::machine::text(&machine.state()["disputes"][0]["id"]);
                let fields = [("evidence[uncategorized_text]", *text), ("submit", "true")];
                machine.post(&format!("/v1/disputes/{id}"), &fields).ok();
            }
            Waited | AskedFor3ds => {}
        }
        machine.advance(10);
        let events = machine.events().split_off(before);
        assert_eq!(json!(events), json!(expected), "{case}");
    }
}
