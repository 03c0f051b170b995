//! Subscriptions: the first payment, renewals, failures and recovery, trials, and how they end.

use crate::billing::{Shop, list, types};
use crate::machine::{Fields, Machine, text};
use serde_json::{Value, json};

const DAY_S: i64 = 24 * 60 * 60;

#[test]
fn a_first_payment_makes_a_subscription_active() {
    let mut shop = Shop::new("pm_card_visa");
    let before = shop.machine.events().len();
    let made = shop
        .subscribe(&[("expand[]", "latest_invoice.payments")])
        .ok()
        .body;
    assert_eq!(made["status"], "active");
    let item = &made["items"]["data"][0];
    // A month from 20 November.
    assert_eq!(
        (&item["current_period_start"], &item["current_period_end"]),
        (&json!(1_795_132_800), &json!(1_797_724_800))
    );
    assert_eq!(made["billing_cycle_anchor"], 1_795_132_800);
    let invoice = &made["latest_invoice"];
    for (field, expected) in [
        ("status", json!("paid")),
        ("billing_reason", json!("subscription_create")),
        ("amount_due", json!(1000)),
        ("amount_paid", json!(1000)),
        ("amount_remaining", json!(0)),
        ("attempt_count", json!(1)),
        ("attempted", json!(true)),
        ("next_payment_attempt", Value::Null),
    ] {
        assert_eq!(invoice[field], expected, "{field}");
    }
    assert_eq!(
        invoice["lines"]["data"][0]["description"],
        "1 × Tea (at $10.00 / month)"
    );
    let parent = &invoice["parent"]["subscription_details"];
    assert_eq!(parent["subscription"], made["id"]);
    let payment = &invoice["payments"]["data"][0];
    assert_eq!(
        (&payment["status"], &payment["amount_paid"]),
        (&json!("paid"), &json!(1000))
    );
    let intent = text(&payment["payment"]["payment_intent"]);
    let intent = shop.machine.intent(&intent);
    assert_eq!(
        (
            &intent["status"],
            &intent["setup_future_usage"],
            &intent["amount"]
        ),
        (&json!("succeeded"), &json!("off_session"), &json!(1000))
    );
    assert_eq!(
        shop.machine.events()[before..],
        [
            "customer.subscription.created",
            "invoice.created",
            "invoice.finalized",
            "payment_intent.created",
            "charge.succeeded",
            "payment_intent.succeeded",
            "invoice.updated",
            "invoice.paid",
            "invoice.payment_succeeded",
            "invoice_payment.paid",
            "customer.subscription.updated",
        ]
    );
}

#[test]
fn default_incomplete_waits_for_the_page_to_confirm() {
    let mut shop = Shop::without_default("pm_card_visa");
    let fields = [
        ("payment_behavior", "default_incomplete"),
        (
            "payment_settings[save_default_payment_method]",
            "on_subscription",
        ),
        ("expand[]", "latest_invoice.confirmation_secret"),
    ];
    let made = shop.subscribe(&fields).ok().body;
    assert_eq!(made["status"], "incomplete");
    let invoice = &made["latest_invoice"];
    assert_eq!(
        (
            &invoice["status"],
            &invoice["attempted"],
            &invoice["attempt_count"]
        ),
        (&json!("open"), &json!(false), &json!(0))
    );
    let secret = text(&invoice["confirmation_secret"]["client_secret"]);
    let (intent, _) = secret.split_once("_secret_").expect("a client secret");
    // Declined first, then 3-D Secure.
    let declined = shop.confirm(intent, "pm_card_visa_chargeDeclined");
    assert_eq!(declined.status, 402);
    assert_eq!(shop.status(), "incomplete");
    let asked = shop
        .confirm(intent, "pm_card_threeDSecure2Required")
        .ok()
        .body;
    let source = text(&asked["next_action"]["use_stripe_sdk"]["three_d_secure_2_source"]);
    assert_eq!(shop.status(), "incomplete");
    shop.machine.bank(&source, "complete").ok();
    let paid = shop.subscription();
    assert_eq!(paid["status"], "active");
    let method = text(&paid["default_payment_method"]);
    assert_ne!(method, "", "what has paid is the default now");
    let invoice = shop.latest_invoice();
    assert_eq!(
        (&invoice["status"], &invoice["attempt_count"]),
        (&json!("paid"), &json!(1))
    );
    let kinds = shop.machine.events();
    for kind in [
        "invoice.payment_failed",
        "invoice.payment_action_required",
        "invoice.paid",
    ] {
        assert!(kinds.iter().any(|known| known == kind), "{kind}");
    }
}

#[test]
fn a_first_payment_that_fails_does_as_it_was_asked_to() {
    // Behaviour, card, HTTP status, subscription, first invoice, intent.
    let cases = [
        (
            "allow_incomplete",
            "pm_card_chargeCustomerFail",
            200,
            "incomplete",
            "open",
            "requires_payment_method",
        ),
        (
            "allow_incomplete",
            "pm_card_authenticationRequired",
            200,
            "incomplete",
            "open",
            "requires_action",
        ),
        (
            "error_if_incomplete",
            "pm_card_chargeCustomerFail",
            402,
            "",
            "",
            "canceled",
        ),
        (
            "error_if_incomplete",
            "pm_card_authenticationRequired",
            402,
            "",
            "",
            "canceled",
        ),
        (
            "error_if_incomplete",
            "pm_card_visa",
            200,
            "active",
            "paid",
            "succeeded",
        ),
        (
            "default_incomplete",
            "pm_card_visa",
            200,
            "incomplete",
            "open",
            "requires_confirmation",
        ),
    ];
    for (behavior, card, status, subscription, invoice, intent) in cases {
        let mut shop = Shop::new(card);
        let answer = shop.subscribe(&[("payment_behavior", behavior)]);
        assert_eq!(answer.status, status, "{behavior} {card}: {}", answer.text);
        let state = shop.machine.state();
        if status == 200 {
            assert_eq!(
                state["subscriptions"][0]["status"], subscription,
                "{behavior} {card}"
            );
            assert_eq!(state["invoices"][0]["status"], invoice, "{behavior} {card}");
        } else {
            assert_eq!(state["subscriptions"], json!([]), "{behavior} {card}");
            assert_eq!(state["invoices"], json!([]), "{behavior} {card}");
        }
        assert_eq!(
            state["payment_intents"][0]["status"], intent,
            "{behavior} {card}"
        );
    }
    let mut shop = Shop::without_default("pm_card_visa");
    assert_eq!(shop.subscribe(&[]).error("code"), "resource_missing");
    assert_eq!(
        shop.subscribe(&[("payment_behavior", "pending_if_incomplete")])
            .status,
        400
    );
}

#[test]
fn an_incomplete_subscription_expires_after_23_hours() {
    let mut shop = Shop::new("pm_card_chargeCustomerFail");
    shop.subscribe(&[]).ok();
    shop.machine.advance(23 * 3600 - 1);
    assert_eq!(shop.status(), "incomplete");
    assert_eq!(shop.latest_invoice()["next_payment_attempt"], Value::Null);
    shop.machine.advance(1);
    assert_eq!(shop.status(), "incomplete_expired");
    assert_eq!(shop.latest_invoice()["status"], "void");
    let state = shop.machine.state();
    let intent = &state["payment_intents"][0];
    assert_eq!(
        (&intent["status"], &intent["cancellation_reason"]),
        (&json!("canceled"), &json!("void_invoice"))
    );
    assert_eq!(state["invoice_payments"][0]["status"], "canceled");
    // Nothing comes of it any more.
    shop.machine.advance(60 * DAY_S);
    assert_eq!(
        shop.machine.state()["invoices"].as_array().map(Vec::len),
        Some(1)
    );
}

#[test]
fn a_renewal_is_drafted_at_the_periods_end_and_paid_an_hour_later() {
    let mut shop = Shop::new("pm_card_visa");
    shop.subscribe(&[]).ok();
    let first = shop.latest_invoice();
    let end = shop.period_end();
    let now = 1_795_132_800;
    shop.machine.advance(end - now);
    let draft = shop.latest_invoice();
    assert_ne!(draft["id"], first["id"]);
    for (field, expected) in [
        ("status", json!("draft")),
        ("billing_reason", json!("subscription_cycle")),
        ("created", json!(end)),
        ("automatically_finalizes_at", json!(end + 3600)),
        ("period_start", json!(now)),
        ("period_end", json!(end)),
        ("number", Value::Null),
    ] {
        assert_eq!(draft[field], expected, "{field}");
    }
    assert_eq!(draft["lines"]["data"][0]["period"]["start"], json!(end));
    shop.machine.advance(3600);
    let paid = shop.latest_invoice();
    assert_eq!(paid["status"], "paid");
    assert_eq!(paid["status_transitions"]["paid_at"], json!(end + 3600));
    assert_eq!(paid["automatically_finalizes_at"], Value::Null);
    assert_eq!(
        text(&paid["number"]),
        text(&first["number"]).replace("-0001", "-0002")
    );
}

#[test]
fn a_year_at_once_renews_twelve_times_each_at_its_own_time() {
    let mut shop = Shop::new("pm_card_visa");
    shop.subscribe(&[]).ok();
    shop.machine.advance(366 * DAY_S);
    let invoices = shop.machine.state()["invoices"].clone();
    let created: Vec<i64> = list(&invoices)
        .iter()
        .map(|invoice| invoice["created"].as_i64().unwrap_or_default())
        .collect();
    assert_eq!(created.len(), 13);
    let mut times = created.clone();
    times.sort_unstable();
    assert_eq!(created, times);
    assert!(
        list(&invoices)
            .iter()
            .all(|invoice| invoice["status"] == "paid")
    );
    // The 20th of each month, and events at the times they were due.
    let events = shop.machine.state()["events"].clone();
    let paid: Vec<i64> = list(&events)
        .iter()
        .filter(|event| event["type"] == "invoice.paid")
        .map(|event| event["created"].as_i64().unwrap_or_default())
        .collect();
    let expected: Vec<i64> = created
        .iter()
        .enumerate()
        .map(|(place, at)| if place == 0 { *at } else { at + 3600 })
        .collect();
    assert_eq!(paid, expected);
    let all: Vec<i64> = list(&events)
        .iter()
        .map(|event| event["created"].as_i64().unwrap_or_default())
        .collect();
    let mut sorted = all.clone();
    sorted.sort_unstable();
    assert_eq!(all, sorted, "events come in the order of their times");
    let upcoming = types(&events)
        .iter()
        .filter(|kind| *kind == "invoice.upcoming")
        .count();
    assert_eq!(upcoming, 12);
}

#[test]
fn a_renewal_that_fails_is_tried_again_and_given_up() {
    for (after, expected) in [
        ("cancel", "canceled"),
        ("mark_unpaid", "unpaid"),
        ("leave_past_due", "past_due"),
    ] {
        let mut shop = Shop::new("pm_card_visa");
        shop.machine
            .control("assumptions", json!({ "after_last_retry": after }))
            .ok();
        shop.subscribe(&[]).ok();
        shop.change_card("pm_card_chargeCustomerFail");
        let due = shop.period_end() + 3600;
        shop.machine.advance(due - 1_795_132_800);
        // One try, then after 3, 5 and 7 days.
        for (tries, wait) in [(1, Some(3)), (2, Some(5)), (3, Some(7)), (4, None)] {
            let invoice = shop.latest_invoice();
            assert_eq!(invoice["attempt_count"], tries, "{after}");
            assert_eq!(invoice["status"], "open", "{after}");
            match wait {
                Some(days) => {
                    assert_eq!(shop.status(), "past_due", "{after} {tries}");
                    let next = invoice["next_payment_attempt"].as_i64().unwrap_or_default();
                    let failed = shop.machine.get("/_control/clock").ok().body["now"].clone();
                    assert_eq!(json!(next - days * DAY_S), failed, "{after}");
                    shop.machine.advance(days * DAY_S);
                }
                None => assert_eq!(invoice["next_payment_attempt"], Value::Null, "{after}"),
            }
        }
        assert_eq!(shop.status(), expected);
        let failed = shop.machine.events();
        let failed = failed
            .iter()
            .filter(|kind| *kind == "invoice.payment_failed")
            .count();
        assert_eq!(failed, 4, "{after}");
        if expected == "canceled" {
            let details = shop.subscription()["cancellation_details"].clone();
            assert_eq!(details["reason"], "payment_failed");
        }
    }
}

#[test]
fn a_good_card_heals_a_subscription_that_is_past_due() {
    // By hand, or by the next retry.
    for by_hand in [true, false] {
        let mut shop = Shop::new("pm_card_visa");
        shop.subscribe(&[]).ok();
        shop.change_card("pm_card_chargeCustomerFail");
        let wait = shop.period_end() + 3600 - 1_795_132_800;
        shop.machine.advance(wait);
        assert_eq!(shop.status(), "past_due");
        shop.change_card("pm_card_visa");
        if by_hand {
            let path = format!("/v1/invoices/{}/pay", text(&shop.latest_invoice()["id"]));
            assert_eq!(shop.machine.post(&path, &[]).ok().body["status"], "paid");
            assert_eq!(shop.machine.post(&path, &[]).status, 400, "once is enough");
        } else {
            shop.machine.advance(3 * DAY_S);
        }
        assert_eq!(shop.status(), "active", "{by_hand}");
        let invoice = shop.latest_invoice();
        assert_eq!(invoice["status"], "paid");
        assert_eq!(invoice["attempt_count"], if by_hand { 1 } else { 2 });
        assert_eq!(invoice["next_payment_attempt"], Value::Null);
    }
}

#[test]
fn a_renewal_that_needs_the_customer_waits_for_them() {
    let mut shop = Shop::new("pm_card_visa");
    shop.subscribe(&[]).ok();
    shop.change_card("pm_card_authenticationRequired");
    let wait = shop.period_end() + 3600 - 1_795_132_800;
    shop.machine.advance(wait);
    assert_eq!(shop.status(), "past_due");
    let intent = shop.latest_intent();
    assert_eq!(intent["status"], "requires_action");
    let source = text(&intent["next_action"]["use_stripe_sdk"]["three_d_secure_2_source"]);
    shop.machine.bank(&source, "complete").ok();
    assert_eq!(shop.status(), "active");
    assert!(
        shop.machine
            .events()
            .contains(&"invoice.payment_action_required".to_owned())
    );
}

#[test]
fn a_card_set_up_by_the_first_payment_pays_the_renewals() {
    let mut shop = Shop::new("pm_card_authenticationRequiredOnSetup");
    shop.subscribe(&[]).ok();
    assert_eq!(shop.status(), "incomplete");
    let intent = shop.latest_intent();
    let source = text(&intent["next_action"]["use_stripe_sdk"]["three_d_secure_2_source"]);
    shop.machine.bank(&source, "complete").ok();
    assert_eq!(shop.status(), "active");
    shop.machine.advance(32 * DAY_S);
    assert_eq!(shop.latest_invoice()["status"], "paid");
    assert_eq!(
        shop.latest_invoice()["billing_reason"],
        "subscription_cycle"
    );
}

#[test]
fn a_trial_is_free_and_ends_in_an_invoice() {
    let mut shop = Shop::new("pm_card_visa");
    let made = shop.subscribe(&[("trial_period_days", "14")]).ok().body;
    assert_eq!(made["status"], "trialing");
    let end = 1_795_132_800 + 14 * DAY_S;
    assert_eq!(made["trial_end"], json!(end));
    assert_eq!(made["billing_cycle_anchor"], json!(end));
    let invoice = shop.latest_invoice();
    assert_eq!(
        (&invoice["amount_due"], &invoice["status"]),
        (&json!(0), &json!("paid"))
    );
    assert_eq!(
        invoice["lines"]["data"][0]["description"],
        "Trial period for Tea"
    );
    shop.machine.advance(11 * DAY_S);
    assert_eq!(
        shop.machine.events().last().map(String::as_str),
        Some("customer.subscription.trial_will_end")
    );
    shop.machine.advance(3 * DAY_S);
    assert_eq!(shop.status(), "active");
    shop.machine.advance(3600);
    let invoice = shop.latest_invoice();
    assert_eq!(
        (&invoice["amount_paid"], &invoice["status"]),
        (&json!(1000), &json!("paid"))
    );
}

#[test]
fn a_trial_without_a_method_ends_as_it_was_asked_to() {
    for (behavior, expected, invoices) in [
        ("cancel", "canceled", 1),
        ("pause", "paused", 1),
        ("create_invoice", "past_due", 2),
    ] {
        let mut shop = Shop::without_default("pm_card_visa");
        let fields = [
            ("trial_period_days", "7"),
            (
                "trial_settings[end_behavior][missing_payment_method]",
                behavior,
            ),
        ];
        shop.subscribe(&fields).ok();
        shop.machine.advance(7 * DAY_S + 3600);
        assert_eq!(shop.status(), expected, "{behavior}");
        let made = shop.machine.state()["invoices"].clone();
        assert_eq!(list(&made).len(), invoices, "{behavior}");
        if expected == "paused" {
            shop.change_card("pm_card_visa");
            let path = format!("/v1/subscriptions/{}/resume", shop.id);
            let resumed = shop.machine.post(&path, &[]).ok().body;
            assert_eq!(resumed["status"], "active");
            let events = shop.machine.events();
            assert!(events.contains(&"customer.subscription.paused".to_owned()));
            assert!(events.contains(&"customer.subscription.resumed".to_owned()));
        }
    }
}

#[test]
fn a_trial_collects_a_method_beforehand() {
    let mut shop = Shop::without_default("pm_card_visa");
    let fields = [
        ("trial_period_days", "7"),
        ("payment_behavior", "default_incomplete"),
        (
            "payment_settings[save_default_payment_method]",
            "on_subscription",
        ),
    ];
    let made = shop.subscribe(&fields).ok().body;
    let setup = text(&made["pending_setup_intent"]);
    assert!(setup.starts_with("seti_"), "{setup}");
    let path = format!("/v1/setup_intents/{setup}/confirm");
    let fields = [
        ("payment_method", "pm_card_visa"),
        ("return_url", "https://shop.test/return"),
    ];
    shop.machine.post(&path, &fields).ok();
    let now = shop.subscription();
    assert_eq!(now["pending_setup_intent"], Value::Null);
    assert_ne!(now["default_payment_method"], Value::Null);
    shop.machine.advance(7 * DAY_S + 3600);
    assert_eq!(shop.latest_invoice()["status"], "paid");
}

#[test]
fn a_subscription_ends_now_or_with_its_period() {
    let mut shop = Shop::new("pm_card_visa");
    shop.subscribe(&[]).ok();
    let path = format!("/v1/subscriptions/{}", shop.id);
    let ending = shop
        .machine
        .post(&path, &[("cancel_at_period_end", "true")])
        .ok()
        .body;
    assert_eq!(ending["status"], "active");
    assert_eq!(ending["cancel_at"], json!(shop.period_end()));
    assert_eq!(ending["canceled_at"], 1_795_132_800);
    let kept = shop
        .machine
        .post(&path, &[("cancel_at_period_end", "false")])
        .ok()
        .body;
    assert_eq!(
        (&kept["cancel_at"], &kept["canceled_at"]),
        (&Value::Null, &Value::Null)
    );
    shop.machine
        .post(&path, &[("cancel_at_period_end", "true")])
        .ok();
    let end = shop.period_end();
    shop.machine.advance(end - 1_795_132_800);
    let ended = shop.subscription();
    assert_eq!(
        (&ended["status"], &ended["ended_at"]),
        (&json!("canceled"), &json!(end))
    );
    assert_eq!(
        shop.machine.events().last().map(String::as_str),
        Some("customer.subscription.deleted")
    );
    assert_eq!(list(&shop.machine.state()["invoices"]).len(), 1);
    assert_eq!(shop.machine.delete(&path).status, 404);

    let mut shop = Shop::new("pm_card_visa");
    shop.subscribe(&[]).ok();
    let path = format!("/v1/subscriptions/{}", shop.id);
    assert_eq!(shop.machine.delete(&path).ok().body["status"], "canceled");
    assert_eq!(
        shop.machine.get("/v1/subscriptions").ok().body["data"],
        json!([])
    );
    let all = shop.machine.get("/v1/subscriptions?status=all").ok().body;
    assert_eq!(list(&all["data"]).len(), 1);
}

#[test]
fn an_anchor_bills_the_time_until_it() {
    // The cycle begins on 30 November.
    let anchor = (1_795_132_800 + 10 * DAY_S).to_string();
    for (behavior, amount) in [("create_prorations", 323), ("none", 0)] {
        let mut shop = Shop::new("pm_card_visa");
        let fields = [
            ("billing_cycle_anchor", anchor.as_str()),
            ("proration_behavior", behavior),
        ];
        shop.subscribe(&fields).ok();
        // The period it would have begun on 30 October has 31 days: ten of them of $10.00.
        assert_eq!(shop.latest_invoice()["amount_due"], amount, "{behavior}");
        assert_eq!(json!(shop.period_end()).to_string(), anchor, "{behavior}");
        shop.machine.advance(10 * DAY_S + 3600);
        assert_eq!(shop.latest_invoice()["amount_paid"], 1000, "{behavior}");
    }
}

#[test]
fn what_is_wrong_is_refused() {
    let mut shop = Shop::new("pm_card_visa");
    let once = shop.price(&[("unit_amount", "500")]);
    let euros = shop.machine.post(
        "/v1/prices",
        &[
            ("product", &shop.product.clone()),
            ("currency", "eur"),
            ("unit_amount", "1"),
            ("recurring[interval]", "month"),
        ],
    );
    let euros = euros.ok().id();
    let monthly = shop.price.clone();
    let cases: &[(Fields<'_>, &str)] = &[
        (&[("items[0][price]", &once)], "items[0][price]"),
        (&[("items[0][price]", "price_x")], "items[0][price]"),
        (
            &[("items[0][price]", &monthly), ("items[1][price]", &monthly)],
            "items[1][price]",
        ),
        (
            &[("items[0][price]", &monthly), ("items[1][price]", &euros)],
            "items[1][price]",
        ),
        (&[("items[0][quantity]", "1")], "items[0][price]"),
        (
            &[("items[0][price]", &monthly), ("trial_end", "5")],
            "trial_end",
        ),
        (
            &[
                ("items[0][price]", &monthly),
                ("default_payment_method", "pm_x"),
            ],
            "default_payment_method",
        ),
        (
            &[
                ("items[0][price]", &monthly),
                ("collection_method", "send_invoice"),
            ],
            "days_until_due",
        ),
        (
            &[
                ("items[0][price]", &monthly),
                ("discounts[0][coupon]", "none"),
            ],
            "discounts[0][coupon]",
        ),
        (
            &[("items[0][price]", &monthly), ("customer", "cus_x")],
            "customer",
        ),
    ];
    for (fields, param) in cases {
        let mut all = vec![("customer", shop.customer.as_str())];
        all.retain(|(name, _)| !fields.iter().any(|(other, _)| other == name));
        all.extend_from_slice(fields);
        let answer = shop.machine.post("/v1/subscriptions", &all);
        assert_eq!(answer.status, 400, "{fields:?}: {}", answer.text);
        assert_eq!(answer.error("param"), *param, "{fields:?}: {}", answer.text);
    }
    assert_eq!(shop.machine.state()["subscriptions"], json!([]));
}

#[test]
fn worlds_with_subscriptions_survive_a_restart() {
    let mut shop = Shop::new("pm_card_visa");
    shop.subscribe(&[]).ok();
    let saved = serde_json::to_string(&shop.machine.stripe).expect("state is JSON");
    let mut again = Machine::new();
    again.stripe = serde_json::from_str(&saved).expect("state is read");
    shop.machine = again;
    shop.machine.advance(32 * DAY_S);
    assert_eq!(list(&shop.machine.state()["invoices"]).len(), 2);
    assert_eq!(shop.latest_invoice()["status"], "paid");
}

#[test]
fn a_debit_begins_a_subscription_before_it_is_settled() {
    for (account, paid, status) in [
        ("pm_usBankAccount_success", "paid", "active"),
        ("pm_usBankAccount_insufficientFunds", "open", "past_due"),
    ] {
        let mut shop = Shop::new(account);
        shop.subscribe(&[]).ok();
        assert_eq!(shop.status(), "active", "{account}");
        let invoice = shop.latest_invoice();
        assert_eq!(invoice["status"], "open", "{account}");
        let pay = format!("/v1/invoices/{}/pay", text(&invoice["id"]));
        assert_eq!(shop.machine.post(&pay, &[]).status, 400, "it is under way");
        shop.machine.advance(600);
        assert_eq!(shop.latest_invoice()["status"], paid, "{account}");
        assert_eq!(shop.status(), status, "{account}");
    }
}

#[test]
fn a_subscription_ends_once_whatever_ends_it() {
    let mut shop = Shop::new("pm_card_visa");
    shop.subscribe(&[("cancel_at_period_end", "true")]).ok();
    shop.update(&[("metadata[a]", "b")]).ok();
    let other = shop.id.clone();
    shop.subscribe(&[]).ok();
    shop.update(&[("cancel_at_period_end", "true")]).ok();
    shop.machine.advance(40 * DAY_S);
    shop.subscribe(&[]).ok();
    shop.machine
        .delete(&format!("/v1/customers/{}", shop.customer))
        .ok();
    assert_eq!(shop.status(), "canceled", "its customer is gone");
    let events = shop.machine.events();
    let ends = events
        .iter()
        .filter(|kind| *kind == "customer.subscription.deleted");
    assert_eq!(ends.count(), 3, "{other}");
}

#[test]
fn a_payment_that_was_confirmed_too_often_is_opened_anew() {
    let mut shop = Shop::new("pm_card_visa");
    shop.machine
        .control("assumptions", json!({ "most_confirmations": 1 }))
        .ok();
    shop.subscribe(&[]).ok();
    shop.change_card("pm_card_chargeCustomerFail");
    let wait = shop.period_end() + 3600 - 1_795_132_800;
    shop.machine.advance(wait);
    let intent = text(&shop.latest_intent()["id"]);
    for _ in 0..2 {
        shop.confirm(&intent, "pm_card_visa_chargeDeclined");
    }
    assert_eq!(shop.machine.intent(&intent)["status"], "canceled");
    shop.change_card("pm_card_visa");
    shop.machine.advance(3 * DAY_S);
    let paid = shop.latest_invoice();
    assert_eq!(paid["status"], "paid");
    assert_eq!(list(&paid["payments"]["data"]).len(), 2);
}
