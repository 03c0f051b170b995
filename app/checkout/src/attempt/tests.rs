use super::*;
use crate::{Address, Currency, Details, LiveIntent, OrderKey};

fn money(amount_minor: i64) -> Money {
    Money::new(amount_minor, Currency::Usd).unwrap()
}

fn token() -> TokenId {
    TokenId::parse("ctoken_1").unwrap()
}

pub(crate) fn details() -> Details {
    Details {
        email: "ada@example.com".to_owned(),
        name: "Ada".to_owned(),
        address: Address {
            line1: "1 Main Street".to_owned(),
            line2: None,
            city: "London".to_owned(),
            state: None,
            postal_code: "N1".to_owned(),
            country: "GB".to_owned(),
        },
    }
}

fn order(payment: Payment) -> Order {
    Order {
        payment,
        details: Some(details()),
        ..Order::new(OrderKey::from_random([1; 16]), Vec::new(), money(2_400))
    }
}

fn on_intent(payment: Payment, amount_minor: i64) -> Order {
    let id = IntentId::parse("pi_1").unwrap();
    Order {
        intent: Some(LiveIntent {
            id,
            amount_minor: Some(amount_minor),
            baseline: Baseline::default(),
        }),
        ..order(payment)
    }
}

fn begin(order: &Order, number: u32) -> Begin {
    order.begin_attempt(number, &token(), money(2_400))
}

#[test]
fn an_attempt_creates_confirms_or_brings_the_intent_up_to_the_total() {
    let id = IntentId::parse("pi_1").unwrap();
    for (before, expected) in [
        (order(Payment::OPEN), Plan::Create),
        (on_intent(Payment::OPEN, 2_400), Plan::Confirm(id.clone())),
        (on_intent(Payment::OPEN, 2_000), Plan::UpdateThenConfirm(id)),
    ] {
        let Begin::Start(after, plan) = begin(&before, 1) else {
            panic!("{before:?}")
        };
        assert_eq!(plan, expected);
        assert_eq!(
            (after.payment.clone(), after.next_number),
            (Payment::Paying, 2)
        );
        assert_eq!(
            after.attempt.as_ref().map(|attempt| attempt.number),
            Some(1)
        );
        // The number is used up: the same confirm again, or late, starts nothing.
        assert_eq!(begin(&after, 1), Begin::Present);
        assert_eq!(begin(&after, 2), Begin::Refused(Refusal::BeingPaid));
    }
}

#[test]
fn every_state_says_what_a_confirm_may_do() {
    let refused = Begin::Refused;
    for (before, expected) in [
        (order(Payment::Paying), refused(Refusal::BeingPaid)),
        (order(Payment::Processing), refused(Refusal::BeingPaid)),
        (
            on_intent(Payment::ActionNeeded, 2_400),
            Begin::CancelFirst(IntentId::parse("pi_1").unwrap()),
        ),
        (order(Payment::Authorised), Begin::Present),
        (order(Payment::Paid), Begin::Present),
        (order(Payment::Cancelled), refused(Refusal::Closed)),
        (
            Order {
                quarantine: Some("why".to_owned()),
                ..order(Payment::OPEN)
            },
            refused(Refusal::Closed),
        ),
        (
            Order {
                details: None,
                ..order(Payment::OPEN)
            },
            refused(Refusal::DetailsMissing),
        ),
    ] {
        assert_eq!(begin(&before, 1), expected, "{:?}", before.payment);
        for wrong in [0, 2, 7, u32::MAX] {
            assert_eq!(
                begin(&before, wrong),
                Begin::Present,
                "{:?}",
                before.payment
            );
        }
    }
}

#[test]
fn a_total_that_differs_charges_nothing() {
    let refused = order(Payment::OPEN).begin_attempt(1, &token(), money(2_399));
    assert_eq!(
        refused,
        Begin::Refused(Refusal::TotalChanged {
            total: money(2_400)
        })
    );
}

#[test]
fn whoever_tries_too_often_is_stopped() {
    let last = Order {
        next_number: MAX_ATTEMPTS,
        ..order(Payment::OPEN)
    };
    assert!(matches!(begin(&last, MAX_ATTEMPTS), Begin::Start(..)));
    let over = Order {
        next_number: MAX_ATTEMPTS + 1,
        ..order(Payment::OPEN)
    };
    assert_eq!(
        begin(&over, MAX_ATTEMPTS + 1),
        Begin::Refused(Refusal::TooManyAttempts)
    );
}

#[test]
fn an_attempt_that_was_never_sent_reopens_its_order_and_no_other() {
    let Begin::Start(paying, _) = begin(&order(Payment::OPEN), 1) else {
        panic!()
    };
    let unknown = paying.attempt_unknown();
    assert_eq!(
        unknown.attempt.as_ref().map(|attempt| attempt.progress),
        Some(Progress::Unknown)
    );
    let reopened = unknown.attempt_not_sent("words");
    assert_eq!(
        reopened.payment,
        Payment::Open {
            notice: Some("words".to_owned())
        }
    );
    assert_eq!((reopened.attempt, reopened.next_number), (None, 2));
    for settled in [
        Payment::Paid,
        Payment::ActionNeeded,
        Payment::Processing,
        Payment::Cancelled,
    ] {
        let settled = order(settled);
        assert_eq!(settled.attempt_not_sent("words"), settled);
    }
}
