//! The line a payment travels, against time and crashes: the clock is the test's, and a dropped future is a crash.

mod clock;
mod crashes;
mod operations;
mod store;
mod world;
