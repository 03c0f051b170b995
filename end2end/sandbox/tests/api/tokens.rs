//! Tokens: what they show, that they are used once, and a saved card's security code asked for again.

use crate::machine::{Answer, Fields, Machine, text};
use serde_json::{Value, json};

const CARD: Fields<'_> = &[
    ("card[number]", "5555555555554444"),
    ("card[exp_month]", "12"),
    ("card[exp_year]", "2034"),
    ("card[cvc]", "123"),
    ("card[name]", "Jenny"),
    ("card[address_zip]", "94107"),
];

fn tokenize(machine: &mut Machine, fields: Fields<'_>) -> Answer {
    machine.browser("POST", "/v1/tokens", fields)
}

fn cvc_token(machine: &mut Machine) -> String {
    tokenize(machine, &[("cvc_update[cvc]", "123")]).ok().id()
}

/// A card attached to a new customer without its security code: both ids.
fn saved(machine: &mut Machine, number: &str) -> (String, String) {
    let customer = machine.customer();
    let fields = [
        ("type", "card"),
        ("card[number]", number),
        ("card[exp_month]", "12"),
        ("card[exp_year]", "2034"),
    ];
    let method = machine.post("/v1/payment_methods", &fields).ok().id();
    let path = format!("/v1/payment_methods/{method}/attach");
    machine.post(&path, &[("customer", &customer)]).ok();
    (customer, method)
}

fn cvc_check(charge: &Value) -> &Value {
    &charge["payment_method_details"]["card"]["checks"]["cvc_check"]
}

#[test]
fn a_token_shows_what_it_stands_for_and_nothing_secret() {
    let mut machine = Machine::new();
    let account: Fields<'_> = &[
        ("bank_account[country]", "US"),
        ("bank_account[currency]", "usd"),
        ("bank_account[account_holder_name]", "Jenny"),
        ("bank_account[account_number]", "000123456789"),
        ("bank_account[routing_number]", "110000000"),
    ];
    let cases: &[(Fields<'_>, &str, &str, &str, Value)] = &[
        (CARD, "tok_", "card", "/card/brand", json!("MasterCard")),
        (CARD, "tok_", "card", "/card/cvc_check", json!("unchecked")),
        (CARD, "tok_", "card", "/card/address_zip", json!("94107")),
        (
            account,
            "btok_",
            "bank_account",
            "/bank_account/last4",
            json!("6789"),
        ),
        (
            &[
                ("bank_account[country]", "DE"),
                ("bank_account[account_number]", "DE89370400440532013000"),
            ],
            "btok_",
            "bank_account",
            "/bank_account/currency",
            json!("eur"),
        ),
        (
            &[("cvc_update[cvc]", "1234")],
            "cvctok_",
            "cvc_update",
            "/used",
            json!(false),
        ),
        (
            &[("pii[id_number]", "000000000")],
            "pii_",
            "pii",
            "/used",
            json!(false),
        ),
        (
            &[("person[first_name]", "Jenny")],
            "cpt_",
            "person",
            "/used",
            json!(false),
        ),
        (
            &[("account[business_type]", "company")],
            "ct_",
            "account",
            "/used",
            json!(false),
        ),
    ];
    for (fields, prefix, kind, place, expected) in cases {
        let token = tokenize(&mut machine, fields).ok();
        assert!(token.id().starts_with(prefix), "{}", token.text);
        assert_eq!(token.body["type"], *kind);
        assert_eq!(token.body.pointer(place), Some(expected), "{}", token.text);
        assert!(!token.text.contains("5555555555554444"), "{}", token.text);
        let again = machine.get(&format!("/v1/tokens/{}", token.id())).ok();
        assert_eq!(again.body, token.body);
    }
}

#[test]
fn a_token_stands_for_exactly_one_thing_that_is_right() {
    let mut machine = Machine::new();
    for (fields, status, code) in [
        (&[][..], 400, "parameter_missing"),
        (&[("cvc_update[cvc]", "12")], 402, "invalid_cvc"),
        (&[("cvc_update[cvc]", "abc")], 402, "invalid_cvc"),
        (
            &[("cvc_update[cvc]", "123"), ("pii[id_number]", "1")],
            400,
            "parameters_exclusive",
        ),
        (
            &[
                ("card[number]", "4242424242424241"),
                ("card[exp_month]", "12"),
                ("card[exp_year]", "2034"),
            ],
            402,
            "incorrect_number",
        ),
        (
            &[
                ("bank_account[country]", "US"),
                ("bank_account[account_number]", "000123456789"),
                ("bank_account[routing_number]", "110000001"),
            ],
            400,
            "routing_number_invalid",
        ),
    ] {
        let answer = tokenize(&mut machine, fields);
        assert_eq!(answer.status, status, "{fields:?}: {}", answer.text);
        assert_eq!(answer.error("code"), code, "{fields:?}");
    }
}

#[test]
fn a_card_s_token_makes_one_payment_method() {
    let mut machine = Machine::new();
    for path in [
        "/v1/payment_methods",
        "/v1/test_helpers/confirmation_tokens",
    ] {
        let place = match path {
            "/v1/payment_methods" => "",
            _ => "payment_method_data",
        };
        let name = |field: &str| match (place, field.split_once('[')) {
            ("", _) => field.to_owned(),
            (place, Some((first, rest))) => format!("{place}[{first}][{rest}"),
            (place, None) => format!("{place}[{field}]"),
        };
        let token = tokenize(&mut machine, CARD).ok().id();
        let fields = [
            (name("type"), "card".to_owned()),
            (name("card[token]"), token.clone()),
        ];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (&a[..], &b[..])).collect();
        let made = machine.post(path, &fields).ok().body;
        let shown = match place {
            "" => &made,
            _ => &made["payment_method_preview"],
        };
        assert_eq!(shown["card"]["brand"], "mastercard", "{path}");
        assert_eq!(shown["billing_details"]["name"], "Jenny", "{path}");
        assert_eq!(
            shown["billing_details"]["address"]["postal_code"], "94107",
            "{path}"
        );
        let used = machine.get(&format!("/v1/tokens/{token}")).ok().body;
        assert_eq!(used["used"], true, "{path}");
        let again = machine.post(path, &fields);
        assert_eq!(again.status, 400, "{path}");
        assert_eq!(again.error("code"), "token_already_used", "{path}");
    }
}

#[test]
fn named_tokens_pay_as_often_as_one_likes() {
    let mut machine = Machine::new();
    for (token, status) in [
        ("tok_visa", 200),
        ("tok_visa", 200),
        ("tok_mastercard", 200),
        ("tok_visa_chargeDeclined", 402),
        ("tok_chargeDeclinedExpiredCard", 402),
        ("tok_nothing", 400),
    ] {
        let fields = [
            ("amount", "1999"),
            ("currency", "usd"),
            ("confirm", "true"),
            ("payment_method_data[type]", "card"),
            ("payment_method_data[card][token]", token),
            ("return_url", "https://shop.test/return"),
        ];
        let answer = machine.post("/v1/payment_intents", &fields);
        assert_eq!(answer.status, status, "{token}: {}", answer.text);
    }
}

#[test]
fn a_security_code_asked_for_again_is_checked_once() {
    for (card, expected) in [
        ("4242424242424242", json!("pass")),
        ("4000000000000101", json!("fail")),
    ] {
        let mut machine = Machine::new();
        let (customer, method) = saved(&mut machine, card);
        let token = cvc_token(&mut machine);
        let more = [
            ("customer", customer.as_str()),
            ("expand[]", "latest_charge"),
            ("payment_method_options[card][cvc_token]", token.as_str()),
            (
                "payment_method_options[card][require_cvc_recollection]",
                "true",
            ),
        ];
        let paid = machine.pay_by(&method, &more).ok().body;
        assert_eq!(*cvc_check(&paid["latest_charge"]), expected, "{card}");
        assert_eq!(
            paid["payment_method_options"]["card"]["require_cvc_recollection"],
            true
        );
        let again = machine.pay_by(&method, &more);
        assert_eq!(again.error("code"), "token_already_used", "{card}");
        let without = machine
            .pay_by(
                &method,
                &[("customer", &customer), ("expand[]", "latest_charge")],
            )
            .ok()
            .body;
        assert_eq!(*cvc_check(&without["latest_charge"]), Value::Null, "{card}");
    }
}

#[test]
fn a_wrong_security_code_declines_the_card_that_says_so() {
    let mut machine = Machine::new();
    let token = cvc_token(&mut machine);
    let more = [("payment_method_options[card][cvc_token]", token.as_str())];
    let declined = machine.pay_by("pm_card_chargeDeclinedIncorrectCvc", &more);
    assert_eq!(declined.error("code"), "incorrect_cvc");
    let used = machine.get(&format!("/v1/tokens/{token}")).ok().body;
    assert_eq!(used["used"], true, "a declined try has used it");
}

#[test]
fn an_intent_keeps_its_code_until_it_is_confirmed() {
    let mut machine = Machine::new();
    let (customer, method) = saved(&mut machine, "4242424242424242");
    let fields = [
        ("amount", "1999"),
        ("currency", "usd"),
        ("customer", customer.as_str()),
        ("payment_method", method.as_str()),
        (
            "payment_method_options[card][require_cvc_recollection]",
            "true",
        ),
    ];
    let intent = machine.post("/v1/payment_intents", &fields).ok().id();
    let path = format!("/v1/payment_intents/{intent}");
    let back = [("return_url", "https://shop.test/return")];
    let refused = machine.post(&format!("{path}/confirm"), &back);
    assert_eq!(refused.status, 400, "{}", refused.text);
    assert_eq!(
        refused.error("param"),
        "payment_method_options[card][cvc_token]"
    );
    let token = cvc_token(&mut machine);
    let update = [("payment_method_options[card][cvc_token]", token.as_str())];
    machine.post(&path, &update).ok();
    machine.post(&path, &[("description", "two")]).ok();
    let paid = machine.post(&format!("{path}/confirm"), &back).ok();
    assert_eq!(paid.body["status"], "succeeded");
    let other = machine.post("/v1/payment_intents", &fields).ok().id();
    let again = machine.post(&format!("/v1/payment_intents/{other}"), &update);
    assert_eq!(again.error("code"), "token_already_used");
}

#[test]
fn off_session_nobody_is_there_to_ask() {
    let mut machine = Machine::new();
    let (customer, method) = saved(&mut machine, "4242424242424242");
    let more = [
        ("customer", customer.as_str()),
        ("off_session", "true"),
        (
            "payment_method_options[card][require_cvc_recollection]",
            "true",
        ),
    ];
    machine.pay_by(&method, &more).ok();
}

#[test]
fn a_code_survives_3d_secure() {
    let mut machine = Machine::new();
    let token = cvc_token(&mut machine);
    let more = [("payment_method_options[card][cvc_token]", token.as_str())];
    let waiting = machine
        .pay_by("pm_card_threeDSecure2Required", &more)
        .ok()
        .body;
    let source = text(&waiting["next_action"]["use_stripe_sdk"]["three_d_secure_2_source"]);
    machine.bank(&source, "complete").ok();
    let paid = machine.intent(&text(&waiting["id"]));
    assert_eq!(*cvc_check(&paid["latest_charge"]), "pass");
}

#[test]
fn a_confirmation_token_brings_its_security_code() {
    let mut machine = Machine::new();
    let cvc = cvc_token(&mut machine);
    let fields = [
        ("payment_method_data[type]", "card"),
        ("payment_method_data[card][token]", "tok_visa"),
        ("payment_method_options[card][cvc_token]", cvc.as_str()),
    ];
    let made = machine
        .browser("POST", "/v1/confirmation_tokens", &fields)
        .ok();
    assert_eq!(
        made.body["payment_method_options"]["card"]["cvc_token"],
        cvc
    );
    let paid = machine.pay_with(&made.id(), &[("expand[]", "latest_charge")]);
    assert_eq!(*cvc_check(&paid.ok().body["latest_charge"]), "pass");
    let used = machine.get(&format!("/v1/tokens/{cvc}")).ok().body;
    assert_eq!(used["used"], true);
}

#[test]
fn only_a_security_code_is_taken_for_one() {
    let mut machine = Machine::new();
    let card = tokenize(&mut machine, CARD).ok().id();
    for (token, code) in [
        (card.as_str(), Value::Null),
        ("cvctok_none", json!("resource_missing")),
    ] {
        let more = [("payment_method_options[card][cvc_token]", token)];
        let refused = machine.pay_by("pm_card_visa", &more);
        assert_eq!((refused.status, refused.error("code")), (400, code));
    }
    let used = machine.get(&format!("/v1/tokens/{card}")).ok().body;
    assert_eq!(used["used"], false, "a refused request has no effect");
}
