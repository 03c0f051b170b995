//! Rows as values of the core, and back.

use checkout::intent::Baseline;
use checkout::{
    Attempt, Currency, Details, IntentId, Ledger, LiveIntent, Money, Order, OrderKey, OrderLine,
    Payment, Progress, TokenId,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::store::orders::payment_name;
use crate::store::{OrderRow, StoreError};

/// An order with its intents and its open attempt.
pub(super) async fn order(
    db: &mut SqliteConnection,
    key: &OrderKey,
) -> Result<Option<Order>, StoreError> {
    let Some(row) = sqlx::query("SELECT * FROM orders WHERE key = ?")
        .bind(key.as_str())
        .fetch_optional(&mut *db)
        .await?
    else {
        return Ok(None);
    };
    let currency: String = row.try_get("currency")?;
    let currency = Currency::parse(&currency).ok_or(StoreError::Unreadable("currency"))?;
    let (intent, left) = intents(&mut *db, key).await?;
    Ok(Some(Order {
        key: key.clone(),
        lines: json::<Vec<OrderLine>>(&row, "lines")?,
        total: Money::new(row.try_get("total_minor")?, currency)
            .map_err(|_| StoreError::Unreadable("total"))?,
        details: optional_json::<Details>(&row, "details")?,
        payment: payment_from(row.try_get("payment")?, row.try_get("notice")?)?,
        intent,
        left,
        attempt: open_attempt(&mut *db, key).await?,
        next_number: row.try_get("next_number")?,
        captured_minor: row.try_get("captured_minor")?,
        ending: row.try_get("ending")?,
        ledger: json::<Ledger>(&row, "ledger")?,
        quarantine: row.try_get("quarantine")?,
        version: row.try_get("version")?,
    }))
}

/// An order as it stands in a list.
pub(super) fn order_row(row: &SqliteRow) -> Result<OrderRow, StoreError> {
    let currency =
        Currency::parse(row.try_get("currency")?).ok_or(StoreError::Unreadable("currency"))?;
    Ok(OrderRow {
        place: row.try_get("rowid")?,
        key: OrderKey::parse(row.try_get("key")?)
            .map_err(|_| StoreError::Unreadable("order key"))?,
        total: Money::new(row.try_get("total_minor")?, currency)
            .map_err(|_| StoreError::Unreadable("total"))?,
        payment: row.try_get("payment")?,
        quarantine: row.try_get("quarantine")?,
        created_ms: row.try_get("created_ms")?,
    })
}

/// An order and the intent it stands on, if it stands on one.
pub(super) fn key_and_intent(row: &SqliteRow) -> Result<Option<(OrderKey, IntentId)>, StoreError> {
    let key =
        OrderKey::parse(row.try_get("key")?).map_err(|_| StoreError::Unreadable("order key"))?;
    let intent: Option<&str> = row.try_get("intent")?;
    let intent = intent
        .map(IntentId::parse)
        .transpose()
        .map_err(|_| StoreError::Unreadable("intent id"))?;
    Ok(intent.map(|intent| (key, intent)))
}

async fn intents(
    db: &mut SqliteConnection,
    key: &OrderKey,
) -> Result<(Option<LiveIntent>, Vec<IntentId>), StoreError> {
    let rows = sqlx::query("SELECT * FROM intents WHERE order_key = ? ORDER BY rowid")
        .bind(key.as_str())
        .fetch_all(db)
        .await?;
    let (mut live, mut left) = (None, Vec::new());
    for row in rows {
        let id =
            IntentId::parse(row.try_get("id")?).map_err(|_| StoreError::Unreadable("intent id"))?;
        if row.try_get("live")? {
            let baseline = json::<Baseline>(&row, "baseline")?;
            live = Some(LiveIntent {
                id,
                amount_minor: row.try_get("amount_minor")?,
                baseline,
            });
        } else {
            left.push(id);
        }
    }
    Ok((live, left))
}

async fn open_attempt(
    db: &mut SqliteConnection,
    key: &OrderKey,
) -> Result<Option<Attempt>, StoreError> {
    let row = sqlx::query("SELECT * FROM attempts WHERE order_key = ? AND open = 1")
        .bind(key.as_str())
        .fetch_optional(db)
        .await?;
    row.map(|row| attempt(&row)).transpose()
}

pub(super) fn attempt(row: &SqliteRow) -> Result<Attempt, StoreError> {
    Ok(Attempt {
        number: row.try_get("number")?,
        token: TokenId::parse(row.try_get("token")?)
            .map_err(|_| StoreError::Unreadable("token id"))?,
        on: optional_json::<(IntentId, Baseline)>(row, "confirms")?,
        progress: match row.try_get("progress")? {
            "sending" => Progress::Sending,
            "unknown" => Progress::Unknown,
            _ => return Err(StoreError::Unreadable("progress")),
        },
    })
}

pub(super) fn progress_to(progress: Progress) -> &'static str {
    match progress {
        Progress::Sending => "sending",
        Progress::Unknown => "unknown",
    }
}

fn payment_from(name: &str, notice: Option<String>) -> Result<Payment, StoreError> {
    Ok(match name {
        "open" => Payment::Open { notice },
        "paying" => Payment::Paying,
        "action_needed" => Payment::ActionNeeded,
        "processing" => Payment::Processing,
        "authorised" => Payment::Authorised,
        "paid" => Payment::Paid,
        "cancelled" => Payment::Cancelled,
        _ => return Err(StoreError::Unreadable("payment")),
    })
}

/// A payment's name, and the notice of an open one.
pub(super) fn payment_to(payment: &Payment) -> (&'static str, Option<&str>) {
    let notice = match payment {
        Payment::Open { notice } => notice.as_deref(),
        _ => None,
    };
    (payment_name(payment), notice)
}

pub(super) fn json<T: DeserializeOwned>(
    row: &SqliteRow,
    column: &'static str,
) -> Result<T, StoreError> {
    optional_json(row, column)?.ok_or(StoreError::Unreadable(column))
}

fn optional_json<T: DeserializeOwned>(
    row: &SqliteRow,
    column: &'static str,
) -> Result<Option<T>, StoreError> {
    let text: Option<&str> = row.try_get(column)?;
    text.map(|text| serde_json::from_str(text).map_err(|_| StoreError::Unreadable(column)))
        .transpose()
}

pub(super) fn to_json<T: Serialize>(value: &T, what: &'static str) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Unreadable(what))
}
