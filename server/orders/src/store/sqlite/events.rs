//! Webhook events: stored as pending before Stripe is thanked, done in the transaction of their effect.

use checkout::{IntentId, OrderKey};
use rusqlite::{Connection, params};
use stripe_rest::webhook::Verified;

use super::SqliteStore;
use super::rows::{all, optional_text, run};
use crate::store::{Events, PendingEvent, StoreError};

impl Events for SqliteStore {
    async fn receive(&self, verified: &Verified, now_ms: i64) -> Result<bool, StoreError> {
        let event = verified.event().clone();
        let receive = move |db: &Connection| {
            let added = run(
                db,
                "INSERT INTO events (id, kind, intent, object, order_key, next_try_ms, received_ms) \
                 VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                params![
                    event.id,
                    event.kind,
                    event.payment_intent,
                    event.object_id,
                    event.metadata.get("order_key"),
                    now_ms,
                    now_ms,
                ],
            )?;
            Ok(added == 1)
        };
        self.writer.write(receive).await
    }

    async fn claim_events(
        &self,
        now_ms: i64,
        until_ms: i64,
        limit: u32,
    ) -> Result<Vec<PendingEvent>, StoreError> {
        let claim = move |db: &Connection| {
            all(
                db,
                "UPDATE events SET next_try_ms = ? WHERE id IN (SELECT id FROM events WHERE done = 0 AND next_try_ms <= ? \
                 ORDER BY next_try_ms, received_ms LIMIT ?) RETURNING id, kind, intent, object, order_key, tries",
                params![until_ms, now_ms, limit],
                |row| {
                    // An id of a form we do not know is nothing we could ask for: the event is kept, and done.
                    let intent = optional_text(row, "intent")?;
                    let order = optional_text(row, "order_key")?;
                    Ok(PendingEvent {
                        id: row.get("id")?,
                        kind: row.get("kind")?,
                        intent: intent.and_then(|id| IntentId::parse(id).ok()),
                        object: row.get("object")?,
                        order: order.and_then(|key| OrderKey::parse(key).ok()),
                        tries: row.get("tries")?,
                    })
                },
            )
        };
        self.writer.write(claim).await
    }

    async fn event_done(&self, id: &str) -> Result<(), StoreError> {
        let id = id.to_owned();
        self.writer.write(move |db| done(db, &id)).await
    }

    async fn event_later(&self, id: &str, next_try_ms: i64) -> Result<(), StoreError> {
        let id = id.to_owned();
        let put_off = move |db: &Connection| {
            run(
                db,
                "UPDATE events SET tries = tries + 1, next_try_ms = ? WHERE id = ?",
                params![next_try_ms, id],
            )
            .map(drop)
        };
        self.writer.write(put_off).await
    }
}

pub(super) fn done(db: &Connection, id: &str) -> Result<(), StoreError> {
    run(db, "UPDATE events SET done = 1 WHERE id = ?", [id]).map(drop)
}
