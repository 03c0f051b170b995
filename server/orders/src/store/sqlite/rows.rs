//! Questions to the database; and rows as values of the core, and back.

use checkout::intent::Baseline;
use checkout::{
    Attempt, Currency, Details, IntentId, Ledger, LiveIntent, Money, Order, OrderKey, OrderLine,
    Payment, Progress, TokenId,
};
use rusqlite::{Connection, Params, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::store::orders::payment_name;
use crate::store::{OrderRow, StoreError};

/// Runs a statement that answers no rows, and tells how many it changed.
pub(super) fn run(db: &Connection, sql: &str, params: impl Params) -> Result<usize, StoreError> {
    Ok(db.prepare_cached(sql)?.execute(params)?)
}

/// The first row of an answer, if there is one.
pub(super) fn first<T>(
    db: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let mut statement = db.prepare_cached(sql)?;
    statement.query_and_then(params, read)?.next().transpose()
}

/// All rows of an answer.
pub(super) fn all<T>(
    db: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = db.prepare_cached(sql)?;
    statement.query_and_then(params, read)?.collect()
}

/// An order with its intents and its open attempt.
pub(super) fn order(db: &Connection, key: &OrderKey) -> Result<Option<Order>, StoreError> {
    let order = first(
        db,
        "SELECT * FROM orders WHERE key = ?",
        [key.as_str()],
        |row| {
            let currency = currency(row)?;
            Ok(Order {
                key: key.clone(),
                lines: json::<Vec<OrderLine>>(row, "lines")?,
                total: Money::new(row.get("total_minor")?, currency)
                    .map_err(|_| StoreError::Unreadable("total"))?,
                details: optional_json::<Details>(row, "details")?,
                payment: payment_from(text(row, "payment")?, row.get("notice")?)?,
                intent: None,
                left: Vec::new(),
                attempt: None,
                next_number: row.get("next_number")?,
                captured_minor: row.get("captured_minor")?,
                ending: row.get("ending")?,
                ledger: json::<Ledger>(row, "ledger")?,
                quarantine: row.get("quarantine")?,
                version: row.get("version")?,
            })
        },
    )?;
    let Some(order) = order else { return Ok(None) };
    let (intent, left) = intents(db, key)?;
    Ok(Some(Order {
        intent,
        left,
        attempt: open_attempt(db, key)?,
        ..order
    }))
}

/// An order as it stands in a list.
pub(super) fn order_row(row: &Row<'_>) -> Result<OrderRow, StoreError> {
    Ok(OrderRow {
        place: row.get("rowid")?,
        key: order_key(row, "key")?,
        total: Money::new(row.get("total_minor")?, currency(row)?)
            .map_err(|_| StoreError::Unreadable("total"))?,
        payment: row.get("payment")?,
        quarantine: row.get("quarantine")?,
        created_ms: row.get("created_ms")?,
    })
}

/// An order and the intent it stands on, if it stands on one.
pub(super) fn key_and_intent(row: &Row<'_>) -> Result<Option<(OrderKey, IntentId)>, StoreError> {
    let key = order_key(row, "key")?;
    let intent = optional_text(row, "intent")?
        .map(IntentId::parse)
        .transpose()
        .map_err(|_| StoreError::Unreadable("intent id"))?;
    Ok(intent.map(|intent| (key, intent)))
}

fn intents(
    db: &Connection,
    key: &OrderKey,
) -> Result<(Option<LiveIntent>, Vec<IntentId>), StoreError> {
    let (mut live, mut left) = (None, Vec::new());
    all(
        db,
        "SELECT * FROM intents WHERE order_key = ? ORDER BY rowid",
        [key.as_str()],
        |row| {
            let id = IntentId::parse(text(row, "id")?)
                .map_err(|_| StoreError::Unreadable("intent id"))?;
            if row.get("live")? {
                live = Some(LiveIntent {
                    id,
                    amount_minor: row.get("amount_minor")?,
                    baseline: json::<Baseline>(row, "baseline")?,
                });
            } else {
                left.push(id);
            }
            Ok(())
        },
    )?;
    Ok((live, left))
}

fn open_attempt(db: &Connection, key: &OrderKey) -> Result<Option<Attempt>, StoreError> {
    first(
        db,
        "SELECT * FROM attempts WHERE order_key = ? AND open = 1",
        [key.as_str()],
        attempt,
    )
}

pub(super) fn attempt(row: &Row<'_>) -> Result<Attempt, StoreError> {
    Ok(Attempt {
        number: row.get("number")?,
        token: TokenId::parse(text(row, "token")?)
            .map_err(|_| StoreError::Unreadable("token id"))?,
        on: optional_json::<(IntentId, Baseline)>(row, "confirms")?,
        progress: match text(row, "progress")? {
            "sending" => Progress::Sending,
            "unknown" => Progress::Unknown,
            _ => return Err(StoreError::Unreadable("progress")),
        },
    })
}

pub(super) fn currency(row: &Row<'_>) -> Result<Currency, StoreError> {
    Currency::parse(text(row, "currency")?).ok_or(StoreError::Unreadable("currency"))
}

pub(super) fn order_key(row: &Row<'_>, column: &str) -> Result<OrderKey, StoreError> {
    OrderKey::parse(text(row, column)?).map_err(|_| StoreError::Unreadable("order key"))
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

/// What a column holds, without a copy of it.
pub(super) fn text<'a>(row: &'a Row<'_>, column: &str) -> Result<&'a str, StoreError> {
    let value = row.get_ref(column)?;
    Ok(value.as_str().map_err(rusqlite::Error::from)?)
}

/// The same, where it may hold nothing.
pub(super) fn optional_text<'a>(
    row: &'a Row<'_>,
    column: &str,
) -> Result<Option<&'a str>, StoreError> {
    let value = row.get_ref(column)?;
    Ok(value.as_str_or_null().map_err(rusqlite::Error::from)?)
}

pub(super) fn json<T: DeserializeOwned>(
    row: &Row<'_>,
    column: &'static str,
) -> Result<T, StoreError> {
    optional_json(row, column)?.ok_or(StoreError::Unreadable(column))
}

fn optional_json<T: DeserializeOwned>(
    row: &Row<'_>,
    column: &'static str,
) -> Result<Option<T>, StoreError> {
    optional_text(row, column)?
        .map(|text| serde_json::from_str(text).map_err(|_| StoreError::Unreadable(column)))
        .transpose()
}

pub(super) fn to_json<T: Serialize>(value: &T, what: &'static str) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Unreadable(what))
}
