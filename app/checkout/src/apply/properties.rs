//! What holds of an order after any history: whatever attempts, answers, refunds and merchants come, in any order.

use proptest::prelude::*;

use super::tests::{failed, id, order, shop, snapshot};
use super::*;
use crate::attempt::Begin;
use crate::ledger::{DisputeStatus, RefundStatus};
use crate::{Begun, Operation, TokenId};

/// One thing that happens to an order.
#[derive(Debug, Clone)]
enum Step {
    Attempt { late: bool },
    AnswerLost,
    NotSent,
    Heard(Box<IntentSnapshot>),
    Refunded(Refund),
    Disputed(Dispute),
    Merchant(Operation),
    CancelRefused,
}

const STATUSES: [&str; 8] = [
    "requires_payment_method",
    "requires_confirmation",
    "requires_action",
    "processing",
    "requires_capture",
    "succeeded",
    "canceled",
    "a_status_of_tomorrow",
];

fn intent() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["pi_1", "pi_2", "pi_3"])
}

/// Mostly this shop's word about this order; now and then something that does not fit.
fn heard() -> impl Strategy<Value = IntentSnapshot> {
    let status = prop::sample::select(STATUSES.to_vec());
    let failure = prop::sample::select(vec!["ch_1", "ch_2"]);
    (intent(), status, failure, 0..40_u8, 1..=2_400_i64).prop_map(
        |(intent, status, charge, odd, part)| {
            let said = snapshot(intent, status);
            let said = match status {
                "requires_payment_method" => IntentSnapshot {
                    baseline: failed(charge),
                    ..said
                },
                _ => said,
            };
            match odd {
                0 => IntentSnapshot {
                    amount_minor: said.amount_minor + 1,
                    ..said
                },
                1 => IntentSnapshot {
                    currency: "eur".to_owned(),
                    ..said
                },
                2 => IntentSnapshot {
                    livemode: true,
                    ..said
                },
                3 => IntentSnapshot {
                    order: None,
                    ..said
                },
                4 => IntentSnapshot {
                    shop: Some("shop_of_others".to_owned()),
                    ..said
                },
                5 => IntentSnapshot { shop: None, ..said },
                6..=8 if status == "succeeded" => IntentSnapshot {
                    received_minor: part,
                    ..said
                },
                9 => IntentSnapshot {
                    attempt: Some(1),
                    ..said
                },
                _ => said,
            }
        },
    )
}

fn refund() -> impl Strategy<Value = Refund> {
    let status = prop::sample::select(vec!["pending", "succeeded", "failed", "canceled", "new"]);
    (0..3_u8, intent(), 1..=2_400_i64, status).prop_map(|(name, of, amount_minor, status)| Refund {
        id: format!("re_{name}"),
        intent: id(of),
        amount_minor,
        status: RefundStatus::from(status.to_owned()),
    })
}

fn dispute() -> impl Strategy<Value = Dispute> {
    let status = prop::sample::select(vec!["needs_response", "under_review", "won", "lost", "new"]);
    (intent(), status).prop_map(|(of, status)| Dispute {
        id: "du_1".to_owned(),
        intent: id(of),
        amount_minor: 2_400,
        reason: "fraudulent".to_owned(),
        status: DisputeStatus::from(status.to_owned()),
    })
}

fn step() -> impl Strategy<Value = Step> {
    let amount_minor = -1..=2_401_i64;
    prop_oneof![
        3 => any::<bool>().prop_map(|late| Step::Attempt { late }),
        1 => Just(Step::AnswerLost),
        1 => Just(Step::NotSent),
        6 => heard().prop_map(|said| Step::Heard(Box::new(said))),
        1 => refund().prop_map(Step::Refunded),
        1 => dispute().prop_map(Step::Disputed),
        1 => amount_minor.clone().prop_map(|amount_minor| Step::Merchant(Operation::Capture { amount_minor })),
        1 => amount_minor.prop_map(|amount_minor| Step::Merchant(Operation::Refund { amount_minor })),
        1 => Just(Step::Merchant(Operation::Cancel)),
        1 => Just(Step::CancelRefused),
    ]
}

/// A history, from a new order that is ready to be paid.
fn history() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 0..24)
}

fn new_order() -> Order {
    Order {
        details: Some(crate::attempt::tests::details()),
        ..order(Payment::OPEN)
    }
}

fn after(order: &Order, step: &Step) -> Order {
    match step {
        Step::Attempt { late } => {
            let number = order.next_number - u32::from(*late && order.next_number > 1);
            let token = TokenId::parse(&format!("ctoken_{number}")).unwrap();
            match order.begin_attempt(number, &token, order.total) {
                Begin::Start(started, _) => *started,
                Begin::CancelFirst(_) | Begin::Present | Begin::Refused(_) => order.clone(),
            }
        }
        Step::AnswerLost => order.attempt_unknown(),
        Step::NotSent => order.attempt_not_sent(words::NOT_SENT),
        Step::Heard(snapshot) => apply(order, snapshot, &shop(), false).order,
        Step::Refunded(refund) => apply_refund(order, refund).order,
        Step::Disputed(dispute) => apply_dispute(order, dispute).order,
        Step::Merchant(operation) => match order.begin_operation(*operation) {
            Ok(Begun::Ask(order, _) | Begun::Done(order)) => *order,
            Err(_) => order.clone(),
        },
        Step::CancelRefused => order.cancel_refused(),
    }
}

fn played(history: &[Step]) -> Order {
    history
        .iter()
        .fold(new_order(), |order, step| after(&order, step))
}

/// What an order must be, whatever has happened.
fn check(order: &Order) -> Result<(), TestCaseError> {
    let total = order.total.amount_minor();
    prop_assert!((0..=total).contains(&order.captured_minor));
    prop_assert_eq!(order.captured_minor > 0, order.payment == Payment::Paid);
    prop_assert_eq!(order.attempt.is_some(), order.payment == Payment::Paying);
    let stands = matches!(
        order.payment,
        Payment::ActionNeeded | Payment::Processing | Payment::Authorised | Payment::Paid
    );
    prop_assert!(order.intent.is_some() || !stands);
    if let Some(intent) = &order.intent
        && !stands
    {
        // It may be one that waits for another method, but never one that took money.
        prop_assert!(order.captured_minor == 0, "{} took money", intent.id);
    }
    Ok(())
}

proptest! {
    #[test]
    fn every_history_leads_to_an_order_that_adds_up(history in history()) {
        let mut order = new_order();
        for step in &history {
            let next = after(&order, step);
            check(&next)?;
            prop_assert!(next.captured_minor >= order.captured_minor);
            prop_assert!(next.next_number >= order.next_number);
            prop_assert!(order.quarantine.is_none() || next.quarantine == order.quarantine);
            if order.payment == Payment::Paid || order.payment == Payment::Cancelled {
                prop_assert_eq!(&next.payment, &order.payment);
                prop_assert_eq!(&next.intent.as_ref().map(|it| &it.id), &order.intent.as_ref().map(|it| &it.id));
            }
            order = next;
        }
    }

    #[test]
    fn the_same_word_twice_is_no_news(history in history(), said in heard()) {
        let order = played(&history);
        let once = apply(&order, &said, &shop(), false);
        let twice = apply(&once.order, &said, &shop(), false);
        prop_assert_eq!(&twice.order, &once.order);
        // Money that must go back is said as often as it is heard: the operation has one name.
        let goes_back = matches!(twice.news, Some(News::ReturnMoney { .. }));
        prop_assert!(twice.news.is_none() || goes_back, "{:?}", twice.news);
    }

    #[test]
    fn what_does_not_fit_moves_no_payment(history in history(), said in heard()) {
        let order = played(&history);
        let ours = said.shop.as_deref() == Some(shop().as_str());
        let applied = apply(&order, &said, &shop(), false);
        let fits = said.order.is_some() && !said.livemode && said.currency == "usd";
        if !ours {
            prop_assert_eq!(&applied.order, &order);
            prop_assert_eq!(&applied.news, &None);
        } else if !fits {
            prop_assert_eq!(&applied.order.payment, &order.payment);
            prop_assert!(applied.order.quarantine.is_some());
        }
    }

    #[test]
    fn taken_money_ends_on_the_order_or_goes_back(history in history(), which in intent()) {
        let order = played(&history);
        let said = snapshot(which, "succeeded");
        let applied = apply(&order, &said, &shop(), false);
        let counts = applied.order.payment == Payment::Paid
            && applied.order.intent.as_ref().is_some_and(|it| it.id.as_str() == which);
        let goes_back = matches!(
            &applied.news,
            Some(News::ReturnMoney { intent, captured: true, .. }) if intent.as_str() == which
        );
        prop_assert!(counts != goes_back, "{:?} {:?}", applied.order.payment, applied.news);
    }

    #[test]
    fn a_number_that_is_used_up_begins_nothing(history in history(), number in 0..40_u32) {
        let order = played(&history);
        let token = TokenId::parse("ctoken_late").unwrap();
        let begun = order.begin_attempt(number, &token, order.total);
        prop_assert!(number == order.next_number || begun == Begin::Present);
    }
}
