//! Worlds to begin from: ids that repeat, and snapshots.

use crate::machine::{Machine, text};
use serde_json::json;

#[test]
fn the_same_seed_gives_the_same_ids_whatever_came_before() {
    let mut machine = Machine::new();
    let mut ids = Vec::new();
    for before in 0..3 {
        for _ in 0..before {
            machine.customer();
        }
        machine.control("seed", json!({ "ids": 7 })).ok();
        ids.push((
            machine.customer(),
            machine.pay_by("pm_card_visa", &[]).ok().id(),
        ));
        assert_eq!(
            machine.state()["customers"].as_array().map(Vec::len),
            Some(1)
        );
    }
    assert!(ids.iter().all(|pair| *pair == ids[0]), "{ids:?}");
    machine.control("seed", json!({ "ids": 8 })).ok();
    assert_ne!(machine.customer(), ids[0].0);
}

#[test]
fn a_world_goes_on_from_a_snapshot_with_ids_of_its_own() {
    let mut machine = Machine::new();
    let customer = machine.customer();
    let paid = machine
        .pay_by("pm_card_visa", &[("customer", &customer)])
        .ok()
        .id();
    let snapshot = machine.get("/_control/snapshot").ok().body;
    let later = machine.customer();

    machine.control("seed", snapshot.clone()).ok();
    assert_eq!(machine.get(&format!("/v1/customers/{later}")).status, 404);
    let refund = machine.post("/v1/refunds", &[("payment_intent", &paid)]);
    assert_eq!(refund.ok().body["status"], "succeeded");
    assert_ne!(machine.customer(), later);

    let body = json!({ "snapshot": text(&snapshot["snapshot"]) }).to_string();
    let seed = Machine::request("sk_test_other", "POST", "/_control/seed", body.into_bytes());
    machine.send(&seed).ok();
    let path = format!("/v1/payment_intents/{paid}");
    let request = Machine::request("sk_test_other", "GET", &path, Vec::new());
    assert_eq!(machine.send(&request).ok().body["amount_received"], 1999);
    let worlds = machine.stripe.worlds();
    assert!(worlds.iter().any(|world| world.name == "other"));
}

#[test]
fn what_is_no_seed_is_refused_and_changes_nothing() {
    let mut machine = Machine::new();
    machine.customer();
    for seed in [
        json!({ "snapshot": "{}" }),
        json!({ "snapshot": {} }),
        json!({ "ids": -1 }),
        json!({ "objects": [] }),
    ] {
        assert_eq!(machine.control("seed", seed.clone()).status, 400, "{seed}");
    }
    assert_eq!(
        machine.state()["customers"].as_array().map(Vec::len),
        Some(1)
    );
}
