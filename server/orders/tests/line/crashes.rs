//! A crash at every point where a payment waits: whatever it was at, it ends paid, once.

use std::pin::pin;
use std::task::Poll;

use checkout::Outcome;
use orders::{OrderStore, Orders};
use serde_json::json;

use crate::world::{World, details, order, total};

/// Runs `future` for so many steps and then drops it, as a crash does; its result if it was faster.
async fn for_steps<T>(steps: usize, future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    let mut taken = 0;
    std::future::poll_fn(|context| {
        if taken == steps {
            return Poll::Ready(None);
        }
        taken += 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}

/// The page after a crash: it asks, and confirms again where its attempt never arrived.
async fn page_goes_on(
    payments: &orders::Payments,
    key: &checkout::OrderKey,
    number: u32,
    token: &checkout::TokenId,
) -> Outcome {
    payments.work_events().await.unwrap();
    payments.work_operations(0).await.unwrap();
    payments.work_attempts(0).await.unwrap();
    let answer = payments.outcome(key, number).await.unwrap();
    if answer.outcome != Outcome::NotReceived {
        return answer.outcome;
    }
    payments
        .confirm(key, number, token, total())
        .await
        .unwrap()
        .outcome
}

#[tokio::test]
async fn a_first_payment_ends_paid_once_wherever_the_server_dies() {
    for steps in 0.. {
        let world = World::new().await;
        let payments = world.open().await;
        let key = order(&payments).await;
        let token = world.token("pm_card_visa").await;
        let died = for_steps(steps, payments.confirm(&key, 1, &token, total()))
            .await
            .is_none();
        payments.store().close().await;

        let payments = world.open().await;
        assert_eq!(
            page_goes_on(&payments, &key, 1, &token).await,
            Outcome::Paid,
            "dead after {steps} steps"
        );
        assert_eq!(
            (
                world.charges().await,
                world.all("payment_intents").await.len()
            ),
            (1, 1),
            "dead after {steps} steps"
        );
        assert_eq!(
            payments.undelivered().await.unwrap().len(),
            1,
            "dead after {steps} steps"
        );
        if !died {
            assert!(steps > 5, "it was never interrupted");
            return;
        }
    }
}

#[tokio::test]
async fn a_payment_that_cancels_an_open_question_ends_paid_once_wherever_the_server_dies() {
    for steps in 0.. {
        let world = World::new().await;
        let payments = world.open().await;
        let key = order(&payments).await;
        let asks = world.token("pm_card_threeDSecure2Required").await;
        let answer = payments.confirm(&key, 1, &asks, total()).await.unwrap();
        assert!(
            matches!(answer.outcome, Outcome::ActionNeeded { .. }),
            "{answer:?}"
        );
        let token = world.token("pm_card_visa").await;
        let died = for_steps(steps, payments.confirm(&key, 2, &token, total()))
            .await
            .is_none();
        payments.store().close().await;

        let payments = world.open().await;
        let mut outcome = page_goes_on(&payments, &key, 2, &token).await;
        if matches!(
            outcome,
            Outcome::ActionNeeded { .. } | Outcome::Declined { .. }
        ) {
            // It died before its attempt was stored: the shopper pays again.
            outcome = payments
                .confirm(&key, 2, &token, total())
                .await
                .unwrap()
                .outcome;
        }
        assert_eq!(outcome, Outcome::Paid, "dead after {steps} steps");
        assert_eq!(world.charges().await, 1, "dead after {steps} steps");
        let statuses = world.all("payment_intents").await;
        assert_eq!(
            statuses
                .iter()
                .map(|intent| &intent["status"])
                .collect::<Vec<_>>(),
            ["canceled", "succeeded"]
        );
        if !died {
            assert!(steps > 8, "it was never interrupted");
            return;
        }
    }
}

#[tokio::test]
async fn a_payment_with_a_changed_total_ends_paid_once_wherever_the_server_dies() {
    let raised = checkout::Money::new(4_000, checkout::Currency::Usd).unwrap();
    for steps in 0.. {
        let world = World::new().await;
        let payments = world.open().await;
        let key = order(&payments).await;
        let declined = world.token("pm_card_visa_chargeDeclined").await;
        payments.confirm(&key, 1, &declined, total()).await.unwrap();
        let (mut lines, _) = crate::world::lines();
        lines[0].price = raised;
        let cart = checkout::CartId::from_random([1; 16]);
        let repriced = payments
            .store()
            .place(&cart, 0, move |_| Ok::<_, ()>((lines, raised)));
        repriced.await.unwrap().unwrap();
        let token = world.token("pm_card_visa").await;
        let died = for_steps(steps, payments.confirm(&key, 2, &token, raised))
            .await
            .is_none();
        payments.store().close().await;

        let payments = world.open().await;
        payments.work_attempts(0).await.unwrap();
        let mut outcome = payments.outcome(&key, 2).await.unwrap().outcome;
        if outcome == Outcome::NotReceived {
            outcome = payments
                .confirm(&key, 2, &token, raised)
                .await
                .unwrap()
                .outcome;
        }
        assert_eq!(outcome, Outcome::Paid, "dead after {steps} steps");
        let charges = world.all("charges").await;
        let paid = charges
            .iter()
            .filter(|charge| charge["status"] == "succeeded");
        assert_eq!(
            paid.map(|charge| &charge["amount"]).collect::<Vec<_>>(),
            [&json!(4000)],
            "dead after {steps} steps"
        );
        if !died {
            assert!(steps > 5, "it was never interrupted");
            return;
        }
    }
}

#[tokio::test]
async fn details_come_back_as_they_were_stored() {
    let world = World::new().await;
    let payments = world.open().await;
    let key = order(&payments).await;
    payments.store().close().await;
    let payments = world.open().await;
    assert_eq!(
        payments.up_to_date(&key).await.unwrap().details,
        Some(details())
    );
}
