//! Webhook events: stored as pending before Stripe is thanked, done in the transaction of their effect.

use checkout::{IntentId, OrderKey};
use sqlx::Row;
use stripe_rest::webhook::Verified;

use super::SqliteStore;
use crate::store::{Events, PendingEvent, StoreError};

impl Events for SqliteStore {
    async fn receive(&self, verified: &Verified, now_ms: i64) -> Result<bool, StoreError> {
        let event = verified.event();
        let mut tx = self.write().await?;
        let done = sqlx::query(
            "INSERT INTO events (id, kind, intent, object, order_key, next_try_ms, received_ms) VALUES (?, ?, ?, ?, ?, ?, ?) \
             ON CONFLICT DO NOTHING",
        )
        .bind(&event.id)
        .bind(&event.kind)
        .bind(event.payment_intent.as_deref())
        .bind(event.object_id.as_deref())
        .bind(event.metadata.get("order_key"))
        .bind(now_ms)
        .bind(now_ms)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    async fn claim_events(
        &self,
        now_ms: i64,
        until_ms: i64,
        limit: u32,
    ) -> Result<Vec<PendingEvent>, StoreError> {
        let mut tx = self.write().await?;
        let rows = sqlx::query(
            "UPDATE events SET next_try_ms = ? WHERE id IN (SELECT id FROM events WHERE done = 0 AND next_try_ms <= ? \
             ORDER BY next_try_ms, received_ms LIMIT ?) RETURNING id, kind, intent, object, order_key, tries",
        )
        .bind(until_ms)
        .bind(now_ms)
        .bind(limit)
        .fetch_all(&mut *tx)
        .await?;
        tx.commit().await?;
        rows.iter()
            .map(|row| {
                // An id of a form we do not know is nothing we could ask for: the event is kept, and done.
                let intent: Option<&str> = row.try_get("intent")?;
                let order: Option<&str> = row.try_get("order_key")?;
                Ok(PendingEvent {
                    id: row.try_get("id")?,
                    kind: row.try_get("kind")?,
                    intent: intent.and_then(|id| IntentId::parse(id).ok()),
                    object: row.try_get("object")?,
                    order: order.and_then(|key| OrderKey::parse(key).ok()),
                    tries: row.try_get("tries")?,
                })
            })
            .collect()
    }

    async fn event_done(&self, id: &str) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        sqlx::query("UPDATE events SET done = 1 WHERE id = ?")
            .bind(id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    async fn event_later(&self, id: &str, next_try_ms: i64) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        sqlx::query("UPDATE events SET tries = tries + 1, next_try_ms = ? WHERE id = ?")
            .bind(next_try_ms)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
