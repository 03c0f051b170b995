//! Shipping rates: made, read, changed and listed; what they cost in which currency.

use crate::machine::{Fields, Machine};
use serde_json::{Value, json};

const EXPRESS: Fields<'_> = &[
    ("display_name", "Express"),
    ("type", "fixed_amount"),
    ("fixed_amount[amount]", "1500"),
    ("fixed_amount[currency]", "usd"),
    ("fixed_amount[currency_options][eur][amount]", "1400"),
    ("delivery_estimate[minimum][unit]", "business_day"),
    ("delivery_estimate[minimum][value]", "1"),
    ("tax_behavior", "exclusive"),
];

#[test]
fn a_shipping_rate_is_made_and_changed() {
    let mut machine = Machine::new();
    let made = machine.post("/v1/shipping_rates", EXPRESS).ok();
    assert_eq!(made.body["object"], "shipping_rate");
    assert_eq!(
        made.body["fixed_amount"]["currency_options"]["eur"],
        json!({ "amount": 1400, "tax_behavior": "unspecified" })
    );
    assert_eq!(
        made.body["delivery_estimate"],
        json!({ "maximum": null, "minimum": { "unit": "business_day", "value": 1 } })
    );
    let path = format!("/v1/shipping_rates/{}", made.id());
    let fields = [
        ("active", "false"),
        ("fixed_amount[currency_options][gbp][amount]", "1200"),
    ];
    let changed = machine.post(&path, &fields).ok().body;
    assert_eq!(changed["active"], false);
    assert_eq!(
        changed["fixed_amount"]["currency_options"]["gbp"]["amount"],
        1200
    );
    assert_eq!(machine.get(&path).ok().body, changed);
    for (query, count) in [("active=true", 0), ("active=false", 1), ("currency=eur", 0)] {
        let list = machine.get(&format!("/v1/shipping_rates?{query}")).ok();
        let rows = list.body["data"].as_array().map(Vec::len);
        assert_eq!(rows, Some(count), "{query}");
    }
}

#[test]
fn what_is_wrong_is_refused() {
    for (name, value, param) in [
        ("fixed_amount[amount]", "-1", "fixed_amount[amount]"),
        ("fixed_amount[currency]", "xxx", "currency"),
        ("display_name", "", "display_name"),
        ("tax_behavior", "sometimes", "tax_behavior"),
        (
            "delivery_estimate[minimum][value]",
            "0",
            "delivery_estimate[minimum][value]",
        ),
        (
            "fixed_amount[currency_options][zzz][amount]",
            "1",
            "fixed_amount[currency_options][zzz]",
        ),
    ] {
        let mut machine = Machine::new();
        let mut fields: Vec<(&str, &str)> = EXPRESS.to_vec();
        fields.retain(|(known, _)| *known != name);
        fields.push((name, value));
        let refused = machine.post("/v1/shipping_rates", &fields);
        assert_eq!(refused.status, 400, "{name}: {}", refused.text);
        let at = refused.error("param");
        assert!(
            at.as_str().is_some_and(|at| at.contains(param)),
            "{name}: {at}"
        );
        assert_eq!(machine.state()["shipping_rates"], Value::Array(Vec::new()));
    }
    let mut machine = Machine::new();
    let id = machine.post("/v1/shipping_rates", EXPRESS).ok().id();
    let path = format!("/v1/shipping_rates/{id}");
    let refused = machine.post(&path, &[("tax_behavior", "inclusive")]);
    assert_eq!(refused.error("param"), "tax_behavior");
    let missing = machine.get("/v1/shipping_rates/shr_none");
    assert_eq!(
        (missing.status, missing.error("code")),
        (404, json!("resource_missing"))
    );
}
