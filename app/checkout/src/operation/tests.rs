use super::*;
use crate::intent::Baseline;
use crate::ledger::{Ledger, Refund, RefundStatus};
use crate::{Currency, LiveIntent, Money, OrderKey};

fn order(payment: Payment, with_intent: bool) -> Order {
    let total = Money::new(2_400, Currency::Usd).unwrap();
    let mut order = Order::new(OrderKey::from_random([2; 16]), Vec::new(), total);
    order.captured_minor = if payment == Payment::Paid { 2_400 } else { 0 };
    order.payment = payment;
    order.intent = with_intent.then(|| LiveIntent {
        id: IntentId::parse("pi_1").unwrap(),
        amount_minor: Some(2_400),
        baseline: Baseline::default(),
    });
    order
}

#[rustfmt::skip]
#[test]
fn every_state_allows_what_it_can_bear() {
    use OperationRefused::{BeingPaid, Cancelled, NotAuthorised, NotPaid, Paid as IsPaid};
    use Payment::{ActionNeeded, Authorised, Cancelled as Ended, Paid, Paying, Processing};
    let table = [
        // state           capture               cancel           refund
        (Payment::OPEN,    Err(NotAuthorised),   Ok(()),          Err(NotPaid)),
        (Paying,           Err(NotAuthorised),   Err(BeingPaid),  Err(NotPaid)),
        (ActionNeeded,     Err(NotAuthorised),   Ok(()),          Err(NotPaid)),
        (Processing,       Err(NotAuthorised),   Ok(()),          Err(NotPaid)),
        (Authorised,       Ok(()),               Ok(()),          Err(NotPaid)),
        (Paid,             Err(NotAuthorised),   Err(IsPaid),     Ok(())),
        (Ended,            Err(NotAuthorised),   Err(Cancelled),  Err(NotPaid)),
    ];
    for (state, capture, cancel, refund) in table {
        let order = order(state.clone(), true);
        let tried = |operation| order.begin_operation(operation).map(|begun| {
            let Begun::Ask(asked, _) = begun else { panic!("{state:?}") };
            assert_eq!(asked.ending, operation == Operation::Cancel);
            assert_eq!(Order { ending: false, ..*asked }, order);
        });
        assert_eq!(tried(Operation::Capture { amount_minor: 1 }), capture, "{state:?}");
        assert_eq!(tried(Operation::Cancel), cancel, "{state:?}");
        assert_eq!(tried(Operation::Refund { amount_minor: 1 }), refund, "{state:?}");
    }
}

#[test]
fn an_order_that_stripe_never_heard_of_ends_at_once() {
    let Ok(Begun::Done(ended)) = order(Payment::OPEN, false).begin_operation(Operation::Cancel)
    else {
        panic!();
    };
    assert_eq!(ended.payment, Payment::Cancelled);
}

#[test]
fn no_more_is_captured_than_held_and_no_more_refunded_than_taken() {
    let held = order(Payment::Authorised, true);
    let mut paid = order(Payment::Paid, true);
    paid.captured_minor = 2_000;
    paid.ledger = Ledger {
        refunds: ["succeeded", "failed", "pending"]
            .into_iter()
            .map(|status| Refund {
                id: format!("re_{status}"),
                intent: IntentId::parse("pi_1").unwrap(),
                amount_minor: 500,
                status: RefundStatus::from(status.to_owned()),
            })
            .collect(),
        disputes: Vec::new(),
    };
    let capture = |amount_minor| held.begin_operation(Operation::Capture { amount_minor });
    let refund = |amount_minor| paid.begin_operation(Operation::Refund { amount_minor });
    let over = |most_minor| Err(OperationRefused::Over { most_minor });
    assert!(capture(2_400).is_ok() && refund(1_000).is_ok());
    assert_eq!(capture(2_401), over(2_400));
    assert_eq!(refund(1_001), over(1_000));
    for nothing in [0, -1, i64::MIN] {
        assert_eq!(capture(nothing), Err(OperationRefused::NotPositive));
        assert_eq!(refund(nothing), Err(OperationRefused::NotPositive));
    }
}
