//! All that a run leaves to chance, drawn from its seed; and its time, which passes only when nobody has anything to
//! do. One run has one thread.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use fastrand::Rng;
use tokio::time::Instant;

/// When every run begins: milliseconds since 1970.
const START_MS: u64 = 1_767_225_600_000;
/// The same in seconds.
pub const START_S: i64 = 1_767_225_600;

thread_local! {
    static RNG: RefCell<Rng> = const { RefCell::new(Rng::with_seed(0)) };
    static STARTED: Cell<Option<Instant>> = const { Cell::new(None) };
    static TRACE: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    static STEPS: Cell<u64> = const { Cell::new(0) };
}

/// Begins a run, within its runtime.
pub fn begin(seed: u64) {
    RNG.set(Rng::with_seed(seed));
    STARTED.set(Some(Instant::now()));
    TRACE.take();
    STEPS.set(0);
}

/// Any number.
pub fn any() -> u64 {
    RNG.with_borrow_mut(|rng| rng.u64(..))
}

/// One of a range.
pub fn within(range: std::ops::RangeInclusive<u64>) -> u64 {
    RNG.with_borrow_mut(|rng| rng.u64(range))
}

/// True so many times in a hundred.
pub fn percent(likely: u64) -> bool {
    within(0..=99) < likely
}

/// One of some.
pub fn pick<T: Clone>(of: &[T]) -> T {
    let last = of.len() as u64 - 1;
    of[within(0..=last) as usize].clone()
}

/// Milliseconds since 1970, in the run's time.
pub fn now_ms() -> i64 {
    real_ms() as i64
}

/// The same, as the sandbox counts.
pub fn real_ms() -> u64 {
    let passed = STARTED.get().map_or(Duration::ZERO, |at| at.elapsed());
    START_MS + passed.as_millis() as u64
}

/// Waits.
pub async fn pass_ms(ms: u64) {
    tokio::time::sleep(Duration::from_millis(ms)).await;
}

/// Notes what happened.
pub fn trace(what: impl FnOnce() -> String) {
    STEPS.set(STEPS.get() + 1);
    let line = format!("{:>9} ms  {}", real_ms() - START_MS, what());
    TRACE.with_borrow_mut(|trace| trace.push(line));
}

/// What happened, and in how many steps.
pub fn story() -> (Vec<String>, u64) {
    (TRACE.take(), STEPS.get())
}
