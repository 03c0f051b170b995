//! What is refused when a session is made, and that nothing comes of it.

use super::{SHIRTS, create, with};
use crate::machine::Machine;
use serde_json::{Value, json};

#[test]
fn what_makes_no_sense_is_refused() {
    let price = |machine: &mut Machine, more: &[(&str, &str)]| {
        let mut fields = vec![
            ("currency", "eur"),
            ("unit_amount", "500"),
            ("product_data[name]", "Hat"),
        ];
        fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
        fields.extend_from_slice(more);
        machine.post("/v1/prices", &fields).ok().id()
    };
    let mut machine = Machine::new();
    let monthly = price(&mut machine, &[("recurring[interval]", "month")]);
    let in_dollars = price(&mut machine, &[("currency", "usd")]);
    let archived = price(&mut machine, &[("active", "false")]);
    let customer = machine.customer();
    let late = (machine.now_ms / 1000 + 25 * 3600).to_string();
    let coupon = [("percent_off", "10"), ("id", "ten")];
    machine.post("/v1/coupons", &coupon).ok();
    for (more, param) in [
        (&[("mode", "setup")][..], "line_items"),
        (&[("mode", "subscription")], "line_items"),
        (
            &[
                ("line_items[1][price]", &monthly),
                ("line_items[1][quantity]", "1"),
            ],
            "line_items",
        ),
        (
            &[
                ("line_items[1][price]", &in_dollars),
                ("line_items[1][quantity]", "1"),
            ],
            "line_items",
        ),
        (
            &[
                ("line_items[1][price]", &archived),
                ("line_items[1][quantity]", "1"),
            ],
            "line_items[1][price]",
        ),
        (
            &[
                ("line_items[1][price]", "price_none"),
                ("line_items[1][quantity]", "1"),
            ],
            "line_items[1][price]",
        ),
        (&[("line_items[1][quantity]", "1")], "line_items[1][price]"),
        (
            &[("line_items[0][quantity]", "0")],
            "line_items[0][quantity]",
        ),
        (
            &[("line_items[0][price]", &archived)],
            "line_items[0][price]",
        ),
        (
            &[
                ("line_items[0][price_data][unit_amount]", "1"),
                ("line_items[0][quantity]", "1"),
            ],
            "amount",
        ),
        (
            &[
                ("line_items[0][adjustable_quantity][enabled]", "true"),
                ("line_items[0][adjustable_quantity][minimum]", "3"),
            ],
            "line_items[0][quantity]",
        ),
        (&[("expires_at", "1")], "expires_at"),
        (&[("expires_at", &late)], "expires_at"),
        (&[("customer", "cus_none")], "customer"),
        (
            &[("customer", &customer), ("customer_email", "a@b.test")],
            "customer",
        ),
        (
            &[("customer", &customer), ("customer_creation", "always")],
            "customer_creation",
        ),
        (&[("customer_email", "nobody")], "customer_email"),
        (&[("customer_update[name]", "auto")], "customer_update"),
        (&[("discounts[0][coupon]", "none")], "discounts[0][coupon]"),
        (
            &[
                ("discounts[0][coupon]", "ten"),
                ("allow_promotion_codes", "true"),
            ],
            "allow_promotion_codes",
        ),
        (
            &[
                ("discounts[0][coupon]", "ten"),
                ("discounts[1][coupon]", "ten"),
            ],
            "discounts",
        ),
        (&[("ui_mode", "elements")], "success_url"),
        (&[("return_url", "https://shop.test")], "return_url"),
        (
            &[("subscription_data[description]", "x")],
            "subscription_data",
        ),
        (
            &[("setup_intent_data[description]", "x")],
            "setup_intent_data",
        ),
        (
            &[("shipping_options[0][shipping_rate]", "shr_none")],
            "shipping_options[0][shipping_rate]",
        ),
        (
            &[
                ("custom_fields[0][key]", "not a key"),
                ("custom_fields[0][label][custom]", "Size"),
                ("custom_fields[0][label][type]", "custom"),
                ("custom_fields[0][type]", "text"),
            ],
            "custom_fields[0][key]",
        ),
    ] {
        let refused = create(&mut machine, more);
        assert_eq!(refused.status, 400, "{more:?}: {}", refused.text);
        assert_eq!(refused.error("param"), param, "{more:?}");
    }
    let state = machine.state();
    assert_eq!(state["checkout_sessions"], json!([]));
    assert_eq!(
        machine.get("/v1/products?active=false").ok().body["data"],
        json!([])
    );
}

#[test]
fn what_is_missing_is_named() {
    for (missing, param) in [
        ("mode", "mode"),
        ("success_url", "success_url"),
        ("line_items[0][quantity]", "line_items[0][quantity]"),
        (
            "line_items[0][price_data][currency]",
            "line_items[0][price_data][currency]",
        ),
        (
            "line_items[0][price_data][unit_amount]",
            "line_items[0][price_data][unit_amount]",
        ),
    ] {
        let mut machine = Machine::new();
        let mut fields = with(SHIRTS, &[]);
        fields.retain(|(name, _)| *name != missing);
        let refused = machine.post("/v1/checkout/sessions", &fields);
        assert_eq!(
            refused.error("code"),
            "parameter_missing",
            "{missing}: {}",
            refused.text
        );
        assert_eq!(refused.error("param"), param, "{missing}");
    }
}

#[test]
fn removed_parameters_are_refused_as_stripe_does() {
    let mut machine = Machine::new();
    let refused = create(&mut machine, &[("payment_method_types[]", "card")]);
    assert_eq!(
        refused.error("code"),
        "payment_method_types_no_longer_supported"
    );
}

#[test]
fn automatic_tax_of_a_customer_needs_a_place() {
    let mut machine = Machine::new();
    let customer = machine.customer();
    let taxed = [
        ("customer", customer.as_str()),
        ("automatic_tax[enabled]", "true"),
    ];
    let refused = create(&mut machine, &taxed);
    assert_eq!(refused.error("code"), "customer_tax_location_invalid");
    let saved = with(&taxed, &[("customer_update[address]", "auto")]);
    create(&mut machine, &saved).ok();
    let path = format!("/v1/customers/{customer}");
    machine.post(&path, &[("address[country]", "DE")]).ok();
    let made = create(&mut machine, &taxed).ok().body;
    assert_eq!(made["automatic_tax"]["status"], "complete");
    assert_eq!(made["total_details"]["amount_tax"], 760);
    assert_eq!(
        made["automatic_tax"]["liability"],
        json!({ "type": "self" })
    );
    assert_eq!(made["shipping_cost"], Value::Null);
}
