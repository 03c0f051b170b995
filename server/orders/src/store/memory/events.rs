//! Webhook events: stored as pending before Stripe is thanked, done in the transaction of their effect.

use checkout::{IntentId, OrderKey};
use stripe_rest::webhook::Verified;

use super::{Books, EventEntry, MemoryStore, oldest};
use crate::store::{Events, PendingEvent, StoreError};

impl Events for MemoryStore {
    async fn receive(&self, verified: &Verified, now_ms: i64) -> Result<bool, StoreError> {
        let event = verified.event();
        let mut books = self.books();
        if books.events.iter().any(|entry| entry.event.id == event.id) {
            return Ok(false);
        }
        let order = event.metadata.get("order_key");
        books.events.push(EventEntry {
            event: PendingEvent {
                id: event.id.clone(),
                kind: event.kind.clone(),
                intent: event
                    .payment_intent
                    .as_deref()
                    .and_then(|id| IntentId::parse(id).ok()),
                object: event.object_id.clone(),
                order: order.and_then(|key| OrderKey::parse(key).ok()),
                tries: 0,
            },
            done: false,
            next_try_ms: now_ms,
            received_ms: now_ms,
        });
        Ok(true)
    }

    async fn claim_events(
        &self,
        now_ms: i64,
        until_ms: i64,
        limit: u32,
    ) -> Result<Vec<PendingEvent>, StoreError> {
        let mut books = self.books();
        let due = books.events.iter_mut();
        let due = due.filter(|entry| !entry.done && entry.next_try_ms <= now_ms);
        let claimed = oldest(due.collect(), |entry| entry.next_try_ms, limit);
        Ok(claimed
            .into_iter()
            .map(|entry| {
                entry.next_try_ms = until_ms;
                entry.event.clone()
            })
            .collect())
    }

    async fn event_done(&self, id: &str) -> Result<(), StoreError> {
        self.books().event_done(id);
        Ok(())
    }

    async fn event_later(&self, id: &str, next_try_ms: i64) -> Result<(), StoreError> {
        let mut books = self.books();
        if let Some(entry) = books.events.iter_mut().find(|entry| entry.event.id == id) {
            entry.event.tries += 1;
            entry.next_try_ms = next_try_ms;
        }
        Ok(())
    }
}

impl Books {
    pub(super) fn event_done(&mut self, id: &str) {
        if let Some(entry) = self.events.iter_mut().find(|entry| entry.event.id == id) {
            entry.done = true;
        }
    }
}
