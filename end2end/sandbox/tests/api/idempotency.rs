//! Idempotency keys, by Stripe's page on idempotent requests.

use crate::machine::Machine;
use serde_json::json;

const INTENTS: &str = "/v1/payment_intents";
const GOOD: &[(&str, &str)] = &[("amount", "1999"), ("currency", "usd")];

fn intents(machine: &mut Machine) -> usize {
    machine.state()["payment_intents"]
        .as_array()
        .map_or(0, Vec::len)
}

#[test]
fn a_success_comes_again_word_for_word() {
    let mut machine = Machine::new();
    let first = machine.post_with_key("k", INTENTS, GOOD).ok();
    assert_eq!(first.header("idempotent-replayed"), None);
    // The order of parameters says nothing.
    let again = machine
        .post_with_key("k", INTENTS, &[GOOD[1], GOOD[0]])
        .ok();
    assert_eq!(again.text, first.text);
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(again.header("original-request"), first.header("request-id"));
    assert_ne!(again.header("request-id"), first.header("request-id"));
    assert_eq!(intents(&mut machine), 1);
}

#[test]
fn a_decline_comes_again_and_tries_nothing() {
    let mut machine = Machine::new();
    let token = machine.token("4000000000000002");
    let fields = [
        ("amount", "1999"),
        ("currency", "usd"),
        ("confirm", "true"),
        ("confirmation_token", token.as_str()),
        ("return_url", "https://shop.test/return"),
    ];
    let first = machine.post_with_key("k", INTENTS, &fields);
    let again = machine.post_with_key("k", INTENTS, &fields);
    assert_eq!((first.status, again.status), (402, 402));
    assert_eq!(first.text, again.text);
    assert_eq!(again.header("stripe-should-retry"), Some("false"));
    assert_eq!(machine.state()["charges"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_key_belongs_to_one_request() {
    for (path, fields) in [
        (INTENTS, &[("amount", "2000"), ("currency", "usd")][..]),
        (
            INTENTS,
            &[
                ("amount", "1999"),
                ("currency", "usd"),
                ("description", "x"),
            ],
        ),
        ("/v1/refunds", GOOD),
    ] {
        let mut machine = Machine::new();
        machine.post_with_key("k", INTENTS, GOOD).ok();
        let other = machine.post_with_key("k", path, fields);
        assert_eq!(other.status, 400, "{path} {fields:?}");
        assert_eq!(
            other.error("type"),
            "idempotency_error",
            "{path} {fields:?}"
        );
    }
}

#[test]
fn a_refused_request_leaves_its_key_free() {
    let mut machine = Machine::new();
    assert_eq!(
        machine
            .post_with_key("k", INTENTS, &[("amount", "1999")])
            .status,
        400
    );
    machine.post_with_key("k", INTENTS, GOOD).ok();
}

#[test]
fn a_key_is_forgotten_after_a_day() {
    for (seconds, expected) in [(24 * 3600 - 1, 1), (24 * 3600, 2)] {
        let mut machine = Machine::new();
        machine.post_with_key("k", INTENTS, GOOD).ok();
        machine.advance(seconds);
        machine.post_with_key("k", INTENTS, GOOD).ok();
        assert_eq!(intents(&mut machine), expected, "{seconds}");
    }
}

#[test]
fn a_key_whose_first_request_still_runs_conflicts() {
    let mut machine = Machine::new();
    let delay = json!({ "kind": "delay", "ms": 1000 });
    machine
        .control(
            "faults",
            json!({ "method": "POST", "path": INTENTS, "fault": delay }),
        )
        .ok();
    let first = machine.post_with_key("k", INTENTS, GOOD).ok();
    machine.now_ms += 999;
    let early = machine.post_with_key("k", INTENTS, GOOD);
    assert_eq!(early.status, 409);
    assert_eq!(early.error("code"), "idempotency_key_in_use");
    machine.now_ms += 1;
    assert_eq!(
        machine.post_with_key("k", INTENTS, GOOD).ok().text,
        first.text
    );
}

#[test]
fn keys_are_one_world_s_own_and_of_a_bounded_length() {
    let mut machine = Machine::new();
    machine.post_with_key("k", INTENTS, GOOD).ok();
    let mut other = Machine::request(
        "sk_test_other",
        "POST",
        INTENTS,
        b"amount=500&currency=eur".to_vec(),
    );
    other.idempotency_key = Some("k".to_owned());
    machine.send(&other).ok();
    for key in [String::new(), "k".repeat(256)] {
        assert_eq!(
            machine.post_with_key(&key, INTENTS, GOOD).status,
            400,
            "{}",
            key.len()
        );
    }
    machine.post_with_key(&"k".repeat(255), INTENTS, GOOD).ok();
}

#[test]
fn a_get_has_no_key() {
    let mut machine = Machine::new();
    let mut request = Machine::request("sk_test_w", "GET", "/v1/events", Vec::new());
    request.idempotency_key = Some("k".to_owned());
    machine.send(&request).ok();
    machine.post(INTENTS, GOOD).ok();
    let events = machine.send(&request).ok();
    assert_eq!(events.body["data"].as_array().map(Vec::len), Some(1));
}
