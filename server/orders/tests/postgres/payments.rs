//! Payments on several servers that share one database: the same order, the same events, one clerk that dies.

use checkout::{OrderKey, Outcome, Payment};
use orders::{Capture, Events, Orders, Outbox, Payments};
use serde_json::json;

use crate::database::Database;
use crate::world::{CREATE, World, confirm, now_ms, order_of, pass_seconds, until, verified};

async fn two_servers(world: &World) -> ([Payments; 2], Database) {
    let database = Database::new().await;
    let url = database.url();
    let one = world.open_at(&url, Capture::Automatic).await;
    let two = world.open_at(&url, Capture::Automatic).await;
    ([one, two], database)
}

async fn payment(payments: &Payments, key: &OrderKey) -> Payment {
    let order = payments.store().order(key).await.unwrap();
    order.unwrap().payment
}

/// How often the shop is to be told that an order is paid.
async fn told(payments: &Payments) -> usize {
    let later = now_ms() + 1_000_000;
    let messages = payments.store().claim_messages(later, later, 1_000).await;
    let messages = messages.unwrap().into_iter();
    messages.filter(|it| it.kind == "order_paid").count()
}

/// How often Stripe was asked what an intent is.
async fn reads(world: &World) -> usize {
    let requests = world.all("requests").await.into_iter();
    let reads = requests.filter(|request| request["method"] == "GET");
    let of_intents = |it: &serde_json::Value| {
        let path = it["path"].as_str();
        path.is_some_and(|path| path.starts_with(CREATE))
    };
    reads.filter(of_intents).count()
}

#[tokio::test]
async fn one_order_confirmed_on_two_servers_at_once_is_one_charge() {
    let world = World::new().await;
    let (servers, _database) = two_servers(&world).await;
    for round in 0..8 {
        let key = order_of(&servers[0], round).await;
        // Two tabs with a card each, and now and then one button that was pressed twice.
        let first = world.token("pm_card_visa").await;
        let second = match round % 2 {
            0 => world.token("pm_card_mastercard").await,
            _ => first.clone(),
        };
        let (one, two) = tokio::join!(
            confirm(&servers[0], &key, 1, &first),
            confirm(&servers[1], &key, 1, &second)
        );
        for answer in [one, two] {
            let answer = answer.unwrap().unwrap();
            // The one that came second may hear before Stripe has answered the first.
            let expected = matches!(answer.outcome, Outcome::Paid | Outcome::Checking);
            assert!(expected, "{:?}", answer.outcome);
        }
        until("a paid order", async || {
            payment(&servers[1], &key).await == Payment::Paid
        })
        .await;
        assert_eq!(world.charges().await, usize::from(round) + 1);
    }
    assert_eq!(told(&servers[0]).await, 8);
}

#[tokio::test]
async fn events_spread_over_two_servers_pay_each_order_once() {
    const ORDERS: u8 = 6;
    let world = World::new().await;
    let (servers, _database) = two_servers(&world).await;
    let mut keys = Vec::new();
    for cart in 0..ORDERS {
        let key = order_of(&servers[0], cart).await;
        let token = world.token("pm_card_visa").await;
        // The answer is lost, and the server that waited for it dies.
        let lost = json!({ "kind": "reset", "after_commit": true });
        world.fault(CREATE, 1, lost).await;
        let paying = confirm(&servers[0], &key, 1, &token);
        until("a charge", async || {
            world.charges().await == usize::from(cart) + 1
        })
        .await;
        paying.abort();
        keys.push(key);
    }
    for (number, event) in world.all("events").await.iter().enumerate() {
        // One of three arrives on both.
        let event = verified(event);
        let store = servers[number % 2].store();
        assert!(store.receive(&event, now_ms()).await.unwrap());
        if number % 3 == 0 {
            let other = servers[(number + 1) % 2].store();
            assert!(!other.receive(&event, now_ms()).await.unwrap());
        }
    }
    loop {
        let (one, two) = tokio::join!(servers[0].work_events(), servers[1].work_events());
        if one.unwrap() + two.unwrap() == 0 {
            break;
        }
    }
    for key in &keys {
        assert_eq!(payment(&servers[0], key).await, Payment::Paid);
    }
    assert_eq!(world.charges().await, usize::from(ORDERS));
    assert_eq!(told(&servers[1]).await, usize::from(ORDERS));
}

#[tokio::test]
async fn what_a_clerk_dies_over_is_worked_by_the_other() {
    let world = World::new().await;
    let (servers, _database) = two_servers(&world).await;
    let key = order_of(&servers[0], 1).await;
    let token = world.token("pm_card_visa").await;
    let lost = json!({ "kind": "reset", "after_commit": true });
    world.fault(CREATE, 1, lost).await;
    let paying = confirm(&servers[0], &key, 1, &token);
    until("a charge", async || world.charges().await == 1).await;
    paying.abort();
    let events = world.all("events").await;
    let paid = events
        .iter()
        .find(|event| event["type"] == "payment_intent.succeeded");
    let store = servers[0].store();
    store
        .receive(&verified(paid.unwrap()), now_ms())
        .await
        .unwrap();

    // It has the event, asks Stripe, and dies before it hears.
    let asked = reads(&world).await;
    let late = json!({ "kind": "delay", "ms": 30_000 });
    let path = format!("{CREATE}/*");
    world
        .plan(json!({ "method": "GET", "path": path, "fault": late }))
        .await;
    let clerk = servers[0].clone();
    let working = tokio::spawn(async move { clerk.work_events().await });
    until("a question to Stripe", async || reads(&world).await > asked).await;
    working.abort();
    assert!(working.await.unwrap_err().is_cancelled());

    assert_eq!(servers[1].work_events().await.unwrap(), 0);
    assert_eq!(payment(&servers[1], &key).await, Payment::Paying);
    pass_seconds(5 * 60 + 1);
    assert_eq!(servers[1].work_events().await.unwrap(), 1);
    assert_eq!(payment(&servers[0], &key).await, Payment::Paid);
    assert_eq!((world.charges().await, told(&servers[0]).await), (1, 1));
}
