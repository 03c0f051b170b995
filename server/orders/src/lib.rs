//! Orders and their payments: place, attempt, apply; kept in SQLite or PostgreSQL, or in memory for simulations.
//!
//! [`Payments`] is the line a payment travels: it stores an attempt, makes its calls, and lets
//! [`checkout::apply()`] decide what Stripe's word means. An [`OrderStore`] is the books. Neither knows HTTP or Leptos.
//!
//! # What a crash leads to
//!
//! | the server dies | the books say | afterwards |
//! |---|---|---|
//! | before the attempt is stored | the order is open | nothing was sent; the page asks, hears so, and confirms again |
//! | after it is stored, before it is sent | an open attempt with its call | the call is sent while it is fresh, else Stripe is asked what became of the token |
//! | after it is sent, before the answer | the same | the same call under the same key: Stripe answers as it did the first time |
//! | after the answer, before it is applied | the same | the same |
//! | after it is applied | the order is paid | the page asks, and hears so |
//! | with an event stored, not worked | a pending event | it is worked at the next start |
//! | with an operation stored, not sent or not answered | an open operation | the clerk sends the same call; after 23 hours Stripe is asked whether it was done |
//! | with the shop told, not noted | an undelivered message | it is told again, under the same number |

mod calls;
mod clerk;
#[cfg(feature = "conformance")]
pub mod conformance;
mod payments;
mod reconcile;
mod snapshot;
mod store;

pub use calls::{CallKind, Capture, Letterhead, NewCall};
pub use clerk::{IDLE_MS, WAITING_MS};
pub use payments::{Ambient, OperateError, Operated, PayError, Payments};
pub use reconcile::{Difference, DifferenceKind, Report};
pub use store::{
    Calls, Carts, Change, CommitError, DatabaseStore, Events, Happening, HeldCart, MemoryStore,
    OpenAttempt, OrderRow, OrderStore, Orders, Outbox, OutboxRow, PendingEvent, Placed,
    PostgresStore, SqliteStore, StoreError, StoredOperation, Wanted,
};
