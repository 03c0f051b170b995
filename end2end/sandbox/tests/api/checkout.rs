//! Checkout Sessions: what a server asks for, what the page does with it, and what is heard of it.

mod page;
mod refusals;
mod subscriptions;
mod totals;

use crate::machine::{Answer, Fields, Machine, form, text};
use serde_json::{Value, json};
use stripe_sandbox::Response;

/// A shirt for 19.99 EUR, twice.
pub const SHIRTS: Fields<'_> = &[
    ("mode", "payment"),
    (
        "success_url",
        "https://shop.test/done?session={CHECKOUT_SESSION_ID}",
    ),
    ("cancel_url", "https://shop.test/cart"),
    ("line_items[0][price_data][currency]", "eur"),
    ("line_items[0][price_data][unit_amount]", "1999"),
    ("line_items[0][price_data][product_data][name]", "Shirt"),
    ("line_items[0][quantity]", "2"),
];

pub const CARD: Fields<'_> = &[
    ("action", "pay"),
    ("email", "jenny@example.com"),
    ("billing_name", "Jenny Rosen"),
    ("billing_country", "DE"),
    ("billing_postal_code", "10115"),
    ("method", "card"),
    ("card_number", "4242 4242 4242 4242"),
    ("card_expiry", "12 / 34"),
    ("card_cvc", "123"),
];

/// Some fields in the place of others of the same name.
pub fn with<'a>(
    fields: &[(&'a str, &'a str)],
    more: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let mut all = fields.to_vec();
    all.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    all.extend_from_slice(more);
    all
}

pub fn create(machine: &mut Machine, more: &[(&str, &str)]) -> Answer {
    machine.post("/v1/checkout/sessions", &with(SHIRTS, more))
}

/// A browser's request for a page.
pub fn visit(machine: &mut Machine, method: &str, url: &str, fields: &[(&str, &str)]) -> Response {
    let path = url.strip_prefix("http://sandbox.test").unwrap_or(url);
    let mut request = Machine::request("", method, path, form(fields));
    request.authorization = None;
    machine.stripe.handle(machine.now_ms, &request).0
}

pub fn address(response: &Response) -> String {
    let mut headers = response.headers.iter();
    let location = headers.find(|(name, _)| *name == "location");
    location
        .map(|(_, address)| address.clone())
        .unwrap_or_default()
}

pub fn session(machine: &mut Machine, id: &str) -> Value {
    machine
        .get(&format!("/v1/checkout/sessions/{id}"))
        .ok()
        .body
}

/// Creates one, and pays it with a card; how the session is then.
pub fn pay(
    machine: &mut Machine,
    more: &[(&str, &str)],
    card: &[(&str, &str)],
) -> (Response, Value) {
    let made = create(machine, more).ok();
    let url = format!("/c/pay/{}", made.id());
    let total = made.body["amount_total"].to_string();
    let mut fields = with(CARD, card);
    fields.push(("total", &total));
    let response = visit(machine, "POST", &url, &fields);
    (response, session(machine, &made.id()))
}

#[test]
fn a_session_waits_on_a_page_of_its_own() {
    let mut machine = Machine::new();
    let more = [
        ("client_reference_id", "cart_7"),
        ("metadata[order]", "7"),
        ("customer_email", "jenny@example.com"),
    ];
    let made = create(&mut machine, &more).ok();
    let id = made.id();
    assert!(id.starts_with("cs_test_a1"));
    for (field, expected) in [
        ("object", json!("checkout.session")),
        ("status", json!("open")),
        ("payment_status", json!("unpaid")),
        ("amount_subtotal", json!(3998)),
        ("amount_total", json!(3998)),
        ("currency", json!("eur")),
        ("ui_mode", json!("hosted_page")),
        ("url", json!(format!("http://sandbox.test/c/pay/{id}"))),
        ("client_reference_id", json!("cart_7")),
        ("customer_creation", json!("if_required")),
        ("payment_intent", Value::Null),
        ("client_secret", Value::Null),
        ("metadata", json!({ "order": "7" })),
    ] {
        assert_eq!(made.body[field], expected, "{field}");
    }
    assert_eq!(made.body["customer_details"]["email"], "jenny@example.com");
    assert_eq!(made.body.get("line_items"), None);
    let path = format!("/v1/checkout/sessions/{id}");
    let lines = machine.get(&format!("{path}/line_items")).ok().body;
    assert_eq!(lines["data"][0]["description"], "Shirt");
    assert_eq!(lines["data"][0]["amount_total"], 3998);
    assert_eq!(lines["data"][0]["price"]["unit_amount"], 1999);
    let expanded = machine
        .get(&format!("{path}?expand[]=line_items.data.price.product"))
        .ok()
        .body;
    let product = &expanded["line_items"]["data"][0]["price"]["product"];
    assert_eq!(
        (&product["name"], &product["active"]),
        (&json!("Shirt"), &json!(false))
    );
    assert_eq!(machine.events(), ["product.created", "price.created"]);
}

#[test]
fn a_card_pays_and_the_shopper_goes_on() {
    let mut machine = Machine::new();
    let data = [
        ("payment_intent_data[metadata][order]", "7"),
        ("payment_intent_data[description]", "Two shirts"),
    ];
    let (response, session) = pay(&mut machine, &data, &[]);
    assert_eq!(response.status, 303, "{}", response.body);
    let id = text(&session["id"]);
    assert_eq!(
        address(&response),
        format!("https://shop.test/done?session={id}")
    );
    assert_eq!(session["status"], "complete");
    assert_eq!(session["payment_status"], "paid");
    assert_eq!(session["url"], Value::Null);
    let details = &session["customer_details"];
    assert_eq!(details["email"], "jenny@example.com");
    assert_eq!(details["name"], "Jenny Rosen");
    assert_eq!(details["address"]["country"], "DE");
    let intent = machine.intent(&text(&session["payment_intent"]));
    assert_eq!(intent["status"], "succeeded");
    assert_eq!(intent["amount"], 3998);
    assert_eq!(intent["metadata"]["order"], "7");
    assert_eq!(intent["description"], "Two shirts");
    let billing = &intent["latest_charge"]["billing_details"];
    assert_eq!(billing["address"]["postal_code"], "10115");
    let events = machine.events();
    assert_eq!(
        events.last().map(String::as_str),
        Some("checkout.session.completed")
    );
    assert!(events.contains(&"payment_intent.succeeded".to_owned()));
    let list = format!(
        "/v1/checkout/sessions?payment_intent={}",
        text(&session["payment_intent"])
    );
    assert_eq!(machine.get(&list).ok().body["data"][0]["id"], id);
}

#[test]
fn a_declined_card_leaves_the_page_open_and_another_pays() {
    let mut machine = Machine::new();
    let (response, open) = pay(&mut machine, &[], &[("card_number", "4000000000009995")]);
    assert_eq!(response.status, 402);
    assert!(
        response.body.contains("Your card has insufficient funds."),
        "{}",
        response.body
    );
    assert!(
        !response.body.contains("4000000000009995"),
        "a number is never shown again"
    );
    assert_eq!(open["status"], "open");
    let intent = text(&open["payment_intent"]);
    let url = text(&open["url"]);
    let fields = with(CARD, &[("total", "3998")]);
    assert_eq!(visit(&mut machine, "POST", &url, &fields).status, 303);
    let after = session(&mut machine, &text(&open["id"]));
    assert_eq!(after["payment_status"], "paid");
    assert_eq!(after["payment_intent"], intent, "one intent for all tries");
}

#[test]
fn three_d_secure_goes_by_the_bank_s_page_and_comes_back() {
    for (button, status, landing) in [
        ("authorize", "complete", "https://shop.test/done?session="),
        ("fail", "open", "http://sandbox.test/c/pay/"),
    ] {
        let mut machine = Machine::new();
        let (response, open) = pay(&mut machine, &[], &[("card_number", "4000000000003220")]);
        let bank = address(&response);
        assert!(
            bank.starts_with("http://sandbox.test/test_payment/3d_secure/"),
            "{bank}"
        );
        assert_eq!(open["status"], "open");
        let back = visit(&mut machine, "POST", &format!("{bank}/{button}"), &[]);
        let back = address(&back);
        let (path, _) = back.split_once('?').expect("a query");
        let landed = visit(&mut machine, "GET", path, &[]);
        let id = text(&open["id"]);
        assert_eq!(address(&landed), format!("{landing}{id}"), "{button}");
        assert_eq!(session(&mut machine, &id)["status"], status, "{button}");
        if status == "open" {
            let page = visit(&mut machine, "GET", &format!("/c/pay/{id}"), &[]);
            assert!(
                page.body.contains("We are unable to authenticate"),
                "{}",
                page.body
            );
        }
    }
}

#[test]
fn a_shopper_who_comes_back_early_can_pay_another_way() {
    let mut machine = Machine::new();
    let (_, open) = pay(&mut machine, &[], &[("card_number", "4000000000003220")]);
    let fields = with(CARD, &[("total", "3998")]);
    let again = visit(&mut machine, "POST", &text(&open["url"]), &fields);
    assert_eq!(again.status, 303, "{}", again.body);
    assert_eq!(
        session(&mut machine, &text(&open["id"]))["payment_status"],
        "paid"
    );
}

#[test]
fn a_delayed_payment_is_heard_of_later() {
    for (iban, event, payment_status) in [
        (
            "DE89370400440532013000",
            "checkout.session.async_payment_succeeded",
            "paid",
        ),
        (
            "DE62370400440532013001",
            "checkout.session.async_payment_failed",
            "unpaid",
        ),
    ] {
        let mut machine = Machine::new();
        let debit = [("method", "sepa_debit"), ("iban", iban)];
        let (response, complete) = pay(&mut machine, &[], &debit);
        assert_eq!(response.status, 303, "{}", response.body);
        assert_eq!(complete["status"], "complete");
        assert_eq!(complete["payment_status"], "unpaid");
        machine.advance(60);
        assert_eq!(
            session(&mut machine, &text(&complete["id"]))["payment_status"],
            payment_status
        );
        let events = machine.events();
        let told = events
            .iter()
            .filter(|it| it.starts_with("checkout.session."));
        assert_eq!(
            told.collect::<Vec<_>>(),
            ["checkout.session.completed", event]
        );
    }
}

#[test]
fn a_setup_saves_a_card_for_its_customer() {
    let mut machine = Machine::new();
    let customer = machine.customer();
    let fields = [
        ("mode", "setup"),
        ("currency", "eur"),
        ("customer", customer.as_str()),
        ("success_url", "https://shop.test/saved"),
        ("setup_intent_data[metadata][order]", "7"),
    ];
    let made = machine.post("/v1/checkout/sessions", &fields).ok();
    assert_eq!(made.body["payment_status"], "no_payment_required");
    assert_eq!(made.body["amount_total"], Value::Null);
    let intent = text(&made.body["setup_intent"]);
    let refused = machine.post(&format!("/v1/setup_intents/{intent}/cancel"), &[]);
    assert_eq!(refused.status, 400, "it is the session's");
    let fields = with(CARD, &[("total", "0")]);
    let response = visit(&mut machine, "POST", &text(&made.body["url"]), &fields);
    assert_eq!(
        address(&response),
        "https://shop.test/saved",
        "{}",
        response.body
    );
    let setup = machine
        .get(&format!("/v1/setup_intents/{intent}"))
        .ok()
        .body;
    assert_eq!(setup["status"], "succeeded");
    assert_eq!(setup["metadata"]["order"], "7");
    assert_eq!(session(&mut machine, &made.id())["status"], "complete");
    let methods = machine
        .get(&format!("/v1/customers/{customer}/payment_methods"))
        .ok();
    assert_eq!(methods.body["data"][0]["card"]["last4"], "4242");
}

#[test]
fn a_session_expires_by_the_clock_or_by_a_call() {
    let mut machine = Machine::new();
    let soon = (machine.now_ms / 1000 + 1800).to_string();
    let first = create(&mut machine, &[("expires_at", &soon)]).ok().id();
    let second = create(&mut machine, &[]).ok().id();
    machine.advance(1800);
    assert_eq!(session(&mut machine, &first)["status"], "expired");
    assert_eq!(session(&mut machine, &second)["status"], "open");
    let expire = format!("/v1/checkout/sessions/{second}/expire");
    assert_eq!(machine.post(&expire, &[]).ok().body["status"], "expired");
    assert_eq!(machine.post(&expire, &[]).status, 400);
    let events = machine.events();
    let expired = events.iter().filter(|it| *it == "checkout.session.expired");
    assert_eq!(expired.count(), 2);
    let fields = with(CARD, &[("total", "3998")]);
    let page = visit(&mut machine, "POST", &format!("/c/pay/{second}"), &fields);
    assert!(page.body.contains("has expired"), "{}", page.body);
    for (status, count) in [("open", 0), ("expired", 2), ("complete", 0)] {
        let list = machine
            .get(&format!("/v1/checkout/sessions?status={status}"))
            .ok();
        assert_eq!(
            list.body["data"].as_array().map(Vec::len),
            Some(count),
            "{status}"
        );
    }
}

#[test]
fn an_expired_session_closes_what_it_opened() {
    let mut machine = Machine::new();
    let (_, open) = pay(&mut machine, &[], &[("card_number", "4000000000000002")]);
    machine.advance(24 * 3600);
    let intent = machine.intent(&text(&open["payment_intent"]));
    assert_eq!(intent["status"], "canceled");
    assert_eq!(intent["cancellation_reason"], "expired");
}

#[test]
fn an_expired_session_can_be_taken_up_again() {
    let mut machine = Machine::new();
    let recovery = [
        ("after_expiration[recovery][enabled]", "true"),
        ("after_expiration[recovery][allow_promotion_codes]", "true"),
    ];
    let old = create(&mut machine, &recovery).ok();
    assert_eq!(old.body["after_expiration"]["recovery"]["url"], Value::Null);
    machine.advance(24 * 3600);
    let old = session(&mut machine, &old.id());
    let link = text(&old["after_expiration"]["recovery"]["url"]);
    let page = address(&visit(&mut machine, "GET", &link, &[]));
    let id = page.rsplit('/').next().unwrap_or_default().to_owned();
    let new = session(&mut machine, &id);
    assert_eq!(new["recovered_from"], old["id"]);
    assert_eq!(
        (&new["status"], &new["amount_total"]),
        (&json!("open"), &json!(3998))
    );
    let (link_ends, day) = (30, 24 * 3600);
    machine.advance(link_ends * day);
    assert_eq!(visit(&mut machine, "GET", &link, &[]).status, 404);
}

#[test]
fn a_customer_is_created_where_one_is_wanted() {
    for (creation, wanted) in [("always", true), ("if_required", false)] {
        let mut machine = Machine::new();
        let more = [
            ("customer_creation", creation),
            ("payment_intent_data[setup_future_usage]", "off_session"),
        ];
        let (_, complete) = pay(&mut machine, &more, &[]);
        assert_eq!(complete["status"], "complete");
        assert_eq!(complete["customer"].is_string(), wanted, "{creation}");
        if wanted {
            let path = format!("/v1/customers/{}", text(&complete["customer"]));
            let customer = machine.get(&path).ok().body;
            assert_eq!(customer["email"], "jenny@example.com");
            assert_eq!(customer["address"]["country"], "DE");
            let intent = machine.intent(&text(&complete["payment_intent"]));
            assert_eq!(intent["customer"], complete["customer"]);
        }
    }
}

#[test]
fn an_update_changes_lines_shipping_and_what_the_intent_will_say() {
    let mut machine = Machine::new();
    let made = create(&mut machine, &[]).ok();
    let path = format!("/v1/checkout/sessions/{}", made.id());
    let lines = machine.get(&format!("{path}/line_items")).ok().body;
    let line = text(&lines["data"][0]["id"]);
    let fields = [
        ("line_items[0][id]", line.as_str()),
        ("line_items[0][quantity]", "3"),
        ("line_items[1][price_data][currency]", "eur"),
        ("line_items[1][price_data][unit_amount]", "500"),
        ("line_items[1][price_data][product_data][name]", "Socks"),
        ("line_items[1][quantity]", "1"),
        ("metadata[order]", "8"),
        ("payment_intent_data[description]", "Shirts and socks"),
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
    ];
    let changed = machine.post(&path, &fields).ok().body;
    assert_eq!(changed["amount_total"], 3 * 1999 + 500 + 400);
    assert_eq!(changed["shipping_cost"]["amount_total"], 400);
    assert_eq!(changed["metadata"]["order"], "8");
    machine.post(&format!("{path}/expire"), &[]).ok();
    machine.post(&path, &[("metadata[order]", "9")]).ok();
    let late = machine.post(&path, &[("shipping_options", "")]);
    assert_eq!(late.status, 400, "{}", late.text);
}

#[test]
fn an_embedded_session_has_a_secret_and_no_address() {
    let mut machine = Machine::new();
    for ui_mode in ["embedded_page", "elements", "form"] {
        let mut fields = with(
            SHIRTS,
            &[
                ("ui_mode", ui_mode),
                ("return_url", "https://shop.test/back"),
            ],
        );
        fields.retain(|(name, _)| !["success_url", "cancel_url"].contains(name));
        let made = machine.post("/v1/checkout/sessions", &fields).ok();
        assert_eq!(made.body["url"], Value::Null, "{ui_mode}");
        let secret = text(&made.body["client_secret"]);
        assert!(
            secret.starts_with(&format!("{}_secret_", made.id())),
            "{secret}"
        );
        assert_eq!(made.body["return_url"], "https://shop.test/back");
    }
}
