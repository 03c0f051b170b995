//! Faults on demand: which call they strike, and what has happened then.

use crate::machine::{Machine, form};
use serde_json::{Value, json};
use stripe_sandbox::Effect;

const INTENTS: &str = "/v1/payment_intents";
const GOOD: &[(&str, &str)] = &[("amount", "1999"), ("currency", "usd")];

fn plan(machine: &mut Machine, fault: Value) {
    let plan = json!({ "method": "POST", "path": INTENTS, "fault": fault });
    machine.control("faults", plan).ok();
}

#[test]
fn each_fault_answers_as_told_and_commits_as_told() {
    for (fault, status, effects, committed, status_of_retry) in [
        (
            json!({ "kind": "status", "status": 500 }),
            500,
            vec![],
            0,
            200,
        ),
        (
            json!({ "kind": "status", "status": 503, "after_commit": true }),
            503,
            vec![],
            1,
            503,
        ),
        (json!({ "kind": "reset" }), 500, vec![Effect::Sever], 0, 200),
        (
            json!({ "kind": "reset", "after_commit": true }),
            200,
            vec![Effect::Sever],
            1,
            200,
        ),
        (
            json!({ "kind": "delay", "ms": 30 }),
            200,
            vec![Effect::Delay(30)],
            1,
            200,
        ),
        (json!({ "kind": "rate_limit" }), 429, vec![], 0, 200),
        (json!({ "kind": "lock_timeout" }), 429, vec![], 0, 200),
    ] {
        let mut machine = Machine::new();
        plan(&mut machine, fault.clone());
        let answer = machine.post_with_key("k", INTENTS, GOOD);
        assert_eq!(answer.status, status, "{fault}");
        assert_eq!(machine.effects, effects, "{fault}");
        let intents = machine.state()["payment_intents"].as_array().map(Vec::len);
        assert_eq!(intents, Some(committed), "{fault}");
        machine.now_ms += 30;
        assert_eq!(
            machine.post_with_key("k", INTENTS, GOOD).status,
            status_of_retry,
            "{fault}"
        );
        let intents = machine.state()["payment_intents"].as_array().map(Vec::len);
        assert_eq!(intents, Some(1), "{fault}");
    }
}

#[test]
fn a_malformed_answer_is_no_json_and_its_retry_is_right() {
    for (body, after_commit, committed) in [
        ("cut", false, 0),
        ("cut", true, 1),
        ("html", false, 0),
        ("html", true, 1),
    ] {
        let mut machine = Machine::new();
        let fault = json!({ "kind": "malformed", "body": body, "after_commit": after_commit });
        plan(&mut machine, fault.clone());
        let mut request = Machine::request("sk_test_w", "POST", INTENTS, form(GOOD));
        request.idempotency_key = Some("k".to_owned());
        let (spoiled, _) = machine.stripe.handle(machine.now_ms, &request);
        assert_eq!(spoiled.status, 200, "{fault}");
        assert!(
            serde_json::from_str::<Value>(&spoiled.body).is_err(),
            "{fault}"
        );
        assert!(!spoiled.body.is_empty(), "{fault}");
        let is_page = spoiled
            .headers
            .iter()
            .any(|(name, value)| *name == "content-type" && value.starts_with("text/html"));
        assert_eq!(is_page, body == "html", "{fault}");
        let intents = machine.state()["payment_intents"].as_array().map(Vec::len);
        assert_eq!(intents, Some(committed), "{fault}");
        let retried = machine.send(&request).ok();
        assert_eq!(
            retried.header("idempotent-replayed").is_some(),
            after_commit,
            "{fault}"
        );
        assert!(retried.id().starts_with("pi_"), "{fault}");
        let intents = machine.state()["payment_intents"].as_array().map(Vec::len);
        assert_eq!(intents, Some(1), "{fault}");
    }
}

#[test]
fn only_a_lock_timeout_advises_to_retry() {
    for (kind, code, retry) in [
        ("rate_limit", "rate_limit", None),
        ("lock_timeout", "lock_timeout", Some("true")),
    ] {
        let mut machine = Machine::new();
        plan(&mut machine, json!({ "kind": kind }));
        let answer = machine.post(INTENTS, GOOD);
        assert_eq!(answer.error("code"), code);
        assert_eq!(answer.header("stripe-should-retry"), retry, "{kind}");
    }
}

#[test]
fn a_fault_strikes_the_calls_it_was_planned_for() {
    for (path, nth, times, expected) in [
        (INTENTS, 1, 1, [500, 200, 200, 200]),
        (INTENTS, 2, 2, [200, 500, 500, 200]),
        ("/v1/*", 3, 1, [200, 200, 500, 200]),
        ("/v1/refunds", 1, 9, [200, 200, 200, 200]),
    ] {
        let mut machine = Machine::new();
        let fault = json!({ "kind": "status", "status": 500 });
        let plan =
            json!({ "method": "POST", "path": path, "nth": nth, "times": times, "fault": fault });
        machine.control("faults", plan).ok();
        let statuses = [(); 4].map(|()| machine.post(INTENTS, GOOD).status);
        assert_eq!(statuses, expected, "{path} {nth} {times}");
    }
}

#[test]
fn plans_that_make_no_sense_are_refused() {
    for plan in [
        json!({}),
        json!({ "method": "POST", "path": INTENTS, "fault": { "kind": "gremlins" } }),
        json!({ "method": "POST", "path": INTENTS, "nth": 0, "fault": { "kind": "reset" } }),
        json!({ "method": "POST", "path": INTENTS, "times": 0, "fault": { "kind": "reset" } }),
        json!({ "method": "POST", "path": INTENTS, "fault": { "kind": "status", "status": 200 } }),
        json!({ "method": "POST", "path": INTENTS,
            "fault": { "kind": "status", "status": 429, "after_commit": true } }),
        json!({ "method": "POST", "path": INTENTS,
            "fault": { "kind": "status", "status": 429, "kept": true } }),
        json!({ "method": "POST", "path": INTENTS,
            "fault": { "kind": "status", "status": 500, "kept": true, "after_commit": true } }),
    ] {
        let mut machine = Machine::new();
        assert_eq!(
            machine.control("faults", plan.clone()).status,
            400,
            "{plan}"
        );
    }
}

#[test]
fn a_fault_strikes_a_replay_as_well() {
    let mut machine = Machine::new();
    let first = machine.post_with_key("k", INTENTS, GOOD).ok();
    plan(
        &mut machine,
        json!({ "kind": "reset", "after_commit": true }),
    );
    let again = machine.post_with_key("k", INTENTS, GOOD).ok();
    assert_eq!(machine.effects, [Effect::Sever]);
    assert_eq!(again.text, first.text);
}

#[test]
fn plans_are_read_whole() {
    let fault = |fault: Value| json!({ "method": "POST", "path": INTENTS, "fault": fault });
    for (control, plan) in [
        (
            "faults",
            json!({ "method": "POST", "path": INTENTS, "nht": 2, "fault": { "kind": "reset" } }),
        ),
        (
            "faults",
            fault(json!({ "kind": "reset", "after_comit": true })),
        ),
        (
            "faults",
            fault(json!({ "kind": "rate_limit", "after_commit": true })),
        ),
        (
            "faults",
            fault(json!({ "kind": "delay", "ms": 5, "times": 2 })),
        ),
        (
            "outcomes",
            json!({ "outcome": { "kind": "pay", "decline_code": "fraudulent" } }),
        ),
        (
            "outcomes",
            json!({ "outcome": { "kind": "pay" }, "time": 2 }),
        ),
        (
            "webhooks",
            json!({ "faults": [{ "type": "*", "fault": { "kind": "lose", "ms": 5 } }] }),
        ),
        (
            "webhooks",
            json!({ "faults": [{ "typ": "*", "fault": { "kind": "lose" } }] }),
        ),
        ("webhooks", json!({ "modus": "off" })),
        ("clock", json!({ "advance": 5 })),
        ("seed", json!({ "id": 5 })),
    ] {
        let mut machine = Machine::new();
        let answer = machine.control(control, plan.clone());
        assert_eq!(answer.status, 400, "{control} {plan}");
        let message = crate::machine::text(&answer.error("message"));
        assert!(
            message.contains("unknown field") || message.contains("missing field"),
            "{message}"
        );
        let good = [("amount", "1999"), ("currency", "usd")];
        machine.post(INTENTS, &good).ok();
    }
}
