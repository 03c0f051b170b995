//! What Stripe refuses, and how.

use crate::machine::{Machine, form};
use serde_json::{Value, json};

const INTENTS: &str = "/v1/payment_intents";

/// Parameters, and the code and parameter of the refusal.
type Refusal = (
    &'static [(&'static str, &'static str)],
    &'static str,
    &'static str,
);

#[test]
fn a_wrong_creation_is_refused_with_the_code_and_the_parameter() {
    let cases: &[Refusal] = &[
        (&[("currency", "usd")], "parameter_missing", "amount"),
        (&[("amount", "1999")], "parameter_missing", "currency"),
        (
            &[("amount", "abc"), ("currency", "usd")],
            "parameter_invalid_integer",
            "amount",
        ),
        (
            &[("amount", "19.99"), ("currency", "usd")],
            "parameter_invalid_integer",
            "amount",
        ),
        (
            &[("amount", "+1999"), ("currency", "usd")],
            "parameter_invalid_integer",
            "amount",
        ),
        (
            &[("amount", "99999999999999999999"), ("currency", "usd")],
            "parameter_invalid_integer",
            "amount",
        ),
        (
            &[("amount", "-5"), ("currency", "usd")],
            "parameter_invalid_integer",
            "amount",
        ),
        (
            &[("amount", "0"), ("currency", "usd")],
            "parameter_invalid_integer",
            "amount",
        ),
        (
            &[("amount", ""), ("currency", "usd")],
            "parameter_invalid_empty",
            "amount",
        ),
        (
            &[("amount", "49"), ("currency", "usd")],
            "amount_too_small",
            "amount",
        ),
        (
            &[("amount", "49"), ("currency", "jpy")],
            "amount_too_small",
            "amount",
        ),
        (
            &[("amount", "100000000"), ("currency", "usd")],
            "amount_too_large",
            "amount",
        ),
        (
            &[("amount", "1999"), ("currency", "usd"), ("colour", "red")],
            "parameter_unknown",
            "colour",
        ),
        (
            &[
                ("amount", "1999"),
                ("currency", "usd"),
                ("shipping[name]", "A"),
                ("shipping[address][planet]", "Mars"),
            ],
            "parameter_unknown",
            "shipping[address][planet]",
        ),
        (
            &[
                ("amount", "1999"),
                ("currency", "usd"),
                ("shipping[address][line1]", "A"),
            ],
            "parameter_missing",
            "shipping[name]",
        ),
        (
            &[
                ("amount", "1999"),
                ("currency", "usd"),
                ("payment_method_types[]", "card"),
            ],
            "payment_method_types_no_longer_supported",
            "payment_method_types",
        ),
        (
            &[
                ("amount", "1999"),
                ("currency", "usd"),
                ("receipt_email", "nobody"),
            ],
            "email_invalid",
            "receipt_email",
        ),
        (
            &[
                ("amount", "1999"),
                ("currency", "usd"),
                ("customer", "cus_1"),
            ],
            "resource_missing",
            "customer",
        ),
        (
            &[
                ("amount", "1999"),
                ("currency", "usd"),
                ("confirm", "true"),
                ("confirmation_token", "ctoken_1"),
            ],
            "resource_missing",
            "confirmation_token",
        ),
    ];
    for (fields, code, param) in cases {
        let mut machine = Machine::new();
        let answer = machine.post(INTENTS, fields);
        assert_eq!(answer.status, 400, "{fields:?}");
        assert_eq!(answer.error("type"), "invalid_request_error", "{fields:?}");
        assert_eq!(answer.error("code"), *code, "{fields:?}");
        assert_eq!(answer.error("param"), *param, "{fields:?}");
        let state = machine.state();
        assert_eq!(
            (&state["payment_intents"], &state["events"]),
            (&json!([]), &json!([])),
            "{fields:?}"
        );
    }
}

#[test]
fn refusals_without_a_code_name_their_parameter() {
    let base = [("amount", "1999"), ("currency", "usd")];
    for (name, value, param) in [
        ("currency", "zzz", "currency"),
        ("capture_method", "later", "capture_method"),
        ("confirm", "maybe", "confirm"),
        ("confirmation_token", "ctoken_1", "confirmation_token"),
        ("shipping", "home", "shipping"),
        ("expand[]", "everything", "expand"),
        ("confirmation_method", "later", "confirmation_method"),
    ] {
        let mut machine = Machine::new();
        let fields = [base[0], base[1], (name, value)];
        let answer = machine.post(INTENTS, &fields);
        assert_eq!(answer.status, 400, "{name}={value}");
        assert_eq!(answer.error("param"), param, "{name}={value}");
    }
}

#[test]
fn amounts_at_the_limits_are_taken() {
    for (amount, currency) in [
        ("50", "usd"),
        ("99999999", "usd"),
        ("50", "jpy"),
        ("30", "gbp"),
        ("1000", "kwd"),
        ("1000", "isk"),
    ] {
        let mut machine = Machine::new();
        machine
            .post(INTENTS, &[("amount", amount), ("currency", currency)])
            .ok();
    }
}

#[test]
fn keys_open_what_they_may() {
    for (key, method, path, status) in [
        ("", "GET", "/v1/events", 401),
        ("sk_live_abc", "GET", "/v1/events", 401),
        ("nonsense", "GET", "/v1/events", 401),
        ("pk_test_w", "GET", "/v1/events", 401),
        ("pk_test_w", "POST", INTENTS, 401),
        ("pk_test_w", "GET", "/_control/state", 401),
        ("sk_test_w", "GET", "/v1/events", 200),
        ("sk_test_w", "GET", "/v1/nothing", 404),
        ("sk_test_w", "DELETE", INTENTS, 404),
        ("pk_test_w", "GET", "/v1/nothing", 404),
        ("sk_test_w", "GET", "/v1/payment_intents/pi_1", 404),
        ("sk_test_w", "GET", "/v1/charges/ch_1", 404),
    ] {
        let mut machine = Machine::new();
        let answer = machine.send(&Machine::request(key, method, path, Vec::new()));
        assert_eq!(answer.status, status, "{key} {method} {path}");
        if status != 200 {
            assert_eq!(
                answer.error("type"),
                "invalid_request_error",
                "{key} {method} {path}"
            );
            assert!(
                !answer.text.contains("sk_live_abc"),
                "a key is never repeated"
            );
        }
    }
}

#[test]
fn worlds_do_not_see_each_other() {
    let mut machine = Machine::new();
    let id = machine.pay("4242424242424242").ok().id();
    let path = format!("/v1/payment_intents/{id}");
    let other = machine.send(&Machine::request("sk_test_other", "GET", &path, Vec::new()));
    assert_eq!(other.status, 404);
    machine
        .send(&Machine::request(
            "sk_test_other",
            "POST",
            "/_control/reset",
            Vec::new(),
        ))
        .ok();
    machine.get(&path).ok();
}

#[test]
fn every_answer_names_its_request_and_the_version() {
    let mut machine = Machine::new();
    let mut request = Machine::request("sk_test_w", "POST", INTENTS, form(&[("amount", "1")]));
    request.stripe_version = Some("2026-09-30.endive".to_owned());
    request.idempotency_key = Some("k".to_owned());
    let answer = machine.send(&request);
    assert!(
        answer
            .header("request-id")
            .is_some_and(|id| id.starts_with("req_"))
    );
    assert_eq!(answer.header("stripe-version"), Some("2026-09-30.endive"));
    assert_eq!(answer.header("idempotency-key"), Some("k"));
    request.stripe_version = Some("2024-06-20".to_owned());
    assert_eq!(machine.send(&request).status, 400);
}

#[test]
fn a_call_for_a_connected_account_is_not_done_for_ones_own() {
    let mut machine = Machine::new();
    let fields = form(&[("amount", "1999"), ("currency", "usd")]);
    let mut request = Machine::request("sk_test_w", "POST", INTENTS, fields);
    request.stripe_account = Some("acct_connected".to_owned());
    let answer = machine.send(&request);
    assert_eq!(answer.status, 403);
    assert_eq!(answer.error("code"), "account_invalid");
    request.stripe_account = None;
    machine.send(&request).ok();
    assert_eq!(
        machine.state()["payment_intents"].as_array().map(Vec::len),
        Some(1)
    );
}

#[test]
fn bodies_that_are_no_forms_are_refused() {
    for (content_type, body) in [
        (Some("application/json"), "{\"amount\":1999}"),
        (Some("multipart/form-data; boundary=x"), "--x"),
        (None, "amount=1999"),
    ] {
        let mut machine = Machine::new();
        let mut request = Machine::request("sk_test_w", "POST", INTENTS, body.into());
        request.content_type = content_type.map(str::to_owned);
        assert_eq!(machine.send(&request).status, 400, "{content_type:?}");
    }
}

#[test]
fn the_same_seed_makes_the_same_ids() {
    let mut first = Machine::new();
    let mut second = Machine::new();
    // Other worlds and the control calls do not count.
    second.send(&Machine::request(
        "sk_test_other",
        "GET",
        "/v1/events",
        Vec::new(),
    ));
    second.state();
    assert_eq!(
        first.pay("4242424242424242").text,
        second.pay("4242424242424242").text
    );
}

#[test]
fn the_versions_of_the_train_are_spoken_and_no_others() {
    for (version, status) in [
        ("2026-09-30.endive", 200),
        ("2026-10-28.endive", 200),
        ("junk.endive", 400),
        ("2026-10-28.endive.endive", 400),
        ("2026-11-25.endive", 400),
        (".endive", 400),
        ("2026-10-28", 400),
    ] {
        let mut machine = Machine::new();
        let mut request = Machine::request("sk_test_w", "GET", "/v1/customers", Vec::new());
        request.stripe_version = Some(version.to_owned());
        let answer = machine.send(&request);
        assert_eq!(answer.status, status, "{version}");
        if status == 400 {
            let message = crate::machine::text(&answer.error("message"));
            assert!(message.contains(version), "{message}");
        }
    }
}

#[test]
fn an_intent_that_is_not_there_is_called_so() {
    let mut machine = Machine::new();
    for (path, object) in [
        ("/v1/payment_intents/pi_none", "payment_intent"),
        ("/v1/setup_intents/seti_none", "setup_intent"),
    ] {
        for answer in [
            machine.get(path),
            machine.post(path, &[]),
            machine.post(&format!("{path}/cancel"), &[]),
        ] {
            assert_eq!(
                (answer.status, answer.error("param")),
                (404, json!("intent"))
            );
            let message = crate::machine::text(&answer.error("message"));
            assert!(
                message.starts_with(&format!("No such {object}")),
                "{message}"
            );
        }
    }
    assert_eq!(machine.get("/v1/customers/cus_none").error("param"), "id");
}

#[test]
fn no_part_of_an_amount_is_confirmed() {
    let mut machine = Machine::new();
    let fields = [("amount", "1999"), ("currency", "usd")];
    let path = "/v1/payment_intents";
    let path = format!("{path}/{}/confirm", machine.post(path, &fields).ok().id());
    let confirm = |amount| {
        [
            ("payment_method", "pm_card_visa"),
            ("return_url", "https://shop.test/return"),
            ("amount_to_confirm", amount),
        ]
    };
    for amount in ["1000", "2000", "0"] {
        let part = machine.post(&path, &confirm(amount));
        assert_eq!(
            (part.status, part.error("param")),
            (400, json!("amount_to_confirm"))
        );
    }
    assert_eq!(
        machine.post(&path, &confirm("1999")).ok().body["status"],
        "succeeded"
    );
}

#[test]
fn options_of_a_card_can_be_unset() {
    let mut machine = Machine::new();
    let fields = [
        ("amount", "1999"),
        ("currency", "usd"),
        ("payment_method_options[card][capture_method]", "manual"),
        (
            "payment_method_options[card][setup_future_usage]",
            "off_session",
        ),
        (
            "payment_method_options[card][request_three_d_secure]",
            "any",
        ),
    ];
    let made = machine.post("/v1/payment_intents", &fields).ok();
    let path = format!("/v1/payment_intents/{}", made.id());
    let card = |answer: &crate::machine::Answer, field: &str| {
        answer.body["payment_method_options"]["card"][field].clone()
    };
    assert_eq!(card(&made, "capture_method"), "manual");
    assert_eq!(card(&made, "setup_future_usage"), "off_session");
    for field in ["capture_method", "setup_future_usage"] {
        let name = format!("payment_method_options[card][{field}]");
        let unset = machine.post(&path, &[(&name, "")]).ok();
        assert_eq!(card(&unset, field), Value::Null, "{field}");
        assert_eq!(card(&unset, "request_three_d_secure"), "any");
    }
    let unset = machine
        .post(&path, &[("payment_method_options[card]", "")])
        .ok();
    assert_eq!(card(&unset, "request_three_d_secure"), "automatic");
}
