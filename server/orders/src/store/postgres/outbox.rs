//! The outbox: what the shop must be told about an order, written with the change it tells of.

use sqlx::Row;

use super::PostgresStore;
use super::rows::{order_key, small};
use crate::store::{Outbox, OutboxRow, StoreError};

impl Outbox for PostgresStore {
    async fn claim_messages(
        &self,
        now_ms: i64,
        until_ms: i64,
        limit: u32,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        let rows = sqlx::query(
            "WITH due AS (SELECT id FROM outbox WHERE delivered_ms IS NULL AND next_try_ms <= $2 ORDER BY id LIMIT $3 \
             FOR UPDATE SKIP LOCKED) UPDATE outbox SET next_try_ms = $1 FROM due WHERE outbox.id = due.id \
             RETURNING outbox.*",
        )
        .bind(until_ms)
        .bind(now_ms)
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(OutboxRow {
                    id: row.try_get("id")?,
                    key: order_key(row)?,
                    kind: row.try_get("kind")?,
                    tries: small(row, "tries")?,
                })
            })
            .collect()
    }

    async fn message_later(&self, id: i64, next_try_ms: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE outbox SET tries = tries + 1, next_try_ms = $1 WHERE id = $2")
            .bind(next_try_ms)
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    async fn delivered(&self, id: i64, now_ms: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE outbox SET delivered_ms = $1 WHERE id = $2")
            .bind(now_ms)
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}
