//! Vouchers and codes: paid elsewhere, in their own time or never.

use crate::machine::{Answer, Fields, Machine, START_MS, text};
use serde_json::{Value, json};

const MINUTE_S: i64 = 60;
const DAY_S: i64 = 24 * 60 * MINUTE_S;
/// The test's first second.
const START_S: i64 = START_MS as i64 / 1000;

/// Method, currency, amount, and what it must know besides a name and an e-mail.
const METHODS: &[(&str, &str, &str, Fields<'_>)] = &[
    ("oxxo", "mxn", "1999", &[]),
    ("boleto", "brl", "1999", BOLETO),
    ("konbini", "jpy", "1999", &[]),
    ("multibanco", "eur", "1999", &[]),
    ("pix", "brl", "1999", &[]),
];

const BOLETO: Fields<'_> = &[
    ("payment_method_data[boleto][tax_id]", "000.000.000-00"),
    (
        "payment_method_data[billing_details][address][line1]",
        "Rua 1",
    ),
    ("payment_method_data[billing_details][address][city]", "Rio"),
    ("payment_method_data[billing_details][address][state]", "RJ"),
    (
        "payment_method_data[billing_details][address][postal_code]",
        "20000-000",
    ),
    (
        "payment_method_data[billing_details][address][country]",
        "BR",
    ),
];

fn pay(machine: &mut Machine, method: &str, email: &str, more: &[(&str, &str)]) -> Answer {
    let known = METHODS.iter().find(|known| known.0 == method);
    let (_, currency, amount, needs) = *known.expect("a method of the table");
    let mut fields = vec![
        ("amount", amount),
        ("currency", currency),
        ("confirm", "true"),
        ("payment_method_data[type]", method),
        ("payment_method_data[billing_details][name]", "Jenny Rosen"),
        ("payment_method_data[billing_details][email]", email),
        ("return_url", "https://shop.test/"),
    ];
    fields.extend_from_slice(needs);
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend_from_slice(more);
    machine.post("/v1/payment_intents", &fields)
}

/// The type of the action, and its object.
fn action(intent: &Value) -> (String, Value) {
    let kind = text(&intent["next_action"]["type"]);
    let details = intent["next_action"][&kind].clone();
    (kind, details)
}

#[test]
fn the_payer_s_e_mail_says_what_becomes_of_a_voucher() {
    // Until it is decided, and how.
    let payers = [
        ("jenny@example.com", 3 * MINUTE_S, "succeeded"),
        ("a.succeed_immediately@example.com", 1, "succeeded"),
        (
            "expire_immediately@example.com",
            1,
            "requires_payment_method",
        ),
        (
            "expire_with_delay@example.com",
            3 * MINUTE_S,
            "requires_payment_method",
        ),
    ];
    for (method, ..) in METHODS {
        for (email, seconds, status) in payers {
            let mut machine = Machine::new();
            let name = format!("{method} {email}");
            let intent = pay(&mut machine, method, email, &[]).ok();
            assert_eq!(intent.body["status"], "requires_action", "{name}");
            assert_eq!(intent.body["latest_charge"], Value::Null, "{name}");
            machine.advance(seconds - 1);
            assert_eq!(
                machine.intent(&intent.id())["status"],
                "requires_action",
                "{name}"
            );
            machine.advance(1);
            let after = machine.intent(&intent.id());
            assert_eq!(after["status"], status, "{name}");
            if status == "succeeded" {
                let details = &after["latest_charge"]["payment_method_details"];
                assert_eq!(details["type"], *method, "{name}");
            } else {
                let error = &after["last_payment_error"];
                assert_eq!(
                    error["code"], "payment_intent_payment_attempt_expired",
                    "{name}"
                );
                assert_eq!(error["payment_method"]["type"], *method, "{name}");
            }
            machine.advance(30 * DAY_S);
            assert_eq!(
                machine.intent(&intent.id())["status"],
                status,
                "{name}: for good"
            );
        }
    }
}

#[test]
fn an_unpaid_voucher_expires_when_it_says() {
    // The test begins at midnight UTC: 18:00 the day before in Mexico, 21:00 in Brazil, 09:00 in Japan.
    let cases: &[(&str, Fields<'_>, &str, i64)] = &[
        ("oxxo", &[], "expires_after", 3 * DAY_S - 1 + 6 * 3600),
        ("boleto", &[], "expires_at", 3 * DAY_S - 1 + 3 * 3600),
        (
            "boleto",
            &[("payment_method_options[boleto][expires_after_days]", "0")],
            "expires_at",
            3 * 3600 - 1,
        ),
        ("konbini", &[], "expires_at", 4 * DAY_S - 1 - 9 * 3600),
        ("pix", &[], "expires_at", 4 * 3600),
        (
            "pix",
            &[("payment_method_options[pix][expires_after_seconds]", "60")],
            "expires_at",
            60,
        ),
    ];
    for (method, more, field, seconds) in cases {
        let mut machine = Machine::new();
        let intent = pay(&mut machine, method, "fill_never@example.com", more).ok();
        let (_, details) = action(&intent.body);
        assert_eq!(
            details[field],
            json!(START_S + seconds),
            "{method} {more:?}"
        );
        machine.advance(seconds - 1);
        assert_eq!(
            machine.intent(&intent.id())["status"],
            "requires_action",
            "{method}"
        );
        machine.advance(1);
        let after = machine.intent(&intent.id());
        assert_eq!(
            after["status"], "requires_payment_method",
            "{method} {more:?}"
        );
        let last = machine.events().pop();
        assert_eq!(
            last.as_deref(),
            Some("payment_intent.payment_failed"),
            "{method}"
        );
    }
}

#[test]
fn late_money_for_a_multibanco_voucher_is_waited_for() {
    let mut machine = Machine::new();
    let intent = pay(&mut machine, "multibanco", "fill_never@example.com", &[]).ok();
    let (_, details) = action(&intent.body);
    assert_eq!(details["expires_at"], json!(START_S + 7 * DAY_S));
    machine.advance(7 * DAY_S);
    let waiting = machine.intent(&intent.id());
    assert_eq!(
        (&waiting["status"], &waiting["next_action"]),
        (&json!("processing"), &Value::Null)
    );
    assert_eq!(
        machine.events().pop().as_deref(),
        Some("payment_intent.processing")
    );
    machine.advance(4 * DAY_S - 1);
    assert_eq!(machine.intent(&intent.id())["status"], "processing");
    machine.advance(1);
    assert_eq!(
        machine.intent(&intent.id())["status"],
        "requires_payment_method"
    );
}

#[test]
fn konbini_s_confirmation_number_goes_before_the_e_mail() {
    let option = "payment_method_options[konbini][confirmation_number]";
    for (number, status) in [
        ("22222222220", "succeeded"),
        ("33333333330", "requires_payment_method"),
        ("44444444440", "requires_action"),
        ("0123456789", "succeeded"),
    ] {
        let mut machine = Machine::new();
        let email = "succeed_immediately@example.com";
        let intent = pay(&mut machine, "konbini", email, &[(option, number)]).ok();
        let (_, details) = action(&intent.body);
        assert_eq!(details["stores"]["lawson"]["confirmation_number"], number);
        let shown = &intent.body["payment_method_options"]["konbini"];
        assert_eq!(shown["confirmation_number"], number);
        assert_eq!(shown["expires_at"], Value::Null);
        machine.advance(1);
        assert_eq!(machine.intent(&intent.id())["status"], status, "{number}");
    }
    let mut machine = Machine::new();
    let refused = pay(
        &mut machine,
        "konbini",
        "a@b.test",
        &[(option, "00000000000")],
    );
    assert_eq!(
        refused.error("code"),
        "payment_intent_konbini_rejected_confirmation_number"
    );
}

#[test]
fn a_voucher_says_where_to_pay_and_the_charge_repeats_its_number() {
    for (method, number) in [("oxxo", "number"), ("multibanco", "reference")] {
        let mut machine = Machine::new();
        let intent = pay(&mut machine, method, "jenny@example.com", &[]).ok();
        let (kind, details) = action(&intent.body);
        assert_eq!(kind, format!("{method}_display_details"));
        let page = text(&details["hosted_voucher_url"]);
        let path = page.strip_prefix("http://sandbox.test").unwrap_or_default();
        let mut press = Machine::request("", "POST", &format!("{path}/authorize"), Vec::new());
        press.authorization = None;
        let answer = machine.send(&press);
        // There is no shop to come back to.
        assert_eq!(
            answer.header("location"),
            Some(format!("{path}?answered").as_str())
        );
        let paid = machine.intent(&intent.id());
        assert_eq!(paid["status"], "succeeded", "{method}");
        let charged = &paid["latest_charge"]["payment_method_details"][method];
        assert_eq!(charged[number], details[number], "{method}");
    }
}

#[test]
fn an_unpaid_voucher_can_be_asked_for_anew_or_canceled() {
    let mut machine = Machine::new();
    let intent = pay(&mut machine, "oxxo", "fill_never@example.com", &[]).ok();
    let path = format!("/v1/payment_intents/{}", intent.id());
    let fields = [("return_url", "https://shop.test/")];
    let again = machine.post(&format!("{path}/confirm"), &fields).ok();
    assert_eq!(again.body["status"], "requires_action");
    assert_ne!(action(&again.body), action(&intent.body));
    machine.post(&format!("{path}/cancel"), &[]).ok();
    machine.advance(30 * DAY_S);
    assert_eq!(machine.intent(&intent.id())["status"], "canceled");
}

#[test]
fn what_a_method_must_know_is_asked_for() {
    let name = "payment_method_data[billing_details][name]";
    let email = "payment_method_data[billing_details][email]";
    let cases: &[(&str, Fields<'_>, &str, &str)] = &[
        ("oxxo", &[(name, "Jenny")], "parameter_missing", name),
        ("oxxo", &[(name, "J Rosen")], "parameter_missing", name),
        ("konbini", &[(email, "")], "parameter_missing", email),
        ("multibanco", &[(email, "")], "parameter_missing", email),
        (
            "boleto",
            &[("payment_method_data[billing_details][address][city]", "")],
            "payment_method_billing_details_address_missing",
            "payment_method_data[billing_details][address]",
        ),
        (
            "oxxo",
            &[("amount", "1000001")],
            "payment_intent_incompatible_payment_method",
            "payment_method",
        ),
        (
            "konbini",
            &[("amount", "300001")],
            "payment_intent_incompatible_payment_method",
            "payment_method",
        ),
        (
            "oxxo",
            &[("payment_method_options[oxxo][expires_after_days]", "8")],
            "parameter_invalid_integer",
            "payment_method_options[oxxo][expires_after_days]",
        ),
        (
            "pix",
            &[
                ("payment_method_options[pix][expires_after_seconds]", "60"),
                ("payment_method_options[pix][expires_at]", "1900000000"),
            ],
            "parameters_exclusive",
            "payment_method_options[pix][expires_at]",
        ),
    ];
    for (method, more, code, param) in cases {
        let mut machine = Machine::new();
        let refused = pay(&mut machine, method, "jenny@example.com", more);
        assert_eq!(
            refused.error("code"),
            *code,
            "{method} {more:?}: {}",
            refused.text
        );
        assert_eq!(refused.error("param"), *param, "{method} {more:?}");
        assert_eq!(machine.state()["payment_intents"], json!([]), "{method}");
    }
}

#[test]
fn codes_are_shown_with_a_page_that_pays_them() {
    let cases: &[(&str, &str, Fields<'_>, &str, &[&str])] = &[
        (
            "paynow",
            "sgd",
            &[],
            "paynow_display_qr_code",
            &["hosted_instructions_url"],
        ),
        (
            "promptpay",
            "thb",
            &[],
            "promptpay_display_qr_code",
            &["hosted_instructions_url"],
        ),
        (
            "wechat_pay",
            "cny",
            &[],
            "wechat_pay_display_qr_code",
            &["hosted_instructions_url"],
        ),
        (
            "wechat_pay",
            "usd",
            &[("payment_method_options[wechat_pay][client]", "ios")],
            "wechat_pay_redirect_to_ios_app",
            &["native_url"],
        ),
        ("alipay", "usd", &[], "alipay_handle_redirect", &["url"]),
        (
            "cashapp",
            "usd",
            &[],
            "cashapp_handle_redirect_or_display_qr_code",
            &["hosted_instructions_url", "mobile_auth_url"],
        ),
        (
            "swish",
            "sek",
            &[],
            "swish_handle_redirect_or_display_qr_code",
            &["hosted_instructions_url", "mobile_auth_url"],
        ),
    ];
    for (method, currency, more, kind, pages) in cases {
        let mut machine = Machine::new();
        let mut fields = vec![
            ("amount", "1999"),
            ("currency", *currency),
            ("confirm", "true"),
            ("payment_method_data[type]", *method),
            ("payment_method_data[billing_details][email]", "a@b.test"),
            ("return_url", "https://shop.test/"),
        ];
        fields.extend_from_slice(more);
        let intent = machine.post("/v1/payment_intents", &fields).ok();
        let (found, details) = action(&intent.body);
        assert_eq!(found, *kind);
        let page = format!("http://sandbox.test/test_payment/{method}/payatt_");
        for field in *pages {
            assert!(
                text(&details[field]).starts_with(&page),
                "{method}: {details}"
            );
        }
        let path = text(&details[pages[0]]);
        let path = path.trim_start_matches("http://sandbox.test").to_owned();
        let mut press = Machine::request("", "POST", &format!("{path}/authorize"), Vec::new());
        press.authorization = None;
        assert_eq!(machine.send(&press).status, 303, "{method}");
        assert_eq!(
            machine.intent(&intent.id())["status"],
            "succeeded",
            "{method}"
        );
    }
}
