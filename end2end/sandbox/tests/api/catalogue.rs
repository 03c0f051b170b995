//! Products, prices, coupons and promotion codes.

use crate::machine::{Fields, Machine, text};
use serde_json::{Value, json};

fn product(machine: &mut Machine) -> String {
    machine.post("/v1/products", &[("name", "Mug")]).ok().id()
}

#[test]
fn a_product_is_made_with_its_price_changed_and_archived() {
    let mut machine = Machine::new();
    let fields = [
        ("name", "Mug"),
        ("images[]", "https://shop.test/mug.png"),
        ("marketing_features[0][name]", "Holds tea"),
        ("default_price_data[currency]", "usd"),
        ("default_price_data[unit_amount]", "1200"),
    ];
    let made = machine.post("/v1/products", &fields).ok();
    assert_eq!(
        made.body["marketing_features"],
        json!([{ "name": "Holds tea" }])
    );
    let path = format!("/v1/products/{}", made.id());
    let full = machine
        .get(&format!("{path}?expand[]=default_price.product"))
        .ok()
        .body;
    assert_eq!(full["default_price"]["unit_amount"], 1200);
    assert_eq!(full["default_price"]["unit_amount_decimal"], "1200");
    assert_eq!(full["default_price"]["product"]["name"], "Mug");
    let changed = machine
        .post(
            &path,
            &[("active", "false"), ("images", ""), ("description", "Blue")],
        )
        .ok()
        .body;
    assert_eq!(
        (
            &changed["active"],
            &changed["images"],
            &changed["description"]
        ),
        (&json!(false), &json!([]), &json!("Blue"))
    );
    assert_eq!(
        machine.get("/v1/products?active=true").ok().body["data"],
        json!([])
    );
    assert_eq!(machine.delete(&path).status, 400, "it has a price");
    let bare = product(&mut machine);
    let gone = machine.delete(&format!("/v1/products/{bare}")).ok().body;
    assert_eq!(
        gone,
        json!({ "id": bare, "object": "product", "deleted": true })
    );
    let gone = machine.get(&format!("/v1/products/{bare}"));
    assert_eq!(
        (gone.status, gone.error("code")),
        (404, json!("resource_missing"))
    );
    let events = [
        "product.created",
        "price.created",
        "product.updated",
        "product.created",
        "product.deleted",
    ];
    assert_eq!(machine.events(), events);
}

#[test]
fn a_price_costs_exactly_one_thing() {
    let cases: &[(Fields<'_>, u16, &str)] = &[
        (&[("unit_amount", "100")], 200, "one_time"),
        (&[("unit_amount", "0")], 200, "one_time"),
        (&[("unit_amount_decimal", "0.5")], 200, "one_time"),
        (&[("custom_unit_amount[enabled]", "true")], 200, "one_time"),
        (
            &[("unit_amount", "100"), ("recurring[interval]", "month")],
            200,
            "recurring",
        ),
        (&[], 400, ""),
        (
            &[("unit_amount", "100"), ("unit_amount_decimal", "100")],
            400,
            "",
        ),
        (&[("unit_amount", "-1")], 400, ""),
        (&[("unit_amount_decimal", "1.2.3")], 400, ""),
        (
            &[("unit_amount", "100"), ("recurring[interval]", "century")],
            400,
            "",
        ),
        (
            &[
                ("unit_amount", "100"),
                ("recurring[interval]", "year"),
                ("recurring[interval_count]", "4"),
            ],
            400,
            "",
        ),
        (
            &[
                ("custom_unit_amount[enabled]", "true"),
                ("recurring[interval]", "month"),
            ],
            400,
            "",
        ),
        (&[("unit_amount", "100"), ("colour", "red")], 400, ""),
    ];
    for (fields, status, kind) in cases {
        let mut machine = Machine::new();
        let product = product(&mut machine);
        let mut all = vec![("product", product.as_str()), ("currency", "usd")];
        all.extend_from_slice(fields);
        let answer = machine.post("/v1/prices", &all);
        assert_eq!(answer.status, *status, "{fields:?}: {}", answer.text);
        if *status == 200 {
            assert_eq!(answer.body["type"], *kind, "{fields:?}");
        }
    }
}

#[test]
fn a_lookup_key_names_one_price() {
    let mut machine = Machine::new();
    let product = product(&mut machine);
    let fields = [
        ("product", product.as_str()),
        ("currency", "usd"),
        ("unit_amount", "100"),
        ("lookup_key", "mug"),
    ];
    let first = machine.post("/v1/prices", &fields).ok().id();
    assert_eq!(
        machine.post("/v1/prices", &fields).error("code"),
        "resource_already_exists"
    );
    let mut again = fields.to_vec();
    again.push(("transfer_lookup_key", "true"));
    let second = machine.post("/v1/prices", &again).ok().id();
    let list = machine.get("/v1/prices?lookup_keys[]=mug").ok().body;
    assert_eq!(
        (
            list["data"].as_array().map(Vec::len),
            &list["data"][0]["id"]
        ),
        (Some(1), &json!(second))
    );
    assert_eq!(
        machine.get(&format!("/v1/prices/{first}")).ok().body["lookup_key"],
        Value::Null
    );
}

#[test]
fn a_coupon_takes_off_one_thing_while_it_lasts() {
    let percent = ("percent_off", "25.5");
    let cases: &[(Fields<'_>, u16, &str)] = &[
        (&[percent], 200, ""),
        (&[("amount_off", "500"), ("currency", "usd")], 200, ""),
        (
            &[
                percent,
                ("duration", "repeating"),
                ("duration_in_months", "3"),
            ],
            200,
            "",
        ),
        (&[], 400, "percent_off"),
        (&[("percent_off", "101")], 400, "percent_off"),
        (&[("percent_off", "NaN")], 400, "percent_off"),
        (
            &[percent, ("amount_off", "5"), ("currency", "usd")],
            400,
            "percent_off",
        ),
        (&[("amount_off", "500")], 400, "currency"),
        (
            &[percent, ("duration", "repeating")],
            400,
            "duration_in_months",
        ),
        (&[percent, ("redeem_by", "1000")], 400, "redeem_by"),
        (
            &[percent, ("applies_to[products][]", "prod_x")],
            400,
            "applies_to[products]",
        ),
    ];
    for (fields, status, param) in cases {
        let mut machine = Machine::new();
        let answer = machine.post("/v1/coupons", fields);
        assert_eq!(answer.status, *status, "{fields:?}: {}", answer.text);
        if *status == 400 {
            assert_eq!(answer.error("param"), *param, "{fields:?}");
        }
    }
    let mut machine = Machine::new();
    let until = (machine.now_ms / 1000 + 60).to_string();
    machine
        .post(
            "/v1/coupons",
            &[percent, ("id", "SPRING"), ("redeem_by", &until)],
        )
        .ok();
    assert_eq!(
        machine
            .post("/v1/coupons", &[percent, ("id", "SPRING")])
            .error("code"),
        "resource_already_exists"
    );
    assert_eq!(machine.get("/v1/coupons/SPRING").ok().body["valid"], true);
    machine.advance(60);
    assert_eq!(machine.get("/v1/coupons/SPRING").ok().body["valid"], false);
    machine.delete("/v1/coupons/SPRING").ok();
    assert_eq!(machine.get("/v1/coupons/SPRING").status, 404);
}

#[test]
fn an_active_promotion_code_is_there_once() {
    let mut machine = Machine::new();
    let coupon = machine
        .post("/v1/coupons", &[("percent_off", "10")])
        .ok()
        .id();
    let base = [
        ("promotion[type]", "coupon"),
        ("promotion[coupon]", coupon.as_str()),
    ];
    let code = ("code", "HELLO");
    let made = machine
        .post("/v1/promotion_codes", &[base[0], base[1], code])
        .ok();
    assert_eq!(
        made.body["promotion"],
        json!({ "coupon": coupon, "type": "coupon" })
    );
    let twice = machine.post("/v1/promotion_codes", &[base[0], base[1], code]);
    assert_eq!(twice.error("code"), "resource_already_exists");
    let lower = ("code", "hello");
    let twice = machine.post("/v1/promotion_codes", &[base[0], base[1], lower]);
    assert_eq!(twice.error("code"), "resource_already_exists");
    let path = format!("/v1/promotion_codes/{}", made.id());
    machine.post(&path, &[("active", "false")]).ok();
    machine
        .post("/v1/promotion_codes", &[base[0], base[1], code])
        .ok();
    assert_eq!(machine.post(&path, &[("active", "true")]).status, 400);
    let list = machine
        .get("/v1/promotion_codes?code=hellO&active=true&expand[]=data.promotion.coupon")
        .ok()
        .body;
    assert_eq!(list["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(list["data"][0]["promotion"]["coupon"]["percent_off"], 10.0);
    let generated = machine.post("/v1/promotion_codes", &base).ok();
    assert_eq!(text(&generated.body["code"]).len(), 8);
    let wrong: &[Fields<'_>] = &[
        &[],
        &[base[0], ("promotion[coupon]", "nothing")],
        &[base[0], base[1], ("code", "not a code")],
        &[base[0], base[1], ("expires_at", "5")],
        &[base[0], base[1], ("restrictions[minimum_amount]", "5")],
        &[("coupon", &coupon)],
    ];
    for fields in wrong {
        assert_eq!(
            machine.post("/v1/promotion_codes", fields).status,
            400,
            "{fields:?}"
        );
    }
}
