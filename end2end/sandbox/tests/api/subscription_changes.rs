//! Changing a subscription: prorations, what is billed at once, discounts, pauses.

use crate::billing::{Shop, list};
use crate::machine::text;
use serde_json::{Value, json};

const DAY_S: i64 = 24 * 60 * 60;
/// 20 November to 20 December.
const PERIOD_S: i64 = 30 * DAY_S;

/// Amounts of an invoice's lines, as they stand.
fn amounts(invoice: &Value) -> Vec<i64> {
    list(&invoice["lines"]["data"])
        .iter()
        .map(|line| line["amount"].as_i64().unwrap_or_default())
        .collect()
}

fn pending(shop: &mut Shop) -> Vec<Value> {
    let target = format!("/v1/invoiceitems?customer={}&pending=true", shop.customer);
    let mut items = list(&shop.machine.get(&target).ok().body["data"]);
    items.reverse();
    items
}

#[test]
fn a_dearer_price_is_prorated_to_the_second() {
    // After a third of the period, from $10 to $25; then what is pending, and what was paid at once.
    for (behavior, waiting, paid) in [
        ("create_prorations", vec![-667, 1667], None),
        ("always_invoice", vec![], Some(vec![-667, 1667])),
        ("none", vec![], None),
    ] {
        let mut shop = Shop::new("pm_card_visa");
        shop.subscribe(&[]).ok();
        let dear = shop.price(&[("unit_amount", "2500"), ("recurring[interval]", "month")]);
        shop.machine.advance(PERIOD_S / 3);
        let item = text(&shop.item()["id"]);
        let end = shop.period_end();
        let first = shop.latest_invoice();
        let fields = [
            ("items[0][id]", item.as_str()),
            ("items[0][price]", dear.as_str()),
            ("proration_behavior", behavior),
        ];
        let changed = shop.update(&fields).ok().body;
        let now = &changed["items"]["data"][0];
        assert_eq!(now["price"]["id"], json!(dear), "{behavior}");
        assert_eq!(now["id"], json!(item), "{behavior}");
        assert_eq!(now["current_period_end"], json!(end), "{behavior}");
        let items = pending(&mut shop);
        let waits: Vec<i64> = items
            .iter()
            .map(|item| item["amount"].as_i64().unwrap_or_default())
            .collect();
        assert_eq!(waits, waiting, "{behavior}");
        match paid {
            None => assert_eq!(shop.latest_invoice()["id"], first["id"], "{behavior}"),
            Some(lines) => {
                let invoice = shop.latest_invoice();
                assert_eq!(amounts(&invoice), lines);
                assert_eq!(
                    (
                        &invoice["status"],
                        &invoice["total"],
                        &invoice["billing_reason"]
                    ),
                    (&json!("paid"), &json!(1000), &json!("subscription_update"))
                );
            }
        }
        if let [credit, debit] = items.as_slice() {
            assert_eq!(
                credit["description"],
                "Unused time on Tea after 30 Nov 2026"
            );
            assert_eq!(
                debit["description"],
                "Remaining time on Tea after 30 Nov 2026"
            );
            let credited = &credit["proration_details"]["credited_items"];
            let line = &first["lines"]["data"][0]["id"];
            assert_eq!(
                credited["invoice_line_item_details"]["invoice_line_items"][0],
                *line
            );
        }
        // The renewal has what waited, and the new price whole.
        shop.machine.advance(PERIOD_S - PERIOD_S / 3 + 3600);
        let mut expected = waiting;
        expected.push(2500);
        assert_eq!(amounts(&shop.latest_invoice()), expected, "{behavior}");
        assert_eq!(pending(&mut shop), Vec::<Value>::new());
    }
}

#[test]
fn a_second_change_gives_back_what_the_first_took() {
    let mut shop = Shop::new("pm_card_visa");
    shop.subscribe(&[]).ok();
    let item = text(&shop.item()["id"]);
    shop.machine.advance(PERIOD_S / 3);
    for quantity in ["3", "1"] {
        let fields = [
            ("items[0][id]", item.as_str()),
            ("items[0][quantity]", quantity),
        ];
        shop.update(&fields).ok();
    }
    let waits: Vec<Value> = pending(&mut shop)
        .iter()
        .map(|it| it["amount"].clone())
        .collect();
    // Ten dollars for two thirds, three times that, and back.
    assert_eq!(waits, [json!(-667), json!(2000), json!(-2000), json!(667)]);
}

#[test]
fn another_interval_begins_a_new_cycle_at_once() {
    let mut shop = Shop::new("pm_card_visa");
    shop.subscribe(&[]).ok();
    let yearly = shop.price(&[("unit_amount", "9000"), ("recurring[interval]", "year")]);
    shop.machine.advance(PERIOD_S / 2);
    let item = text(&shop.item()["id"]);
    let fields = [
        ("items[0][id]", item.as_str()),
        ("items[0][price]", yearly.as_str()),
    ];
    let changed = shop.update(&fields).ok().body;
    let now = 1_795_132_800 + PERIOD_S / 2;
    assert_eq!(changed["billing_cycle_anchor"], json!(now));
    let invoice = shop.latest_invoice();
    assert_eq!(amounts(&invoice), [-500, 9000]);
    assert_eq!(invoice["status"], "paid");
    assert_eq!(shop.period_end(), now + 365 * DAY_S);
}

#[test]
fn a_change_that_cannot_be_paid_does_as_it_was_asked_to() {
    // Behaviour, HTTP status, subscription, quantity, whether it waits.
    for (behavior, status, expected, quantity, waits) in [
        ("allow_incomplete", 200, "past_due", 5, false),
        ("error_if_incomplete", 402, "active", 1, false),
        ("pending_if_incomplete", 200, "active", 1, true),
    ] {
        let mut shop = Shop::new("pm_card_visa");
        shop.subscribe(&[]).ok();
        shop.change_card("pm_card_chargeCustomerFail");
        let item = text(&shop.item()["id"]);
        let fields = [
            ("items[0][id]", item.as_str()),
            ("items[0][quantity]", "5"),
            ("proration_behavior", "always_invoice"),
            ("payment_behavior", behavior),
        ];
        assert_eq!(shop.update(&fields).status, status, "{behavior}");
        let now = shop.subscription();
        assert_eq!(now["status"], expected, "{behavior}");
        assert_eq!(now["items"]["data"][0]["quantity"], quantity, "{behavior}");
        assert_eq!(now["pending_update"].is_null(), !waits, "{behavior}");
        if status == 402 {
            assert_eq!(pending(&mut shop), Vec::<Value>::new(), "{behavior}");
        }
        if waits {
            let update = &now["pending_update"];
            assert_eq!(update["subscription_items"][0]["quantity"], 5);
            shop.change_card("pm_card_visa");
            let path = format!("/v1/invoices/{}/pay", text(&now["latest_invoice"]));
            shop.machine.post(&path, &[]).ok();
            let now = shop.subscription();
            assert_eq!(now["items"]["data"][0]["quantity"], 5);
            assert_eq!(now["pending_update"], Value::Null);
            let events = shop.machine.events();
            let kind = "customer.subscription.pending_update_applied".to_owned();
            assert!(events.contains(&kind));
        }
    }
}

#[test]
fn a_pending_update_lapses_after_23_hours() {
    let mut shop = Shop::new("pm_card_visa");
    shop.subscribe(&[]).ok();
    shop.change_card("pm_card_chargeCustomerFail");
    let item = text(&shop.item()["id"]);
    let fields = [
        ("items[0][id]", item.as_str()),
        ("items[0][quantity]", "5"),
        ("proration_behavior", "always_invoice"),
        ("payment_behavior", "pending_if_incomplete"),
    ];
    shop.update(&fields).ok();
    shop.machine.advance(23 * 3600);
    assert_eq!(shop.subscription()["pending_update"], Value::Null);
    assert_eq!(shop.latest_invoice()["status"], "void");
    assert_eq!(shop.item()["quantity"], 1);
    let kind = "customer.subscription.pending_update_expired".to_owned();
    assert!(shop.machine.events().contains(&kind));
}

#[test]
fn items_come_change_and_go() {
    let mut shop = Shop::new("pm_card_visa");
    shop.subscribe(&[]).ok();
    let first = text(&shop.item()["id"]);
    let extra = shop.price(&[("unit_amount", "300"), ("recurring[interval]", "month")]);
    shop.machine.advance(PERIOD_S / 2);
    let id = shop.id.clone();
    let fields = [
        ("subscription", id.as_str()),
        ("price", extra.as_str()),
        ("quantity", "2"),
    ];
    let added = shop.machine.post("/v1/subscription_items", &fields).ok();
    let path = format!("/v1/subscription_items/{}", added.id());
    assert_eq!(added.body["current_period_end"], json!(shop.period_end()));
    assert_eq!(
        shop.machine.post("/v1/subscription_items", &fields).status,
        400,
        "twice"
    );
    let listed = format!("/v1/subscription_items?subscription={id}");
    assert_eq!(list(&shop.machine.get(&listed).ok().body["data"]).len(), 2);
    let changed = shop.machine.post(&path, &[("metadata[a]", "b")]).ok().body;
    assert_eq!(changed["metadata"], json!({ "a": "b" }));
    let gone = shop.machine.delete(&path).ok().body;
    assert_eq!(gone["deleted"], true);
    assert_eq!(shop.machine.get(&path).status, 404);
    let waits: Vec<Value> = pending(&mut shop)
        .iter()
        .map(|it| it["amount"].clone())
        .collect();
    assert_eq!(waits, [json!(300), json!(-300)]);
    let last = format!("/v1/subscription_items/{first}");
    assert_eq!(shop.machine.delete(&last).status, 400, "one stays");
}

#[test]
fn a_coupon_lasts_as_long_as_it_says() {
    // Duration, months, and what four invoices come to.
    for (duration, months, expected) in [
        ("once", None, [500, 1000, 1000, 1000]),
        ("repeating", Some("2"), [500, 500, 1000, 1000]),
        ("forever", None, [500, 500, 500, 500]),
    ] {
        let mut shop = Shop::new("pm_card_visa");
        let mut fields = vec![("percent_off", "50"), ("duration", duration)];
        fields.extend(months.map(|months| ("duration_in_months", months)));
        let coupon = shop.machine.post("/v1/coupons", &fields).ok().id();
        let made = shop
            .subscribe(&[("discounts[0][coupon]", &coupon)])
            .ok()
            .body;
        shop.machine.advance(93 * DAY_S);
        let invoices = shop.machine.state()["invoices"].clone();
        let paid: Vec<i64> = list(&invoices)
            .iter()
            .map(|invoice| invoice["amount_paid"].as_i64().unwrap_or_default())
            .collect();
        assert_eq!(paid, expected, "{duration}");
        let first = &invoices[0];
        assert_eq!(
            (&first["subtotal"], &first["total"]),
            (&json!(1000), &json!(500))
        );
        assert_eq!(first["total_discount_amounts"][0]["amount"], 500);
        let coupon = shop.machine.get(&format!("/v1/coupons/{coupon}")).ok().body;
        assert_eq!(coupon["times_redeemed"], 1, "{duration}");
        if duration == "once" {
            assert_eq!(made["discounts"], json!([]), "used up by the first invoice");
        }
        let stays = shop.subscription()["discounts"].clone();
        assert_eq!(
            list(&stays).len(),
            usize::from(duration == "forever"),
            "{duration}"
        );
    }
}

#[test]
fn a_promotion_code_is_redeemed_as_often_as_it_may() {
    let mut shop = Shop::new("pm_card_visa");
    let coupon = [
        ("amount_off", "300"),
        ("currency", "usd"),
        ("duration", "forever"),
    ];
    let coupon = shop.machine.post("/v1/coupons", &coupon).ok().id();
    let fields = [
        ("promotion[type]", "coupon"),
        ("promotion[coupon]", coupon.as_str()),
        ("max_redemptions", "1"),
    ];
    let code = shop.machine.post("/v1/promotion_codes", &fields).ok().id();
    let with = [
        ("discounts[0][promotion_code]", code.as_str()),
        ("expand[]", "discounts.promotion_code"),
    ];
    let made = shop.subscribe(&with).ok().body;
    let discount = &made["discounts"][0];
    assert_eq!(discount["subscription"], made["id"]);
    assert_eq!(
        discount["source"],
        json!({ "coupon": coupon, "type": "coupon" })
    );
    assert_eq!(discount["promotion_code"]["times_redeemed"], 1);
    assert_eq!(discount["promotion_code"]["active"], false);
    assert_eq!(shop.latest_invoice()["amount_due"], 700);
    assert_eq!(shop.subscribe(&with).status, 400, "it is used up");
    shop.update(&[("discounts", "")]).ok();
    let kinds = shop.machine.events();
    for kind in ["customer.discount.created", "customer.discount.deleted"] {
        assert!(kinds.iter().any(|known| known == kind), "{kind}");
    }
    shop.machine.advance(PERIOD_S + 3600);
    assert_eq!(shop.latest_invoice()["amount_due"], 1000);
}

#[test]
fn nothing_due_needs_no_payment() {
    let mut shop = Shop::without_default("pm_card_visa");
    let coupon = shop
        .machine
        .post("/v1/coupons", &[("percent_off", "100")])
        .ok()
        .id();
    let made = shop
        .subscribe(&[("discounts[0][coupon]", &coupon)])
        .ok()
        .body;
    assert_eq!(made["status"], "active");
    let invoice = shop.latest_invoice();
    assert_eq!(
        (&invoice["status"], &invoice["amount_due"]),
        (&json!("paid"), &json!(0))
    );
    assert_eq!(shop.machine.state()["payment_intents"], json!([]));
}

#[test]
fn paused_collection_leaves_invoices_as_it_was_asked_to() {
    for (behavior, expected) in [
        ("keep_as_draft", "draft"),
        ("mark_uncollectible", "uncollectible"),
        ("void", "void"),
    ] {
        let mut shop = Shop::new("pm_card_visa");
        shop.subscribe(&[]).ok();
        let resumes = (1_795_132_800 + 40 * DAY_S).to_string();
        let fields = [
            ("pause_collection[behavior]", behavior),
            ("pause_collection[resumes_at]", resumes.as_str()),
        ];
        shop.update(&fields).ok();
        shop.machine.advance(PERIOD_S + 7200);
        assert_eq!(shop.latest_invoice()["status"], expected);
        assert_eq!(shop.status(), "active", "{behavior}");
        shop.machine.advance(40 * DAY_S);
        assert_eq!(shop.subscription()["pause_collection"], Value::Null);
        assert_eq!(shop.latest_invoice()["status"], "paid", "{behavior}");
    }
}

#[test]
fn a_paused_subscription_bills_nothing_until_it_is_resumed() {
    let mut shop = Shop::new("pm_card_visa");
    shop.subscribe(&[]).ok();
    let path = format!("/v1/subscriptions/{}", shop.id);
    let paused = shop.machine.post(&format!("{path}/pause"), &[]).ok().body;
    assert_eq!(paused["status"], "paused");
    let kind = &paused["status_details"]["paused"]["subscription"]["type"];
    assert_eq!(*kind, "pause_requested");
    shop.machine.advance(70 * DAY_S);
    assert_eq!(list(&shop.machine.state()["invoices"]).len(), 1);
    let resumed = shop.machine.post(&format!("{path}/resume"), &[]).ok().body;
    assert_eq!(resumed["status"], "active");
    assert_eq!(
        resumed["billing_cycle_anchor"],
        json!(1_795_132_800 + 70 * DAY_S)
    );
    assert_eq!(shop.latest_invoice()["status"], "paid");
    shop.machine.advance(31 * DAY_S + 3600);
    assert_eq!(list(&shop.machine.state()["invoices"]).len(), 3);
}

#[test]
fn a_trial_ends_early_or_late() {
    let mut shop = Shop::new("pm_card_visa");
    shop.subscribe(&[("trial_period_days", "10")]).ok();
    let later = (1_795_132_800 + 20 * DAY_S).to_string();
    let longer = shop.update(&[("trial_end", &later)]).ok().body;
    assert_eq!(longer["trial_end"].to_string(), later);
    shop.machine.advance(15 * DAY_S);
    assert_eq!(shop.status(), "trialing");
    let over = shop.update(&[("trial_end", "now")]).ok().body;
    assert_eq!(over["status"], "active");
    let invoice = shop.latest_invoice();
    assert_eq!(
        (&invoice["amount_paid"], &invoice["status"]),
        (&json!(1000), &json!("paid"))
    );
    assert_eq!(
        over["billing_cycle_anchor"],
        json!(1_795_132_800 + 15 * DAY_S)
    );
}

#[test]
fn cancelled_at_once_the_rest_is_given_back_if_asked_for() {
    for (fields, credit, balance) in [
        ("", None, 0),
        ("prorate=true", Some(-500), 0),
        ("prorate=true&invoice_now=true", None, -500),
    ] {
        let mut shop = Shop::new("pm_card_visa");
        shop.subscribe(&[]).ok();
        shop.machine.advance(PERIOD_S / 2);
        let path = format!("/v1/subscriptions/{}?{fields}", shop.id);
        shop.machine.delete(&path).ok();
        let waits = pending(&mut shop);
        assert_eq!(
            waits.first().map(|item| item["amount"].clone()),
            credit.map(Value::from),
            "{fields}"
        );
        let customer = format!("/v1/customers/{}", shop.customer);
        let customer = shop.machine.get(&customer).ok().body;
        assert_eq!(customer["balance"], balance, "{fields}");
    }
}

#[test]
fn an_invoice_that_is_sent_has_a_due_date() {
    let mut shop = Shop::without_default("pm_card_visa");
    let fields = [
        ("collection_method", "send_invoice"),
        ("days_until_due", "7"),
    ];
    let made = shop.subscribe(&fields).ok().body;
    assert_eq!(made["status"], "active");
    assert_eq!(shop.latest_invoice()["status"], "draft");
    shop.machine.advance(3600);
    let invoice = shop.latest_invoice();
    let due = 1_795_132_800 + 3600 + 7 * DAY_S;
    assert_eq!(
        (&invoice["status"], &invoice["due_date"]),
        (&json!("open"), &json!(due))
    );
    assert_eq!(invoice["next_payment_attempt"], Value::Null);
    shop.machine.advance(7 * DAY_S);
    assert_eq!(shop.status(), "past_due");
    let events = shop.machine.events();
    for kind in ["invoice.sent", "invoice.will_be_due", "invoice.overdue"] {
        assert!(events.iter().any(|known| known == kind), "{kind}");
    }
    let path = format!("/v1/invoices/{}/pay", text(&invoice["id"]));
    shop.machine
        .post(&path, &[("paid_out_of_band", "true")])
        .ok();
    assert_eq!(shop.status(), "active");
}

#[test]
fn subscriptions_are_found_by_what_they_are() {
    let mut shop = Shop::new("pm_card_visa");
    shop.subscribe(&[("metadata[order]", "7")]).ok();
    let (id, customer, price) = (shop.id.clone(), shop.customer.clone(), shop.price.clone());
    for (query, found) in [
        (format!("?customer={customer}"), true),
        (format!("?price={price}"), true),
        ("?price=price_x".to_owned(), false),
        ("?status=active".to_owned(), true),
        ("?status=past_due".to_owned(), false),
        ("?status=ended".to_owned(), false),
        ("?collection_method=send_invoice".to_owned(), false),
        ("/search?query=metadata['order']:'7'".to_owned(), true),
        ("/search?query=status:'canceled'".to_owned(), false),
    ] {
        let listed = shop
            .machine
            .get(&format!("/v1/subscriptions{query}"))
            .ok()
            .body;
        let ids: Vec<String> = list(&listed["data"])
            .iter()
            .map(|it| text(&it["id"]))
            .collect();
        assert_eq!(ids.contains(&id), found, "{query}");
    }
    assert_eq!(shop.machine.get("/v1/subscriptions?status=odd").status, 400);
}
