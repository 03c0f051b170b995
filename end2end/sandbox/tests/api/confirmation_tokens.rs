//! What a ConfirmationToken may confirm, and what becomes of it.

use crate::machine::Machine;
use serde_json::{Value, json};

#[test]
fn a_token_is_used_up_by_any_confirmation() {
    for (number, first, intent_known) in [
        ("4242424242424242", 200, true),
        ("4000000000000002", 402, true),
        ("4000000000003220", 200, true),
    ] {
        let mut machine = Machine::new();
        let token = machine.token(number);
        let answer = machine.pay_with(&token, &[]);
        assert_eq!(answer.status, first, "{number}");
        let intent = machine.state()["payment_intents"][0]["id"].clone();
        let kept = machine
            .get(&format!("/v1/confirmation_tokens/{token}"))
            .ok();
        assert_eq!(
            kept.body["payment_intent"] == intent,
            intent_known,
            "{number}"
        );
        let again = machine.pay_with(&token, &[]);
        assert_eq!(again.status, 400, "{number}");
        assert_eq!(again.error("code"), "token_already_used", "{number}");
        let intents = machine.state()["payment_intents"].as_array().map(Vec::len);
        assert_eq!(intents, Some(1), "{number}");
    }
}

#[test]
fn a_token_lives_twelve_hours_by_the_world_s_clock() {
    for (seconds, status) in [(12 * 3600 - 1, 200), (12 * 3600, 400)] {
        let mut machine = Machine::new();
        let token = machine.token("4242424242424242");
        machine.advance(seconds);
        assert_eq!(machine.pay_with(&token, &[]).status, status, "{seconds}");
    }
}

#[test]
fn a_token_confirms_only_what_the_page_declared() {
    let cases: &[(&[(&str, &str)], u16)] = &[
        (&[], 200),
        (&[("amount", "1998")], 400),
        (&[("currency", "eur")], 400),
        (&[("capture_method", "manual")], 400),
        (&[("capture_method", "automatic")], 200),
        (&[("setup_future_usage", "off_session")], 400),
    ];
    for (fields, status) in cases {
        let mut machine = Machine::new();
        let token = machine.token("4242424242424242");
        let answer = machine.pay_with(&token, fields);
        assert_eq!(answer.status, *status, "{fields:?}");
        if *status == 400 {
            assert_eq!(answer.error("param"), "confirmation_token", "{fields:?}");
            assert_eq!(machine.state()["payment_intents"], json!([]), "{fields:?}");
        }
    }
}

#[test]
fn what_the_request_says_wins_over_what_the_token_carries() {
    let shipping = [
        ("payment_method", "pm_card_visa"),
        ("shipping[name]", "Token"),
        ("shipping[address][line1]", "1 Token Street"),
        ("return_url", "https://shop.test/token"),
    ];
    for (given, name) in [(None, "Token"), (Some("Request"), "Request")] {
        let mut machine = Machine::new();
        let token = machine
            .post("/v1/test_helpers/confirmation_tokens", &shipping)
            .ok()
            .id();
        let mut fields = vec![
            ("amount", "500"),
            ("currency", "usd"),
            ("confirm", "true"),
            ("confirmation_token", token.as_str()),
        ];
        if let Some(given) = given {
            fields.push(("shipping[name]", given));
            fields.push(("shipping[address][line1]", "2 Request Street"));
        }
        let answer = machine.post("/v1/payment_intents", &fields).ok();
        assert_eq!(answer.body["shipping"]["name"], name);
    }
}

#[test]
fn a_confirmation_says_where_to_return_to_unless_nothing_can_redirect() {
    let cases: &[(&[(&str, &str)], u16)] = &[
        (&[], 400),
        (&[("return_url", "https://shop.test/return")], 200),
        (&[("return_url", "nowhere")], 400),
        (
            &[
                ("automatic_payment_methods[enabled]", "true"),
                ("automatic_payment_methods[allow_redirects]", "never"),
            ],
            200,
        ),
    ];
    for (more, status) in cases {
        let mut machine = Machine::new();
        let token = machine.token("4242424242424242");
        let mut fields = vec![
            ("amount", "1999"),
            ("currency", "usd"),
            ("confirm", "true"),
            ("confirmation_token", token.as_str()),
        ];
        fields.extend_from_slice(more);
        assert_eq!(
            machine.post("/v1/payment_intents", &fields).status,
            *status,
            "{more:?}"
        );
    }
}

#[test]
fn a_token_is_made_in_the_browser_and_read_on_the_server() {
    let mut machine = Machine::new();
    let token = machine.token("4242424242424242");
    let target = format!("/v1/confirmation_tokens/{token}");
    let read = machine.get(&target).ok();
    assert_eq!(read.body["payment_method_preview"]["card"]["last4"], "4242");
    assert_eq!(read.body["payment_intent"], Value::Null);
    assert!(
        !read.text.contains("4242424242424242"),
        "no card number leaves the sandbox"
    );
    let browser = machine.browser("GET", &target, &[]);
    assert_eq!(
        (browser.status, browser.error("code")),
        (401, "secret_key_required".into())
    );
    let server = machine.post(
        "/v1/confirmation_tokens",
        &[("payment_method_data[type]", "card")],
    );
    assert_eq!(server.status, 400);
}

#[test]
fn the_types_that_elements_was_told_are_those_of_the_intent() {
    let told = "client_context[allowed_payment_method_types][]";
    let allowed = "allowed_payment_method_types[]";
    for (declared, server, status) in [
        (Some("card"), Some("card"), 200),
        (Some("card"), None, 400),
        (Some("klarna"), Some("card"), 400),
        (None, Some("card"), 200),
    ] {
        let mut machine = Machine::new();
        let mut fields = vec![
            ("payment_method_data[type]", "card"),
            ("payment_method_data[card][number]", "4242424242424242"),
            ("payment_method_data[card][exp_month]", "12"),
            ("payment_method_data[card][exp_year]", "2034"),
            ("client_context[mode]", "payment"),
        ];
        fields.extend(declared.map(|kind| (told, kind)));
        let token = machine
            .browser("POST", "/v1/confirmation_tokens", &fields)
            .ok()
            .id();
        let more: Vec<_> = server.map(|kind| (allowed, kind)).into_iter().collect();
        let answer = machine.pay_with(&token, &more);
        assert_eq!(
            answer.status, status,
            "{declared:?} {server:?}: {}",
            answer.text
        );
    }
}
