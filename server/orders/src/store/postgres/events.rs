//! Webhook events: stored as pending before Stripe is thanked, done in the transaction of their effect.

use checkout::{IntentId, OrderKey};
use sqlx::Row;
use stripe_rest::webhook::Verified;

use super::PostgresStore;
use super::rows::small;
use crate::store::{Events, PendingEvent, StoreError};

impl Events for PostgresStore {
    async fn receive(&self, verified: &Verified, now_ms: i64) -> Result<bool, StoreError> {
        let event = verified.event();
        let done = sqlx::query(
            "INSERT INTO events (id, kind, intent, object, order_key, next_try_ms, received_ms) \
             VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT DO NOTHING",
        )
        .bind(&event.id)
        .bind(&event.kind)
        .bind(event.payment_intent.as_deref())
        .bind(event.object_id.as_deref())
        .bind(event.metadata.get("order_key"))
        .bind(now_ms)
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn claim_events(
        &self,
        now_ms: i64,
        until_ms: i64,
        limit: u32,
    ) -> Result<Vec<PendingEvent>, StoreError> {
        let rows = sqlx::query(
            "WITH due AS (SELECT id FROM events WHERE NOT done AND next_try_ms <= $2 ORDER BY next_try_ms, received_ms \
             LIMIT $3 FOR UPDATE SKIP LOCKED) UPDATE events SET next_try_ms = $1 FROM due WHERE events.id = due.id \
             RETURNING events.*",
        )
        .bind(until_ms)
        .bind(now_ms)
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
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
                    tries: small(row, "tries")?,
                })
            })
            .collect()
    }

    async fn event_done(&self, id: &str) -> Result<(), StoreError> {
        sqlx::query("UPDATE events SET done = true WHERE id = $1")
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    async fn event_later(&self, id: &str, next_try_ms: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE events SET tries = tries + 1, next_try_ms = $1 WHERE id = $2")
            .bind(next_try_ms)
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}
