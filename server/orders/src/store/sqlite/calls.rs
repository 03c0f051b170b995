//! What is under way: open attempts with their calls, and operations that wait to be made.

use checkout::{IntentId, OrderKey};
use rusqlite::{Connection, Row, params};

use super::SqliteStore;
use super::rows::{all, attempt, first, optional_text, order_key, run, text};
use crate::calls::{CallKind, NewCall};
use crate::store::{Calls, OpenAttempt, StoreError, StoredOperation};

impl Calls for SqliteStore {
    async fn open_attempt(
        &self,
        key: &OrderKey,
        number: u32,
    ) -> Result<Option<OpenAttempt>, StoreError> {
        let key = key.clone();
        let find = move |db: &Connection| {
            let open = first(
                db,
                "SELECT * FROM attempts WHERE order_key = ? AND number = ? AND open = 1",
                params![key.as_str(), number],
                |row| {
                    Ok(OpenAttempt {
                        key: key.clone(),
                        attempt: attempt(row)?,
                        send_until_ms: row.get("send_until_ms")?,
                        unused_since_ms: row.get("unused_since_ms")?,
                        next_call: None,
                    })
                },
            )?;
            let Some(open) = open else { return Ok(None) };
            let next_call = first(
                db,
                "SELECT * FROM calls WHERE order_key = ? AND number = ? AND outcome IS NULL ORDER BY position LIMIT 1",
                params![key.as_str(), number],
                read_call,
            )?;
            Ok(Some(OpenAttempt { next_call, ..open }))
        };
        self.readers.read(find).await
    }

    async fn claim_attempts(
        &self,
        idle_since_ms: i64,
        now_ms: i64,
        limit: u32,
    ) -> Result<Vec<(OrderKey, u32)>, StoreError> {
        let claim = move |db: &Connection| {
            all(
                db,
                "UPDATE attempts SET touched_ms = ? WHERE rowid IN (SELECT rowid FROM attempts WHERE open = 1 AND \
                 touched_ms <= ? ORDER BY touched_ms LIMIT ?) RETURNING order_key, number",
                params![now_ms, idle_since_ms, limit],
                |row| Ok((order_key(row, "order_key")?, row.get("number")?)),
            )
        };
        self.writer.write(claim).await
    }

    async fn touch_attempt(
        &self,
        key: &OrderKey,
        number: u32,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let key = key.clone();
        let touch = move |db: &Connection| {
            run(
                db,
                "UPDATE attempts SET touched_ms = ? WHERE order_key = ? AND number = ?",
                params![now_ms, key.as_str(), number],
            )
            .map(drop)
        };
        self.writer.write(touch).await
    }

    async fn note_unused(
        &self,
        key: &OrderKey,
        number: u32,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let key = key.clone();
        let note = move |db: &Connection| {
            run(
                db,
                "UPDATE attempts SET unused_since_ms = coalesce(unused_since_ms, ?1), touched_ms = ?1 \
                 WHERE order_key = ?2 AND number = ?3",
                params![now_ms, key.as_str(), number],
            )
            .map(drop)
        };
        self.writer.write(note).await
    }

    async fn store_operation(
        &self,
        key: &OrderKey,
        call: &NewCall,
        now_ms: i64,
    ) -> Result<StoredOperation, StoreError> {
        let (key, call) = (key.clone(), call.clone());
        let store = move |db: &Connection| {
            write_call(db, &key, &call, 0, now_ms, now_ms)?;
            let stored = named(db, call.operation.as_deref())?;
            stored.ok_or(StoreError::Unreadable("operation"))
        };
        self.writer.write(store).await
    }

    async fn operation(&self, name: &str) -> Result<Option<StoredOperation>, StoreError> {
        let name = name.to_owned();
        self.readers.read(move |db| named(db, Some(&name))).await
    }

    async fn open_operations(&self, key: &OrderKey) -> Result<Vec<StoredOperation>, StoreError> {
        let key = key.clone();
        let find = move |db: &Connection| {
            all(
                db,
                "SELECT * FROM calls WHERE order_key = ? AND number IS NULL AND outcome IS NULL ORDER BY created_ms",
                [key.as_str()],
                read_operation,
            )
        };
        self.readers.read(find).await
    }

    async fn claim_operations(
        &self,
        idle_since_ms: i64,
        now_ms: i64,
        limit: u32,
    ) -> Result<Vec<StoredOperation>, StoreError> {
        let claim = move |db: &Connection| {
            all(
                db,
                "UPDATE calls SET touched_ms = ? WHERE id IN (SELECT id FROM calls WHERE outcome IS NULL AND number IS NULL \
                 AND touched_ms <= ? ORDER BY touched_ms LIMIT ?) RETURNING *",
                params![now_ms, idle_since_ms, limit],
                read_operation,
            )
        };
        self.writer.write(claim).await
    }

    async fn note_call(
        &self,
        id: &str,
        outcome: Option<&str>,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let (id, outcome) = (id.to_owned(), outcome.map(str::to_owned));
        let note = move |db: &Connection| write_outcome(db, &id, outcome.as_deref(), now_ms);
        self.writer.write(note).await
    }
}

/// When a call was last worked on that nobody has yet: the clerk takes it at once.
pub(super) const NOBODY: i64 = 0;

/// Stores a call before it is made. An operation has one: the same fact twice stores one call.
pub(super) fn write_call(
    db: &Connection,
    key: &OrderKey,
    call: &NewCall,
    position: u32,
    now_ms: i64,
    touched_ms: i64,
) -> Result<(), StoreError> {
    run(
        db,
        "INSERT INTO calls (id, order_key, number, position, operation, kind, intent, path, body, created_ms, touched_ms) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        params![
            call.id,
            key.as_str(),
            call.number,
            position,
            call.operation,
            call.kind.name(),
            call.intent.as_ref().map(IntentId::as_str),
            call.path,
            call.body,
            now_ms,
            touched_ms,
        ],
    )
    .map(drop)
}

/// Writes what came of a call.
pub(super) fn write_outcome(
    db: &Connection,
    id: &str,
    outcome: Option<&str>,
    now_ms: i64,
) -> Result<(), StoreError> {
    run(
        db,
        "UPDATE calls SET outcome = ?, touched_ms = ? WHERE id = ?",
        params![outcome, now_ms, id],
    )
    .map(drop)
}

fn named(db: &Connection, name: Option<&str>) -> Result<Option<StoredOperation>, StoreError> {
    first(
        db,
        "SELECT * FROM calls WHERE operation = ?",
        [name],
        read_operation,
    )
}

fn read_call(row: &Row<'_>) -> Result<NewCall, StoreError> {
    Ok(NewCall {
        id: row.get("id")?,
        number: row.get("number")?,
        operation: row.get("operation")?,
        kind: CallKind::parse(text(row, "kind")?).ok_or(StoreError::Unreadable("call kind"))?,
        intent: optional_text(row, "intent")?
            .map(IntentId::parse)
            .transpose()
            .map_err(|_| StoreError::Unreadable("intent id"))?,
        path: row.get("path")?,
        body: row.get("body")?,
    })
}

fn read_operation(row: &Row<'_>) -> Result<StoredOperation, StoreError> {
    Ok(StoredOperation {
        key: order_key(row, "order_key")?,
        call: read_call(row)?,
        created_ms: row.get("created_ms")?,
        outcome: row.get("outcome")?,
    })
}
