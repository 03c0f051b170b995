//! The outbox: what the shop must be told about an order, written with the change it tells of.

use rusqlite::{Connection, params};

use super::SqliteStore;
use super::rows::{all, order_key, run};
use crate::store::{Outbox, OutboxRow, StoreError};

impl Outbox for SqliteStore {
    async fn claim_messages(
        &self,
        now_ms: i64,
        until_ms: i64,
        limit: u32,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        let claim = move |db: &Connection| {
            all(
                db,
                "UPDATE outbox SET next_try_ms = ? WHERE id IN (SELECT id FROM outbox WHERE delivered_ms IS NULL AND \
                 next_try_ms <= ? ORDER BY id LIMIT ?) RETURNING id, order_key, kind, tries",
                params![until_ms, now_ms, limit],
                |row| {
                    Ok(OutboxRow {
                        id: row.get("id")?,
                        key: order_key(row, "order_key")?,
                        kind: row.get("kind")?,
                        tries: row.get("tries")?,
                    })
                },
            )
        };
        self.writer.write(claim).await
    }

    async fn message_later(&self, id: i64, next_try_ms: i64) -> Result<(), StoreError> {
        let put_off = move |db: &Connection| {
            run(
                db,
                "UPDATE outbox SET tries = tries + 1, next_try_ms = ? WHERE id = ?",
                params![next_try_ms, id],
            )
            .map(drop)
        };
        self.writer.write(put_off).await
    }

    async fn delivered(&self, id: i64, now_ms: i64) -> Result<(), StoreError> {
        let note = move |db: &Connection| {
            run(
                db,
                "UPDATE outbox SET delivered_ms = ? WHERE id = ?",
                params![now_ms, id],
            )
            .map(drop)
        };
        self.writer.write(note).await
    }
}
