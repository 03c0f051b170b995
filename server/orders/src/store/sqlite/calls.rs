//! What is under way: open attempts with their calls, and operations that wait to be made.

use checkout::{IntentId, OrderKey};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::{SqliteStore, rows};
use crate::calls::{CallKind, NewCall};
use crate::store::{Calls, OpenAttempt, StoreError, StoredOperation};

impl Calls for SqliteStore {
    async fn open_attempt(
        &self,
        key: &OrderKey,
        number: u32,
    ) -> Result<Option<OpenAttempt>, StoreError> {
        let row =
            sqlx::query("SELECT * FROM attempts WHERE order_key = ? AND number = ? AND open = 1")
                .bind(key.as_str())
                .bind(number)
                .fetch_optional(&self.readers)
                .await?;
        let Some(row) = row else { return Ok(None) };
        let call = sqlx::query(
            "SELECT * FROM calls WHERE order_key = ? AND number = ? AND outcome IS NULL ORDER BY position LIMIT 1",
        )
        .bind(key.as_str())
        .bind(number)
        .fetch_optional(&self.readers)
        .await?;
        Ok(Some(OpenAttempt {
            key: key.clone(),
            attempt: rows::attempt(&row)?,
            send_until_ms: row.try_get("send_until_ms")?,
            unused_since_ms: row.try_get("unused_since_ms")?,
            next_call: call.map(|row| read_call(&row)).transpose()?,
        }))
    }

    async fn claim_attempts(
        &self,
        idle_since_ms: i64,
        now_ms: i64,
        limit: u32,
    ) -> Result<Vec<(OrderKey, u32)>, StoreError> {
        let mut tx = self.write().await?;
        let rows = sqlx::query(
            "UPDATE attempts SET touched_ms = ? WHERE rowid IN (SELECT rowid FROM attempts WHERE open = 1 AND \
             touched_ms <= ? ORDER BY touched_ms LIMIT ?) RETURNING order_key, number",
        )
        .bind(now_ms)
        .bind(idle_since_ms)
        .bind(limit)
        .fetch_all(&mut *tx)
        .await?;
        tx.commit().await?;
        rows.iter()
            .map(|row| Ok((order_key(row)?, row.try_get("number")?)))
            .collect()
    }

    async fn touch_attempt(
        &self,
        key: &OrderKey,
        number: u32,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        sqlx::query("UPDATE attempts SET touched_ms = ? WHERE order_key = ? AND number = ?")
            .bind(now_ms)
            .bind(key.as_str())
            .bind(number)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    async fn note_unused(
        &self,
        key: &OrderKey,
        number: u32,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        sqlx::query(
            "UPDATE attempts SET unused_since_ms = coalesce(unused_since_ms, ?), touched_ms = ? \
             WHERE order_key = ? AND number = ?",
        )
        .bind(now_ms)
        .bind(now_ms)
        .bind(key.as_str())
        .bind(number)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    async fn store_operation(
        &self,
        key: &OrderKey,
        call: &NewCall,
        now_ms: i64,
    ) -> Result<StoredOperation, StoreError> {
        let mut tx = self.write().await?;
        write_call(&mut tx, key, call, 0, now_ms, now_ms).await?;
        let row = sqlx::query("SELECT * FROM calls WHERE operation = ?")
            .bind(call.operation.as_deref())
            .fetch_one(&mut *tx)
            .await?;
        tx.commit().await?;
        read_operation(&row)
    }

    async fn operation(&self, name: &str) -> Result<Option<StoredOperation>, StoreError> {
        let row = sqlx::query("SELECT * FROM calls WHERE operation = ?")
            .bind(name)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(read_operation).transpose()
    }

    async fn open_operations(&self, key: &OrderKey) -> Result<Vec<StoredOperation>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM calls WHERE order_key = ? AND number IS NULL AND outcome IS NULL ORDER BY created_ms",
        )
        .bind(key.as_str())
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(read_operation).collect()
    }

    async fn claim_operations(
        &self,
        idle_since_ms: i64,
        now_ms: i64,
        limit: u32,
    ) -> Result<Vec<StoredOperation>, StoreError> {
        let mut tx = self.write().await?;
        let rows = sqlx::query(
            "UPDATE calls SET touched_ms = ? WHERE id IN (SELECT id FROM calls WHERE outcome IS NULL AND number IS NULL \
             AND touched_ms <= ? ORDER BY touched_ms LIMIT ?) RETURNING *",
        )
        .bind(now_ms)
        .bind(idle_since_ms)
        .bind(limit)
        .fetch_all(&mut *tx)
        .await?;
        tx.commit().await?;
        rows.iter().map(read_operation).collect()
    }

    async fn note_call(
        &self,
        id: &str,
        outcome: Option<&str>,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        write_outcome(&mut tx, id, outcome, now_ms).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// When a call was last worked on that nobody has yet: the clerk takes it at once.
pub(super) const NOBODY: i64 = 0;

/// Stores a call before it is made. An operation has one: the same fact twice stores one call.
pub(super) async fn write_call(
    db: &mut SqliteConnection,
    key: &OrderKey,
    call: &NewCall,
    position: u32,
    now_ms: i64,
    touched_ms: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO calls (id, order_key, number, position, operation, kind, intent, path, body, created_ms, touched_ms) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(&call.id)
    .bind(key.as_str())
    .bind(call.number)
    .bind(position)
    .bind(call.operation.as_deref())
    .bind(call.kind.name())
    .bind(call.intent.as_ref().map(IntentId::as_str))
    .bind(&call.path)
    .bind(&call.body)
    .bind(now_ms)
    .bind(touched_ms)
    .execute(db)
    .await?;
    Ok(())
}

/// Writes what came of a call.
pub(super) async fn write_outcome(
    db: &mut SqliteConnection,
    id: &str,
    outcome: Option<&str>,
    now_ms: i64,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE calls SET outcome = ?, touched_ms = ? WHERE id = ?")
        .bind(outcome)
        .bind(now_ms)
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}

fn order_key(row: &SqliteRow) -> Result<OrderKey, StoreError> {
    OrderKey::parse(row.try_get("order_key")?).map_err(|_| StoreError::Unreadable("order key"))
}

fn read_call(row: &SqliteRow) -> Result<NewCall, StoreError> {
    let intent: Option<&str> = row.try_get("intent")?;
    Ok(NewCall {
        id: row.try_get("id")?,
        number: row.try_get("number")?,
        operation: row.try_get("operation")?,
        kind: CallKind::parse(row.try_get("kind")?).ok_or(StoreError::Unreadable("call kind"))?,
        intent: intent
            .map(IntentId::parse)
            .transpose()
            .map_err(|_| StoreError::Unreadable("intent id"))?,
        path: row.try_get("path")?,
        body: row.try_get("body")?,
    })
}

fn read_operation(row: &SqliteRow) -> Result<StoredOperation, StoreError> {
    Ok(StoredOperation {
        key: order_key(row)?,
        call: read_call(row)?,
        created_ms: row.try_get("created_ms")?,
        outcome: row.try_get("outcome")?,
    })
}
