//! Customers, and what a page may do of their saved methods.

use crate::machine::{Fields, Machine};
use serde_json::{Value, json};

const CUSTOMERS: &str = "/v1/customers";

#[test]
fn a_customer_is_made_changed_and_deleted() {
    let mut machine = Machine::new();
    let id = machine.customer();
    assert!(id.starts_with("cus_"), "{id}");
    let path = format!("{CUSTOMERS}/{id}");
    let changes: &[(Fields<'_>, &str, Value)] = &[
        (&[("name", "Jane")], "/name", json!("Jane")),
        (&[("name", "")], "/name", Value::Null),
        (&[("metadata[a]", "1")], "/metadata/a", json!("1")),
        (&[("metadata[a]", "")], "/metadata", json!({})),
        (&[("address[city]", "Rome")], "/address/city", json!("Rome")),
        (&[("address", "")], "/address", Value::Null),
        (
            &[("tax_exempt", "reverse")],
            "/tax_exempt",
            json!("reverse"),
        ),
        (&[("balance", "-500")], "/balance", json!(-500)),
    ];
    for (fields, place, value) in changes {
        let answer = machine.post(&path, fields).ok();
        assert_eq!(answer.body.pointer(place), Some(value), "{fields:?}");
        let updated = machine.state()["events"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let last = &updated[updated.len() - 1];
        assert_eq!(last["type"], "customer.updated", "{fields:?}");
        let changed = last["data"]["previous_attributes"].as_object();
        assert_eq!(changed.map(serde_json::Map::len), Some(1), "{fields:?}");
    }
    let gone = json!({ "id": id, "object": "customer", "deleted": true });
    assert_eq!(machine.delete(&path).ok().body, gone);
    assert_eq!(machine.get(&path).ok().body, gone);
    assert_eq!(machine.post(&path, &[("name", "x")]).status, 404);
    assert_eq!(machine.delete(&path).status, 404);
    assert_eq!(machine.get(CUSTOMERS).ok().body["data"], json!([]));
    let fields = [("amount", "500"), ("currency", "usd"), ("customer", &id)];
    let refused = machine.post("/v1/payment_intents", &fields);
    assert_eq!(refused.error("code"), "resource_missing");
}

#[test]
fn wrong_customers_are_refused() {
    for (name, value, param) in [
        ("email", "nobody", "email"),
        ("shipping[name]", "x", "shipping[address]"),
        ("tax_exempt", "perhaps", "tax_exempt"),
        ("invoice_prefix", "no", "invoice_prefix"),
        ("payment_method", "pm_unknown", "payment_method"),
        ("source", "tok_visa", "source"),
        (
            "invoice_settings[default_payment_method]",
            "pm_x",
            "invoice_settings[default_payment_method]",
        ),
        ("colour", "red", "colour"),
    ] {
        let mut machine = Machine::new();
        let answer = machine.post(CUSTOMERS, &[(name, value)]);
        assert!((400..405).contains(&answer.status), "{name}={value}");
        assert_eq!(answer.error("param"), param, "{name}={value}");
        assert_eq!(machine.state()["customers"], json!([]), "{name}={value}");
    }
}

#[test]
fn customers_are_found_by_email() {
    let mut machine = Machine::new();
    let id = machine.customer();
    machine
        .post(CUSTOMERS, &[("email", "other@example.com")])
        .ok();
    for (query, expected) in [
        ("email=jenny@example.com", 1),
        ("email=no@example.com", 0),
        ("", 2),
    ] {
        let list = machine.get(&format!("{CUSTOMERS}?{query}")).ok().body;
        assert_eq!(
            list["data"].as_array().map(Vec::len),
            Some(expected),
            "{query}"
        );
    }
    machine
        .post(
            &format!("{CUSTOMERS}/{id}"),
            &[("email", "new@example.com")],
        )
        .ok();
    let list = machine
        .get(&format!("{CUSTOMERS}?email=jenny@example.com"))
        .ok()
        .body;
    assert_eq!(list["data"], json!([]));
}

#[test]
fn a_session_says_what_a_page_may_do_for_half_an_hour() {
    let mut machine = Machine::new();
    let id = machine.customer();
    let enabled = ("components[payment_element][enabled]", "true");
    let features = "components[payment_element][features]";
    let save = format!("{features}[payment_method_save]");
    let usage = format!("{features}[payment_method_save_usage]");
    let limit = format!("{features}[payment_method_redisplay_limit]");
    let customer = ("customer", id.as_str());
    let session = machine
        .post(
            "/v1/customer_sessions",
            &[customer, enabled, (&save, "enabled")],
        )
        .ok();
    let secret = session.body["client_secret"].as_str().unwrap_or_default();
    assert!(secret.starts_with("cuss_secret_"), "{secret}");
    let lives = session.body["expires_at"]
        .as_i64()
        .zip(session.body["created"].as_i64());
    assert_eq!(lives.map(|(end, start)| end - start), Some(1800));
    let shown = &session.body["components"]["payment_element"]["features"];
    assert_eq!(shown["payment_method_save"], "enabled");
    assert_eq!(shown["payment_method_redisplay"], "disabled");
    assert_eq!(shown["payment_method_redisplay_limit"], 3);
    assert_eq!(
        shown["payment_method_allow_redisplay_filters"],
        json!(["always"])
    );
    let wrong: &[&[(&str, &str)]] = &[
        &[customer],
        &[enabled],
        &[customer, ("components[payment_element][enabled]", "false")],
        &[customer, enabled, (&usage, "off_session")],
        &[customer, enabled, (&limit, "11")],
        &[customer, enabled, ("components[teapot][enabled]", "true")],
        &[
            customer,
            enabled,
            ("components[buy_button][enabled]", "true"),
            ("components[buy_button][features][a]", "b"),
        ],
        &[("customer", "cus_unknown"), enabled],
    ];
    for fields in wrong {
        assert_eq!(
            machine.post("/v1/customer_sessions", fields).status,
            400,
            "{fields:?}"
        );
    }
}

#[test]
fn a_customer_s_invoice_settings_are_kept_until_they_are_unset() {
    let mut machine = Machine::new();
    let id = machine.customer();
    let path = format!("/v1/customers/{id}");
    let given = [
        ("invoice_settings[custom_fields][0][name]", "Order"),
        ("invoice_settings[custom_fields][0][value]", "7"),
        ("invoice_settings[footer]", "Thanks"),
        (
            "invoice_settings[rendering_options][amount_tax_display]",
            "exclude_tax",
        ),
    ];
    let kept = json!({
        "custom_fields": [{ "name": "Order", "value": "7" }],
        "default_payment_method": null,
        "footer": "Thanks",
        "rendering_options": { "amount_tax_display": "exclude_tax", "template": null },
    });
    for fields in [&given[..], &[]] {
        let customer = machine.post(&path, fields).ok();
        assert_eq!(customer.body["invoice_settings"], kept);
    }
    for field in ["custom_fields", "rendering_options"] {
        let name = format!("invoice_settings[{field}]");
        let customer = machine.post(&path, &[(&name, "")]).ok();
        assert!(
            customer.body["invoice_settings"][field].is_null(),
            "{field}"
        );
    }
    let fields: Vec<(String, &str)> = (0..5)
        .flat_map(|at| ["name", "value"].map(|part| (at, part)))
        .map(|(at, part)| {
            (
                format!("invoice_settings[custom_fields][{at}][{part}]"),
                "7",
            )
        })
        .collect();
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, it)| (name.as_str(), *it))
        .collect();
    let refused = machine.post(&path, &fields);
    assert_eq!(refused.status, 400);
    assert_eq!(refused.error("param"), "invoice_settings[custom_fields]");
}
