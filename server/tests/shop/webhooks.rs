//! Events: taken in only when they are Stripe's, worked once, and never believed.

use axum::http::StatusCode;
use orders::OrderStore;
use serde_json::{Value, json};
use server::Parts;
use server::config::Config;

use crate::world::{
    ASKS_THE_BANK, Browser, NO_FUNDS, SITE_URL, Shop, VISA, WEBHOOK_SECRETS, World, bell, sign,
    until,
};

fn event(id: &str, kind: &str, object: Value) -> Value {
    json!({
        "id": id, "object": "event", "type": kind, "created": 1_767_225_590, "livemode": false,
        "api_version": "2026-10-28.endive", "data": { "object": object },
    })
}

/// An event that names an order's intent.
async fn about_the_intent(world: &World, id: &str, kind: &str) -> Value {
    event(id, kind, world.all("payment_intents").await.remove(0))
}

async fn events_done(world: &World) -> (i64, i64) {
    (
        world.count("events WHERE done = 1").await,
        world.count("events WHERE done = 0").await,
    )
}

/// Money taken for an order past the shop: an intent with its marks, confirmed.
async fn pay_past_the_shop(world: &World, shop: &str, order: &str, amount_minor: i64) {
    let token = world.bare_token("pm_card_visa").await;
    let form = format!(
        "amount={amount_minor}&currency=usd&confirm=true&confirmation_token={token}&return_url=http%3A%2F%2F127.0.0.1&\
         metadata[shop_id]={shop}&metadata[order_key]={order}"
    );
    world.post_to_stripe("/v1/payment_intents", form).await;
}

async fn deliver_all(world: &World, shop: &Shop) {
    for event in world.all("events").await {
        assert_eq!(shop.deliver(&event).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn only_what_stripe_signed_just_now_is_an_event() {
    let world = World::new().await;
    let shop = world.shop().await;
    let body = event(
        "evt_1",
        "payment_intent.succeeded",
        json!({ "id": "pi_1", "object": "payment_intent" }),
    )
    .to_string();
    let [today, yesterday] = WEBHOOK_SECRETS;
    let good = sign(&body, today, 0);
    let v1 = |header: &str| header.split_once(',').unwrap().1.to_owned();
    let stamp = good.split_once(',').unwrap().0.to_owned();
    let other = sign("{}", today, 0);
    for (what, body, signature) in [
        ("no header", body.as_str(), None),
        ("an empty header", &body, Some(String::new())),
        ("a header that is none", &body, Some("hush".to_owned())),
        ("no timestamp", &body, Some(v1(&good))),
        ("no signature", &body, Some(stamp.clone())),
        ("another scheme", &body, Some(good.replace("v1=", "v0="))),
        (
            "a wrong secret",
            &body,
            Some(sign(&body, "whsec_ofMallory", 0)),
        ),
        ("an old signature", &body, Some(sign(&body, today, 302))),
        (
            "a signature from the future",
            &body,
            Some(sign(&body, today, -302)),
        ),
        (
            "an altered body",
            &body.replace("pi_1", "pi_2"),
            Some(good.clone()),
        ),
        ("another body's signature", &body, Some(other)),
        ("another moment", &body, Some(format!("t=1,{}", v1(&good)))),
        ("a body that is no event", "{}", Some(sign("{}", today, 0))),
        (
            "a body that is no JSON",
            "hush",
            Some(sign("hush", today, 0)),
        ),
    ] {
        let page = shop.webhook(body, signature.as_deref()).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{what}");
        assert_eq!(
            page.body, "this is not an event signed for this shop",
            "{what}"
        );
        assert_eq!(world.count("events").await, 0, "{what}");
    }
    for (what, id, signature) in [
        ("today's secret", "evt_1", None),
        (
            "yesterday's secret, while it is rolled",
            "evt_2",
            Some((yesterday, 0)),
        ),
        ("within five minutes", "evt_3", Some((today, 290))),
        ("a clock that is behind", "evt_4", Some((today, -290))),
    ] {
        let body = body.replace("evt_1", id);
        let (secret, age_s) = signature.unwrap_or((today, 0));
        let page = shop.webhook(&body, Some(&sign(&body, secret, age_s))).await;
        assert_eq!(page.status, StatusCode::OK, "{what}");
        assert_eq!(
            world
                .count(&format!("events WHERE id = '{id}' AND done = 0"))
                .await,
            1,
            "{what}"
        );
    }
    let wrong = sign(&body, "whsec_ofMallory", 0);
    let both = format!("{stamp},{},{}", v1(&wrong), v1(&good));
    assert_eq!(
        shop.webhook(&body, Some(&both)).await.status,
        StatusCode::OK,
        "two signatures"
    );
}

#[tokio::test]
async fn without_a_secret_nothing_is_an_event() {
    let world = World::new().await;
    let config = Config {
        webhook_secrets: Vec::new(),
        ..world.config()
    };
    let shop = Shop::of(Parts::open(config, SITE_URL.to_owned()).await.unwrap());
    let event = event("evt_1", "payment_intent.succeeded", json!({}));
    assert_eq!(shop.deliver(&event).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(world.count("events").await, 0);
}

#[tokio::test]
async fn a_webhook_of_over_a_mebibyte_is_refused() {
    let world = World::new().await;
    let shop = world.shop().await;
    let event = event(
        "evt_1",
        "payment_intent.succeeded",
        json!({ "description": "a".repeat(1024 * 1024) }),
    );
    assert_eq!(
        shop.deliver(&event).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    assert_eq!(world.count("events").await, 0);
}

#[tokio::test]
async fn an_event_is_pending_until_its_work_is_done_and_comes_twice_without_effect() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (browser, key) = Browser::orders_a_bell(&shop).await;
    let token = world.token(ASKS_THE_BANK, &bell()).await;
    shop.confirm(&key, 1, &token, &bell()).await;
    world.answer_the_bank("complete").await;
    let events = world.all("events").await;
    let paid = events
        .iter()
        .find(|event| event["type"] == "payment_intent.succeeded")
        .unwrap();
    for _ in 0..3 {
        assert_eq!(shop.deliver(paid).await.status, StatusCode::OK);
        assert_eq!(events_done(&world).await, (0, 1));
    }
    assert_eq!(
        world.count("orders WHERE payment = 'action_needed'").await,
        1
    );

    shop.parts.payments.work_events().await.unwrap();
    assert_eq!(events_done(&world).await, (1, 0));
    assert_eq!(world.count("orders WHERE payment = 'paid'").await, 1);
    assert_eq!(browser.cart_count().await, "0 items");
    shop.deliver(paid).await;
    shop.clerk().await;
    assert_eq!(events_done(&world).await, (1, 0));
    assert_eq!((world.count("outbox").await, world.charges().await), (1, 1));
}

#[tokio::test]
async fn a_burst_is_taken_in_without_a_question_to_stripe() {
    const EVENTS: i64 = 200;
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let token = world.token(ASKS_THE_BANK, &bell()).await;
    shop.confirm(&key, 1, &token, &bell()).await;
    world.answer_the_bank("complete").await;
    let asked = world.calls().await.len();
    let mut burst = tokio::task::JoinSet::new();
    for number in 0..EVENTS {
        let id = format!("evt_{number}");
        let event = about_the_intent(&world, &id, "payment_intent.succeeded").await;
        let shop = shop.clone();
        burst.spawn(async move { shop.deliver(&event).await.status });
    }
    let taken = burst.join_all().await;
    assert!(taken.iter().all(|status| *status == StatusCode::OK));
    assert_eq!(events_done(&world).await, (0, EVENTS));
    assert_eq!(world.calls().await.len(), asked);
    shop.clerk().await;
    assert_eq!(world.count("orders WHERE payment = 'paid'").await, 1);
}

#[tokio::test]
async fn an_event_stored_before_a_crash_is_worked_after_it() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let token = world.token(ASKS_THE_BANK, &bell()).await;
    shop.confirm(&key, 1, &token, &bell()).await;
    world.answer_the_bank("complete").await;
    shop.deliver(&about_the_intent(&world, "evt_1", "payment_intent.succeeded").await)
        .await;
    drop(shop);
    let shop = world.shop().await;
    shop.clerk().await;
    assert_eq!(world.count("orders WHERE payment = 'paid'").await, 1);
    assert_eq!(events_done(&world).await, (1, 0));
}

#[tokio::test]
async fn an_event_that_cannot_be_worked_waits_and_is_not_lost() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let token = world.token(ASKS_THE_BANK, &bell()).await;
    shop.confirm(&key, 1, &token, &bell()).await;
    world.answer_the_bank("complete").await;
    shop.deliver(&about_the_intent(&world, "evt_1", "payment_intent.succeeded").await)
        .await;
    // Stripe will not say: a key without the right, for one.
    let refusal = json!({ "method": "GET", "path": "/v1/payment_intents/*", "fault": { "kind": "status", "status": 403 } });
    world.control("faults", refusal).await;
    shop.parts.payments.work_events().await.unwrap();
    assert_eq!(
        world
            .count("events WHERE done = 0 AND tries = 1 AND next_try_ms > received_ms")
            .await,
        1
    );
    crate::world::until("the event's next turn", async || {
        shop.parts.payments.work_events().await.unwrap();
        events_done(&world).await == (1, 0)
    })
    .await;
    assert_eq!(world.count("orders WHERE payment = 'paid'").await, 1);
}

#[tokio::test]
async fn what_an_event_says_is_never_believed() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let token = world.token(NO_FUNDS, &bell()).await;
    shop.confirm(&key, 1, &token, &bell()).await;
    let mut claim = about_the_intent(&world, "evt_1", "payment_intent.succeeded").await;
    claim["data"]["object"]["status"] = json!("succeeded");
    claim["data"]["object"]["amount_received"] = json!(2400);
    shop.deliver(&claim).await;
    shop.clerk().await;
    assert_eq!(events_done(&world).await, (1, 0));
    shop.order_says(&key, "Waiting for payment").await;
}

#[tokio::test]
async fn what_the_shop_does_not_know_is_kept_and_done() {
    let world = World::new().await;
    let shop = world.shop().await;
    for (id, kind, object) in [
        (
            "evt_1",
            "customer.created",
            json!({ "id": "cus_1", "object": "customer" }),
        ),
        (
            "evt_2",
            "payment_intent.of_next_year",
            json!({ "id": "pi_1", "object": "payment_intent" }),
        ),
        (
            "evt_3",
            "payment_intent.succeeded",
            json!({ "id": "pi_unknown", "object": "payment_intent", "metadata": { "order_key": "../x" } }),
        ),
        (
            "evt_4",
            "payment_intent.succeeded",
            json!({ "id": "not an id", "object": "payment_intent" }),
        ),
        ("evt_5", "payment_intent.succeeded", json!(null)),
        (
            "evt_6",
            "charge.succeeded",
            json!({ "id": "ch_1", "object": "charge", "payment_intent": "pi_1" }),
        ),
    ] {
        assert_eq!(
            shop.deliver(&event(id, kind, object)).await.status,
            StatusCode::OK,
            "{id}"
        );
    }
    shop.clerk().await;
    assert_eq!(events_done(&world).await, (6, 0));
    assert_eq!(world.count("alarms").await, 0);
}

#[tokio::test]
async fn another_shops_payment_is_left_alone() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let other_order = checkout::OrderKey::from_random([7; 16]);
    let other_shop = checkout::ShopId::from_random([7; 16]);
    // With our order's key, with one of its own, and with none of these marks.
    pay_past_the_shop(&world, other_shop.as_str(), &key, 2_400).await;
    pay_past_the_shop(&world, other_shop.as_str(), other_order.as_str(), 2_400).await;
    pay_past_the_shop(&world, "", "", 2_400).await;
    deliver_all(&world, &shop).await;
    shop.clerk().await;
    assert_eq!(world.count("events WHERE done = 0").await, 0);
    assert_eq!(
        (
            world.count("intents").await,
            world.count("alarms").await,
            world.count("calls").await
        ),
        (0, 0, 0)
    );
    assert_eq!(world.all("refunds").await, Vec::<Value>::new());
    shop.order_says(&key, "Waiting for payment").await;
    assert_eq!(world.count("orders WHERE quarantine IS NOT NULL").await, 0);
}

#[tokio::test]
async fn a_webhook_alone_finishes_an_order_whose_answer_was_lost() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (browser, key) = Browser::orders_a_bell(&shop).await;
    world
        .fault(
            "/v1/payment_intents",
            1,
            json!({ "kind": "delay", "ms": 60_000 }),
        )
        .await;
    let token = world.token(VISA, &bell()).await;
    let waiting = tokio::spawn({
        let (shop, key) = (shop.clone(), key.clone());
        async move { shop.confirm(&key, 1, &token, &bell()).await }
    });
    crate::world::until("a charge", async || world.charges().await == 1).await;
    waiting.abort();
    deliver_all(&world, &shop).await;
    shop.parts.payments.work_events().await.unwrap();
    assert_eq!(shop.outcome(&key, 1).await["outcome"], "Paid");
    shop.order_says(&key, "Paid").await;
    assert_eq!(
        (
            browser.cart_count().await.as_str(),
            world.count("outbox").await
        ),
        ("0 items", 1)
    );
}

#[tokio::test]
async fn late_news_of_a_failure_does_not_undo_a_payment() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    for (number, card) in [(1, NO_FUNDS), (2, ASKS_THE_BANK), (3, VISA)] {
        let token = world.token(card, &bell()).await;
        shop.confirm(&key, number, &token, &bell()).await;
    }
    let before = world.number("SELECT version FROM orders").await;
    deliver_all(&world, &shop).await;
    for (id, kind) in [
        ("evt_a", "payment_intent.payment_failed"),
        ("evt_b", "payment_intent.canceled"),
        ("evt_c", "payment_intent.processing"),
    ] {
        for intent in world.all("payment_intents").await {
            let id = format!("{id}_{}", intent["id"].as_str().unwrap());
            shop.deliver(&event(&id, kind, intent)).await;
        }
    }
    shop.clerk().await;
    assert_eq!(world.count("events WHERE done = 0").await, 0);
    assert_eq!(world.number("SELECT version FROM orders").await, before);
    shop.order_says(&key, "Paid").await;
    assert_eq!(
        (
            world.charges().await,
            world.all("refunds").await.len(),
            world.count("outbox").await
        ),
        (1, 0, 1)
    );
}

#[tokio::test]
async fn a_second_success_is_refunded_once() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let token = world.token(VISA, &bell()).await;
    shop.confirm(&key, 1, &token, &bell()).await;
    pay_past_the_shop(
        &world,
        shop.parts.payments.store().shop().as_str(),
        &key,
        2_400,
    )
    .await;
    for _ in 0..2 {
        deliver_all(&world, &shop).await;
        shop.clerk().await;
    }
    for intent in world.all("payment_intents").await {
        let id = format!("evt_again_{}", intent["id"].as_str().unwrap());
        shop.deliver(&event(&id, "payment_intent.succeeded", intent))
            .await;
    }
    shop.clerk().await;
    let refunds = world.all("refunds").await;
    let [refund] = refunds.as_slice() else {
        panic!("{refunds:?}")
    };
    let second = world.all("payment_intents").await.pop().unwrap();
    assert_eq!(
        (&refund["payment_intent"], &refund["amount"]),
        (&second["id"], &json!(2400))
    );
    assert_eq!(
        (world.count("alarms").await, world.count("outbox").await),
        (1, 1)
    );
    shop.order_says(&key, "Paid").await;
}

#[tokio::test]
async fn a_shop_that_cannot_be_told_gives_money_back_all_the_same() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let token = world.token(VISA, &bell()).await;
    shop.confirm(&key, 1, &token, &bell()).await;
    let shop_id = shop.parts.payments.store().shop().clone();
    pay_past_the_shop(&world, shop_id.as_str(), &key, 2_400).await;
    deliver_all(&world, &shop).await;
    drop(shop);

    // A folder is no file to write orders into.
    let config = Config {
        order_log: Some(world.site_root().parent().unwrap().to_owned()),
        ..world.config()
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(server::serve(config, listener, async {
        stopped.await.ok();
    }));
    until("the refund", async || {
        !world.all("refunds").await.is_empty()
    })
    .await;
    assert_eq!(world.count("outbox WHERE delivered_ms IS NULL").await, 1);
    stop.send(()).unwrap();
    serving.await.unwrap().unwrap();
}

#[tokio::test]
async fn money_that_does_not_fit_holds_the_order_for_the_merchant() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (mut browser, key) = Browser::orders_a_bell(&shop).await;
    pay_past_the_shop(
        &world,
        shop.parts.payments.store().shop().as_str(),
        &key,
        2_300,
    )
    .await;
    deliver_all(&world, &shop).await;
    shop.clerk().await;
    let page = shop.get(&format!("/orders/{key}")).await;
    page.says(&["We are looking into this payment"]);
    assert!(!page.body.contains(">Paid</p>") && !page.body.contains("Lovelace"));
    assert_eq!(
        (
            world.count("alarms").await,
            world.count("outbox").await,
            world.all("refunds").await.len()
        ),
        (1, 0, 0)
    );
    let token = world.token(VISA, &bell()).await;
    assert_eq!(
        shop.confirm(&key, 1, &token, &bell()).await["outcome"],
        json!({ "Refused": "Closed" })
    );
    assert_eq!(
        browser.post("/checkout", "").await.leads_to(),
        format!("/orders/{key}")
    );
    assert_eq!(world.charges().await, 1);
}
