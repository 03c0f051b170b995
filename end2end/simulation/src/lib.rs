//! Seeded storms over the payment line. The core, the page's flow, the payment line and its retries are the real ones;
//! Stripe is the sandbox's machine; the books are the memory store. Time passes only when nobody has anything to do.
//!
//! A run is its seed: the same seed, the same storm, step by step.

mod anomaly;
mod books;
mod chance;
mod check;
mod mutation;
mod network;
mod shop;
mod shopper;
mod storm;
mod violation;

pub use mutation::Mutation;
pub use storm::{Outcome, run};
