//! Webhook events: stored as pending before Stripe is thanked, done in the transaction of their effect.

use checkout::{IntentId, OrderKey};
use stripe_rest::webhook::Verified;

use super::StoreError;

/// An event to be worked on. It is a hint what to look at, never the truth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingEvent {
    /// `evt_…`
    pub id: String,
    /// `payment_intent.succeeded`, …
    pub kind: String,
    /// The intent it is about, if it is about one.
    pub intent: Option<IntentId>,
    /// The object it is about: a dispute's id, for one.
    pub object: Option<String>,
    /// The order its metadata names, if it does.
    pub order: Option<OrderKey>,
    /// How often it was tried.
    pub tries: u32,
}

/// Webhook events.
pub trait Events {
    /// Stores a verified event as pending; `false` if it is here already. Its body is not kept: that holds a client
    /// secret and an address, and whoever works on the event asks Stripe anyway.
    ///
    /// # Errors
    /// The database failed.
    fn receive(
        &self,
        verified: &Verified,
        now_ms: i64,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Claims events that are due until `until_ms`, oldest first.
    ///
    /// # Errors
    /// The database failed.
    fn claim_events(
        &self,
        now_ms: i64,
        until_ms: i64,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<PendingEvent>, StoreError>> + Send;

    /// Marks an event that changed nothing as done.
    ///
    /// # Errors
    /// The database failed.
    fn event_done(&self, id: &str) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Puts an event off: Stripe could not be asked.
    ///
    /// # Errors
    /// The database failed.
    fn event_later(
        &self,
        id: &str,
        next_try_ms: i64,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
}
