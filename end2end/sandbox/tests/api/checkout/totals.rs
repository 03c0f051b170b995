//! What a session comes to: discounts, shipping and tax.

use super::{CARD, address, create, pay, session, visit, with};
use crate::machine::{Machine, text};
use serde_json::json;

fn coupon(machine: &mut Machine, fields: &[(&str, &str)]) -> String {
    machine.post("/v1/coupons", fields).ok().id()
}

const SOCKS: &[(&str, &str)] = &[
    ("line_items[1][price_data][currency]", "eur"),
    ("line_items[1][price_data][unit_amount]", "501"),
    ("line_items[1][price_data][product_data][name]", "Socks"),
    ("line_items[1][quantity]", "1"),
];

#[test]
fn a_discount_is_shared_out_over_the_lines() {
    for (fields, discounts) in [
        (&[("percent_off", "10")][..], [400, 50]),
        (&[("amount_off", "1000"), ("currency", "eur")], [889, 111]),
        (&[("amount_off", "9999"), ("currency", "eur")], [3998, 501]),
    ] {
        let mut machine = Machine::new();
        let coupon = coupon(&mut machine, fields);
        let more = with(SOCKS, &[("discounts[0][coupon]", &coupon)]);
        let made = create(&mut machine, &more).ok();
        let path = format!(
            "/v1/checkout/sessions/{}?expand[]=line_items.data.discounts&expand[]=total_details.breakdown",
            made.id()
        );
        let body = machine.get(&path).ok().body;
        let sum: i64 = discounts.iter().sum();
        assert_eq!(body["amount_subtotal"], 4499, "{fields:?}");
        assert_eq!(body["amount_total"], 4499 - sum, "{fields:?}");
        assert_eq!(body["total_details"]["amount_discount"], sum, "{fields:?}");
        assert_eq!(
            body["total_details"]["breakdown"]["discounts"][0]["amount"],
            sum
        );
        for (at, expected) in discounts.iter().enumerate() {
            let line = &body["line_items"]["data"][at];
            assert_eq!(line["amount_discount"], *expected, "{fields:?}");
            let source = &line["discounts"][0]["discount"]["source"];
            assert_eq!(source["coupon"], coupon, "{fields:?}");
        }
    }
}

#[test]
fn nothing_to_pay_needs_no_payment() {
    let mut machine = Machine::new();
    let coupon = coupon(
        &mut machine,
        &[("percent_off", "100"), ("max_redemptions", "1")],
    );
    let more = [("discounts[0][coupon]", coupon.as_str())];
    let (response, complete) = pay(&mut machine, &more, &[("card_number", "")]);
    assert_eq!(response.status, 303, "{}", response.body);
    assert_eq!(complete["status"], "complete");
    assert_eq!(complete["payment_status"], "no_payment_required");
    assert_eq!(complete["payment_intent"], json!(null));
    let used = machine.get(&format!("/v1/coupons/{coupon}")).ok().body;
    assert_eq!(
        (&used["times_redeemed"], &used["valid"]),
        (&json!(1), &json!(false))
    );
    let again = create(&mut machine, &more);
    assert_eq!(again.error("code"), "coupon_expired");
}

#[test]
fn a_shopper_types_a_promotion_code() {
    let mut machine = Machine::new();
    let coupon = coupon(&mut machine, &[("percent_off", "50")]);
    let fields = [
        ("promotion[type]", "coupon"),
        ("promotion[coupon]", coupon.as_str()),
        ("code", "Half"),
        ("restrictions[minimum_amount]", "3000"),
        ("restrictions[minimum_amount_currency]", "eur"),
    ];
    let code = machine.post("/v1/promotion_codes", &fields).ok().id();
    let made = create(&mut machine, &[("allow_promotion_codes", "true")]).ok();
    let url = text(&made.body["url"]);
    let wrong = [("action", "update"), ("promotion_code", "NOPE")];
    let page = visit(&mut machine, "POST", &url, &wrong);
    assert_eq!(page.status, 422);
    assert!(page.body.contains("This code is invalid."), "{}", page.body);
    let right = [("action", "update"), ("promotion_code", "HALF")];
    assert_eq!(address(&visit(&mut machine, "POST", &url, &right)), url);
    let half = session(&mut machine, &made.id());
    assert_eq!(half["amount_total"], 1999);
    assert_eq!(
        half["discounts"],
        json!([{ "coupon": null, "promotion_code": code }])
    );
    let fields = with(CARD, &[("total", "1999"), ("promotion_code", "HALF")]);
    assert_eq!(visit(&mut machine, "POST", &url, &fields).status, 303);
    let used = machine
        .get(&format!("/v1/promotion_codes/{code}"))
        .ok()
        .body;
    assert_eq!(used["times_redeemed"], 1);
    let small = create(
        &mut machine,
        &[
            ("allow_promotion_codes", "true"),
            ("line_items[0][quantity]", "1"),
        ],
    );
    let url = text(&small.ok().body["url"]);
    assert_eq!(
        visit(&mut machine, "POST", &url, &right).status,
        422,
        "too small"
    );
}

#[test]
fn shipping_and_tax_come_on_top() {
    let mut machine = Machine::new();
    let more = [
        ("automatic_tax[enabled]", "true"),
        ("shipping_address_collection[allowed_countries][]", "DE"),
        (
            "shipping_options[0][shipping_rate_data][display_name]",
            "Post",
        ),
        (
            "shipping_options[0][shipping_rate_data][fixed_amount][amount]",
            "400",
        ),
        (
            "shipping_options[0][shipping_rate_data][fixed_amount][currency]",
            "eur",
        ),
        (
            "shipping_options[1][shipping_rate_data][display_name]",
            "Express",
        ),
        (
            "shipping_options[1][shipping_rate_data][fixed_amount][amount]",
            "1000",
        ),
        (
            "shipping_options[1][shipping_rate_data][fixed_amount][currency]",
            "eur",
        ),
    ];
    let made = create(&mut machine, &more).ok().body;
    assert_eq!(made["automatic_tax"]["status"], "requires_location_inputs");
    assert_eq!(made["amount_total"], 3998 + 400);
    let express = text(&made["shipping_options"][1]["shipping_rate"]);
    let url = text(&made["url"]);
    let entered = [
        ("shipping_name", "Jenny"),
        ("shipping_line1", "Street 1"),
        ("shipping_country", "DE"),
        ("shipping_rate", express.as_str()),
    ];
    let fields = with(CARD, &entered);
    let first = visit(
        &mut machine,
        "POST",
        &url,
        &with(&fields, &[("total", "4398")]),
    );
    assert_eq!(first.status, 422);
    assert!(
        first.body.contains("The total has changed"),
        "{}",
        first.body
    );
    let open = session(&mut machine, &text(&made["id"]));
    // 19 % of 3998 and of 1000.
    assert_eq!(open["total_details"]["amount_tax"], 760 + 190);
    assert_eq!(open["amount_total"], 3998 + 1000 + 950);
    assert_eq!(open["automatic_tax"]["status"], "complete");
    let second = visit(
        &mut machine,
        "POST",
        &url,
        &with(&fields, &[("total", "5948")]),
    );
    assert_eq!(second.status, 303, "{}", second.body);
    let path = format!(
        "/v1/checkout/sessions/{}?expand[]=line_items.data.taxes&expand[]=shipping_cost.shipping_rate",
        text(&made["id"])
    );
    let complete = machine.get(&path).ok().body;
    let tax = &complete["line_items"]["data"][0]["taxes"][0];
    assert_eq!(tax["rate"]["percentage"], 19.0);
    assert_eq!(
        complete["shipping_cost"]["shipping_rate"]["display_name"],
        "Express"
    );
    let details = &complete["collected_information"]["shipping_details"];
    assert_eq!(details["address"]["line1"], "Street 1");
    let intent = machine.intent(&text(&complete["payment_intent"]));
    assert_eq!(intent["shipping"]["name"], "Jenny");
    assert_eq!(intent["amount"], 5948);
}
