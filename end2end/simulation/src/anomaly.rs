//! One thing that goes wrong, at a given moment: the n-th question to the books, or the n-th call to Stripe.

use std::cell::Cell;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anomaly {
    /// The books fail, and nothing is written.
    Books,
    /// A call never reaches Stripe.
    CallLost,
    /// A call reaches Stripe, and its answer is lost.
    AnswerLost,
}

thread_local! {
    static PLANNED: Cell<Option<(Anomaly, u32)>> = const { Cell::new(None) };
}

/// Lets the `nth` go wrong, counted from 0.
#[cfg(test)]
pub fn plan(anomaly: Anomaly, nth: u32) {
    PLANNED.set(Some((anomaly, nth)));
}

/// Whether a planned one has not come up yet; forgets it.
#[cfg(test)]
pub fn is_left() -> bool {
    PLANNED.take().is_some()
}

/// Whether it goes wrong now.
pub fn strikes(anomaly: Anomaly) -> bool {
    match PLANNED.get() {
        Some((planned, 0)) if planned == anomaly => {
            PLANNED.set(None);
            true
        }
        Some((planned, left)) if planned == anomaly => {
            PLANNED.set(Some((planned, left - 1)));
            false
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
