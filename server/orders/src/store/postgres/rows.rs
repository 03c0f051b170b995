//! Rows as values of the core, and back.

use checkout::intent::Baseline;
use checkout::{
    Attempt, Currency, Details, IntentId, Ledger, LiveIntent, Money, Order, OrderKey, OrderLine,
    Payment, Progress, TokenId,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::postgres::PgRow;
use sqlx::{PgExecutor, Row};

use crate::store::orders::payment_name;
use crate::store::{OrderRow, StoreError};

/// An order with its intents and its open attempt, all as of one moment.
pub(super) async fn order(
    db: impl PgExecutor<'_>,
    key: &OrderKey,
) -> Result<Option<Order>, StoreError> {
    let row = sqlx::query(
        "SELECT orders.*, live.id AS live_intent, live.amount_minor, live.baseline, \
         ARRAY(SELECT id FROM intents WHERE order_key = orders.key AND NOT live ORDER BY place) AS left_intents, \
         attempts.number, attempts.token, attempts.confirms, attempts.progress FROM orders \
         LEFT JOIN intents live ON live.order_key = orders.key AND live.live \
         LEFT JOIN attempts ON attempts.order_key = orders.key AND attempts.open WHERE orders.key = $1",
    )
    .bind(key.as_str())
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let left: Vec<String> = row.try_get("left_intents")?;
    let left = left.iter().map(|id| IntentId::parse(id));
    let token: Option<&str> = row.try_get("token")?;
    Ok(Some(Order {
        key: key.clone(),
        lines: json::<Vec<OrderLine>>(&row, "lines")?,
        total: total(&row)?,
        details: optional_json::<Details>(&row, "details")?,
        payment: payment_from(row.try_get("payment")?, row.try_get("notice")?)?,
        intent: live_intent(&row)?,
        left: left
            .collect::<Result<_, _>>()
            .map_err(|_| StoreError::Unreadable("intent id"))?,
        attempt: token.map(|_| attempt(&row)).transpose()?,
        next_number: small(&row, "next_number")?,
        captured_minor: row.try_get("captured_minor")?,
        ending: row.try_get("ending")?,
        ledger: json::<Ledger>(&row, "ledger")?,
        quarantine: row.try_get("quarantine")?,
        version: row.try_get("version")?,
    }))
}

/// An order as it stands in a list.
pub(super) fn order_row(row: &PgRow) -> Result<OrderRow, StoreError> {
    Ok(OrderRow {
        place: row.try_get("place")?,
        key: OrderKey::parse(row.try_get("key")?)
            .map_err(|_| StoreError::Unreadable("order key"))?,
        total: total(row)?,
        payment: row.try_get("payment")?,
        quarantine: row.try_get("quarantine")?,
        created_ms: row.try_get("created_ms")?,
    })
}

/// The order a row of another table belongs to.
pub(super) fn order_key(row: &PgRow) -> Result<OrderKey, StoreError> {
    OrderKey::parse(row.try_get("order_key")?).map_err(|_| StoreError::Unreadable("order key"))
}

/// An order and the intent it stands on, if it stands on one.
pub(super) fn key_and_intent(row: &PgRow) -> Result<Option<(OrderKey, IntentId)>, StoreError> {
    let key =
        OrderKey::parse(row.try_get("key")?).map_err(|_| StoreError::Unreadable("order key"))?;
    let intent = to_intent(row.try_get("intent")?)?;
    Ok(intent.map(|intent| (key, intent)))
}

pub(super) fn attempt(row: &PgRow) -> Result<Attempt, StoreError> {
    Ok(Attempt {
        number: small(row, "number")?,
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

/// A count: PostgreSQL's integers have signs.
pub(super) fn small(row: &PgRow, column: &'static str) -> Result<u32, StoreError> {
    let number: i64 = row.try_get(column)?;
    u32::try_from(number).map_err(|_| StoreError::Unreadable(column))
}

pub(super) fn to_intent(text: Option<&str>) -> Result<Option<IntentId>, StoreError> {
    text.map(IntentId::parse)
        .transpose()
        .map_err(|_| StoreError::Unreadable("intent id"))
}

fn live_intent(row: &PgRow) -> Result<Option<LiveIntent>, StoreError> {
    let Some(id) = to_intent(row.try_get("live_intent")?)? else {
        return Ok(None);
    };
    Ok(Some(LiveIntent {
        id,
        amount_minor: row.try_get("amount_minor")?,
        baseline: json::<Baseline>(row, "baseline")?,
    }))
}

fn total(row: &PgRow) -> Result<Money, StoreError> {
    let currency =
        Currency::parse(row.try_get("currency")?).ok_or(StoreError::Unreadable("currency"))?;
    Money::new(row.try_get("total_minor")?, currency).map_err(|_| StoreError::Unreadable("total"))
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
    row: &PgRow,
    column: &'static str,
) -> Result<T, StoreError> {
    optional_json(row, column)?.ok_or(StoreError::Unreadable(column))
}

fn optional_json<T: DeserializeOwned>(
    row: &PgRow,
    column: &'static str,
) -> Result<Option<T>, StoreError> {
    let text: Option<&str> = row.try_get(column)?;
    text.map(|text| serde_json::from_str(text).map_err(|_| StoreError::Unreadable(column)))
        .transpose()
}

pub(super) fn to_json<T: Serialize>(value: &T, what: &'static str) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Unreadable(what))
}
