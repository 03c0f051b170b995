//! Orders and their payments: place, attempt, apply; kept in SQLite.
//!
//! [`Payments`] is the line a payment travels: it stores an attempt, makes its calls, and lets
//! [`checkout::apply()`] decide what Stripe's word means. [`Store`] is the books. Neither knows HTTP or Leptos.
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

mod calls;
mod clerk;
mod payments;
mod snapshot;
mod store;

pub use calls::{CallKind, Letterhead, NewCall};
pub use payments::{PayError, Payments};
pub use store::{
    Change, CommitError, HeldCart, OpenAttempt, OpenCall, OutboxRow, PendingEvent, Placed, Store,
    StoreError,
};
