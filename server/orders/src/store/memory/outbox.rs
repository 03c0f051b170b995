//! The outbox: what the shop must be told about an order, written with the change it tells of.

use super::{MemoryStore, MessageEntry};
use crate::store::{Outbox, OutboxRow, StoreError};

impl Outbox for MemoryStore {
    async fn claim_messages(
        &self,
        now_ms: i64,
        until_ms: i64,
        limit: u32,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        let mut books = self.books();
        let due = books.outbox.iter_mut();
        let due = due.filter(|entry| entry.delivered_ms.is_none() && entry.next_try_ms <= now_ms);
        Ok(due
            .take(limit as usize)
            .map(|entry| {
                entry.next_try_ms = until_ms;
                entry.row.clone()
            })
            .collect())
    }

    async fn message_later(&self, id: i64, next_try_ms: i64) -> Result<(), StoreError> {
        self.with(id, |entry| {
            entry.row.tries += 1;
            entry.next_try_ms = next_try_ms;
        });
        Ok(())
    }

    async fn delivered(&self, id: i64, now_ms: i64) -> Result<(), StoreError> {
        self.with(id, |entry| entry.delivered_ms = Some(now_ms));
        Ok(())
    }
}

impl MemoryStore {
    fn with(&self, id: i64, change: impl FnOnce(&mut MessageEntry)) {
        let mut books = self.books();
        if let Some(entry) = books.outbox.iter_mut().find(|entry| entry.row.id == id) {
            change(entry);
        }
    }
}
