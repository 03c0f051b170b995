//! Invoices of a shop's own: drafts and their lines, collecting, giving up, previews.

use crate::billing::{Shop, list};
use crate::machine::{Fields, text};
use serde_json::{Value, json};

const DAY_S: i64 = 24 * 60 * 60;

/// A draft with an item of seven dollars.
fn draft(shop: &mut Shop, more: &[(&str, &str)]) -> Value {
    let customer = shop.customer.clone();
    let mut fields = vec![("customer", customer.as_str())];
    fields.extend_from_slice(more);
    let invoice = shop.machine.post("/v1/invoices", &fields).ok().body;
    let id = text(&invoice["id"]);
    let item = [
        ("customer", customer.as_str()),
        ("invoice", id.as_str()),
        ("amount", "700"),
        ("currency", "usd"),
        ("description", "Pot"),
    ];
    shop.machine.post("/v1/invoiceitems", &item).ok();
    shop.machine.get(&format!("/v1/invoices/{id}")).ok().body
}

fn path(invoice: &Value) -> String {
    format!("/v1/invoices/{}", text(&invoice["id"]))
}

#[test]
fn a_draft_is_finalised_and_paid_by_call() {
    let mut shop = Shop::new("pm_card_visa");
    let invoice = draft(&mut shop, &[]);
    let path = path(&invoice);
    assert_eq!(
        (
            &invoice["status"],
            &invoice["total"],
            &invoice["auto_advance"]
        ),
        (&json!("draft"), &json!(700), &json!(false))
    );
    let line = &invoice["lines"]["data"][0];
    assert_eq!(line["parent"]["type"], "invoice_item_details");
    let target = format!("{path}/finalize?expand[]=confirmation_secret&expand[]=payments");
    let open = shop.machine.post(&target, &[]).ok().body;
    assert_eq!(
        (&open["status"], &open["amount_due"]),
        (&json!("open"), &json!(700))
    );
    assert!(
        text(&open["number"]).ends_with("-0001"),
        "{}",
        open["number"]
    );
    assert!(text(&open["confirmation_secret"]["client_secret"]).starts_with("pi_"));
    assert_eq!(open["payments"]["data"][0]["amount_requested"], 700);
    let paid = shop.machine.post(&format!("{path}/pay"), &[]).ok().body;
    assert_eq!(
        (&paid["status"], &paid["amount_paid"]),
        (&json!("paid"), &json!(700))
    );
    let transitions = &paid["status_transitions"];
    assert_eq!(transitions["paid_at"], 1_795_132_800);
    let payments = format!(
        "/v1/invoice_payments?invoice={}&status=paid",
        text(&paid["id"])
    );
    let payments = shop.machine.get(&payments).ok().body;
    let intent = text(&payments["data"][0]["payment"]["payment_intent"]);
    let refused = shop
        .machine
        .post(&format!("/v1/payment_intents/{intent}/cancel"), &[]);
    assert_eq!(refused.status, 400, "it is the invoice's");
}

#[test]
fn an_invoice_that_advances_does_so_by_itself() {
    let mut shop = Shop::new("pm_card_visa");
    let invoice = draft(&mut shop, &[("auto_advance", "true")]);
    assert_eq!(
        invoice["automatically_finalizes_at"],
        json!(1_795_132_800 + 3600)
    );
    shop.machine.advance(3599);
    assert_eq!(
        shop.machine.get(&path(&invoice)).ok().body["status"],
        "draft"
    );
    shop.machine.advance(1);
    assert_eq!(
        shop.machine.get(&path(&invoice)).ok().body["status"],
        "paid"
    );
}

#[test]
fn a_declined_invoice_stays_open_with_the_card_s_error() {
    let mut shop = Shop::new("pm_card_chargeCustomerFail");
    let invoice = draft(&mut shop, &[]);
    let pay = format!("{}/pay", path(&invoice));
    let declined = shop.machine.post(&pay, &[]);
    assert_eq!(
        (declined.status, declined.error("code")),
        (402, json!("card_declined"))
    );
    let open = shop.machine.get(&path(&invoice)).ok().body;
    assert_eq!(
        (
            &open["status"],
            &open["attempt_count"],
            &open["attempted"],
            &open["next_payment_attempt"]
        ),
        (&json!("open"), &json!(1), &json!(true), &Value::Null)
    );
    let asked = shop.machine.post(
        "/v1/payment_methods/pm_card_authenticationRequired/attach",
        &[("customer", &shop.customer.clone())],
    );
    let asked = asked.ok().id();
    let needs = shop.machine.post(&pay, &[("payment_method", &asked)]);
    assert_eq!(
        (needs.status, needs.error("code")),
        (402, json!("invoice_payment_intent_requires_action"))
    );
    shop.change_card("pm_card_visa");
    assert_eq!(shop.machine.post(&pay, &[]).ok().body["status"], "paid");
}

#[test]
fn what_may_be_done_depends_on_the_status() {
    // Status, and the calls that succeed in it.
    let calls = ["finalize", "pay", "void", "mark_uncollectible", "send"];
    for (status, allowed) in [
        ("draft", vec!["finalize", "pay", "mark_uncollectible"]),
        ("open", vec!["pay", "void", "mark_uncollectible"]),
        ("paid", vec![]),
        ("void", vec![]),
        ("uncollectible", vec!["pay", "void"]),
    ] {
        for call in calls {
            let mut shop = Shop::new("pm_card_visa");
            let invoice = draft(&mut shop, &[]);
            let path = path(&invoice);
            let steps: &[&str] = match status {
                "draft" => &[],
                "open" => &["finalize"],
                "paid" => &["pay"],
                "void" => &["finalize", "void"],
                _ => &["mark_uncollectible"],
            };
            for step in steps {
                shop.machine.post(&format!("{path}/{step}"), &[]).ok();
            }
            let answer = shop.machine.post(&format!("{path}/{call}"), &[]);
            let expected = if allowed.contains(&call) { 200 } else { 400 };
            assert_eq!(
                answer.status, expected,
                "{call} in {status}: {}",
                answer.text
            );
            let deleted = shop.machine.delete(&path).status;
            let is_draft = status == "draft" && !allowed.contains(&call);
            assert_eq!(deleted == 200, is_draft, "delete after {call} in {status}");
        }
    }
}

#[test]
fn lines_of_a_draft_are_added_changed_and_removed() {
    let mut shop = Shop::new("pm_card_visa");
    let pot = shop.price(&[("unit_amount", "250")]);
    let invoice = draft(&mut shop, &[]);
    let path = path(&invoice);
    let fields = [
        ("lines[0][pricing][price]", pot.as_str()),
        ("lines[0][quantity]", "3"),
        ("lines[1][amount]", "-100"),
        ("lines[1][description]", "Sorry"),
        ("invoice_metadata[order]", "7"),
    ];
    let more = shop
        .machine
        .post(&format!("{path}/add_lines"), &fields)
        .ok()
        .body;
    assert_eq!(
        (&more["total"], &more["metadata"]["order"]),
        (&json!(1350), &json!("7"))
    );
    let lines = list(&shop.machine.get(&format!("{path}/lines")).ok().body["data"]);
    let described: Vec<String> = lines.iter().map(|it| text(&it["description"])).collect();
    assert_eq!(described, ["Pot", "Tea", "Sorry"]);
    let first = text(&lines[0]["id"]);
    let changed = shop
        .machine
        .post(&format!("{path}/lines/{first}"), &[("amount", "800")]);
    assert_eq!(changed.ok().body["amount"], 800);
    let fields = [
        ("lines[0][id]", first.as_str()),
        ("lines[0][behavior]", "delete"),
    ];
    let fewer = shop
        .machine
        .post(&format!("{path}/remove_lines"), &fields)
        .ok()
        .body;
    assert_eq!(fewer["total"], 650);
    shop.machine.post(&format!("{path}/finalize"), &[]).ok();
    let late = shop.machine.post(&format!("{path}/remove_lines"), &fields);
    assert_eq!(late.error("code"), "invoice_not_editable");
}

#[test]
fn invoice_items_wait_for_an_invoice_and_may_change_till_then() {
    let mut shop = Shop::new("pm_card_visa");
    let customer = shop.customer.clone();
    let item = [
        ("customer", customer.as_str()),
        ("unit_amount_decimal", "12.5"),
        ("quantity", "3"),
        ("currency", "usd"),
    ];
    let made = shop.machine.post("/v1/invoiceitems", &item).ok();
    // Thirty-seven and a half cents are thirty-eight.
    assert_eq!(
        (&made.body["amount"], &made.body["invoice"]),
        (&json!(38), &Value::Null)
    );
    let path = format!("/v1/invoiceitems/{}", made.id());
    assert_eq!(
        shop.machine.post(&path, &[("quantity", "8")]).ok().body["amount"],
        100
    );
    let fields = [
        ("customer", customer.as_str()),
        ("pending_invoice_items_behavior", "include"),
    ];
    let invoice = shop.machine.post("/v1/invoices", &fields).ok().body;
    assert_eq!(invoice["total"], 100);
    assert_eq!(shop.machine.get(&path).ok().body["invoice"], invoice["id"]);
    shop.machine.post(&path, &[("amount", "150")]).ok();
    let target = format!("/v1/invoices/{}", text(&invoice["id"]));
    assert_eq!(shop.machine.get(&target).ok().body["total"], 150);
    shop.machine.post(&format!("{target}/finalize"), &[]).ok();
    assert_eq!(shop.machine.delete(&path).status, 400);
    let cases: &[Fields<'_>] = &[
        &[],
        &[("customer", "cus_x"), ("amount", "1"), ("currency", "usd")],
        &[("customer", &customer), ("amount", "1")],
        &[("customer", &customer), ("currency", "usd")],
        &[("customer", &customer), ("pricing[price]", &shop.price)],
        &[
            ("customer", &customer),
            ("amount", "1"),
            ("currency", "usd"),
            ("invoice", "in_x"),
        ],
    ];
    for fields in cases {
        assert_eq!(
            shop.machine.post("/v1/invoiceitems", fields).status,
            400,
            "{fields:?}"
        );
    }
}

#[test]
fn a_deleted_draft_takes_its_items_with_it() {
    let mut shop = Shop::new("pm_card_visa");
    let invoice = draft(&mut shop, &[]);
    let gone = shop.machine.delete(&path(&invoice)).ok().body;
    assert_eq!(
        gone,
        json!({ "id": invoice["id"], "object": "invoice", "deleted": true })
    );
    assert_eq!(shop.machine.get(&path(&invoice)).status, 404);
    assert_eq!(
        shop.machine.get("/v1/invoiceitems").ok().body["data"],
        json!([])
    );
    assert_eq!(
        shop.machine.events().last().map(String::as_str),
        Some("invoice.deleted")
    );
}

#[test]
fn a_balance_is_settled_by_the_next_invoice() {
    // Balance before, what is due of seven dollars, balance after.
    for (before, due, after) in [
        (-200, 500, 0),
        (-900, 0, -200),
        (300, 1000, 0),
        (-670, 0, 30),
    ] {
        let mut shop = Shop::new("pm_card_visa");
        let customer = format!("/v1/customers/{}", shop.customer);
        shop.machine
            .post(&customer, &[("balance", &before.to_string())])
            .ok();
        let invoice = draft(&mut shop, &[]);
        assert_eq!(invoice["ending_balance"], Value::Null);
        let paid = shop
            .machine
            .post(&format!("{}/pay", path(&invoice)), &[])
            .ok()
            .body;
        assert_eq!(paid["status"], "paid", "{before}");
        assert_eq!(
            (
                &paid["amount_due"],
                &paid["starting_balance"],
                &paid["ending_balance"]
            ),
            (&json!(due), &json!(before), &json!(after)),
            "{before}"
        );
        assert_eq!(
            shop.machine.get(&customer).ok().body["balance"],
            after,
            "{before}"
        );
    }
}

#[test]
fn discounts_are_shared_out_among_the_lines() {
    let mut shop = Shop::new("pm_card_visa");
    let coupon = [("amount_off", "100"), ("currency", "usd")];
    let coupon = shop.machine.post("/v1/coupons", &coupon).ok().id();
    let invoice = draft(&mut shop, &[("discounts[0][coupon]", &coupon)]);
    let fields = [("lines[0][amount]", "200"), ("lines[1][amount]", "-50")];
    let path = path(&invoice);
    let more = shop
        .machine
        .post(&format!("{path}/add_lines"), &fields)
        .ok()
        .body;
    let shares: Vec<Value> = list(&more["lines"]["data"])
        .iter()
        .map(|line| line["discount_amounts"][0]["amount"].clone())
        .collect();
    assert_eq!(shares, [json!(78), json!(22), Value::Null]);
    assert_eq!(
        (&more["subtotal"], &more["total"]),
        (&json!(850), &json!(750))
    );
}

#[test]
fn a_preview_shows_the_next_invoice_and_changes_nothing() {
    let mut shop = Shop::new("pm_card_visa");
    shop.subscribe(&[]).ok();
    let item = text(&shop.item()["id"]);
    let id = shop.id.clone();
    let before = shop.machine.state();
    let cases: &[(Fields<'_>, i64)] = &[
        (&[("subscription", &id)], 1000),
        (
            &[
                ("subscription", &id),
                ("subscription_details[items][0][id]", &item),
                ("subscription_details[items][0][quantity]", "3"),
            ],
            // The renewal, and two more for all of this period.
            5000,
        ),
        (
            &[
                ("subscription", &id),
                ("subscription_details[items][0][id]", &item),
                ("subscription_details[items][0][quantity]", "3"),
                ("subscription_details[proration_behavior]", "always_invoice"),
            ],
            2000,
        ),
        (
            &[("subscription", &id), ("invoice_items[0][amount]", "77")],
            1077,
        ),
    ];
    for (fields, total) in cases {
        let preview = shop
            .machine
            .post("/v1/invoices/create_preview", fields)
            .ok()
            .body;
        assert_eq!(preview["total"], *total, "{fields:?}");
        assert_eq!(preview["billing_reason"], "upcoming", "{fields:?}");
    }
    let (customer, price) = (shop.customer.clone(), shop.price.clone());
    let fields = [
        ("customer", customer.as_str()),
        ("subscription_details[items][0][price]", price.as_str()),
        ("subscription_details[items][0][quantity]", "2"),
    ];
    let preview = shop
        .machine
        .post("/v1/invoices/create_preview", &fields)
        .ok()
        .body;
    assert_eq!(preview["total"], 2000);
    let nothing = shop
        .machine
        .post("/v1/invoices/create_preview", &fields[..1]);
    assert_eq!(nothing.error("code"), "invoice_upcoming_none");
    let after = shop.machine.state();
    for table in [
        "subscriptions",
        "invoices",
        "invoice_items",
        "events",
        "payment_intents",
    ] {
        assert_eq!(before[table], after[table], "{table}");
    }
}

#[test]
fn invoices_are_found_by_what_they_are() {
    let mut shop = Shop::new("pm_card_visa");
    shop.subscribe(&[]).ok();
    let own = draft(&mut shop, &[("metadata[order]", "7")]);
    let subscription = shop.id.clone();
    for (query, count) in [
        (String::new(), 2),
        (format!("?subscription={subscription}"), 1),
        ("?status=draft".to_owned(), 1),
        ("?status=void".to_owned(), 0),
        ("?collection_method=charge_automatically".to_owned(), 2),
        ("/search?query=metadata['order']:'7'".to_owned(), 1),
        (format!("/search?query=subscription:'{subscription}'"), 1),
        ("/search?query=total>700".to_owned(), 1),
    ] {
        let found = shop.machine.get(&format!("/v1/invoices{query}")).ok().body;
        assert_eq!(list(&found["data"]).len(), count, "{query}");
    }
    let search = shop
        .machine
        .get("/v1/invoices/search?query=status:'draft'")
        .ok()
        .body;
    assert_eq!(search["data"][0], shop.machine.get(&path(&own)).ok().body);
}

#[test]
fn a_one_off_invoice_that_fails_is_tried_again() {
    let mut shop = Shop::new("pm_card_chargeCustomerFail");
    let invoice = draft(&mut shop, &[]);
    let path = path(&invoice);
    let fields = [("auto_advance", "true")];
    let open = shop
        .machine
        .post(&format!("{path}/finalize"), &fields)
        .ok()
        .body;
    let at = 1_795_132_800 + 3600;
    assert_eq!(open["next_payment_attempt"], json!(at));
    shop.machine.advance(3600);
    let failed = shop.machine.get(&path).ok().body;
    assert_eq!(failed["next_payment_attempt"], json!(at + 3 * DAY_S));
    shop.change_card("pm_card_visa");
    shop.machine.advance(3 * DAY_S);
    let paid = shop.machine.get(&path).ok().body;
    assert_eq!(
        (&paid["status"], &paid["attempt_count"]),
        (&json!("paid"), &json!(2))
    );
}

#[test]
fn a_price_by_tiers_bills_what_its_tiers_say() {
    let tiers = [
        ("tiers[0][up_to]", "2"),
        ("tiers[0][unit_amount]", "500"),
        ("tiers[1][up_to]", "inf"),
        ("tiers[1][unit_amount]", "100"),
        ("billing_scheme", "tiered"),
        ("recurring[interval]", "month"),
    ];
    for (mode, total) in [("graduated", 1300), ("volume", 500)] {
        let mut shop = Shop::new("pm_card_visa");
        let mut fields = tiers.to_vec();
        fields.push(("tiers_mode", mode));
        shop.price = shop.price(&fields);
        shop.subscribe(&[("items[0][quantity]", "5")]).ok();
        assert_eq!(shop.latest_invoice()["total"], total, "{mode}");
        let target = format!("/v1/prices/{}?expand[]=tiers", shop.price);
        let price = shop.machine.get(&target).ok().body;
        assert_eq!(price["tiers"][0]["up_to"], 2, "{mode}");
    }
    let mut shop = Shop::new("pm_card_visa");
    let wrong: &[Fields<'_>] = &[
        &[("billing_scheme", "tiered")],
        &[
            ("billing_scheme", "tiered"),
            ("tiers_mode", "volume"),
            ("unit_amount", "1"),
        ],
        &[("tiers_mode", "volume"), ("unit_amount", "1")],
    ];
    for fields in wrong {
        let mut all = vec![("product", shop.product.as_str()), ("currency", "usd")];
        all.extend_from_slice(fields);
        assert_eq!(
            shop.machine.post("/v1/prices", &all).status,
            400,
            "{fields:?}"
        );
    }
}

#[test]
fn a_price_has_other_currencies() {
    let mut shop = Shop::new("pm_card_visa");
    let fields = [
        ("unit_amount", "1000"),
        ("currency_options[eur][unit_amount]", "900"),
        ("recurring[interval]", "month"),
    ];
    shop.price = shop.price(&fields);
    let made = shop.subscribe(&[("currency", "eur")]).ok().body;
    assert_eq!(made["currency"], "eur");
    assert_eq!(shop.latest_invoice()["total"], 900);
    let target = format!("/v1/prices/{}?expand[]=currency_options", shop.price);
    let options = shop.machine.get(&target).ok().body["currency_options"].clone();
    assert_eq!(options["usd"]["unit_amount"], 1000);
    assert_eq!(shop.subscribe(&[("currency", "gbp")]).status, 400);
}
