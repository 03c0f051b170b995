//! What is under way: open attempts with their calls, and operations that wait to be made.

use checkout::{IntentId, OrderKey};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row};

use super::PostgresStore;
use super::rows::{attempt, order_key, small, to_intent};
use crate::calls::{CallKind, NewCall};
use crate::store::{Calls, OpenAttempt, StoreError, StoredOperation};

impl Calls for PostgresStore {
    async fn open_attempt(
        &self,
        key: &OrderKey,
        number: u32,
    ) -> Result<Option<OpenAttempt>, StoreError> {
        let row = sqlx::query(
            "SELECT attempts.*, next.id, next.operation, next.kind, next.intent, next.path, next.body FROM attempts \
             LEFT JOIN LATERAL (SELECT * FROM calls WHERE calls.order_key = attempts.order_key \
             AND calls.number = attempts.number AND outcome IS NULL ORDER BY position LIMIT 1) next ON true \
             WHERE attempts.order_key = $1 AND attempts.number = $2 AND attempts.open",
        )
        .bind(key.as_str())
        .bind(i64::from(number))
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let call: Option<&str> = row.try_get("id")?;
        Ok(Some(OpenAttempt {
            key: key.clone(),
            attempt: attempt(&row)?,
            send_until_ms: row.try_get("send_until_ms")?,
            unused_since_ms: row.try_get("unused_since_ms")?,
            next_call: call.map(|_| read_call(&row)).transpose()?,
        }))
    }

    async fn claim_attempts(
        &self,
        idle_since_ms: i64,
        now_ms: i64,
        limit: u32,
    ) -> Result<Vec<(OrderKey, u32)>, StoreError> {
        let rows = sqlx::query(
            "WITH idle AS (SELECT order_key, number FROM attempts WHERE open AND touched_ms <= $2 ORDER BY touched_ms \
             LIMIT $3 FOR UPDATE SKIP LOCKED) UPDATE attempts SET touched_ms = $1 FROM idle \
             WHERE attempts.order_key = idle.order_key AND attempts.number = idle.number \
             RETURNING attempts.order_key, attempts.number",
        )
        .bind(now_ms)
        .bind(idle_since_ms)
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| Ok((order_key(row)?, small(row, "number")?)))
            .collect()
    }

    async fn touch_attempt(
        &self,
        key: &OrderKey,
        number: u32,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE attempts SET touched_ms = $1 WHERE order_key = $2 AND number = $3")
            .bind(now_ms)
            .bind(key.as_str())
            .bind(i64::from(number))
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    async fn note_unused(
        &self,
        key: &OrderKey,
        number: u32,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE attempts SET unused_since_ms = coalesce(unused_since_ms, $1), touched_ms = $1 \
             WHERE order_key = $2 AND number = $3",
        )
        .bind(now_ms)
        .bind(key.as_str())
        .bind(i64::from(number))
        .execute(&self.pool)
        .await?;
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
        let row = sqlx::query("SELECT * FROM calls WHERE operation = $1")
            .bind(call.operation.as_deref())
            .fetch_one(&mut *tx)
            .await?;
        tx.commit().await?;
        read_operation(&row)
    }

    async fn operation(&self, name: &str) -> Result<Option<StoredOperation>, StoreError> {
        let row = sqlx::query("SELECT * FROM calls WHERE operation = $1")
            .bind(name)
            .fetch_optional(&self.pool)
            .await?;
        row.as_ref().map(read_operation).transpose()
    }

    async fn open_operations(&self, key: &OrderKey) -> Result<Vec<StoredOperation>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM calls WHERE order_key = $1 AND number IS NULL AND outcome IS NULL ORDER BY created_ms",
        )
        .bind(key.as_str())
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(read_operation).collect()
    }

    async fn claim_operations(
        &self,
        idle_since_ms: i64,
        now_ms: i64,
        limit: u32,
    ) -> Result<Vec<StoredOperation>, StoreError> {
        let rows = sqlx::query(
            "WITH idle AS (SELECT id FROM calls WHERE outcome IS NULL AND number IS NULL AND touched_ms <= $2 \
             ORDER BY touched_ms LIMIT $3 FOR UPDATE SKIP LOCKED) UPDATE calls SET touched_ms = $1 FROM idle \
             WHERE calls.id = idle.id RETURNING calls.*",
        )
        .bind(now_ms)
        .bind(idle_since_ms)
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(read_operation).collect()
    }

    async fn note_call(
        &self,
        id: &str,
        outcome: Option<&str>,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let mut db = self.pool.acquire().await?;
        write_outcome(&mut db, id, outcome, now_ms).await
    }
}

/// When a call was last worked on that nobody has yet: the clerk takes it at once.
pub(super) const NOBODY: i64 = 0;

/// Stores a call before it is made. An operation has one: the same fact twice stores one call.
pub(super) async fn write_call(
    db: &mut PgConnection,
    key: &OrderKey,
    call: &NewCall,
    position: u32,
    now_ms: i64,
    touched_ms: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO calls (id, order_key, number, position, operation, kind, intent, path, body, created_ms, touched_ms) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING",
    )
    .bind(&call.id)
    .bind(key.as_str())
    .bind(call.number.map(i64::from))
    .bind(i64::from(position))
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
    db: &mut PgConnection,
    id: &str,
    outcome: Option<&str>,
    now_ms: i64,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE calls SET outcome = $1, touched_ms = $2 WHERE id = $3")
        .bind(outcome)
        .bind(now_ms)
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}

fn read_call(row: &PgRow) -> Result<NewCall, StoreError> {
    let number: Option<i64> = row.try_get("number")?;
    let number = number.map(u32::try_from).transpose();
    Ok(NewCall {
        id: row.try_get("id")?,
        number: number.map_err(|_| StoreError::Unreadable("number"))?,
        operation: row.try_get("operation")?,
        kind: CallKind::parse(row.try_get("kind")?).ok_or(StoreError::Unreadable("call kind"))?,
        intent: to_intent(row.try_get("intent")?)?,
        path: row.try_get("path")?,
        body: row.try_get("body")?,
    })
}

fn read_operation(row: &PgRow) -> Result<StoredOperation, StoreError> {
    Ok(StoredOperation {
        key: order_key(row)?,
        call: read_call(row)?,
        created_ms: row.try_get("created_ms")?,
        outcome: row.try_get("outcome")?,
    })
}
