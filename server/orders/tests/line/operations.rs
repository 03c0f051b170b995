//! What a merchant does with an order: once, whatever happens on the way, and what banks do with it later.

use checkout::{Operation, OperationRefused, Order, OrderKey, Outcome, Payment};
use orders::{Capture, OperateError, Operated, OrderStore, Orders, Payments};
use serde_json::json;

use crate::world::{CREATE, TOTAL_MINOR, World, order, pass_seconds, total};

const CAPTURE_ALL: Operation = Operation::Capture {
    amount_minor: TOTAL_MINOR,
};
const REFUND_ALL: Operation = Operation::Refund {
    amount_minor: TOTAL_MINOR,
};

/// An order that was confirmed with this card, and the line it went.
async fn confirmed(world: &World, capture: Capture, card: &str) -> (Payments, OrderKey, Outcome) {
    let payments = world.open_taking(capture).await;
    let key = order(&payments).await;
    let token = world.token(card).await;
    let answer = payments.confirm(&key, 1, &token, total()).await.unwrap();
    (payments, key, answer.outcome)
}

async fn read(payments: &Payments, key: &OrderKey) -> Order {
    payments.store().order(key).await.unwrap().unwrap()
}

fn done(operated: Result<Operated, OperateError>) -> Order {
    match operated.unwrap() {
        Operated::Done(order) => order,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn held_money_is_taken_in_part_and_given_back_in_parts() {
    let world = World::new().await;
    let (payments, key, outcome) = confirmed(&world, Capture::Manual, "pm_card_visa").await;
    assert_eq!(outcome, Outcome::Authorised);

    let captured = done(
        payments
            .operate(
                &key,
                "ship-1",
                Operation::Capture {
                    amount_minor: 2_000,
                },
            )
            .await,
    );
    assert_eq!(
        (captured.payment, captured.captured_minor),
        (Payment::Paid, 2_000)
    );
    for (name, amount_minor, left) in [("back-1", 500, 1_500), ("back-2", 1_500, 0)] {
        let order = done(
            payments
                .operate(&key, name, Operation::Refund { amount_minor })
                .await,
        );
        assert_eq!(order.refundable_minor(), left);
    }
    assert!(matches!(
        payments
            .operate(&key, "back-3", Operation::Refund { amount_minor: 1 })
            .await,
        Err(OperateError::Refused(OperationRefused::Over {
            most_minor: 0
        }))
    ));
    let amounts: Vec<_> = world
        .all("refunds")
        .await
        .iter()
        .map(|refund| refund["amount"].clone())
        .collect();
    assert_eq!(amounts, [500, 1_500]);
    assert_eq!(world.all("charges").await[0]["amount_captured"], 2_000);
}

#[tokio::test]
async fn the_same_name_is_the_same_operation_and_another_one_cannot_have_it() {
    let world = World::new().await;
    let (payments, key, _) = confirmed(&world, Capture::Automatic, "pm_card_visa").await;
    let half = Operation::Refund {
        amount_minor: 1_200,
    };
    for _ in 0..3 {
        assert_eq!(
            done(payments.operate(&key, "once", half).await).refundable_minor(),
            1_200
        );
    }
    assert_eq!(world.all("refunds").await.len(), 1);
    for other in [Operation::Refund { amount_minor: 1 }, CAPTURE_ALL] {
        assert!(matches!(
            payments.operate(&key, "once", other).await,
            Err(OperateError::NameTaken)
        ));
    }
    for name in ["", "a b", "refund_pi_1", "é", &"x".repeat(65)] {
        assert!(
            matches!(
                payments.operate(&key, name, half).await,
                Err(OperateError::Name)
            ),
            "{name}"
        );
    }
}

#[tokio::test]
async fn an_order_ends_as_its_merchant_asks() {
    let world = World::new().await;
    // Stripe has not heard of it; it waits for another card; for its bank; its money is held.
    let fresh = world.open().await;
    let key = order(&fresh).await;
    assert_eq!(
        done(fresh.operate(&key, "end", Operation::Cancel).await).payment,
        Payment::Cancelled
    );
    for (capture, card) in [
        (Capture::Automatic, "pm_card_visa_chargeDeclined"),
        (Capture::Automatic, "pm_card_threeDSecure2Required"),
        (Capture::Manual, "pm_card_visa"),
    ] {
        let world = World::new().await;
        let (payments, key, _) = confirmed(&world, capture, card).await;
        let ended = done(payments.operate(&key, "end", Operation::Cancel).await);
        assert_eq!(ended.payment, Payment::Cancelled, "{card}");
        assert_eq!(
            world.all("payment_intents").await[0]["status"],
            "canceled",
            "{card}"
        );
        // Again, and under another name: it is so already.
        for name in ["end", "end-2"] {
            assert_eq!(
                done(payments.operate(&key, name, Operation::Cancel).await).payment,
                Payment::Cancelled
            );
        }
        let token = world.token("pm_card_visa").await;
        let answer = payments
            .confirm(&key, ended.next_number, &token, total())
            .await
            .unwrap();
        assert_eq!(
            answer.outcome,
            Outcome::Refused(checkout::Refusal::Closed),
            "{card}"
        );
    }
}

#[tokio::test]
async fn a_lost_answer_never_does_it_twice() {
    let lost = [
        json!({ "kind": "reset", "after_commit": true }),
        json!({ "kind": "reset" }),
        json!({ "kind": "lock_timeout" }),
        json!({ "kind": "status", "status": 500 }),
        json!({ "kind": "status", "status": 500, "after_commit": true }),
    ];
    for fault in lost {
        let world = World::new().await;
        let (payments, key, _) = confirmed(&world, Capture::Manual, "pm_card_visa").await;
        world.fault("/v1/payment_intents/*", 1, fault.clone()).await;
        let order = done(payments.operate(&key, "take", CAPTURE_ALL).await);
        assert_eq!(order.captured_minor, TOTAL_MINOR, "{fault}");
        world.fault("/v1/refunds", 1, fault.clone()).await;
        let order = done(payments.operate(&key, "back", REFUND_ALL).await);
        assert_eq!(order.refundable_minor(), 0, "{fault}");
        assert_eq!(world.all("refunds").await.len(), 1, "{fault}");
    }
}

#[tokio::test]
async fn what_nobody_knows_goes_on_by_itself_and_stands_in_the_way_of_the_next() {
    let world = World::new().await;
    let (payments, key, _) = confirmed(&world, Capture::Automatic, "pm_card_visa").await;
    world
        .fault(
            "/v1/refunds",
            5,
            json!({ "kind": "reset", "after_commit": true }),
        )
        .await;
    let half = Operation::Refund {
        amount_minor: 1_200,
    };
    assert!(matches!(
        payments.operate(&key, "first", half).await.unwrap(),
        Operated::Unfinished(_)
    ));
    world
        .fault(
            "/v1/refunds",
            4,
            json!({ "kind": "reset", "after_commit": true }),
        )
        .await;
    assert!(matches!(
        payments.operate(&key, "second", half).await,
        Err(OperateError::Another { name }) if name == "first"
    ));
    payments.work_operations(0).await.unwrap();
    assert_eq!(read(&payments, &key).await.refundable_minor(), 1_200);
    assert_eq!(world.all("refunds").await.len(), 1);
    assert_eq!(
        done(payments.operate(&key, "second", half).await).refundable_minor(),
        0
    );
}

#[tokio::test]
async fn after_a_day_a_key_is_not_sent_again_and_stripe_tells_what_became_of_it() {
    for arrived in [true, false] {
        let world = World::new().await;
        let (payments, key, _) = confirmed(&world, Capture::Automatic, "pm_card_visa").await;
        world
            .fault(
                "/v1/refunds",
                4,
                json!({ "kind": "reset", "after_commit": arrived }),
            )
            .await;
        assert!(matches!(
            payments.operate(&key, "late", REFUND_ALL).await.unwrap(),
            Operated::Unfinished(_)
        ));
        pass_seconds(24 * 60 * 60);
        let later = payments.operate(&key, "late", REFUND_ALL).await.unwrap();
        assert_eq!(matches!(later, Operated::Done(_)), arrived, "{later:?}");
        assert_eq!(world.all("refunds").await.len(), usize::from(arrived));
        let left = if arrived { 0 } else { TOTAL_MINOR };
        assert_eq!(read(&payments, &key).await.refundable_minor(), left);
    }
}

/// An order that was paid twice, as the books learn by an event: a call that was long given up has arrived after all.
async fn paid_twice(world: &World) -> (Payments, OrderKey) {
    let (payments, key, _) = confirmed(world, Capture::Automatic, "pm_card_visa").await;
    let (shop, ghost) = (payments.store().shop(), world.token("pm_card_visa").await);
    let form = format!(
        "amount={TOTAL_MINOR}&currency=usd&confirm=true&confirmation_token={ghost}&return_url=http%3A%2F%2F127.0.0.1&\
         metadata[shop_id]={shop}&metadata[order_key]={}",
        key.as_str()
    );
    world.post(CREATE, &form).await;
    world.deliver_after(&payments, 0).await;
    (payments, key)
}

#[tokio::test]
async fn money_goes_back_though_stripe_keeps_its_failures() {
    // How many sendings meet it, two for each key, and how the tale ends: the money back, or the merchant told.
    for (failures, back) in [(1, 1), (7, 1), (100, 0)] {
        let world = World::new().await;
        let kept = json!({ "kind": "status", "status": 500, "kept": true });
        world.fault("/v1/refunds", failures, kept).await;
        let (payments, key) = paid_twice(&world).await;
        for _ in 0..12 {
            payments.work_operations(0).await.unwrap();
        }
        assert_eq!(world.all("refunds").await.len(), back, "{failures}");
        let history = payments.store().history(&key).await.unwrap();
        let raised = history.iter().filter(|it| {
            let words = it.detail.as_deref().unwrap_or_default();
            it.what == "alarm" && words.contains("did not go back")
        });
        assert_eq!(raised.count(), 1 - back, "{failures}: {history:?}");
    }
}

#[tokio::test]
async fn a_question_is_cancelled_though_stripe_keeps_its_failures() {
    // How many sendings meet it, and which press of the button then pays.
    for (failures, pays) in [(1, Some(1)), (3, Some(2)), (100, None)] {
        let world = World::new().await;
        let (payments, key, outcome) =
            confirmed(&world, Capture::Automatic, "pm_card_threeDSecure2Required").await;
        assert!(matches!(outcome, Outcome::ActionNeeded { .. }));
        let kept = json!({ "kind": "status", "status": 500, "kept": true });
        world.fault("/v1/payment_intents/*", failures, kept).await;
        let token = world.token("pm_card_visa").await;
        for press in 1..=pays.unwrap_or(1) {
            let confirmed = payments.confirm(&key, 2, &token, total()).await;
            if pays == Some(press) {
                assert_eq!(confirmed.unwrap().outcome, Outcome::Paid, "{failures}");
            } else {
                // Until Stripe cancels it, the bank may still take the money.
                assert!(confirmed.is_err(), "{failures}");
                assert_eq!(read(&payments, &key).await.payment, Payment::ActionNeeded);
            }
        }
        assert_eq!(
            world.charges().await,
            usize::from(pays.is_some()),
            "{failures}"
        );
    }
}

#[tokio::test]
async fn two_at_once_refund_what_there_is_and_no_more() {
    let world = World::new().await;
    let (payments, key, _) = confirmed(&world, Capture::Automatic, "pm_card_visa").await;
    let (one, two) = tokio::join!(
        payments.operate(&key, "one", REFUND_ALL),
        payments.operate(&key, "two", REFUND_ALL),
    );
    let over = [&one, &two].into_iter().filter(|operated| {
        matches!(
            operated,
            Err(OperateError::Refused(OperationRefused::Over {
                most_minor: 0
            }))
        )
    });
    assert_eq!(over.count(), 1, "{one:?} {two:?}");
    assert_eq!(world.all("refunds").await.len(), 1);
}

#[tokio::test]
async fn what_others_do_with_the_money_is_in_the_ledger_and_told_once() {
    for (card, seconds, disputed, messages) in [
        (
            "pm_card_createDispute",
            5,
            true,
            &["order_paid", "order_disputed"][..],
        ),
        (
            "pm_card_refundFail",
            60,
            false,
            &["order_paid", "order_refunded", "refund_failed"],
        ),
        ("pm_card_visa", 5, false, &["order_paid", "order_refunded"]),
    ] {
        let world = World::new().await;
        let (payments, key, _) = confirmed(&world, Capture::Automatic, card).await;
        let intent = read(&payments, &key).await.intent.unwrap().id;
        if !disputed {
            // In the Dashboard, where nobody asks the shop.
            world
                .post("/v1/refunds", &format!("payment_intent={intent}"))
                .await;
            world.deliver_after(&payments, 0).await;
        }
        for _ in 0..2 {
            world.deliver_after(&payments, seconds).await;
        }
        let order = read(&payments, &key).await;
        assert_eq!(order.payment, Payment::Paid, "{card}");
        assert_eq!(order.ledger.is_disputed(), disputed, "{card}");
        let told = payments.undelivered().await.unwrap();
        let kinds: Vec<_> = told.iter().map(|message| message.kind.as_str()).collect();
        assert_eq!(kinds, messages, "{card}");
    }
}

#[tokio::test]
async fn an_order_whose_webhook_went_astray_is_asked_about() {
    let world = World::new().await;
    let (payments, key, outcome) =
        confirmed(&world, Capture::Automatic, "pm_usBankAccount_success").await;
    assert_eq!(outcome, Outcome::Processing);
    world.let_pass(600).await;
    payments.work_waiting(orders::WAITING_MS).await.unwrap();
    assert_eq!(read(&payments, &key).await.payment, Payment::Paid);
}

#[tokio::test]
async fn a_banks_warning_is_for_the_merchant_to_see() {
    let world = World::new().await;
    let (payments, key, _) = confirmed(
        &world,
        Capture::Automatic,
        "pm_card_createIssuerFraudRecord",
    )
    .await;
    world.deliver_after(&payments, 5).await;
    let history = payments.store().history(&key).await.unwrap();
    let alarm = history.iter().find(|line| line.what == "alarm").unwrap();
    assert!(
        alarm.detail.as_ref().unwrap().contains("fraud"),
        "{alarm:?}"
    );
}
