//! The outbox: what the shop must be told about an order, written with the change it tells of.

use checkout::OrderKey;
use sqlx::Row;

use super::SqliteStore;
use crate::store::{Outbox, OutboxRow, StoreError};

impl Outbox for SqliteStore {
    async fn claim_messages(
        &self,
        now_ms: i64,
        until_ms: i64,
        limit: u32,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        let mut tx = self.write().await?;
        let rows = sqlx::query(
            "UPDATE outbox SET next_try_ms = ? WHERE id IN (SELECT id FROM outbox WHERE delivered_ms IS NULL AND \
             next_try_ms <= ? ORDER BY id LIMIT ?) RETURNING id, order_key, kind, tries",
        )
        .bind(until_ms)
        .bind(now_ms)
        .bind(limit)
        .fetch_all(&mut *tx)
        .await?;
        tx.commit().await?;
        rows.iter()
            .map(|row| {
                let key = OrderKey::parse(row.try_get("order_key")?)
                    .map_err(|_| StoreError::Unreadable("order key"))?;
                Ok(OutboxRow {
                    id: row.try_get("id")?,
                    key,
                    kind: row.try_get("kind")?,
                    tries: row.try_get("tries")?,
                })
            })
            .collect()
    }

    async fn message_later(&self, id: i64, next_try_ms: i64) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        sqlx::query("UPDATE outbox SET tries = tries + 1, next_try_ms = ? WHERE id = ?")
            .bind(next_try_ms)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    async fn delivered(&self, id: i64, now_ms: i64) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        sqlx::query("UPDATE outbox SET delivered_ms = ? WHERE id = ?")
            .bind(now_ms)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
