//! What is under way: open attempts with their calls, and operations that wait to be made.

use checkout::{Attempt, IntentId, OrderKey};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::{Store, StoreError, rows};
use crate::calls::{CallKind, NewCall};

/// An attempt whose answer is awaited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenAttempt {
    /// Its order.
    pub key: OrderKey,
    /// The attempt.
    pub attempt: Attempt,
    /// After this it is never sent again.
    pub send_until_ms: i64,
    /// When Stripe first said that the token was unused, after the answer was lost.
    pub unused_since_ms: Option<i64>,
    /// Its first call without an outcome.
    pub next_call: Option<NewCall>,
}

/// A cancellation or refund that was stored and is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCall {
    /// Its order.
    pub key: OrderKey,
    /// The call.
    pub call: NewCall,
}

impl Store {
    /// The open attempt of that number, if it is still open.
    ///
    /// # Errors
    /// The database failed.
    pub async fn open_attempt(
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

    /// Open attempts that nobody has touched since `before_ms`, oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn idle_attempts(
        &self,
        before_ms: i64,
        limit: u32,
    ) -> Result<Vec<(OrderKey, u32)>, StoreError> {
        let rows = sqlx::query(
            "SELECT order_key, number FROM attempts WHERE open = 1 AND touched_ms < ? ORDER BY touched_ms LIMIT ?",
        )
        .bind(before_ms)
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| Ok((order_key(row)?, row.try_get("number")?)))
            .collect()
    }

    /// Notes that an attempt is being worked on, so that the clerk leaves it alone for a while.
    ///
    /// # Errors
    /// The database failed.
    pub async fn touch_attempt(
        &self,
        key: &OrderKey,
        number: u32,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE attempts SET touched_ms = ? WHERE order_key = ? AND number = ?")
            .bind(now_ms)
            .bind(key.as_str())
            .bind(number)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Notes that Stripe calls an attempt's token unused; the first time counts.
    ///
    /// # Errors
    /// The database failed.
    pub async fn note_unused(
        &self,
        key: &OrderKey,
        number: u32,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE attempts SET unused_since_ms = coalesce(unused_since_ms, ?), touched_ms = ? \
             WHERE order_key = ? AND number = ?",
        )
        .bind(now_ms)
        .bind(now_ms)
        .bind(key.as_str())
        .bind(number)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Stores an operation before it is made, or finds the one stored for the same intent: an intent is cancelled
    /// and refunded once.
    ///
    /// # Errors
    /// The database failed.
    pub async fn store_operation(
        &self,
        key: &OrderKey,
        call: &NewCall,
        now_ms: i64,
    ) -> Result<NewCall, StoreError> {
        let mut tx = self.write().await?;
        write_call(&mut tx, key, call, 0, now_ms).await?;
        let row =
            sqlx::query("SELECT * FROM calls WHERE number IS NULL AND kind = ? AND intent = ?")
                .bind(call.kind.name())
                .bind(call.intent.as_ref().map(IntentId::as_str))
                .fetch_one(&mut *tx)
                .await?;
        let stored = read_call(&row)?;
        tx.commit().await?;
        Ok(stored)
    }

    /// Operations that wait to be made and were last tried before `before_ms`.
    ///
    /// # Errors
    /// The database failed.
    pub async fn open_operations(
        &self,
        before_ms: i64,
        limit: u32,
    ) -> Result<Vec<OpenCall>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM calls WHERE outcome IS NULL AND number IS NULL AND touched_ms <= ? ORDER BY touched_ms LIMIT ?",
        )
        .bind(before_ms)
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(OpenCall {
                    key: order_key(row)?,
                    call: read_call(row)?,
                })
            })
            .collect()
    }

    /// Notes what came of a call, or with `None` that it was tried and nobody knows.
    ///
    /// # Errors
    /// The database failed.
    pub async fn note_call(
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

/// Stores a call before it is made. Of cancellations and refunds one intent has one each, so the same fact twice
/// stores one call.
pub(super) async fn write_call(
    db: &mut SqliteConnection,
    key: &OrderKey,
    call: &NewCall,
    position: u32,
    now_ms: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO calls (id, order_key, number, position, kind, intent, path, body, created_ms, touched_ms) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(&call.id)
    .bind(key.as_str())
    .bind(call.number)
    .bind(position)
    .bind(call.kind.name())
    .bind(call.intent.as_ref().map(IntentId::as_str))
    .bind(&call.path)
    .bind(&call.body)
    .bind(now_ms)
    .bind(now_ms)
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
        kind: CallKind::parse(row.try_get("kind")?).ok_or(StoreError::Unreadable("call kind"))?,
        intent: intent
            .map(IntentId::parse)
            .transpose()
            .map_err(|_| StoreError::Unreadable("intent id"))?,
        path: row.try_get("path")?,
        body: row.try_get("body")?,
    })
}
