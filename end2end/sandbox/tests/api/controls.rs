//! What a test asks of the sandbox itself: the clock, outcomes, assumptions.

use crate::machine::{Machine, START_MS};
use serde_json::{Value, json};
use stripe_sandbox::Request;

#[test]
fn a_clock_stands_still_goes_on_and_never_back() {
    let mut machine = Machine::new();
    let start = (START_MS / 1000) as i64;
    let steps = [
        (json!({ "frozen": true }), 0, 0),
        (json!({}), 100, 0),
        (json!({ "advance_seconds": 50 }), 100, 50),
        (json!({ "frozen": false }), 100, 50),
        (json!({}), 30, 80),
        (json!({ "frozen": true, "advance_seconds": 10 }), 5, 95),
        (json!({}), 500, 95),
    ];
    for (control, passes, expected) in steps {
        machine.now_ms += passes * 1000;
        let clock = machine.control("clock", control.clone()).ok().body;
        assert_eq!(
            clock["now"],
            json!(start + expected),
            "{control} after {passes}"
        );
    }
    for wrong in [
        json!({ "advance_seconds": -1 }),
        json!({ "advance_seconds": i64::MAX }),
        json!({ "speed": 2 }),
    ] {
        assert_eq!(
            machine.control("clock", wrong.clone()).status,
            400,
            "{wrong}"
        );
    }
}

#[test]
fn the_next_cards_do_as_they_are_told() {
    for (outcome, status, code) in [
        (json!({ "kind": "pay" }), 200, Value::Null),
        (json!({ "kind": "authenticate" }), 200, Value::Null),
        (
            json!({ "kind": "decline", "decline_code": "insufficient_funds" }),
            402,
            json!("insufficient_funds"),
        ),
        (
            json!({ "kind": "decline", "decline_code": "generic_decline" }),
            402,
            json!("generic_decline"),
        ),
    ] {
        let mut machine = Machine::new();
        machine
            .control("outcomes", json!({ "outcome": outcome, "times": 2 }))
            .ok();
        for _ in 0..2 {
            let answer = machine.pay_by("pm_card_visa", &[]);
            assert_eq!(
                (answer.status, answer.error("decline_code")),
                (status, code.clone()),
                "{outcome}"
            );
            let asked = answer.body["status"] == "requires_action";
            assert_eq!(asked, outcome["kind"] == "authenticate", "{outcome}");
        }
        assert_eq!(
            machine.pay_by("pm_card_visa", &[]).ok().body["status"],
            "succeeded",
            "{outcome}"
        );
    }
    let mut machine = Machine::new();
    assert_eq!(
        machine
            .control("outcomes", json!({ "outcome": { "kind": "explode" } }))
            .status,
        400
    );
}

#[test]
fn assumptions_are_told_set_and_checked() {
    let mut machine = Machine::new();
    let defaults = machine.get("/_control/assumptions").ok().body;
    assert_eq!(defaults["token_lifetime_seconds"], 43_200);
    for wrong in [
        json!({ "colour": 1 }),
        json!({ "most_confirmations": "many" }),
        json!([]),
    ] {
        assert_eq!(
            machine.control("assumptions", wrong.clone()).status,
            400,
            "{wrong}"
        );
    }
    assert_eq!(machine.get("/_control/assumptions").ok().body, defaults);
    let set = machine
        .control("assumptions", json!({ "token_lifetime_seconds": 900 }))
        .ok()
        .body;
    assert_eq!(
        (&set["token_lifetime_seconds"], &set["most_confirmations"]),
        (&json!(900), &json!(10))
    );
    machine.control("reset", json!({})).ok();
    assert_eq!(machine.get("/_control/assumptions").ok().body, defaults);
}

#[test]
fn a_token_lives_as_long_as_assumed() {
    for (lifetime, seconds, status) in [(900, 899, 200), (900, 900, 400), (43_200, 900, 200)] {
        let mut machine = Machine::new();
        machine
            .control("assumptions", json!({ "token_lifetime_seconds": lifetime }))
            .ok();
        let token = machine.token("4242424242424242");
        machine.advance(seconds);
        assert_eq!(
            machine.pay_with(&token, &[]).status,
            status,
            "{lifetime} {seconds}"
        );
    }
}

#[test]
fn an_intent_is_confirmed_as_often_as_assumed() {
    let mut machine = Machine::new();
    machine
        .control("assumptions", json!({ "most_confirmations": 1 }))
        .ok();
    let declined = machine.pay("4000000000000002");
    let id = declined.error("payment_intent")["id"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let token = machine.token("4242424242424242");
    assert_eq!(
        machine.confirm(&id, &token).error("payment_intent")["status"],
        "canceled"
    );
}

#[test]
fn a_challenge_is_dropped_for_another_token_if_so_assumed() {
    for (assumed, status, after) in [
        ("refused", 400, "requires_action"),
        ("restarts", 200, "succeeded"),
    ] {
        let mut machine = Machine::new();
        machine
            .control(
                "assumptions",
                json!({ "confirm_in_requires_action": assumed }),
            )
            .ok();
        let id = machine.pay("4000000000003220").ok().id();
        let token = machine.token("4242424242424242");
        assert_eq!(machine.confirm(&id, &token).status, status, "{assumed}");
        assert_eq!(machine.intent(&id)["status"], after, "{assumed}");
    }
}

#[test]
fn the_form_of_answers_follows_the_assumptions() {
    for (assumed, code, replayed) in [
        (json!({}), Value::Null, Some("true")),
        (
            json!({ "token_disagrees": "with_code", "replayed_header": false }),
            json!("payment_intent_invalid_parameter"),
            None,
        ),
    ] {
        let mut machine = Machine::new();
        machine.control("assumptions", assumed.clone()).ok();
        let token = machine.token("4242424242424242");
        let refused = machine.pay_with(&token, &[("amount", "1998")]);
        assert_eq!(
            (refused.status, refused.error("code")),
            (400, code),
            "{assumed}"
        );
        let fields = [("amount", "1999"), ("currency", "usd")];
        machine
            .post_with_key("k", "/v1/payment_intents", &fields)
            .ok();
        let again = machine
            .post_with_key("k", "/v1/payment_intents", &fields)
            .ok();
        assert_eq!(again.header("idempotent-replayed"), replayed, "{assumed}");
        assert!(again.header("original-request").is_some(), "{assumed}");
    }
}

#[test]
fn a_token_that_is_of_no_use_is_refused_as_assumed() {
    for (assumed, used, expired) in [
        (
            json!({}),
            json!("token_already_used"),
            json!("confirmation_token_expired"),
        ),
        (
            json!({ "token_used": "without_code", "token_expired": "without_code" }),
            Value::Null,
            Value::Null,
        ),
    ] {
        let mut machine = Machine::new();
        machine.control("assumptions", assumed.clone()).ok();
        let (token, late) = (
            machine.token("4242424242424242"),
            machine.token("4242424242424242"),
        );
        machine.pay_with(&token, &[]).ok();
        let again = machine.pay_with(&token, &[]);
        machine.advance(43_200);
        let late = machine.pay_with(&late, &[]);
        for (answer, code) in [(again, used), (late, expired)] {
            assert_eq!((answer.status, answer.error("code")), (400, code));
            assert_eq!(answer.error("param"), "confirmation_token", "{assumed}");
        }
    }
}

#[test]
fn a_customer_session_lives_as_long_as_assumed() {
    for (assumed, lifetime) in [
        (json!({}), 1800),
        (json!({ "customer_session_lifetime_seconds": 60 }), 60),
    ] {
        let mut machine = Machine::new();
        machine.control("assumptions", assumed).ok();
        let customer = machine.customer();
        let fields = [
            ("customer", customer.as_str()),
            ("components[payment_element][enabled]", "true"),
        ];
        let session = machine.post("/v1/customer_sessions", &fields).ok().body;
        let lives = session["expires_at"]
            .as_i64()
            .zip(session["created"].as_i64());
        assert_eq!(lives.map(|(end, start)| end - start), Some(lifetime));
    }
}

#[test]
fn a_setup_s_way_back_is_named_as_assumed() {
    for (assumed, name) in [
        (json!({}), "setup_intent"),
        (
            json!({ "setup_return": "payment_intent" }),
            "payment_intent",
        ),
    ] {
        let mut machine = Machine::new();
        machine.control("assumptions", assumed).ok();
        let fields = [
            ("confirm", "true"),
            ("payment_method", "pm_card_threeDSecure2Required"),
            ("return_url", "https://shop.test/return"),
            ("use_stripe_sdk", "false"),
        ];
        let setup = machine.post("/v1/setup_intents", &fields).ok();
        let url = crate::machine::text(&setup.body["next_action"]["redirect_to_url"]["url"]);
        let path = url.strip_prefix("http://sandbox.test").unwrap_or_default();
        let request = Machine::request("", "POST", &format!("{path}/authorize"), Vec::new());
        let back = machine.send(&Request {
            authorization: None,
            ..request
        });
        let secret = crate::machine::text(&setup.body["client_secret"]);
        let expected = format!(
            "https://shop.test/return?{name}={}&{name}_client_secret={secret}&redirect_status=succeeded",
            setup.id()
        );
        assert_eq!(back.header("location"), Some(expected.as_str()));
    }
}

#[test]
fn a_reset_sets_the_clock_back_and_lets_it_go() {
    let mut machine = Machine::new();
    let ahead = json!({ "advance_seconds": 3600, "frozen": true });
    let start = machine.get("/_control/clock").ok().body;
    let moved = machine.control("clock", ahead).ok().body;
    assert_ne!(moved, start);
    machine.control("reset", json!({})).ok();
    assert_eq!(machine.get("/_control/clock").ok().body, start);
}
