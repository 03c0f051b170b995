//! Many shoppers with many tabs, webhooks in any order and twice, and a clerk that never rests.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;

use crate::world::{ASKS_THE_BANK, Browser, NO_FUNDS, Shop, VISA, World, bell};

const SHOPPERS: u32 = 8;
const TABS: u32 = 3;

/// Presses Pay in every tab at once with a card of its own, and asks how it stands meanwhile.
async fn press_pay(world: &World, shop: &Shop, key: &str, number: u32, card: &str) {
    let mut tabs = Vec::new();
    for _ in 0..TABS {
        let (shop, key, token) = (
            shop.clone(),
            key.to_owned(),
            world.token(card, &bell()).await,
        );
        tabs.push(tokio::spawn(async move {
            shop.confirm(&key, number, &token, &bell()).await;
            shop.outcome(&key, number).await;
        }));
    }
    for tab in tabs {
        tab.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_meets_whatever_every_order_is_paid_once() {
    let world = World::new().await;
    let shop = world.shop().await;
    world
        .fault(
            "/v1/payment_intents",
            2,
            json!({ "kind": "reset", "after_commit": true }),
        )
        .await;
    world
        .fault("/v1/payment_intents", 2, json!({ "kind": "lock_timeout" }))
        .await;
    let closing = Arc::new(AtomicBool::new(false));
    let clerk = tokio::spawn({
        let (shop, closing) = (shop.clone(), closing.clone());
        async move {
            while !closing.load(Ordering::Relaxed) {
                shop.clerk().await;
            }
        }
    });
    let world = Arc::new(world);
    let mut shoppers = Vec::new();
    for shopper in 0..SHOPPERS {
        let (world, shop) = (world.clone(), shop.clone());
        shoppers.push(tokio::spawn(async move {
            let (browser, key) = Browser::orders_a_bell(&shop).await;
            for (number, card) in [(1, NO_FUNDS), (2, ASKS_THE_BANK), (3, VISA)] {
                press_pay(&world, &shop, &key, number, card).await;
                // Everything that ever happened, again, from the other end for every second shopper.
                let mut events = world.all("events").await;
                if shopper % 2 == 0 {
                    events.reverse();
                }
                for event in events {
                    assert_eq!(shop.deliver(&event).await.status, 200);
                }
            }
            // A tab that was refused as another was paying may have left the order open.
            for number in 4.. {
                if shop.outcome(&key, number).await["outcome"] == "Paid" {
                    break;
                }
                let next = shop.outcome(&key, number).await["next_number"]
                    .as_u64()
                    .unwrap();
                press_pay(&world, &shop, &key, u32::try_from(next).unwrap(), VISA).await;
            }
            assert_eq!(browser.cart_count().await, "0 items");
            key
        }));
    }
    let mut keys = Vec::new();
    for shopper in shoppers {
        keys.push(shopper.await.unwrap());
    }
    closing.store(true, Ordering::Relaxed);
    clerk.await.unwrap();
    shop.clerk().await;
    for key in &keys {
        shop.order_says(key, "Paid").await;
        let paid = world.all("payment_intents").await;
        let paid = paid.iter().filter(|intent| {
            intent["metadata"]["order_key"] == key.as_str() && intent["status"] == "succeeded"
        });
        assert_eq!(paid.count(), 1, "{key}");
    }
    let orders = i64::from(SHOPPERS);
    assert_eq!(i64::try_from(world.charges().await).unwrap(), orders);
    assert_eq!(
        (world.count("outbox").await, world.count("alarms").await),
        (orders, 0)
    );
    assert_eq!(
        (
            world.all("refunds").await.len(),
            world.count("events WHERE done = 0").await
        ),
        (0, 0)
    );
    assert_eq!(world.count("attempts WHERE open = 1").await, 0);
}
