//! Answers that never arrive: Stripe's, the browser's, and those of a server that died. No webhook comes in here.

use orders::OrderStore;
use std::time::Duration;

use serde_json::{Value, json};
use server::Parts;
use tokio::runtime::Runtime;

use crate::world::{
    ASKS_THE_BANK, Browser, NO_FUNDS, SITE_URL, Shop, VISA, World, bell, until, usd,
};

/// A shop that can die: it has a runtime of its own, whose end takes every task along, whatever it was at.
struct Mortal {
    runtime: Runtime,
    shop: Shop,
}

impl Mortal {
    async fn open(world: &World) -> Mortal {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let opening = runtime.spawn(Parts::open(world.config(), SITE_URL.to_owned()));
        let shop = Shop::of(opening.await.unwrap().unwrap());
        Mortal { runtime, shop }
    }

    /// An order of a bell whose payment Stripe has heard of once; then the shop dies.
    async fn dies_paying(self, world: &World, times: u32, fault: Value) -> String {
        let shop = self.shop.clone();
        let (_, key) = self
            .runtime
            .spawn(async move { Browser::orders_a_bell(&shop).await })
            .await
            .unwrap();
        world.fault("/v1/payment_intents", times, fault).await;
        let (shop, token, order) = (
            self.shop.clone(),
            world.token(VISA, &bell()).await,
            key.clone(),
        );
        self.runtime
            .spawn(async move { shop.confirm(&order, 1, &token, &bell()).await });
        until("a call to Stripe", async || {
            world.posts("/v1/payment_intents").await >= 1
        })
        .await;
        drop(self.shop);
        self.runtime.shutdown_background();
        key
    }
}

async fn idempotency_keys(world: &World, path: &str) -> Vec<Value> {
    let requests = world.all("requests").await.into_iter();
    let mut keys = requests
        .filter(|request| request["method"] == "POST" && request["path"] == path)
        .map(|request| request["idempotency_key"].clone())
        .collect::<Vec<_>>();
    keys.dedup();
    keys
}

/// Pays after a decline, so that the intent is confirmed rather than created.
async fn decline(world: &World, shop: &Shop, key: &str) {
    let token = world.token(NO_FUNDS, &bell()).await;
    let answer = shop.confirm(key, 1, &token, &bell()).await;
    assert!(answer["outcome"]["Declined"].is_object(), "{answer}");
}

#[tokio::test]
async fn whatever_happens_to_the_call_it_ends_paid_with_one_charge() {
    let faults = [
        json!({ "kind": "reset", "after_commit": true }),
        json!({ "kind": "reset", "after_commit": false }),
        // Kept by Stripe: the same call would be answered so for ever.
        json!({ "kind": "status", "status": 500, "after_commit": true }),
        json!({ "kind": "status", "status": 500 }),
        json!({ "kind": "status", "status": 503 }),
        json!({ "kind": "status", "status": 409 }),
        json!({ "kind": "delay", "ms": 700 }),
        json!({ "kind": "lock_timeout" }),
        json!({ "kind": "rate_limit" }),
    ];
    let mut running = Vec::new();
    for fault in faults {
        for on_an_intent in [false, true] {
            let fault = fault.clone();
            running.push(tokio::spawn(async move {
                let world = World::new().await;
                let shop = world.shop().await;
                let (browser, key) = Browser::orders_a_bell(&shop).await;
                let (number, path) = if on_an_intent {
                    decline(&world, &shop, &key).await;
                    (2, "/v1/payment_intents/*")
                } else {
                    (1, "/v1/payment_intents")
                };
                world.fault(path, 1, fault.clone()).await;
                let token = world.token(VISA, &bell()).await;
                let answer = shop.confirm(&key, number, &token, &bell()).await;
                assert_eq!(answer["outcome"], "Paid", "{fault} at {path}");
                assert_eq!(
                    (
                        world.charges().await,
                        world.all("payment_intents").await.len()
                    ),
                    (1, 1),
                    "{fault} at {path}"
                );
                assert_eq!(
                    world.count("attempts WHERE open = 1").await,
                    0,
                    "{fault} at {path}"
                );
                assert_eq!(
                    (
                        world.count("outbox").await,
                        browser.cart_count().await.as_str()
                    ),
                    (1, "0 items")
                );
            }));
        }
    }
    for run in running {
        run.await.unwrap();
    }
}

#[tokio::test]
async fn a_lost_decline_is_a_decline_and_no_second_try() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    world
        .fault(
            "/v1/payment_intents",
            1,
            json!({ "kind": "reset", "after_commit": true }),
        )
        .await;
    decline(&world, &shop, &key).await;
    assert_eq!(
        idempotency_keys(&world, "/v1/payment_intents").await.len(),
        1
    );
    assert_eq!(world.all("charges").await.len(), 1);
}

#[tokio::test]
async fn a_lost_update_is_sent_again_before_the_confirmation() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (mut browser, key) = Browser::orders_a_bell(&shop).await;
    decline(&world, &shop, &key).await;
    browser.add("paid-stamp").await;
    browser.check_out().await;
    // The first call on the intent is the update.
    world
        .fault(
            "/v1/payment_intents/*",
            1,
            json!({ "kind": "reset", "after_commit": true }),
        )
        .await;
    let token = world.token(VISA, &usd(4_000)).await;
    assert_eq!(
        shop.confirm(&key, 2, &token, &usd(4_000)).await["outcome"],
        "Paid"
    );
    let intent = world.all("payment_intents").await.remove(0);
    assert_eq!(
        (&intent["amount_received"], world.charges().await),
        (&json!(4000), 1)
    );
}

#[tokio::test]
async fn a_browser_that_leaves_after_stripe_got_the_call_does_not_take_the_payment_along() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (browser, key) = Browser::orders_a_bell(&shop).await;
    world
        .fault(
            "/v1/payment_intents",
            1,
            json!({ "kind": "delay", "ms": 2_000 }),
        )
        .await;
    let token = world.token(VISA, &bell()).await;
    let request = tokio::spawn({
        let (shop, key) = (shop.clone(), key.clone());
        async move { shop.confirm(&key, 1, &token, &bell()).await }
    });
    until("a call to Stripe", async || {
        world.posts("/v1/payment_intents").await == 1
    })
    .await;
    // axum drops the handler's future when the connection ends; so does this.
    request.abort();
    assert!(request.await.unwrap_err().is_cancelled());
    assert_eq!(world.count("orders WHERE payment = 'paid'").await, 0);

    shop.parts.tasks.close();
    shop.parts.tasks.wait().await;
    assert_eq!(shop.outcome(&key, 1).await["outcome"], "Paid");
    assert_eq!(
        (
            world.charges().await,
            world.posts("/v1/payment_intents").await
        ),
        (1, 1)
    );
    assert_eq!(browser.cart_count().await, "0 items");
}

#[tokio::test]
async fn a_reload_while_the_answer_is_on_its_way_says_checking_and_pays_once() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (mut browser, key) = Browser::orders_a_bell(&shop).await;
    world
        .fault(
            "/v1/payment_intents",
            1,
            json!({ "kind": "delay", "ms": 3_000 }),
        )
        .await;
    let token = world.token(VISA, &bell()).await;
    let first = tokio::spawn({
        let (shop, key, token) = (shop.clone(), key.clone(), token.clone());
        async move { shop.confirm(&key, 1, &token, &bell()).await }
    });
    until("a call to Stripe", async || {
        world.posts("/v1/payment_intents").await == 1
    })
    .await;

    let order = format!("/orders/{key}");
    let page = shop.get(&order).await;
    page.says(&["Checking your payment", "please do not pay a second time"]);
    assert_eq!(page.header("refresh"), "3");
    assert_eq!(
        shop.get(&format!("/checkout/{key}")).await.leads_to(),
        order
    );
    assert_eq!(browser.post("/checkout", "").await.leads_to(), order);
    assert_eq!(shop.outcome(&key, 1).await["outcome"], "Checking");
    assert_eq!(
        shop.confirm(&key, 1, &token, &bell()).await["outcome"],
        "Checking"
    );
    let other = world.token(VISA, &bell()).await;
    let answer = shop.confirm(&key, 2, &other, &bell()).await;
    assert_eq!(answer["outcome"], json!({ "Refused": "BeingPaid" }));

    assert_eq!(first.await.unwrap()["outcome"], "Paid");
    assert_eq!(world.charges().await, 1);
}

#[tokio::test]
async fn a_server_that_dies_before_stripe_did_anything_pays_after_its_restart() {
    let world = World::new().await;
    // Stripe asks to come back later; the shop dies waiting.
    let key = Mortal::open(&world)
        .await
        .dies_paying(&world, 3, json!({ "kind": "lock_timeout" }))
        .await;
    assert_eq!(
        (
            world.count("attempts WHERE open = 1").await,
            world.charges().await
        ),
        (1, 0)
    );
    let shop = world.shop().await;
    assert_eq!(shop.outcome(&key, 1).await["outcome"], "Checking");
    shop.parts.payments.work_attempts(0).await.unwrap();
    assert_eq!(shop.outcome(&key, 1).await["outcome"], "Paid");
    assert_eq!((world.charges().await, world.count("outbox").await), (1, 1));
    assert_eq!(
        idempotency_keys(&world, "/v1/payment_intents").await.len(),
        1
    );
}

#[tokio::test]
async fn a_server_that_dies_before_stripes_answer_finds_it_after_its_restart() {
    let world = World::new().await;
    let key = Mortal::open(&world)
        .await
        .dies_paying(&world, 1, json!({ "kind": "delay", "ms": 3_000 }))
        .await;
    assert_eq!(
        (
            world.count("attempts WHERE open = 1").await,
            world.charges().await
        ),
        (1, 1)
    );
    let shop = world.shop().await;
    shop.get(&format!("/orders/{key}"))
        .await
        .says(&["Checking your payment"]);
    // Stripe is still at the first sending for a moment, and says so.
    shop.parts.payments.work_attempts(0).await.unwrap();
    assert_eq!(shop.outcome(&key, 1).await["outcome"], "Paid");
    assert_eq!(
        (
            world.charges().await,
            world.all("payment_intents").await.len()
        ),
        (1, 1)
    );
    assert_eq!(
        idempotency_keys(&world, "/v1/payment_intents").await.len(),
        1
    );
}

#[tokio::test]
async fn an_order_and_its_cart_are_there_after_a_restart() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (browser, key) = Browser::orders_a_bell(&shop).await;
    let token = world.token(VISA, &bell()).await;
    shop.confirm(&key, 1, &token, &bell()).await;
    let mut open = Browser::of(&shop);
    open.add("desk-lamp").await;
    let name = shop.parts.payments.store().shop().clone();
    shop.parts.payments.store().close().await;

    let shop = world.shop().await;
    assert_eq!(*shop.parts.payments.store().shop(), name);
    shop.order_says(&key, "Paid").await;
    for (browser, count) in [(browser, "0 items"), (open, "1 item")] {
        let again = Browser {
            cookie: browser.cookie,
            ..Browser::of(&shop)
        };
        assert_eq!(again.cart_count().await, count);
    }
}

#[tokio::test]
async fn an_orders_page_does_not_wait_for_a_stripe_that_is_slow() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let token = world.token(ASKS_THE_BANK, &bell()).await;
    shop.confirm(&key, 1, &token, &bell()).await;
    let slow = json!({ "method": "GET", "path": "/v1/payment_intents/*", "times": 9, "fault": { "kind": "delay", "ms": 60_000 } });
    world.control("faults", slow).await;
    let path = format!("/orders/{key}");
    let asking = tokio::time::timeout(Duration::from_secs(10), shop.get(&path));
    asking
        .await
        .expect("the page, as far as the shop knows")
        .says(&["Waiting for your bank"]);
    assert_eq!(shop.outcome(&key, 1).await["outcome"], "Checking");
}
