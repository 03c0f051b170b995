//! Methods that leave the page, and 3-D Secure where it does: the test page, and the way back.

use crate::machine::{Answer, Fields, Machine, text};
use serde_json::{Value, json};

fn pay(machine: &mut Machine, site: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("amount", "1999"),
        ("currency", "eur"),
        ("confirm", "true"),
        ("payment_method_data[type]", site),
        ("payment_method_data[billing_details][name]", "Jenny Rosen"),
        (
            "payment_method_data[billing_details][email]",
            "jenny@example.com",
        ),
        ("return_url", "https://shop.test/return?order=7#done"),
    ];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend_from_slice(more);
    machine.post("/v1/payment_intents", &fields)
}

/// Presses a button on the test page; the address it leads to.
fn press(machine: &mut Machine, url: &str, button: &str) -> Option<String> {
    let path = url.strip_prefix("http://sandbox.test").unwrap_or_default();
    let mut request = Machine::request("", "POST", &format!("{path}/{button}"), Vec::new());
    request.authorization = None;
    let answer = machine.send(&request);
    assert_eq!(answer.status, 303, "{}", answer.text);
    answer.header("location").map(str::to_owned)
}

#[test]
fn the_shopper_comes_back_with_what_stripe_adds_to_the_address() {
    for site in [
        "ideal",
        "bancontact",
        "eps",
        "p24",
        "klarna",
        "paypal",
        "amazon_pay",
        "revolut_pay",
    ] {
        for (button, redirect_status, status) in [
            ("authorize", "succeeded", "succeeded"),
            ("fail", "failed", "requires_payment_method"),
        ] {
            let mut machine = Machine::new();
            let intent = pay(&mut machine, site, &[]).ok();
            assert_eq!(intent.body["status"], "requires_action", "{site}");
            let action = &intent.body["next_action"];
            assert_eq!(action["type"], "redirect_to_url", "{site}");
            let url = text(&action["redirect_to_url"]["url"]);
            assert!(
                url.starts_with(&format!("http://sandbox.test/test_payment/{site}/payatt_")),
                "{url}"
            );
            let secret = text(&intent.body["client_secret"]);
            let back = format!(
                "https://shop.test/return?order=7&payment_intent={}&payment_intent_client_secret={secret}\
                 &redirect_status={redirect_status}#done",
                intent.id()
            );
            assert_eq!(
                press(&mut machine, &url, button),
                Some(back.clone()),
                "{site}"
            );
            let other = if button == "fail" {
                "authorize"
            } else {
                "fail"
            };
            assert_eq!(
                press(&mut machine, &url, other),
                Some(back),
                "{site}: only the first answer counts"
            );
            let after = machine.intent(&intent.id());
            assert_eq!(after["status"], status, "{site}");
            if status == "succeeded" {
                assert_eq!(
                    after["latest_charge"]["payment_method_details"]["type"],
                    site
                );
            } else {
                assert_eq!(
                    after["last_payment_error"]["code"],
                    "payment_intent_authentication_failure"
                );
            }
        }
    }
}

#[test]
fn redirects_go_where_they_are_welcome() {
    let cases: &[(&str, Fields<'_>, u16)] = &[
        ("ideal", &[("currency", "usd")], 400),
        (
            "ideal",
            &[
                ("automatic_payment_methods[enabled]", "true"),
                ("automatic_payment_methods[allow_redirects]", "never"),
            ],
            400,
        ),
        ("ideal", &[("capture_method", "manual")], 400),
        ("klarna", &[("capture_method", "manual")], 200),
        ("eps", &[("setup_future_usage", "off_session")], 400),
        (
            "eps",
            &[("payment_method_data[billing_details][name]", "")],
            400,
        ),
        ("affirm", &[("currency", "usd")], 400),
        ("affirm", &[("currency", "usd"), ("amount", "5000")], 200),
        ("fpx", &[("currency", "myr")], 400),
        (
            "fpx",
            &[
                ("currency", "myr"),
                ("payment_method_data[fpx][bank]", "hsbc"),
            ],
            200,
        ),
        (
            "ideal",
            &[("confirmation_method", "manual"), ("return_url", "")],
            400,
        ),
        ("ideal", &[("error_on_requires_action", "true")], 402),
        ("giropay", &[], 400),
        (
            "klarna",
            &[("automatic_payment_methods[enabled]", "false")],
            400,
        ),
        (
            "klarna",
            &[
                ("payment_method_options[klarna][capture_method]", "manual"),
                ("payment_method_options[klarna][preferred_locale]", "de-DE"),
            ],
            200,
        ),
    ];
    for (site, more, status) in cases {
        let mut machine = Machine::new();
        let answer = pay(&mut machine, site, more);
        assert_eq!(answer.status, *status, "{site} {more:?}: {}", answer.text);
    }
}

#[test]
fn without_stripe_js_a_card_authenticates_on_a_page_of_its_own() {
    for (path, name) in [
        ("/v1/payment_intents", "payment_intent"),
        ("/v1/setup_intents", "setup_intent"),
    ] {
        let mut machine = Machine::new();
        let mut fields = vec![
            ("confirm", "true"),
            ("payment_method", "pm_card_threeDSecure2Required"),
            ("return_url", "https://shop.test/return"),
            ("use_stripe_sdk", "false"),
        ];
        if name == "payment_intent" {
            fields.extend([("amount", "1999"), ("currency", "usd")]);
        }
        let intent = machine.post(path, &fields).ok();
        let redirect = &intent.body["next_action"]["redirect_to_url"];
        assert_eq!(redirect["return_url"], "https://shop.test/return", "{name}");
        let back = press(&mut machine, &text(&redirect["url"]), "authorize").unwrap_or_default();
        let start = format!(
            "https://shop.test/return?{name}={}&{name}_client_secret=",
            intent.id()
        );
        assert!(back.starts_with(&start), "{back}");
        assert_eq!(
            machine.get(&format!("{path}/{}", intent.id())).ok().body["status"],
            "succeeded",
            "{name}"
        );
    }
}

#[test]
fn an_unknown_attempt_has_no_answer() {
    let mut machine = Machine::new();
    let mut request = Machine::request(
        "",
        "POST",
        "/test_payment/ideal/payatt_x/authorize",
        Vec::new(),
    );
    request.authorization = None;
    let answer = machine.send(&request);
    assert_eq!((answer.status, answer.header("location")), (404, None));
    assert_eq!(answer.body["error"]["payment_intent"], Value::Null);
    assert_eq!(answer.error("code"), json!("resource_missing"));
}
