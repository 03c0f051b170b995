//! How long a call may be sent, and what becomes of an attempt that nobody can know about.

use checkout::{Outcome, Payment};
use orders::{Events, OrderStore, Orders};
use serde_json::json;

use crate::world::{CREATE, World, confirm, now_ms, order, pass_seconds, until, verified};

fn declined(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Declined { words } if words == checkout::words::NOT_SENT)
}

#[tokio::test]
async fn after_its_time_a_call_is_not_sent_again_and_the_token_tells_that_it_charged() {
    let world = World::new().await;
    let payments = world.open().await;
    let key = order(&payments).await;
    let token = world.token("pm_card_visa").await;
    world
        .fault(
            CREATE,
            100,
            json!({ "kind": "reset", "after_commit": true }),
        )
        .await;
    let paying = confirm(&payments, &key, 1, &token);
    until("a charge", async || world.charges().await == 1).await;
    pass_seconds(121);
    let sent = world.creates().await;
    assert_eq!(paying.await.unwrap().unwrap().outcome, Outcome::Paid);
    assert_eq!((world.charges().await, world.creates().await), (1, sent));
}

#[tokio::test]
async fn a_token_that_stays_unused_was_never_sent_and_the_order_reopens() {
    let world = World::new().await;
    let payments = world.open().await;
    let key = order(&payments).await;
    let token = world.token("pm_card_visa").await;
    world.fault(CREATE, 100, json!({ "kind": "reset" })).await;
    let paying = confirm(&payments, &key, 1, &token);
    until("a call to Stripe", async || world.creates().await >= 1).await;
    pass_seconds(121);
    let sent = world.creates().await;
    // Once is not enough: it may be on its way.
    assert_eq!(paying.await.unwrap().unwrap().outcome, Outcome::Checking);
    for seconds in [0, 60, 58] {
        pass_seconds(seconds);
        assert_eq!(
            payments.outcome(&key, 1).await.unwrap().outcome,
            Outcome::Checking
        );
    }
    pass_seconds(2);
    assert!(declined(&payments.outcome(&key, 1).await.unwrap().outcome));
    assert_eq!(world.creates().await, sent);

    world.forget().await;
    let token = world.token("pm_card_visa").await;
    assert_eq!(
        confirm(&payments, &key, 2, &token)
            .await
            .unwrap()
            .unwrap()
            .outcome,
        Outcome::Paid
    );
    assert_eq!(world.charges().await, 1);
}

#[tokio::test]
async fn a_failure_that_stripe_keeps_is_never_sent_again_and_charges_nothing() {
    let world = World::new().await;
    let payments = world.open().await;
    let key = order(&payments).await;
    let token = world.token("pm_card_visa").await;
    world
        .fault(
            CREATE,
            1,
            json!({ "kind": "status", "status": 500, "kept": true }),
        )
        .await;
    let answer = confirm(&payments, &key, 1, &token).await.unwrap().unwrap();
    assert_eq!(answer.outcome, Outcome::Checking);
    let sent = world.creates().await;
    pass_seconds(121);
    assert_eq!(
        payments.outcome(&key, 1).await.unwrap().outcome,
        Outcome::Checking
    );
    pass_seconds(121);
    assert!(declined(&payments.outcome(&key, 1).await.unwrap().outcome));
    assert_eq!((world.creates().await, world.charges().await), (sent, 0));
}

#[tokio::test]
async fn money_that_turns_up_after_the_order_was_paid_again_goes_back() {
    let world = World::new().await;
    let payments = world.open().await;
    let key = order(&payments).await;
    let lost = world.token("pm_card_visa").await;
    world
        .fault(
            CREATE,
            1,
            json!({ "kind": "status", "status": 500, "kept": true }),
        )
        .await;
    confirm(&payments, &key, 1, &lost).await.unwrap().unwrap();
    for _ in 0..2 {
        pass_seconds(121);
        payments.outcome(&key, 1).await.unwrap();
    }
    let token = world.token("pm_card_visa").await;
    assert_eq!(
        confirm(&payments, &key, 2, &token)
            .await
            .unwrap()
            .unwrap()
            .outcome,
        Outcome::Paid
    );

    // The first call arrives after all.
    let (shop, ghost) = (payments.store().shop(), world.token("pm_card_visa").await);
    let form = format!(
        "amount=2400&currency=usd&confirm=true&confirmation_token={ghost}&return_url=http%3A%2F%2F127.0.0.1&\
         metadata[shop_id]={shop}&metadata[order_key]={}",
        key.as_str()
    );
    let ghost = world.post(CREATE, &form).await;
    let event = verified(&json!({
        "id": "evt_1", "object": "event", "type": "payment_intent.succeeded", "created": 1, "livemode": false,
        "api_version": null, "data": { "object": ghost },
    }));
    assert!(payments.store().receive(&event, now_ms()).await.unwrap());
    assert!(!payments.store().receive(&event, now_ms()).await.unwrap());
    for _ in 0..2 {
        payments.work_events().await.unwrap();
        payments.work_operations(0).await.unwrap();
    }
    let refunds = world.all("refunds").await;
    assert_eq!(
        refunds
            .iter()
            .map(|refund| &refund["payment_intent"])
            .collect::<Vec<_>>(),
        [&ghost["id"]]
    );
    assert_eq!(
        payments.up_to_date(&key).await.unwrap().payment,
        Payment::Paid
    );
}

#[tokio::test]
async fn an_attempt_is_taken_up_once_nobody_has_touched_it_for_a_while() {
    let world = World::new().await;
    let payments = world.open().await;
    let key = order(&payments).await;
    let token = world.token("pm_card_visa").await;
    world
        .fault(CREATE, 3, json!({ "kind": "lock_timeout" }))
        .await;
    let paying = confirm(&payments, &key, 1, &token);
    until("a call to Stripe", async || world.creates().await >= 1).await;
    // Its task dies; the server lives on.
    paying.abort();
    assert!(paying.await.unwrap_err().is_cancelled());

    let sent = world.creates().await;
    payments.work_attempts(orders::IDLE_MS).await.unwrap();
    assert_eq!(
        payments.outcome(&key, 1).await.unwrap().outcome,
        Outcome::Checking
    );
    assert_eq!(world.creates().await, sent);
    pass_seconds(46);
    payments.work_attempts(orders::IDLE_MS).await.unwrap();
    assert_eq!(
        payments.outcome(&key, 1).await.unwrap().outcome,
        Outcome::Paid
    );
    assert_eq!(world.charges().await, 1);
}

#[tokio::test]
async fn a_lost_answer_is_found_by_whoever_asks_for_the_order() {
    let world = World::new().await;
    let payments = world.open().await;
    let key = order(&payments).await;
    let token = world.token("pm_card_visa").await;
    world
        .fault(
            CREATE,
            100,
            json!({ "kind": "reset", "after_commit": true }),
        )
        .await;
    let paying = confirm(&payments, &key, 1, &token);
    until("the attempt to be unknown", async || {
        let order = payments.store().order(&key).await.unwrap().unwrap();
        order
            .attempt
            .is_some_and(|attempt| attempt.progress == checkout::Progress::Unknown)
    })
    .await;
    assert_eq!(
        payments.outcome(&key, 1).await.unwrap().outcome,
        Outcome::Paid
    );
    assert_eq!(paying.await.unwrap().unwrap().outcome, Outcome::Paid);
    assert_eq!(world.charges().await, 1);
}
