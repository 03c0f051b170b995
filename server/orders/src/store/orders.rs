//! Orders: placing, reading, and the one way to change one.

use checkout::{CartId, Details, IntentId, Money, News, Order, OrderKey, OrderLine};
use sqlx::SqliteConnection;

use super::rows::{payment_to, progress_to, to_json};
use super::{CommitError, Store, StoreError, carts, random, rows, work};
use crate::calls::NewCall;

/// What `place` found or made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placed {
    /// An order that waits for details or payment, at today's prices.
    Open(OrderKey),
    /// The cart's order is being paid: nothing was changed.
    UnderWay(OrderKey),
    /// There is no such cart.
    NoCart,
}

/// A change to an order, with all that must be written in the same transaction or not at all.
#[derive(Debug)]
pub struct Change {
    /// The order as it is to be, with the version it was read at.
    pub order: Order,
    /// What follows from the fact that changed it.
    pub news: Option<News>,
    /// Calls to store before they are made.
    pub calls: Vec<NewCall>,
    /// A new attempt's last moment to be sent, milliseconds since 1970.
    pub send_until_ms: Option<i64>,
    /// The call whose outcome this is, and the outcome.
    pub call_done: Option<(String, String)>,
    /// The event whose work this is.
    pub event_done: Option<String>,
}

impl Change {
    /// A change of the order alone.
    #[must_use]
    pub fn of(order: Order) -> Change {
        Change {
            order,
            news: None,
            calls: Vec::new(),
            send_until_ms: None,
            call_done: None,
            event_done: None,
        }
    }
}

impl Store {
    /// The order of that key.
    ///
    /// # Errors
    /// The database failed.
    pub async fn order(&self, key: &OrderKey) -> Result<Option<Order>, StoreError> {
        let mut tx = self.readers.begin().await?;
        rows::order(&mut tx, key).await
    }

    /// The order an intent belongs to, if the books know the intent.
    ///
    /// # Errors
    /// The database failed.
    pub async fn order_of_intent(&self, id: &IntentId) -> Result<Option<OrderKey>, StoreError> {
        let key: Option<String> = sqlx::query_scalar("SELECT order_key FROM intents WHERE id = ?")
            .bind(id.as_str())
            .fetch_optional(&self.readers)
            .await?;
        key.map(|key| OrderKey::parse(&key).map_err(|_| StoreError::Unreadable("order key")))
            .transpose()
    }

    /// The cart's unfinished order at the prices `price` finds, or a new one. One per cart, whoever asks and
    /// however often.
    ///
    /// # Errors
    /// The database failed; inside, what `price` said.
    pub async fn place<E>(
        &self,
        cart: &CartId,
        now_ms: i64,
        price: impl FnOnce(&checkout::Cart) -> Result<(Vec<OrderLine>, Money), E>,
    ) -> Result<Result<Placed, E>, StoreError> {
        let mut tx = self.write().await?;
        let Some(mut held) = carts::read(&mut tx, cart).await? else {
            return Ok(Ok(Placed::NoCart));
        };
        let order = match &held.order {
            // One that is over, a cancelled one for example, makes room for the next.
            Some(key) => rows::order(&mut tx, key)
                .await?
                .filter(Order::is_unfinished),
            None => None,
        };
        if let Some(order) = &order
            && !order.is_open()
        {
            return Ok(Ok(Placed::UnderWay(order.key.clone())));
        }
        let (lines, total) = match price(&held.cart) {
            Ok(priced) => priced,
            Err(refused) => return Ok(Err(refused)),
        };
        let key = match order {
            Some(order) if order.lines == lines => order.key,
            Some(order) => {
                let repriced = Order {
                    lines,
                    total,
                    ..order
                };
                update(&mut tx, &repriced).await?;
                repriced.key
            }
            None => {
                let order = Order::new(OrderKey::from_random(random()?), lines, total);
                insert(&mut tx, cart, &order, now_ms).await?;
                held.order = Some(order.key.clone());
                carts::write(&mut tx, cart, &held).await?;
                order.key
            }
        };
        tx.commit().await?;
        Ok(Ok(Placed::Open(key)))
    }

    /// Stores who gets an open order; `false` if it is no longer open.
    ///
    /// # Errors
    /// The database failed.
    pub async fn set_details(&self, key: &OrderKey, details: &Details) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let Some(order) = rows::order(&mut tx, key).await?.filter(Order::is_open) else {
            return Ok(false);
        };
        let order = Order {
            details: Some(details.clone()),
            ..order
        };
        let changed = update(&mut tx, &order).await?;
        tx.commit().await?;
        Ok(changed)
    }

    /// Writes a change, if the order still has the version it was read at.
    ///
    /// # Errors
    /// [`CommitError::Conflict`] if it has not, [`CommitError::TokenUsed`] if its token belongs to another attempt;
    /// nothing is written then.
    pub async fn commit(&self, change: &Change, now_ms: i64) -> Result<(), CommitError> {
        let order = &change.order;
        let mut tx = self.write().await?;
        if !update(&mut tx, order).await? {
            return Err(CommitError::Conflict);
        }
        write_intents(&mut tx, order).await?;
        if !write_attempt(&mut tx, order, change.send_until_ms, now_ms).await? {
            return Err(CommitError::TokenUsed);
        }
        for (position, call) in (0..).zip(&change.calls) {
            work::write_call(&mut tx, &order.key, call, position, now_ms).await?;
        }
        if let Some((id, outcome)) = &change.call_done {
            work::write_outcome(&mut tx, id, Some(outcome), now_ms).await?;
        }
        if let Some(event) = &change.event_done {
            sqlx::query("UPDATE events SET done = 1 WHERE id = ?")
                .bind(event)
                .execute(&mut *tx)
                .await?;
        }
        match &change.news {
            Some(News::Settled { .. }) => {
                carts::close(&mut tx, &order.key, &order.lines).await?;
                sqlx::query(
                    "INSERT INTO outbox (order_key, kind, created_ms) VALUES (?, 'order_paid', ?)",
                )
                .bind(order.key.as_str())
                .bind(now_ms)
                .execute(&mut *tx)
                .await?;
            }
            Some(News::Quarantined { reason }) => raise(&mut tx, order, reason, now_ms).await?,
            Some(News::ReturnMoney { intent, reason, .. }) => {
                raise(&mut tx, order, &format!("{intent}: {reason}"), now_ms).await?;
            }
            None => {}
        }
        tx.commit().await?;
        Ok(())
    }
}

async fn insert(
    db: &mut SqliteConnection,
    cart: &CartId,
    order: &Order,
    now_ms: i64,
) -> Result<(), StoreError> {
    let (payment, notice) = payment_to(&order.payment);
    sqlx::query(
        "INSERT INTO orders (key, cart, lines, currency, total_minor, details, payment, notice, next_number, \
         quarantine, version, unfinished, created_ms) VALUES (?, ?, ?, ?, ?, NULL, ?, ?, ?, NULL, ?, 1, ?)",
    )
    .bind(order.key.as_str())
    .bind(cart.as_str())
    .bind(to_json(&order.lines, "lines")?)
    .bind(order.total.currency().code())
    .bind(order.total.amount_minor())
    .bind(payment)
    .bind(notice)
    .bind(order.next_number)
    .bind(order.version)
    .bind(now_ms)
    .execute(db)
    .await?;
    Ok(())
}

/// Writes the order's own row, one version on; `false` if somebody was first.
async fn update(db: &mut SqliteConnection, order: &Order) -> Result<bool, StoreError> {
    let (payment, notice) = payment_to(&order.payment);
    let details = order
        .details
        .as_ref()
        .map(|details| to_json(details, "details"))
        .transpose()?;
    let done = sqlx::query(
        "UPDATE orders SET lines = ?, total_minor = ?, details = ?, payment = ?, notice = ?, next_number = ?, \
         quarantine = ?, unfinished = ?, version = version + 1 WHERE key = ? AND version = ?",
    )
    .bind(to_json(&order.lines, "lines")?)
    .bind(order.total.amount_minor())
    .bind(details)
    .bind(payment)
    .bind(notice)
    .bind(order.next_number)
    .bind(order.quarantine.as_deref())
    .bind(order.is_unfinished())
    .bind(order.key.as_str())
    .bind(order.version)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

async fn write_intents(db: &mut SqliteConnection, order: &Order) -> Result<(), StoreError> {
    for left in &order.left {
        sqlx::query("UPDATE intents SET live = 0 WHERE id = ?")
            .bind(left.as_str())
            .execute(&mut *db)
            .await?;
    }
    if let Some(intent) = &order.intent {
        sqlx::query(
            "INSERT INTO intents (id, order_key, live, amount_minor, baseline) VALUES (?, ?, 1, ?, ?) \
             ON CONFLICT (id) DO UPDATE SET live = 1, amount_minor = excluded.amount_minor, baseline = excluded.baseline",
        )
        .bind(intent.id.as_str())
        .bind(order.key.as_str())
        .bind(intent.amount_minor)
        .bind(to_json(&intent.baseline, "baseline")?)
        .execute(db)
        .await?;
    }
    Ok(())
}

/// Writes the open attempt, or closes the one that was; `false` if its token belongs to another attempt.
async fn write_attempt(
    db: &mut SqliteConnection,
    order: &Order,
    send_until_ms: Option<i64>,
    now_ms: i64,
) -> Result<bool, StoreError> {
    let Some(attempt) = &order.attempt else {
        sqlx::query(
            "UPDATE attempts SET open = 0, touched_ms = ? WHERE order_key = ? AND open = 1",
        )
        .bind(now_ms)
        .bind(order.key.as_str())
        .execute(db)
        .await?;
        return Ok(true);
    };
    let progress = progress_to(attempt.progress);
    let Some(send_until_ms) = send_until_ms else {
        sqlx::query(
            "UPDATE attempts SET progress = ?, touched_ms = ? WHERE order_key = ? AND number = ?",
        )
        .bind(progress)
        .bind(now_ms)
        .bind(order.key.as_str())
        .bind(attempt.number)
        .execute(db)
        .await?;
        return Ok(true);
    };
    let confirms = attempt
        .on
        .as_ref()
        .map(|on| to_json(on, "baseline"))
        .transpose()?;
    let done = sqlx::query(
        "INSERT INTO attempts (order_key, number, token, confirms, open, progress, send_until_ms, touched_ms) \
         VALUES (?, ?, ?, ?, 1, ?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(order.key.as_str())
    .bind(attempt.number)
    .bind(attempt.token.as_str())
    .bind(confirms)
    .bind(progress)
    .bind(send_until_ms)
    .bind(now_ms)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

async fn raise(
    db: &mut SqliteConnection,
    order: &Order,
    reason: &str,
    now_ms: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO alarms (order_key, reason, raised_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(order.key.as_str())
    .bind(reason)
    .bind(now_ms)
    .execute(db)
    .await?;
    Ok(())
}
