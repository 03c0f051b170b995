//! Sessions that start subscriptions: paid at once, on trial, and not at all.

use super::{CARD, address, session, visit, with};
use crate::machine::{Answer, Machine, text};
use serde_json::{Value, json};
use stripe_sandbox::Response;

fn subscribe(machine: &mut Machine, more: &[(&str, &str)]) -> Answer {
    let fields = [
        ("mode", "subscription"),
        ("success_url", "https://shop.test/done"),
        ("line_items[0][price_data][currency]", "eur"),
        ("line_items[0][price_data][unit_amount]", "1500"),
        ("line_items[0][price_data][recurring][interval]", "month"),
        ("line_items[0][price_data][product_data][name]", "Club"),
        ("line_items[0][quantity]", "2"),
    ];
    machine
        .post("/v1/checkout/sessions", &with(&fields, more))
        .ok()
}

fn press(machine: &mut Machine, made: &Answer, more: &[(&str, &str)]) -> (Response, Value) {
    let total = made.body["amount_total"].to_string();
    let mut fields = with(CARD, more);
    fields.push(("total", &total));
    let response = visit(machine, "POST", &text(&made.body["url"]), &fields);
    (response, session(machine, &made.id()))
}

fn subscription(machine: &mut Machine, session: &Value) -> Value {
    let path = format!("/v1/subscriptions/{}", text(&session["subscription"]));
    machine
        .get(&format!("{path}?expand[]=latest_invoice"))
        .ok()
        .body
}

#[test]
fn a_shopper_subscribes_with_the_first_payment() {
    let mut machine = Machine::new();
    let more = [
        ("line_items[1][price_data][currency]", "eur"),
        ("line_items[1][price_data][unit_amount]", "700"),
        ("line_items[1][price_data][product_data][name]", "Card"),
        ("line_items[1][quantity]", "1"),
        ("subscription_data[metadata][order]", "7"),
    ];
    let made = subscribe(&mut machine, &more);
    assert_eq!(made.body["amount_total"], 3700);
    assert_eq!(made.body["customer_creation"], "always");
    let page = visit(&mut machine, "GET", &text(&made.body["url"]), &[]);
    assert!(page.body.contains("every month"), "{}", page.body);
    let (response, complete) = press(&mut machine, &made, &[]);
    assert_eq!(
        address(&response),
        "https://shop.test/done",
        "{}",
        response.body
    );
    assert_eq!(complete["status"], "complete");
    assert_eq!(complete["payment_status"], "paid");
    assert_eq!(
        complete["payment_intent"],
        Value::Null,
        "it is the invoice's"
    );
    let subscription = subscription(&mut machine, &complete);
    assert_eq!(subscription["status"], "active");
    assert_eq!(subscription["metadata"]["order"], "7");
    assert_eq!(subscription["customer"], complete["customer"]);
    assert_eq!(subscription["latest_invoice"]["amount_paid"], 3700);
    assert_eq!(subscription["latest_invoice"]["id"], complete["invoice"]);
    assert!(
        subscription["default_payment_method"].is_string(),
        "it renews with the card"
    );
    let list = format!(
        "/v1/checkout/sessions?subscription={}",
        text(&complete["subscription"])
    );
    assert_eq!(
        machine.get(&list).ok().body["data"][0]["id"],
        complete["id"]
    );
    assert!(
        machine
            .events()
            .contains(&"checkout.session.completed".to_owned())
    );
}

#[test]
fn a_declined_first_payment_can_be_made_with_another_card() {
    let mut machine = Machine::new();
    let made = subscribe(&mut machine, &[]);
    let declined = [("card_number", "4000000000009995")];
    let (response, open) = press(&mut machine, &made, &declined);
    assert_eq!(response.status, 402);
    assert_eq!(
        (&open["status"], &open["subscription"]),
        (&json!("open"), &Value::Null)
    );
    let (_, complete) = press(&mut machine, &made, &[]);
    assert_eq!(complete["payment_status"], "paid");
    assert_eq!(subscription(&mut machine, &complete)["status"], "active");
    let all = machine.get("/v1/subscriptions?status=all").ok().body;
    assert_eq!(all["data"].as_array().map(Vec::len), Some(1));
}

#[test]
fn three_d_secure_comes_before_the_first_payment() {
    let mut machine = Machine::new();
    let made = subscribe(&mut machine, &[]);
    let (response, _) = press(&mut machine, &made, &[("card_number", "4000000000003220")]);
    let bank = address(&response);
    assert!(
        bank.contains("/test_payment/3d_secure/"),
        "{bank} {}",
        response.body
    );
    visit(&mut machine, "POST", &format!("{bank}/authorize"), &[]);
    let complete = session(&mut machine, &made.id());
    assert_eq!(complete["payment_status"], "paid");
    assert_eq!(subscription(&mut machine, &complete)["status"], "active");
}

#[test]
fn a_trial_saves_a_card_and_charges_nothing() {
    let mut machine = Machine::new();
    let made = subscribe(
        &mut machine,
        &[("subscription_data[trial_period_days]", "7")],
    );
    assert_eq!(made.body["amount_total"], 0);
    let (response, complete) = press(&mut machine, &made, &[]);
    assert_eq!(complete["status"], "complete", "{}", response.body);
    assert_eq!(complete["payment_status"], "no_payment_required");
    let subscription = subscription(&mut machine, &complete);
    assert_eq!(subscription["status"], "trialing");
    assert!(subscription["default_payment_method"].is_string());
    assert_eq!(machine.state()["charges"], json!([]));
}

#[test]
fn a_trial_may_need_no_card_at_all() {
    let mut machine = Machine::new();
    let more = [
        ("subscription_data[trial_period_days]", "7"),
        ("payment_method_collection", "if_required"),
    ];
    let made = subscribe(&mut machine, &more);
    let page = visit(&mut machine, "GET", &text(&made.body["url"]), &[]);
    assert!(!page.body.contains("card_number"), "{}", page.body);
    let (response, complete) = press(&mut machine, &made, &[("card_number", "")]);
    assert_eq!(complete["status"], "complete", "{}", response.body);
    assert_eq!(subscription(&mut machine, &complete)["status"], "trialing");
}

#[test]
fn a_coupon_is_redeemed_once() {
    let mut machine = Machine::new();
    let coupon = machine
        .post("/v1/coupons", &[("percent_off", "50")])
        .ok()
        .id();
    let made = subscribe(&mut machine, &[("discounts[0][coupon]", &coupon)]);
    assert_eq!(made.body["amount_total"], 1500);
    let (_, complete) = press(&mut machine, &made, &[]);
    let invoice = &subscription(&mut machine, &complete)["latest_invoice"];
    assert_eq!(invoice["amount_paid"], 1500);
    let used = machine.get(&format!("/v1/coupons/{coupon}")).ok().body;
    assert_eq!(used["times_redeemed"], 1);
}

#[test]
fn an_expired_session_leaves_no_unpaid_subscription() {
    let mut machine = Machine::new();
    let made = subscribe(&mut machine, &[]);
    press(&mut machine, &made, &[("card_number", "4000000000009995")]);
    let expire = format!("/v1/checkout/sessions/{}/expire", made.id());
    machine.post(&expire, &[]).ok();
    let all = machine.get("/v1/subscriptions?status=all").ok().body;
    assert_eq!(all["data"][0]["status"], "incomplete_expired");
    let expired = session(&mut machine, &made.id());
    assert_eq!(
        (&expired["status"], &expired["subscription"]),
        (&json!("expired"), &Value::Null)
    );
}
