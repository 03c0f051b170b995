//! What must never be and was.

use std::cell::RefCell;

thread_local! {
    static FOUND: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Notes a broken invariant.
pub fn note(what: String) {
    crate::chance::trace(|| format!("VIOLATION {what}"));
    FOUND.with_borrow_mut(|found| found.push(what));
}

/// All that were found since the last time.
pub fn take() -> Vec<String> {
    FOUND.take()
}
