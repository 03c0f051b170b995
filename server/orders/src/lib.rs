//! Orders and their payments: place, attempt, apply; kept in SQLite or PostgreSQL, or in memory for simulations.
//!
//! [`Payments`] is the line a payment travels: it stores an attempt, makes its calls, and lets
//! [`checkout::apply()`] decide what Stripe's word means. An [`OrderStore`] is the books. Neither knows HTTP or Leptos.
//!
//! # The states of an order's payment
//!
//! | state | what it means | what moves it on |
//! |---|---|---|
//! | `Open` | waits for a payment; a notice says why the last one failed | an attempt; a cancellation |
//! | `Paying` | an attempt is stored: on its way (`Sending`), or its answer was lost (`Unknown`) | Stripe's word, or the proof that nothing was sent |
//! | `ActionNeeded` | the bank asks the shopper | the answer; another card, which cancels the question first |
//! | `Processing` | an asynchronous method is under way | Stripe's word, days later perhaps |
//! | `Authorised` | the money is held | capture; cancellation; an authorisation that expires reopens the order |
//! | `Paid` | the money was taken | nothing: refunds and disputes stand in a ledger beside it |
//! | `Cancelled` | the shop ended it | nothing: money that comes late goes back |
//!
//! # What comes back from Stripe
//!
//! | reply to an attempt's call | the attempt | next |
//! |---|---|---|
//! | 2xx with the intent, 402 with the intent | answered | the intent is applied, in one transaction with the call's outcome |
//! | 4xx, and no sending before it was lost | refused | the intent it names is looked at; else the order reopens, with words for the shopper |
//! | 4xx after a lost answer, a token that is used or expired | unknown | the ConfirmationToken tells which intent it confirmed |
//! | 409 `idempotency_key_in_use`, 429 `lock_timeout`, any `stripe-should-retry: true` | as it was | the same call again: half a second doubling to five, with jitter, or later if Stripe says so |
//! | 429 `rate_limit` | as it was | the same, no sooner than `retry-after` |
//! | no connection | as it was | the same: nothing was sent |
//! | timeout, reset, cut, 5xx, unreadable | unknown | the same call again under the same key |
//! | 5xx that is stored, 409 that is not to be repeated | unknown | never sent again: the ConfirmationToken tells |
//! | anything, two minutes after the attempt was stored | unknown | never sent again: the ConfirmationToken tells |
//!
//! What the ConfirmationToken tells: the intent it confirmed, which is retrieved and applied; or none. None twice, two
//! minutes apart, means that nothing is on its way any more, and the order reopens. Should it charge all the same, that
//! is a second success, and goes back. The same for operations stands in `payments::operation`, for reads in
//! [`stripe_rest::Client`], for one sending in [`stripe_rest::Reply`].
//!
//! # What a crash leads to
//!
//! | the server dies | the books say | afterwards |
//! |---|---|---|
//! | before the attempt is stored | the order is open | nothing was sent; the page asks, hears so, and confirms again |
//! | after it is stored, before it is sent | an open attempt with its call | within two minutes the call is sent, later Stripe is asked what became of the token |
//! | after the update, before the confirmation | the update's outcome, the next call open | the same, for the confirmation |
//! | after it is sent, before the answer | an open attempt with its call | the same call under the same key: Stripe answers as it did the first time |
//! | after the answer, before it is applied | the same | the same |
//! | after it is applied | the order is paid, its cart closed, the message written: one transaction | the page asks, and hears so |
//! | while a question is being cancelled for another card | an open operation | the clerk sends the same call; the page confirms again |
//! | with an event received, not stored | nothing | it was not acknowledged: Stripe sends it again |
//! | with an event stored, not worked | a pending event | it is worked at the next start, or by another server after five minutes |
//! | with an operation stored, not sent or not answered | an open operation | the clerk sends the same call; after 23 hours Stripe is asked whether it was done |
//! | with an operation answered, not noted | the same | the same call under the same key: it is done once |
//! | with the shop told, not noted | an undelivered message | it is told again, under the same number |
//! | for hours, with any of these | the same | calls of an attempt are too old to be sent, and tokens tell; events that Stripe gave up on are found by asking about orders that wait, and by the day's reconciliation |

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
