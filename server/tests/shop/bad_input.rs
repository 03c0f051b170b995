//! What is wrong is refused with words, stores nothing that should not be stored, and charges nothing.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use checkout::{Catalogue, OrderKey, Product};
use serde_json::{Value, json};
use server::Parts;

use crate::world::{Browser, DETAILS, FORM, SITE_URL, Shop, VISA, World, bell, confirmation, usd};

/// Nothing was stored for a payment, and Stripe never heard of one.
async fn assert_nothing_was_tried(world: &World, what: &str) {
    for table in ["attempts", "calls", "intents", "outbox", "alarms"] {
        assert_eq!(world.count(table).await, 0, "{table} after {what}");
    }
    assert_eq!(world.posts("/v1/payment_intents*").await, 0, "{what}");
}

#[tokio::test]
async fn a_cart_form_that_makes_no_sense_is_answered_in_words_and_stores_nothing() {
    let world = World::new().await;
    let shop = world.shop().await;
    for (form, words) in [
        (
            "action=add&sku=no-such-thing",
            "We do not sell “no-such-thing”.",
        ),
        ("action=add&sku=..%2F..%2Fetc", "We do not sell this."),
        ("action=add&sku=", "We do not sell this."),
        ("action=add&sku=%3Cscript%3E", "We do not sell this."),
        ("action=add", "We do not sell this."),
        (
            "action=set&sku=no-such-thing&quantity=1",
            "We do not sell “no-such-thing”.",
        ),
        (
            "action=set&sku=service-bell&quantity=0",
            "Choose a quantity from 1 to 20.",
        ),
        (
            "action=set&sku=service-bell&quantity=-1",
            "Choose a quantity from 1 to 20.",
        ),
        (
            "action=set&sku=service-bell&quantity=21",
            "Choose a quantity from 1 to 20.",
        ),
        (
            "action=set&sku=service-bell&quantity=4294967297",
            "Choose a quantity from 1 to 20.",
        ),
        (
            "action=set&sku=service-bell&quantity=99999999999999999999999",
            "Choose a quantity from 1 to 20.",
        ),
        (
            "action=set&sku=service-bell&quantity=1.5",
            "Choose a quantity from 1 to 20.",
        ),
        (
            "action=set&sku=service-bell&quantity=two",
            "Choose a quantity from 1 to 20.",
        ),
        (
            "action=set&sku=service-bell&quantity=",
            "Choose a quantity from 1 to 20.",
        ),
        (
            "action=set&sku=service-bell",
            "Choose a quantity from 1 to 20.",
        ),
        (
            "action=currency&currency=xyz",
            "We do not sell in this currency.",
        ),
        (
            "action=currency&currency=USD",
            "We do not sell in this currency.",
        ),
        ("action=currency", "We do not sell in this currency."),
        ("action=steal", "This form is not one of ours."),
        ("", "This form is not one of ours."),
    ] {
        let mut browser = Browser::of(&shop);
        let page = browser.post("/cart", form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        page.says(&[words, "role=\"alert\""]);
        assert_eq!(browser.cookie, None, "{form}");
    }
    let page = Browser::of(&shop).post("/checkout", "").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.says(&["Your cart is empty."]);
    for table in ["carts", "orders"] {
        assert_eq!(world.count(table).await, 0, "{table}");
    }
}

#[tokio::test]
async fn one_too_many_is_refused_and_the_cart_stays() {
    let world = World::new().await;
    let shop = world.shop().await;
    let mut browser = Browser::of(&shop);
    browser
        .post("/cart", "action=set&sku=service-bell&quantity=20")
        .await;
    let page = browser.post("/cart", "action=add&sku=service-bell").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.says(&["Choose a quantity from 1 to 20.", "Cart, 20 items"]);
}

#[tokio::test]
async fn a_form_that_cannot_be_read_is_refused_by_its_kind() {
    let world = World::new().await;
    let shop = world.shop().await;
    let mut browser = Browser::of(&shop);
    browser.add("service-bell").await;
    let key = browser.check_out().await;
    let large = format!("email={}", "a".repeat(64 * 1024));
    for (kind, body, sized, expected) in [
        (
            "application/json",
            "{}",
            true,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        (
            "multipart/form-data; boundary=x",
            "--x--",
            true,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        ("", "email=x", true, StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (
            FORM,
            "email=a&email=b",
            true,
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (FORM, large.as_str(), true, StatusCode::PAYLOAD_TOO_LARGE),
        // In chunks, so that its size shows only as it comes.
        (FORM, large.as_str(), false, StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        for path in ["/cart".to_owned(), format!("/checkout/{key}")] {
            let body = if path == "/cart" {
                body.replace("email", "sku")
            } else {
                body.to_owned()
            };
            let mut request = Request::post(&path).header("sec-fetch-site", "same-origin");
            if !kind.is_empty() {
                request = request.header(header::CONTENT_TYPE, kind);
            }
            if sized {
                request = request.header(header::CONTENT_LENGTH, body.len());
            }
            let page = shop.send(request.body(Body::from(body)).unwrap()).await;
            assert_eq!(page.status, expected, "{kind} to {path}: {}", page.body);
            assert!(!page.body.is_empty(), "{kind} to {path}");
        }
    }
    assert_eq!(world.count("carts").await, 1);
    assert_eq!(world.count("orders WHERE details IS NOT NULL").await, 0);
}

#[tokio::test]
async fn details_of_an_order_that_is_none_are_not_found() {
    let world = World::new().await;
    let shop = world.shop().await;
    let mut browser = Browser::of(&shop);
    for key in [OrderKey::from_random([7; 16]).as_str(), "x", "%00"] {
        let page = browser.post(&format!("/checkout/{key}"), DETAILS).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{key}");
    }
}

#[tokio::test]
async fn a_call_that_cannot_be_meant_is_a_400_and_stores_nothing() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let token = world.token(VISA, &bell()).await;
    let good = confirmation(&key, 1, &token, &bell());
    let with = |pointer: &str, value: Value| {
        let mut call = good.clone();
        *call.pointer_mut(pointer).unwrap() = value;
        call
    };
    let long = format!("ctoken_{}", "a".repeat(300));
    for (pointer, value) in [
        ("/request/key", json!("x")),
        ("/request/key", json!("")),
        ("/request/key", json!(key.to_uppercase())),
        ("/request/key", json!(null)),
        ("/request/key", json!(7)),
        ("/request/token", json!("tok_1")),
        ("/request/token", json!("ctoken_")),
        ("/request/token", json!("ctoken_1/../../payment_intents")),
        ("/request/token", json!("ctoken_1&amount=1")),
        ("/request/token", json!(long)),
        ("/request/token", json!(null)),
        ("/request/number", json!(-1)),
        ("/request/number", json!(1.5)),
        ("/request/number", json!("1")),
        ("/request/number", json!(4_294_967_296_u64)),
        ("/request/number", json!(null)),
        ("/request/total_shown/amount_minor", json!(-2400)),
        ("/request/total_shown/amount_minor", json!(100_000_000)),
        ("/request/total_shown/amount_minor", json!(24.0)),
        ("/request/total_shown/amount_minor", json!("2400")),
        ("/request/total_shown/currency", json!("xyz")),
        ("/request/total_shown/currency", json!("USD")),
        ("/request/total_shown", json!(null)),
        ("/request", json!({})),
        ("", json!([])),
        ("", json!("request")),
    ] {
        let what = format!("{pointer} = {value}");
        let page = shop.call("confirm_order", &with(pointer, value)).await;
        assert_eq!(
            page.status,
            StatusCode::BAD_REQUEST,
            "{what}: {}",
            page.body
        );
        assert_eq!(page.json(), json!("Malformed"), "{what}");
        assert_nothing_was_tried(&world, &what).await;
    }
    for question in [
        json!({}),
        json!({ "question": { "key": "x", "number": 1 } }),
        json!({ "question": { "key": key, "number": -1 } }),
    ] {
        let page = shop.call("order_outcome", &question).await;
        assert_eq!(
            page.status,
            StatusCode::BAD_REQUEST,
            "{question}: {}",
            page.body
        );
    }
    // After all that the good one pays.
    assert_eq!(
        shop.call("confirm_order", &good).await.json()["outcome"],
        "Paid"
    );
}

#[tokio::test]
async fn a_call_in_another_form_or_too_large_is_a_4xx() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let good = confirmation(&key, 1, "ctoken_1", &bell()).to_string();
    let large = format!("{{\"request\":\"{}\"}}", "a".repeat(64 * 1024));
    for (path, kind, body, sized, expected) in [
        (
            "confirm_order",
            "application/json",
            "",
            true,
            StatusCode::BAD_REQUEST,
        ),
        (
            "confirm_order",
            "application/json",
            "{",
            true,
            StatusCode::BAD_REQUEST,
        ),
        (
            "confirm_order",
            FORM,
            "request=1",
            true,
            StatusCode::BAD_REQUEST,
        ),
        (
            "confirm_order",
            "application/json",
            large.as_str(),
            true,
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
        (
            "confirm_order",
            "application/json",
            large.as_str(),
            false,
            StatusCode::BAD_REQUEST,
        ),
        (
            "no_such_function",
            "application/json",
            good.as_str(),
            true,
            StatusCode::BAD_REQUEST,
        ),
    ] {
        let mut request = Request::post(format!("/api/{path}")).header(header::CONTENT_TYPE, kind);
        if sized {
            request = request.header(header::CONTENT_LENGTH, body.len());
        }
        let page = shop
            .send(request.body(Body::from(body.to_owned())).unwrap())
            .await;
        assert_eq!(
            page.status, expected,
            "{path} {kind} {sized}: {}",
            page.body
        );
        assert!(!page.body.is_empty());
    }
    assert_nothing_was_tried(&world, "calls of other forms").await;
}

#[tokio::test]
async fn an_order_that_is_none_cannot_be_paid_or_asked_about() {
    let world = World::new().await;
    let shop = world.shop().await;
    let unknown = OrderKey::from_random([7; 16]);
    let page = shop
        .call(
            "confirm_order",
            &confirmation(unknown.as_str(), 1, "ctoken_1", &bell()),
        )
        .await;
    assert_eq!(
        (page.status, page.json()),
        (StatusCode::NOT_FOUND, json!("NoSuchOrder"))
    );
    let page = shop
        .call(
            "order_outcome",
            &json!({ "question": { "key": unknown, "number": 1 } }),
        )
        .await;
    assert_eq!(
        (page.status, page.json()),
        (StatusCode::NOT_FOUND, json!("NoSuchOrder"))
    );
    assert_nothing_was_tried(&world, "an unknown order").await;
}

#[tokio::test]
async fn a_number_that_the_page_was_not_given_starts_nothing() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    for number in [0, 2, 31, u32::MAX] {
        let token = world.token(VISA, &bell()).await;
        let answer = shop.confirm(&key, number, &token, &bell()).await;
        assert_eq!(answer["next_number"], 1, "{number}");
        assert_ne!(answer["outcome"], "Paid", "{number}");
        assert_nothing_was_tried(&world, &number.to_string()).await;
    }
}

#[tokio::test]
async fn another_total_than_the_orders_is_refused_with_the_orders() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let yen = crate::world::Total {
        currency: "jpy".to_owned(),
        ..bell()
    };
    for shown in [usd(0), usd(1), usd(2_399), usd(2_401), usd(99_999_999), yen] {
        let token = world.token(VISA, &bell()).await;
        let answer = shop.confirm(&key, 1, &token, &shown).await;
        let total = json!({ "amount_minor": 2400, "currency": "usd" });
        assert_eq!(
            answer["outcome"],
            json!({ "Refused": { "TotalChanged": { "total": total } } }),
            "{shown:?}"
        );
        assert_nothing_was_tried(&world, "another total").await;
    }
}

#[tokio::test]
async fn an_order_without_details_cannot_be_paid() {
    let world = World::new().await;
    let shop = world.shop().await;
    let mut browser = Browser::of(&shop);
    browser.add("service-bell").await;
    let key = browser.check_out().await;
    let token = world.token(VISA, &bell()).await;
    let answer = shop.confirm(&key, 1, &token, &bell()).await;
    assert_eq!(answer["outcome"], json!({ "Refused": "DetailsMissing" }));
    assert_nothing_was_tried(&world, "missing details").await;
}

#[tokio::test]
async fn a_total_below_stripes_least_is_told_and_makes_no_order() {
    let world = World::new().await;
    let shop = world.shop().await;
    let mut browser = Browser::of(&shop);
    browser.add("paper-clip").await;
    let page = browser.post("/checkout", "").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.says(&[
        "The least we can charge is $0.50; please add something to your cart.",
        "$0.30",
    ]);
    assert_eq!(world.count("orders").await, 0);

    // An order that was begun keeps its total.
    browser.add("service-bell").await;
    let key = browser.check_out().await;
    browser
        .post("/cart", "action=remove&sku=service-bell")
        .await;
    assert_eq!(
        browser.post("/checkout", "").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    browser
        .get(&format!("/orders/{key}"))
        .await
        .says(&["$24.30"]);
}

/// A shop that sells one thing, at a price.
async fn shop_selling_a_yacht_at(world: &World, price_minor: i64) -> Shop {
    let yacht = json!([{
        "sku": "yacht", "name": "Yacht", "description": "", "image": "/yacht.svg", "image_alt": "",
        "prices": { "usd": price_minor, "eur": 100, "jpy": 100 },
    }]);
    let products: Vec<Product> = serde_json::from_value(yacht).unwrap();
    let parts = Parts::open(world.config(), SITE_URL.to_owned())
        .await
        .unwrap();
    Shop::of(Parts {
        catalogue: Arc::new(Catalogue::new(products).unwrap()),
        ..parts
    })
}

#[tokio::test]
async fn a_total_over_eight_digits_is_told_and_the_cart_stays_as_it_was() {
    let world = World::new().await;
    let shop = shop_selling_a_yacht_at(&world, 60_000_000).await;
    let mut browser = Browser::of(&shop);
    browser.add("yacht").await;
    for form in ["action=add&sku=yacht", "action=set&sku=yacht&quantity=20"] {
        let page = browser.post("/cart", form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        page.says(&[
            "This is more than we can charge at once; please order in parts.",
            "$600,000.00",
        ]);
    }
    browser.post("/cart", "action=currency&currency=eur").await;
    browser
        .post("/cart", "action=set&sku=yacht&quantity=2")
        .await;
    let page = browser.post("/cart", "action=currency&currency=usd").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.get("/cart").await.says(&["€2.00"]);
    browser.check_out().await;
}

#[tokio::test]
async fn a_token_that_stripe_does_not_know_charges_nothing_and_the_order_can_be_paid() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let answer = shop.confirm(&key, 1, "ctoken_unknown", &bell()).await;
    assert!(
        answer["outcome"]["Declined"]["words"]
            .as_str()
            .unwrap()
            .contains("You have not been charged"),
        "{answer}"
    );
    let token = world.token(VISA, &bell()).await;
    assert_eq!(
        shop.confirm(&key, 2, &token, &bell()).await["outcome"],
        "Paid"
    );
    assert_eq!(world.charges().await, 1);
}

#[tokio::test]
async fn a_token_that_another_attempt_used_is_malformed_and_stores_nothing() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, paid) = Browser::orders_a_bell(&shop).await;
    let token = world.token(VISA, &bell()).await;
    assert_eq!(
        shop.confirm(&paid, 1, &token, &bell()).await["outcome"],
        "Paid"
    );
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let page = shop
        .call("confirm_order", &confirmation(&key, 1, &token, &bell()))
        .await;
    assert_eq!(
        (page.status, page.json()),
        (StatusCode::BAD_REQUEST, json!("Malformed"))
    );
    assert_eq!(world.count("attempts").await, 1);
    let token = world.token(VISA, &bell()).await;
    assert_eq!(
        shop.confirm(&key, 1, &token, &bell()).await["outcome"],
        "Paid"
    );
    assert_eq!(world.charges().await, 2);
}

#[tokio::test]
async fn an_expired_token_is_told_at_once_and_the_next_one_pays() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let token = world.token(VISA, &bell()).await;
    world
        .control("clock", json!({ "advance_seconds": 13 * 60 * 60 }))
        .await;
    let answer = shop.confirm(&key, 1, &token, &bell()).await;
    assert!(
        answer["outcome"]["Declined"]["words"].as_str().is_some(),
        "{answer}"
    );
    let token = world.token(VISA, &bell()).await;
    assert_eq!(
        shop.confirm(&key, 2, &token, &bell()).await["outcome"],
        "Paid"
    );
    assert_eq!(world.charges().await, 1);
}
