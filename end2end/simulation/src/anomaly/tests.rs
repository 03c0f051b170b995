//! For every n: a scripted payment whose n-th step fails ends paid, once, or not at all.

use super::{Anomaly, is_left, plan};
use crate::storm;

/// Runs the script with every step failing in turn, until there is no such step.
fn every_step(anomaly: Anomaly, script: storm::Script) {
    for nth in 0.. {
        let outcome = storm::play(script, || plan(anomaly, nth));
        assert_eq!(
            outcome.violations,
            Vec::<String>::new(),
            "{anomaly:?} {nth} of {script:?}\n{}",
            outcome.trace.join("\n")
        );
        assert_eq!(outcome.payments, 1, "{anomaly:?} {nth} of {script:?}");
        if is_left() {
            assert!(nth > 2, "{script:?} has no steps");
            return;
        }
    }
}

#[test]
fn whatever_question_to_the_books_fails_the_order_is_paid_once() {
    for script in storm::Script::ALL {
        every_step(Anomaly::Books, script);
    }
}

#[test]
fn whatever_call_to_stripe_is_lost_the_order_is_paid_once() {
    for script in storm::Script::ALL {
        every_step(Anomaly::CallLost, script);
        every_step(Anomaly::AnswerLost, script);
    }
}
