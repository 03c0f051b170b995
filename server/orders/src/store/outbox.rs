//! The outbox: what the shop must be told about an order, written with the change it tells of.

use checkout::OrderKey;
use sqlx::Row;

use super::{Store, StoreError};

/// Something to tell the shop, at least once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// Names the message: a receiver that sees it twice may drop one.
    pub id: i64,
    /// The order.
    pub key: OrderKey,
    /// `order_paid`
    pub kind: String,
}

impl Store {
    /// What has not been delivered, oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn undelivered(&self, limit: u32) -> Result<Vec<OutboxRow>, StoreError> {
        let rows =
            sqlx::query("SELECT * FROM outbox WHERE delivered_ms IS NULL ORDER BY id LIMIT ?")
                .bind(limit)
                .fetch_all(&self.readers)
                .await?;
        rows.iter()
            .map(|row| {
                let key = OrderKey::parse(row.try_get("order_key")?)
                    .map_err(|_| StoreError::Unreadable("order key"))?;
                Ok(OutboxRow {
                    id: row.try_get("id")?,
                    key,
                    kind: row.try_get("kind")?,
                })
            })
            .collect()
    }

    /// Notes that a message was delivered.
    ///
    /// # Errors
    /// The database failed.
    pub async fn delivered(&self, id: i64, now_ms: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE outbox SET delivered_ms = ? WHERE id = ?")
            .bind(now_ms)
            .bind(id)
            .execute(&self.writer)
            .await?;
        Ok(())
    }
}
