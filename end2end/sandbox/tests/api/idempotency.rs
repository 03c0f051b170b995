//! Idempotency keys, by Stripe's page on idempotent requests: every kind of first answer, and every kind of retry.

use crate::machine::{Answer, Machine, form};
use serde_json::{Value, json};
use stripe_sandbox::{Effect, Request};

const INTENTS: &str = "/v1/payment_intents";
const GOOD: &[(&str, &str)] = &[("amount", "1999"), ("currency", "usd")];
const DECLINED: &[(&str, &str)] = &[
    ("amount", "1999"),
    ("currency", "usd"),
    ("confirm", "true"),
    ("payment_method", "pm_card_visa_chargeDeclined"),
    ("return_url", "https://shop.test/return"),
];

/// A first request and its answer.
struct First {
    name: &'static str,
    api_key: &'static str,
    path: &'static str,
    fields: &'static [(&'static str, &'static str)],
    fault: Value,
    status: u16,
    /// Whether the caller got the answer.
    severed: bool,
    /// Whether the answer is kept under the key.
    kept: bool,
    /// Intents it made.
    made: usize,
    /// What the same request is answered with later, if nothing was kept.
    then: u16,
}

fn firsts() -> Vec<First> {
    let first = |name, fault, status, kept, made| First {
        name,
        api_key: "sk_test_w",
        path: INTENTS,
        fields: GOOD,
        fault,
        status,
        severed: false,
        kept,
        made,
        then: 200,
    };
    let status = |status: u16, after_commit: bool| json!({ "kind": "status", "status": status, "after_commit": after_commit });
    let reset = |after_commit: bool| json!({ "kind": "reset", "after_commit": after_commit });
    vec![
        first("success", Value::Null, 200, true, 1),
        First {
            fields: DECLINED,
            ..first("decline", Value::Null, 402, true, 1)
        },
        First {
            fields: &[("amount", "1999")],
            then: 400,
            ..first("missing parameter", Value::Null, 400, false, 0)
        },
        First {
            fields: &[("amount", "1"), ("currency", "usd")],
            then: 400,
            ..first("amount too small", Value::Null, 400, false, 0)
        },
        First {
            fields: &[("amount", "1999"), ("amount[a]", "1")],
            then: 400,
            ..first("not to be read", Value::Null, 400, false, 0)
        },
        First {
            api_key: "pk_test_w",
            then: 401,
            ..first("not for browsers", Value::Null, 401, false, 0)
        },
        First {
            path: "/v1/payment_intents/pi_x/confirm",
            fields: &[],
            then: 404,
            ..first("no such object", Value::Null, 404, false, 0)
        },
        first("rate limit", json!({ "kind": "rate_limit" }), 429, false, 0),
        first(
            "lock timeout",
            json!({ "kind": "lock_timeout" }),
            429,
            false,
            0,
        ),
        first("409 before", status(409, false), 409, false, 0),
        first("500 before", status(500, false), 500, false, 0),
        first("500 after", status(500, true), 500, true, 1),
        first("503 after", status(503, true), 503, true, 1),
        first(
            "500 kept, nothing done",
            json!({ "kind": "status", "status": 500, "kept": true }),
            500,
            true,
            0,
        ),
        First {
            severed: true,
            ..first("reset before", reset(false), 500, false, 0)
        },
        First {
            severed: true,
            ..first("reset after", reset(true), 200, true, 1)
        },
        first(
            "late answer",
            json!({ "kind": "delay", "ms": 1000 }),
            200,
            true,
            1,
        ),
    ]
}

fn request(first: &First, key: &str) -> Request {
    let mut request = Machine::request(first.api_key, "POST", first.path, form(first.fields));
    request.idempotency_key = Some(key.to_owned());
    request
}

/// Asks for the first time, with whatever goes wrong with it.
fn ask(machine: &mut Machine, first: &First) -> Answer {
    if !first.fault.is_null() {
        let plan = json!({ "method": "POST", "path": first.path, "fault": first.fault });
        machine.control("faults", plan).ok();
    }
    let answer = machine.send(&request(first, "k"));
    assert_eq!(answer.status, first.status, "{}", first.name);
    let severed = machine.effects.contains(&Effect::Sever);
    assert_eq!(severed, first.severed, "{}", first.name);
    assert_eq!(answer.header("idempotent-replayed"), None, "{}", first.name);
    assert_eq!(intents(machine), first.made, "{}", first.name);
    answer
}

fn intents(machine: &mut Machine) -> usize {
    machine.state()["payment_intents"]
        .as_array()
        .map_or(0, Vec::len)
}

fn is_replay(again: &Answer, answer: &Answer, name: &str) {
    assert_eq!(
        (again.status, &again.text),
        (answer.status, &answer.text),
        "{name}"
    );
    assert_eq!(again.header("idempotent-replayed"), Some("true"), "{name}");
    assert_eq!(
        again.header("original-request"),
        answer.header("request-id"),
        "{name}"
    );
    assert_ne!(
        again.header("request-id"),
        answer.header("request-id"),
        "{name}"
    );
    let advice = "stripe-should-retry";
    assert_eq!(again.header(advice), answer.header(advice), "{name}");
}

#[test]
fn the_same_request_again_is_answered_from_memory_or_carried_out() {
    for first in firsts() {
        let name = first.name;
        let mut machine = Machine::new();
        let answer = ask(&mut machine, &first);
        machine.now_ms += 1000;
        for _ in 0..2 {
            let made = intents(&mut machine);
            let again = machine.send(&request(&first, "k"));
            if first.kept {
                is_replay(&again, &answer, name);
                assert_eq!(intents(&mut machine), first.made, "{name}");
            } else {
                assert_eq!(again.status, first.then, "{name}: {}", again.text);
                // Once it has succeeded, that is kept.
                let most = usize::from(first.then == 200);
                assert_eq!(intents(&mut machine), most.max(made), "{name}");
            }
        }
    }
}

#[test]
fn another_request_under_the_key_of_a_kept_answer_is_refused() {
    type Change = fn(&mut Request);
    let changes: &[(&str, Change)] = &[
        ("another body", |it| {
            it.body = b"amount=2000&currency=usd".to_vec()
        }),
        ("a further parameter", |it| {
            it.body.extend(b"&description=x")
        }),
        ("no body", |it| it.body.clear()),
        ("another path", |it| it.path = "/v1/customers".to_owned()),
        ("a longer path", |it| it.path.push_str("/pi_x/cancel")),
    ];
    for first in firsts() {
        for (what, change) in changes {
            let name = format!("{} and then {what}", first.name);
            let mut machine = Machine::new();
            ask(&mut machine, &first);
            machine.now_ms += 1000;
            let mut other = request(&first, "k");
            change(&mut other);
            let answer = machine.send(&other);
            let refused = answer.error("type") == "idempotency_error";
            assert_eq!(refused, first.kept, "{name}: {}", answer.text);
            if first.kept {
                assert_eq!(answer.status, 400, "{name}");
                assert_eq!(intents(&mut machine), first.made, "{name}");
                // And the first answer is still there.
                let again = machine.send(&request(&first, "k"));
                assert_eq!(again.header("idempotent-replayed"), Some("true"), "{name}");
            }
        }
    }
}

#[test]
fn a_kept_answer_is_for_one_world_one_day_and_posts_alone() {
    for first in firsts().iter().filter(|first| first.kept) {
        let name = first.name;
        let mut machine = Machine::new();
        let answer = ask(&mut machine, first);
        machine.now_ms += 1000;

        let mut elsewhere = request(first, "k");
        elsewhere.authorization = Some("Bearer sk_test_other".to_owned());
        let other = machine.send(&elsewhere);
        assert_eq!(other.header("idempotent-replayed"), None, "{name}");

        for method in ["GET", "DELETE"] {
            let mut keyed = Machine::request("sk_test_w", method, INTENTS, Vec::new());
            keyed.idempotency_key = Some("k".to_owned());
            let other = machine.send(&keyed);
            assert_ne!(other.error("type"), "idempotency_error", "{name}");
            assert_eq!(other.header("idempotent-replayed"), None, "{name}");
        }

        let mut versioned = request(first, "k");
        versioned.stripe_version = Some("2026-09-30.endive".to_owned());
        is_replay(&machine.send(&versioned), &answer, name);
        versioned.stripe_version = Some("2026-08-26.dahlia".to_owned());
        let refused = machine.send(&versioned);
        assert_eq!(refused.error("type"), "invalid_request_error", "{name}");

        let rest = 24 * 3600 - 2;
        machine.advance(rest);
        is_replay(&machine.send(&request(first, "k")), &answer, name);
        machine.advance(1);
        let anew = machine.send(&request(first, "k"));
        assert_eq!(anew.header("idempotent-replayed"), None, "{name}");
        assert_eq!(intents(&mut machine), first.made + 1, "{name}");
    }
}

#[test]
fn while_the_first_request_runs_its_key_is_in_use() {
    let delay = json!({ "kind": "delay", "ms": 1000 });
    for fields in [GOOD, DECLINED] {
        let mut machine = Machine::new();
        let plan = json!({ "method": "POST", "path": INTENTS, "fault": delay });
        machine.control("faults", plan).ok();
        let first = machine.post_with_key("k", INTENTS, fields);
        for waited in [0, 999] {
            machine.now_ms += waited;
            let early = machine.post_with_key("k", INTENTS, fields);
            assert_eq!(early.status, 409);
            assert_eq!(early.error("type"), "idempotency_error");
            assert_eq!(early.error("code"), "idempotency_key_in_use");
            assert_eq!(early.header("stripe-should-retry"), Some("true"));
        }
        // Something else under the key is wrong whether it runs or not.
        let other = machine.post_with_key("k", INTENTS, &[("amount", "2000")]);
        assert_eq!(other.status, 400);
        machine.now_ms += 1;
        is_replay(
            &machine.post_with_key("k", INTENTS, fields),
            &first,
            "later",
        );
        assert_eq!(intents(&mut machine), 1);
    }
}

#[test]
fn the_same_parameters_written_otherwise_are_the_same() {
    let first = "amount=1999&currency=usd&metadata[a]=1+2&metadata[b]=%C3%A9&expand[]=customer&expand[]=latest_charge";
    for (again, same) in [
        (
            "currency=usd&amount=1999&metadata[b]=%C3%A9&metadata[a]=1+2&expand[]=customer&expand[]=latest_charge",
            true,
        ),
        (
            "amount=1999&currency=usd&metadata%5Ba%5D=1%202&metadata[b]=é&expand%5B%5D=customer&expand%5B%5D=latest_charge",
            true,
        ),
        (
            "%61mount=%31999&currency=usd&metadata[a]=1%202&metadata[b]=%c3%a9&expand[0]=customer&expand[1]=latest_charge",
            true,
        ),
        (
            "&&amount=1999&currency=usd&metadata[a]=1+2&metadata[b]=%C3%A9&expand[]=customer&expand[]=latest_charge&",
            true,
        ),
        // The order within a list is part of it.
        (
            "amount=1999&currency=usd&metadata[a]=1+2&metadata[b]=%C3%A9&expand[]=latest_charge&expand[]=customer",
            false,
        ),
        (
            "amount=1999&currency=usd&metadata[a]=1%2B2&metadata[b]=%C3%A9&expand[]=customer&expand[]=latest_charge",
            false,
        ),
        (
            "amount=1999&currency=usd&metadata[a]=1+2&metadata[b]=e&expand[]=customer&expand[]=latest_charge",
            false,
        ),
        (
            "amount=1999&currency=usd&metadata[b]=1+2&metadata[a]=%C3%A9&expand[]=customer&expand[]=latest_charge",
            false,
        ),
        (
            "amount=1999&currency=usd&metadata[a]=1+2&metadata[b]=%C3%A9&expand[]=customer",
            false,
        ),
        (
            "amount=01999&currency=usd&metadata[a]=1+2&metadata[b]=%C3%A9&expand[]=customer&expand[]=latest_charge",
            false,
        ),
    ] {
        let mut machine = Machine::new();
        let mut post = |body: &str| {
            let mut request =
                Machine::request("sk_test_w", "POST", INTENTS, body.as_bytes().to_vec());
            request.idempotency_key = Some("k".to_owned());
            machine.send(&request)
        };
        post(first).ok();
        let answer = post(again);
        assert_eq!(
            answer.status,
            if same { 200 } else { 400 },
            "{again}: {}",
            answer.text
        );
        let replayed = answer.header("idempotent-replayed").is_some();
        assert_eq!(replayed, same, "{again}");
    }
}

#[test]
fn a_key_has_up_to_255_characters() {
    let [short, long, wide] = [255, 256, 255].map(|length| "k".repeat(length));
    let wide = wide.replace('k', "é");
    for (key, status) in [
        ("", 400),
        (&short, 200),
        (&wide, 200),
        (&long, 400),
        (" ", 200),
    ] {
        let mut machine = Machine::new();
        let answer = machine.post_with_key(key, INTENTS, GOOD);
        assert_eq!(answer.status, status, "{}", key.len());
        if status == 400 {
            assert_eq!(answer.error("type"), "idempotency_error");
            assert_eq!(intents(&mut machine), 0);
        } else {
            is_replay(&machine.post_with_key(key, INTENTS, GOOD), &answer, key);
        }
    }
}

#[test]
fn the_world_can_be_told_to_replay_without_saying_so() {
    let mut machine = Machine::new();
    machine
        .control("assumptions", json!({ "replayed_header": false }))
        .ok();
    let first = machine.post_with_key("k", INTENTS, GOOD).ok();
    let again = machine.post_with_key("k", INTENTS, GOOD).ok();
    assert_eq!(again.text, first.text);
    assert_eq!(again.header("idempotent-replayed"), None);
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

#[test]
fn a_late_answer_comes_by_the_real_clock_whatever_the_world_s_says() {
    for clock in [
        json!({ "frozen": true }),
        json!({ "advance_seconds": 86_400, "frozen": false }),
        json!({ "advance_seconds": 86_400, "frozen": true }),
    ] {
        let mut machine = Machine::new();
        machine.control("clock", clock.clone()).ok();
        let delay = json!({ "kind": "delay", "ms": 1000 });
        let plan = json!({ "method": "POST", "path": INTENTS, "fault": delay });
        machine.control("faults", plan).ok();
        let first = machine.post_with_key("k", INTENTS, GOOD);
        machine.now_ms += 999;
        let early = machine.post_with_key("k", INTENTS, GOOD);
        assert_eq!(early.status, 409, "{clock}");
        // Time that passes for the world alone brings no answer.
        let ahead = json!({ "advance_seconds": 10 });
        machine.control("clock", ahead).ok();
        let early = machine.post_with_key("k", INTENTS, GOOD);
        assert_eq!(early.status, 409, "{clock}");
        machine.now_ms += 1;
        let later = machine.post_with_key("k", INTENTS, GOOD);
        is_replay(&later, &first, &clock.to_string());
        assert_eq!(intents(&mut machine), 1, "{clock}");
    }
}

#[test]
fn a_refusal_that_had_an_effect_is_kept() {
    let mut machine = Machine::new();
    machine
        .control("assumptions", json!({ "most_confirmations": 1 }))
        .ok();
    let declined = machine.post(INTENTS, DECLINED);
    let intent = crate::machine::text(&declined.error("payment_intent")["id"]);
    let confirm = format!("{INTENTS}/{intent}/confirm");
    let fields = [
        ("payment_method", "pm_card_visa"),
        ("return_url", "https://shop.test/return"),
    ];
    let first = machine.post_with_key("k", &confirm, &fields);
    assert_eq!(first.status, 400);
    assert_eq!(first.error("code"), "payment_intent_unexpected_state");
    assert_eq!(machine.intent(&intent)["status"], "canceled");
    is_replay(&machine.post_with_key("k", &confirm, &fields), &first, "k");
    // Refused as such, for it is canceled: nothing came of that, and nothing is kept.
    let again = machine.post_with_key("other", &confirm, &fields);
    assert_eq!((again.status, again.text == first.text), (400, false));
    let again = machine.post_with_key("other", &confirm, &fields);
    assert_eq!(again.header("idempotent-replayed"), None);
}

#[test]
fn whether_other_refusals_are_kept_is_assumed() {
    for (keeps, then) in [(false, 200), (true, 404)] {
        let mut machine = Machine::new();
        machine
            .control("assumptions", json!({ "keeps_refusals": keeps }))
            .ok();
        let path = "/v1/coupons/SUMMER";
        let fields = [("name", "Summer")];
        let first = machine.post_with_key("k", path, &fields);
        assert_eq!(first.status, 404);
        let coupon = [("id", "SUMMER"), ("percent_off", "10")];
        machine.post("/v1/coupons", &coupon).ok();
        let again = machine.post_with_key("k", path, &fields);
        assert_eq!(again.status, then, "{keeps}");
        let replayed = again.header("idempotent-replayed");
        assert_eq!(replayed.is_some(), keeps);
    }
}
