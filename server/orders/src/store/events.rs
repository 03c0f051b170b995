//! Webhook events: stored as pending before Stripe is thanked, done in the transaction of their effect.

use checkout::{IntentId, OrderKey};
use sqlx::Row;
use stripe_rest::webhook::Verified;

use super::{Store, StoreError};

/// An event to be worked on. It is a hint what to look at, never the truth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingEvent {
    /// `evt_…`
    pub id: String,
    /// `payment_intent.succeeded`, …
    pub kind: String,
    /// The intent it is about, if it is about one.
    pub intent: Option<IntentId>,
    /// The order its metadata names, if it does.
    pub order: Option<OrderKey>,
    /// How often it was tried.
    pub tries: u32,
}

impl Store {
    /// Stores a verified event as pending; `false` if it is here already. Its body is not kept: that holds a client
    /// secret and an address, and whoever works on the event asks Stripe anyway.
    ///
    /// # Errors
    /// The database failed.
    pub async fn receive(&self, verified: &Verified, now_ms: i64) -> Result<bool, StoreError> {
        let event = verified.event();
        let done = sqlx::query(
            "INSERT INTO events (id, kind, intent, order_key, next_try_ms, received_ms) VALUES (?, ?, ?, ?, ?, ?) \
             ON CONFLICT DO NOTHING",
        )
        .bind(&event.id)
        .bind(&event.kind)
        .bind(event.payment_intent.as_deref())
        .bind(event.metadata.get("order_key"))
        .bind(now_ms)
        .bind(now_ms)
        .execute(&self.writer)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Events that are due, oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn pending_events(
        &self,
        now_ms: i64,
        limit: u32,
    ) -> Result<Vec<PendingEvent>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, kind, intent, order_key, tries FROM events WHERE done = 0 AND next_try_ms <= ? \
             ORDER BY next_try_ms, received_ms LIMIT ?",
        )
        .bind(now_ms)
        .bind(limit)
        .fetch_all(&self.readers)
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
                    order: order.and_then(|key| OrderKey::parse(key).ok()),
                    tries: row.try_get("tries")?,
                })
            })
            .collect()
    }

    /// Marks an event that changed nothing as done.
    ///
    /// # Errors
    /// The database failed.
    pub async fn event_done(&self, id: &str) -> Result<(), StoreError> {
        sqlx::query("UPDATE events SET done = 1 WHERE id = ?")
            .bind(id)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Puts an event off: Stripe could not be asked.
    ///
    /// # Errors
    /// The database failed.
    pub async fn event_later(&self, id: &str, next_try_ms: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE events SET tries = tries + 1, next_try_ms = ? WHERE id = ?")
            .bind(next_try_ms)
            .bind(id)
            .execute(&self.writer)
            .await?;
        Ok(())
    }
}
