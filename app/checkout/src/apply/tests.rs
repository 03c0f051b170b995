use super::*;
use crate::intent::PaymentError;
use crate::{Attempt, Currency, Money, OrderKey, Progress, TokenId};

const TOTAL: i64 = 2_400;

pub(super) fn shop() -> ShopId {
    ShopId::from_random([1; 16])
}

pub(super) fn id(text: &str) -> IntentId {
    IntentId::parse(text).unwrap()
}

pub(super) fn failed(charge: &str) -> Baseline {
    let last_error = PaymentError {
        kind: "card_error".to_owned(),
        code: Some("card_declined".to_owned()),
        charge: Some(charge.to_owned()),
        ..PaymentError::default()
    };
    Baseline {
        latest_charge: Some(charge.to_owned()),
        last_error: Some(last_error),
    }
}

/// An order in that state, standing on `pi_1` unless it is new, with an attempt where the state has one.
pub(super) fn order(payment: Payment) -> Order {
    let total = Money::new(TOTAL, Currency::Usd).unwrap();
    let mut order = Order::new(OrderKey::from_random([2; 16]), Vec::new(), total);
    if payment == Payment::Paying {
        let token = TokenId::parse("ctoken_1").unwrap();
        order.attempt = Some(Attempt {
            number: 1,
            token,
            on: None,
            progress: Progress::Sending,
        });
        order.next_number = 2;
    } else if payment != Payment::OPEN {
        order.intent = Some(LiveIntent {
            id: id("pi_1"),
            amount_minor: Some(TOTAL),
            baseline: Baseline::default(),
        });
    }
    order.payment = payment;
    order
}

fn declined() -> Payment {
    Payment::Open {
        notice: Some(words::DECLINED.to_owned()),
    }
}

pub(super) fn snapshot(intent: &str, status: &str) -> IntentSnapshot {
    let money = |held: &str| if status == held { TOTAL } else { 0 };
    IntentSnapshot {
        id: id(intent),
        status: IntentStatus::from(status.to_owned()),
        amount_minor: TOTAL,
        capturable_minor: money("requires_capture"),
        received_minor: money("succeeded"),
        currency: "usd".to_owned(),
        livemode: false,
        shop: Some(shop().as_str().to_owned()),
        order: Some(OrderKey::from_random([2; 16]).as_str().to_owned()),
        attempt: None,
        baseline: if status == "requires_payment_method" {
            failed("ch_1")
        } else {
            Baseline::default()
        },
    }
}

fn applied(order: &Order, snapshot: &IntentSnapshot) -> Applied {
    apply(order, snapshot, &shop(), false)
}

const STATUSES: [&str; 8] = [
    "requires_payment_method",
    "requires_confirmation",
    "requires_action",
    "processing",
    "requires_capture",
    "succeeded",
    "canceled",
    "invented_next_year",
];

/// What a state becomes when its own intent has a status.
#[rustfmt::skip]
#[test]
fn every_state_meets_every_status_of_its_own_intent() {
    use Payment::{ActionNeeded, Authorised, Cancelled, Paid, Paying, Processing};
    let ended = || Payment::Open { notice: Some(words::ENDED.to_owned()) };
    let table: [(Payment, [Payment; 8]); 8] = [
        // from            method            confirmation  action        processing  capture     succeeded  canceled         other
        (Payment::OPEN,    [Payment::OPEN,   ActionNeeded, ActionNeeded, Processing, Authorised, Paid,      Payment::OPEN,   Payment::OPEN]),
        (declined(),       [declined(),      ActionNeeded, ActionNeeded, Processing, Authorised, Paid,      declined(),      declined()]),
        (Paying,           [declined(),      ActionNeeded, ActionNeeded, Processing, Authorised, Paid,      ended(),         Paying]),
        (ActionNeeded,     [declined(),      ActionNeeded, ActionNeeded, Processing, Authorised, Paid,      ended(),         ActionNeeded]),
        (Processing,       [declined(),      Processing,   Processing,   Processing, Authorised, Paid,      ended(),         Processing]),
        (Authorised,       [Authorised,      Authorised,   Authorised,   Authorised, Authorised, Paid,      ended(),         Authorised]),
        (Paid,             [Paid,            Paid,         Paid,         Paid,       Paid,       Paid,      Paid,            Paid]),
        (Cancelled,        [Cancelled,       Cancelled,    Cancelled,    Cancelled,  Cancelled,  Cancelled, Cancelled,       Cancelled]),
    ];
    for (from, expected) in table {
        for (status, expected) in STATUSES.into_iter().zip(expected) {
            let applied = applied(&order(from.clone()), &snapshot("pi_1", status));
            assert_eq!(applied.order.payment, expected, "{from:?} meets {status}");
            assert_eq!(applied.order.quarantine, None, "{from:?} meets {status}");
            let settles = matches!(from, Payment::Open { .. } | Paying | ActionNeeded | Processing)
                && matches!(expected, Paid | Authorised);
            assert_eq!(matches!(applied.news, Some(News::Settled { abandoned: None })), settles, "{from:?} meets {status}");
        }
    }
}

#[test]
fn the_same_fact_twice_changes_nothing_more() {
    for from in [
        Payment::OPEN,
        Payment::Paying,
        Payment::ActionNeeded,
        Payment::Processing,
        Payment::Authorised,
        Payment::Paid,
    ] {
        for status in STATUSES {
            let once = applied(&order(from.clone()), &snapshot("pi_1", status)).order;
            let twice = applied(&once, &snapshot("pi_1", status));
            assert_eq!(twice.order, once, "{from:?} meets {status} twice");
            assert_eq!(twice.news, None, "{from:?} meets {status} twice");
        }
    }
}

#[test]
fn a_late_failure_does_not_undo_a_payment() {
    let paid = applied(&order(Payment::Paying), &snapshot("pi_1", "succeeded")).order;
    for late in STATUSES {
        assert_eq!(
            applied(&paid, &snapshot("pi_1", late)).order,
            paid,
            "{late}"
        );
    }
}

#[test]
fn what_stood_there_before_the_attempt_says_nothing_about_it() {
    let mut paying = order(Payment::Paying);
    paying.intent = Some(LiveIntent {
        id: id("pi_1"),
        amount_minor: Some(TOTAL),
        baseline: failed("ch_1"),
    });
    if let Some(attempt) = &mut paying.attempt {
        attempt.on = Some((id("pi_1"), failed("ch_1")));
    }
    let before = snapshot("pi_1", "requires_payment_method");
    assert_eq!(applied(&paying, &before).order, paying);
    let updated = Baseline {
        last_error: None,
        ..failed("ch_1")
    };
    let updated = IntentSnapshot {
        baseline: updated,
        ..before.clone()
    };
    assert_eq!(applied(&paying, &updated).order, paying);
    let after = IntentSnapshot {
        baseline: failed("ch_2"),
        ..before
    };
    assert_eq!(applied(&paying, &after).order.payment, declined());
}

#[test]
fn a_new_intent_without_a_word_closes_no_attempt() {
    let fresh = IntentSnapshot {
        baseline: Baseline::default(),
        ..snapshot("pi_1", "requires_payment_method")
    };
    assert_eq!(
        applied(&order(Payment::Paying), &fresh).order,
        order(Payment::Paying)
    );
}

#[test]
fn an_intent_left_behind_does_not_close_the_attempt_that_replaced_it() {
    let left = applied(&order(Payment::ActionNeeded), &snapshot("pi_1", "canceled")).order;
    assert_eq!(
        (left.intent.clone(), left.left.clone()),
        (None, vec![id("pi_1")])
    );
    let replaced = Order {
        payment: Payment::Paying,
        attempt: order(Payment::Paying).attempt,
        ..left
    };
    for late in [
        "canceled",
        "requires_payment_method",
        "requires_action",
        "processing",
    ] {
        assert_eq!(
            applied(&replaced, &snapshot("pi_1", late)).order,
            replaced,
            "{late}"
        );
    }
    assert_eq!(
        applied(&replaced, &snapshot("pi_2", "requires_action"))
            .order
            .payment,
        Payment::ActionNeeded
    );
}

#[test]
fn money_from_an_intent_left_behind_pays_and_the_other_is_cancelled() {
    let mut waiting = order(declined());
    waiting.left = vec![id("pi_0")];
    waiting.intent = Some(LiveIntent {
        id: id("pi_1"),
        amount_minor: Some(TOTAL),
        baseline: failed("ch_1"),
    });
    let applied = applied(&waiting, &snapshot("pi_0", "succeeded"));
    assert_eq!(applied.order.payment, Payment::Paid);
    assert_eq!(applied.order.intent.unwrap().id, id("pi_0"));
    assert_eq!(
        applied.news,
        Some(News::Settled {
            abandoned: Some(id("pi_1"))
        })
    );
}

#[test]
fn money_that_is_not_owed_goes_back() {
    for (from, intent, status, captured) in [
        (Payment::Paid, "pi_2", "succeeded", true),
        (Payment::Paid, "pi_2", "requires_capture", false),
        (Payment::Authorised, "pi_2", "succeeded", true),
        (Payment::Cancelled, "pi_1", "succeeded", true),
        (Payment::Cancelled, "pi_2", "requires_capture", false),
    ] {
        let before = order(from.clone());
        let applied = applied(&before, &snapshot(intent, status));
        assert_eq!(applied.order, before, "{from:?} meets {status} of {intent}");
        let back = matches!(applied.news, Some(News::ReturnMoney { intent: back, captured: taken, .. })
            if back == id(intent) && taken == captured);
        assert!(back, "{from:?} meets {status} of {intent}");
    }
}

#[test]
fn what_does_not_add_up_is_held_once_and_believed_never() {
    type Spoil = fn(&mut IntentSnapshot);
    let spoils: [(&str, Spoil); 5] = [
        ("less money", |snapshot| snapshot.received_minor = TOTAL - 1),
        ("more money", |snapshot| snapshot.received_minor = TOTAL + 1),
        ("currency", |snapshot| snapshot.currency = "eur".to_owned()),
        ("mode", |snapshot| snapshot.livemode = true),
        ("order", |snapshot| {
            snapshot.order = Some("another".to_owned())
        }),
    ];
    for (what, spoil) in spoils {
        let mut snapshot = snapshot("pi_1", "succeeded");
        spoil(&mut snapshot);
        let held = applied(&order(Payment::Paying), &snapshot);
        assert_eq!(held.order.payment, Payment::Paying, "{what}");
        assert!(
            matches!(held.news, Some(News::Quarantined { .. })),
            "{what}"
        );
        assert!(held.order.quarantine.is_some(), "{what}");
        assert_eq!(applied(&held.order, &snapshot).news, None, "{what}, again");
    }
}

#[test]
fn an_intent_that_lags_behind_a_repriced_order_is_no_mismatch() {
    let lagging = IntentSnapshot {
        amount_minor: 100,
        ..snapshot("pi_1", "requires_payment_method")
    };
    let applied = applied(&order(declined()), &lagging);
    assert_eq!(applied.order.quarantine, None);
    assert_eq!(applied.order.intent.unwrap().amount_minor, Some(100));
}

#[test]
fn another_shops_intent_is_left_alone() {
    for shop_of in [None, Some(ShopId::from_random([9; 16]).as_str().to_owned())] {
        for from in [
            Payment::OPEN,
            Payment::Paying,
            Payment::Paid,
            Payment::Cancelled,
        ] {
            let foreign = IntentSnapshot {
                shop: shop_of.clone(),
                ..snapshot("pi_9", "succeeded")
            };
            let before = order(from);
            assert_eq!(
                applied(&before, &foreign),
                Applied {
                    order: before,
                    news: None
                }
            );
        }
    }
}

#[test]
fn held_money_is_taken_whole_or_in_part_and_told_once() {
    for received in [1, 1_000, TOTAL] {
        let part = IntentSnapshot {
            received_minor: received,
            ..snapshot("pi_1", "succeeded")
        };
        let taken = applied(&order(Payment::Authorised), &part);
        assert_eq!(
            (&taken.order.payment, taken.order.captured_minor),
            (&Payment::Paid, received)
        );
        assert_eq!(taken.news, Some(News::Captured));
        assert_eq!(applied(&taken.order, &part).news, None);
    }
}

#[test]
fn an_order_the_merchant_ends_stays_ended_unless_it_was_paid_first() {
    use Payment::{ActionNeeded, Authorised, Cancelled, Paid, Processing};
    for from in [
        Payment::OPEN,
        declined(),
        ActionNeeded,
        Processing,
        Authorised,
    ] {
        let mut ending = order(from.clone());
        ending.ending = true;
        ending.intent = order(Authorised).intent;
        let ended = applied(&ending, &snapshot("pi_1", "canceled"));
        assert_eq!(ended.order.payment, Cancelled, "{from:?}");
        assert_eq!(ended.news, Some(News::Cancelled), "{from:?}");
        assert!(!ended.order.ending, "{from:?}");

        let paid = applied(&ending, &snapshot("pi_1", "succeeded"));
        assert_eq!(paid.order.payment, Paid, "{from:?}");
        assert!(!paid.order.ending, "{from:?}");
        assert_eq!(
            applied(&paid.order, &snapshot("pi_1", "canceled"))
                .order
                .payment,
            Paid,
            "{from:?}"
        );
    }
}

#[test]
fn an_order_the_merchant_ends_takes_no_attempt() {
    let ending = Order {
        ending: true,
        ..order(Payment::OPEN)
    };
    assert!(!ending.is_open());
    assert_eq!(
        ending.begin_attempt(1, &TokenId::parse("ctoken_1").unwrap(), ending.total),
        crate::Begin::Refused(crate::Refusal::Closed)
    );
}

#[test]
fn what_an_earlier_attempt_made_says_nothing_about_the_open_one() {
    let paying = order(Payment::Paying);
    for status in [
        "requires_payment_method",
        "requires_action",
        "processing",
        "canceled",
    ] {
        let made_by = |attempt| IntentSnapshot {
            attempt,
            ..snapshot("pi_late", status)
        };
        let number = paying.attempt.as_ref().unwrap().number;
        assert_eq!(
            applied(&paying, &made_by(Some(number + 1))).order,
            paying,
            "{status}"
        );
        for own in [Some(number), None] {
            let moved = applied(&paying, &made_by(own)).order;
            assert_ne!(moved.payment, Payment::Paying, "{status} {own:?}");
        }
    }
}
