//! What is under way: open attempts with their calls, and operations that wait to be made.

use checkout::OrderKey;

use super::{AttemptEntry, Books, CallEntry, MemoryStore, oldest};
use crate::calls::NewCall;
use crate::store::{Calls, OpenAttempt, StoreError, StoredOperation};

impl Calls for MemoryStore {
    async fn open_attempt(
        &self,
        key: &OrderKey,
        number: u32,
    ) -> Result<Option<OpenAttempt>, StoreError> {
        let mut books = self.books();
        let Some(entry) = books.attempt(key, number).filter(|entry| entry.open) else {
            return Ok(None);
        };
        let open = OpenAttempt {
            key: key.clone(),
            attempt: entry.attempt.clone(),
            send_until_ms: entry.send_until_ms,
            unused_since_ms: entry.unused_since_ms,
            next_call: None,
        };
        let calls = books.calls.iter().filter(|entry| {
            let stored = &entry.stored;
            stored.key == *key && stored.call.number == Some(number) && stored.outcome.is_none()
        });
        let next = calls.min_by_key(|entry| entry.position);
        Ok(Some(OpenAttempt {
            next_call: next.map(|entry| entry.stored.call.clone()),
            ..open
        }))
    }

    async fn claim_attempts(
        &self,
        idle_since_ms: i64,
        now_ms: i64,
        limit: u32,
    ) -> Result<Vec<(OrderKey, u32)>, StoreError> {
        let mut books = self.books();
        let idle = books.attempts.iter_mut();
        let idle = idle.filter(|entry| entry.open && entry.touched_ms <= idle_since_ms);
        let claimed = oldest(idle.collect(), |entry| entry.touched_ms, limit);
        Ok(claimed
            .into_iter()
            .map(|entry| {
                entry.touched_ms = now_ms;
                (entry.key.clone(), entry.attempt.number)
            })
            .collect())
    }

    async fn touch_attempt(
        &self,
        key: &OrderKey,
        number: u32,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        if let Some(entry) = self.books().attempt(key, number) {
            entry.touched_ms = now_ms;
        }
        Ok(())
    }

    async fn note_unused(
        &self,
        key: &OrderKey,
        number: u32,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        if let Some(entry) = self.books().attempt(key, number) {
            entry.unused_since_ms.get_or_insert(now_ms);
            entry.touched_ms = now_ms;
        }
        Ok(())
    }

    async fn store_operation(
        &self,
        key: &OrderKey,
        call: &NewCall,
        now_ms: i64,
    ) -> Result<StoredOperation, StoreError> {
        let mut books = self.books();
        books.write_call(key, call, 0, now_ms, now_ms);
        let name = call.operation.as_deref();
        let stored = name.and_then(|name| books.operation(name));
        stored.ok_or(StoreError::Unreadable("operation"))
    }

    async fn operation(&self, name: &str) -> Result<Option<StoredOperation>, StoreError> {
        Ok(self.books().operation(name))
    }

    async fn open_operations(&self, key: &OrderKey) -> Result<Vec<StoredOperation>, StoreError> {
        let books = self.books();
        let open = books.calls.iter().filter(|entry| is_open(entry));
        Ok(open
            .map(|entry| &entry.stored)
            .filter(|stored| stored.key == *key)
            .cloned()
            .collect())
    }

    async fn claim_operations(
        &self,
        idle_since_ms: i64,
        now_ms: i64,
        limit: u32,
    ) -> Result<Vec<StoredOperation>, StoreError> {
        let mut books = self.books();
        let idle = books.calls.iter_mut();
        let idle = idle.filter(|entry| is_open(entry) && entry.touched_ms <= idle_since_ms);
        let claimed = oldest(idle.collect(), |entry| entry.touched_ms, limit);
        Ok(claimed
            .into_iter()
            .map(|entry| {
                entry.touched_ms = now_ms;
                entry.stored.clone()
            })
            .collect())
    }

    async fn note_call(
        &self,
        id: &str,
        outcome: Option<&str>,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        self.books().write_outcome(id, outcome, now_ms);
        Ok(())
    }
}

fn is_open(entry: &CallEntry) -> bool {
    entry.stored.call.number.is_none() && entry.stored.outcome.is_none()
}

impl Books {
    fn attempt(&mut self, key: &OrderKey, number: u32) -> Option<&mut AttemptEntry> {
        let mut attempts = self.attempts.iter_mut();
        attempts.find(|entry| entry.key == *key && entry.attempt.number == number)
    }

    fn operation(&self, name: &str) -> Option<StoredOperation> {
        let mut calls = self.calls.iter().map(|entry| &entry.stored);
        let found = calls.find(|stored| stored.call.operation.as_deref() == Some(name));
        found.cloned()
    }

    /// Stores a call before it is made. An operation has one: the same fact twice stores one call.
    pub(super) fn write_call(
        &mut self,
        key: &OrderKey,
        call: &NewCall,
        position: u32,
        now_ms: i64,
        touched_ms: i64,
    ) {
        let known = call
            .operation
            .as_deref()
            .is_some_and(|name| self.operation(name).is_some());
        if known {
            return;
        }
        self.calls.push(CallEntry {
            stored: StoredOperation {
                key: key.clone(),
                call: call.clone(),
                created_ms: now_ms,
                outcome: None,
            },
            position,
            touched_ms,
        });
    }

    pub(super) fn write_outcome(&mut self, id: &str, outcome: Option<&str>, now_ms: i64) {
        let mut calls = self.calls.iter_mut();
        if let Some(entry) = calls.find(|entry| entry.stored.call.id == id) {
            entry.stored.outcome = outcome.map(str::to_owned);
            entry.touched_ms = now_ms;
        }
    }
}
