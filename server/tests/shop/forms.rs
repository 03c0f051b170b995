//! The shop without a script: plain forms, each of which changes one thing and leads on.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::json;

use crate::world::{
    ASKS_THE_BANK, Browser, DETAILS, FORM, NO_FUNDS, Total, VISA, World, bell, usd,
};

#[tokio::test]
async fn a_cart_is_filled_changed_and_emptied() {
    let world = World::new().await;
    let shop = world.shop().await;
    let mut browser = Browser::of(&shop);
    for (form, count, total) in [
        ("action=add&sku=service-bell", "1 item", "$24.00"),
        ("action=add&sku=service-bell", "2 items", "$48.00"),
        ("action=add&sku=desk-lamp", "3 items", "$177.00"),
        ("action=set&sku=desk-lamp&quantity=3", "5 items", "$435.00"),
        (
            "action=set&sku=desk-lamp&quantity=+2+",
            "4 items",
            "$306.00",
        ),
        ("action=remove&sku=service-bell", "2 items", "$258.00"),
        ("action=remove&sku=service-bell", "2 items", "$258.00"),
        ("action=currency&currency=jpy", "2 items", "¥39,600"),
        ("action=currency&currency=eur", "2 items", "€238.00"),
    ] {
        let page = browser.post("/cart", form).await;
        let back = if form.contains("action=currency") {
            "/"
        } else {
            "/cart"
        };
        assert_eq!(page.leads_to(), back, "{form}");
        assert_eq!(browser.cart_count().await, count, "{form}");
        browser.get("/cart").await.says(&[total]);
    }
    browser.post("/cart", "action=remove&sku=desk-lamp").await;
    browser.get("/cart").await.says(&["Nothing in it yet."]);
}

#[tokio::test]
async fn a_cart_is_its_cookies_alone() {
    let world = World::new().await;
    let shop = world.shop().await;
    let mut browser = Browser::of(&shop);
    let page = browser.post("/cart", "action=add&sku=service-bell").await;
    let cookie = page.header("set-cookie");
    for part in [
        "cart=",
        "HttpOnly",
        "SameSite=Lax",
        "Path=/",
        "Max-Age=2592000",
    ] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert_eq!(Browser::of(&shop).cart_count().await, "0 items");
    let mut stranger = Browser {
        cookie: Some("cart=../../etc".to_owned()),
        ..Browser::of(&shop)
    };
    assert_eq!(stranger.cart_count().await, "0 items");
    stranger.add("desk-lamp").await;
    assert_eq!(
        (browser.cart_count().await, stranger.cart_count().await),
        ("1 item".to_owned(), "1 item".to_owned())
    );
}

#[tokio::test]
async fn checkout_pressed_twice_even_at_once_is_one_order() {
    let world = World::new().await;
    let shop = world.shop().await;
    let mut browser = Browser::of(&shop);
    browser.add("service-bell").await;
    let tabs = (0..8).map(|_| {
        let mut tab = browser.clone();
        tokio::spawn(async move { tab.check_out().await })
    });
    let mut keys = Vec::new();
    for tab in tabs.collect::<Vec<_>>() {
        keys.push(tab.await.unwrap());
    }
    keys.push(browser.check_out().await);
    keys.dedup();
    assert_eq!(keys.len(), 1, "{keys:?}");
    assert_eq!(world.count("orders").await, 1);
}

#[tokio::test]
async fn an_open_order_follows_its_cart_at_the_next_checkout_and_keeps_its_currency() {
    let world = World::new().await;
    let shop = world.shop().await;
    let mut browser = Browser::of(&shop);
    browser.add("service-bell").await;
    let key = browser.check_out().await;
    browser.add("paid-stamp").await;
    browser
        .get(&format!("/orders/{key}"))
        .await
        .says(&["$24.00"]);
    assert_eq!(browser.check_out().await, key);
    browser
        .get(&format!("/orders/{key}"))
        .await
        .says(&["$40.00", "Paid Stamp"]);

    let page = browser.post("/cart", "action=currency&currency=eur").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.says(&["Your order is started, so its currency stays.", "$40.00"]);
    assert_eq!(
        browser
            .post("/cart", "action=currency&currency=usd")
            .await
            .leads_to(),
        "/"
    );

    // An empty cart orders nothing, and the order that was begun stays.
    browser
        .post("/cart", "action=remove&sku=service-bell")
        .await;
    browser.post("/cart", "action=remove&sku=paid-stamp").await;
    let page = browser.post("/checkout", "").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.says(&["Your cart is empty.", &format!("/orders/{key}")]);
    browser
        .get(&format!("/orders/{key}"))
        .await
        .says(&["$40.00"]);
}

#[tokio::test]
async fn wrong_details_are_told_beside_their_fields_with_what_was_typed() {
    let world = World::new().await;
    let shop = world.shop().await;
    let mut browser = Browser::of(&shop);
    browser.add("service-bell").await;
    let path = format!("/checkout/{}", browser.check_out().await);
    let page = browser
        .post(
            &path,
            "email=ada%40localhost&name=%3Cb%3EAda&city=London&country=XX",
        )
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.says(&[
        "A few things need another look",
        "id=\"email-error\" class=\"field-error\">Enter an e-mail address like name@example.com.",
        "value=\"ada@localhost\"",
        "value=\"&lt;b&gt;Ada\"",
        "value=\"London\"",
        "id=\"line1-error\" class=\"field-error\">Enter an address.",
        "id=\"postal_code-error\" class=\"field-error\">Enter a postal code.",
        "id=\"country-error\" class=\"field-error\">Choose a country from the list.",
    ]);
    assert!(
        !page.body.contains("city-error")
            && !page.body.contains("name-error")
            && !page.body.contains("<b>Ada")
    );
    assert_eq!(world.count("orders WHERE details IS NOT NULL").await, 0);

    let page = browser.post(&path, "").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.body.matches("class=\"field-error\"").count(), 6);
}

#[tokio::test]
async fn saved_details_bring_the_payment_form_with_the_orders_number_and_total() {
    let world = World::new().await;
    let shop = world.shop().await;
    let mut browser = Browser::of(&shop);
    browser.add("service-bell").await;
    let key = browser.check_out().await;
    let path = format!("/checkout/{key}");
    assert!(!browser.get(&path).await.body.contains("<leptos-island"));
    assert_eq!(browser.post(&path, DETAILS).await.leads_to(), path);
    let page = browser.get(&path).await;
    page.says(&[
        "Pay $24.00",
        "ada@example.com",
        "12 St James",
        "United Kingdom",
    ]);
    let setup = island(&page.body);
    assert_eq!(setup["key"], key.as_str());
    assert_eq!(setup["number"], 1);
    assert_eq!(
        setup["total"],
        json!({ "amount_minor": 2400, "currency": "usd" })
    );
    assert_eq!(
        (&setup["question_open"], &setup["notice"]),
        (&json!(false), &json!(null))
    );
    assert_eq!(setup["publishable_key"], "pk_test_w");
    assert!(!page.body.contains("sk_test_w") && !page.body.contains("whsec_"));

    // After a decline the page says why, and carries the next number.
    let token = world.token(NO_FUNDS, &bell()).await;
    shop.confirm(&key, 1, &token, &bell()).await;
    let setup = island(&browser.get(&path).await.body);
    assert_eq!(setup["number"], 2);
    assert!(
        setup["notice"]
            .as_str()
            .unwrap()
            .contains("insufficient funds")
    );

    // The details can be changed while the order is open.
    browser
        .get(&format!("{path}?edit=details"))
        .await
        .says(&["Where should it go?", "value=\"ada@example.com\""]);
    browser
        .post(&path, &DETAILS.replace("Ada+Lovelace", "Grace+Hopper"))
        .await;
    browser.get(&path).await.says(&["Grace Hopper"]);
}

/// The island's props, as they stand in the page.
fn island(html: &str) -> serde_json::Value {
    let (_, after) = html.split_once("data-props=\"").unwrap();
    let props = after.split_once('"').unwrap().0;
    let props = props
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    let props: serde_json::Value = serde_json::from_str(&props).unwrap();
    props["setup"].clone()
}

#[tokio::test]
async fn details_stay_as_they_are_once_a_payment_is_under_way() {
    let world = World::new().await;
    let shop = world.shop().await;
    for (card, number) in [(ASKS_THE_BANK, 1), (VISA, 2)] {
        let (mut browser, key) = Browser::orders_a_bell(&shop).await;
        for number in 1..=number {
            let token = world.token(card, &bell()).await;
            shop.confirm(&key, number, &token, &bell()).await;
        }
        let path = format!("/checkout/{key}");
        for form in [
            DETAILS.replace("Ada+Lovelace", "Mallory"),
            "email=".to_owned(),
        ] {
            assert_eq!(
                browser.post(&path, &form).await.leads_to(),
                format!("/orders/{key}")
            );
        }
        assert!(
            !browser
                .get(&format!("/orders/{key}"))
                .await
                .body
                .contains("Mallory")
        );
        if card == ASKS_THE_BANK {
            assert_eq!(
                browser.post("/checkout", "").await.leads_to(),
                format!("/orders/{key}")
            );
        }
    }
}

#[tokio::test]
async fn a_post_from_another_site_is_refused_and_changes_nothing() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (browser, key) = Browser::orders_a_bell(&shop).await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
    ] {
        for (path, kind) in [
            ("/cart".to_owned(), FORM),
            ("/checkout".to_owned(), FORM),
            (format!("/checkout/{key}"), FORM),
            ("/api/confirm_order".to_owned(), "application/json"),
        ] {
            let request = Request::post(&path)
                .header(name, value)
                .header(header::HOST, "127.0.0.1:3000")
                .header(header::CONTENT_TYPE, kind)
                .header(header::COOKIE, browser.cookie.as_deref().unwrap())
                .body(Body::from("action=add&sku=desk-lamp&email=x"))
                .unwrap();
            let page = shop.send(request).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path} {name}");
            page.says(&["This form was not sent from the shop."]);
        }
    }
    assert_eq!(browser.cart_count().await, "1 item");
    assert_eq!(world.posts("/v1/payment_intents").await, 0);
}

#[tokio::test]
async fn a_paid_orders_cart_keeps_only_what_was_added_since() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (mut browser, key) = Browser::orders_a_bell(&shop).await;
    browser.add("service-bell").await;
    browser.add("desk-lamp").await;
    let token = world.token(VISA, &bell()).await;
    assert_eq!(
        shop.confirm(&key, 1, &token, &bell()).await["outcome"],
        "Paid"
    );
    let page = browser.get("/cart").await;
    page.says(&[
        "Service Bell",
        "Night Shift Lamp",
        "$153.00",
        "Cart, 2 items",
    ]);

    // The next checkout is another order, and the currency may change again before it.
    browser
        .post("/cart", "action=currency&currency=eur")
        .await
        .leads_to();
    let next = browser.check_out().await;
    assert_ne!(next, key);
    let path = format!("/checkout/{next}");
    browser.post(&path, DETAILS).await;
    let total = Total {
        currency: "eur".to_owned(),
        ..usd(14_100)
    };
    let token = world.token(VISA, &total).await;
    assert_eq!(
        shop.confirm(&next, 1, &token, &total).await["outcome"],
        "Paid"
    );
    assert_eq!(browser.cart_count().await, "0 items");
    assert_eq!(world.charges().await, 2);
}
