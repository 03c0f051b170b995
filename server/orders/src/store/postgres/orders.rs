//! Orders: placing, reading, and the one way to change one.

use checkout::{Cart, CartId, Details, IntentId, Money, News, Order, OrderKey, OrderLine};
use sqlx::{PgConnection, Row};

use super::rows::{payment_to, progress_to, to_json};
use super::{PostgresStore, calls, carts, rows};
use crate::store::orders::{alarm, message};
use crate::store::{
    Change, CommitError, Happening, OrderRow, Orders, Placed, StoreError, Wanted, random,
};

impl Orders for PostgresStore {
    async fn order(&self, key: &OrderKey) -> Result<Option<Order>, StoreError> {
        rows::order(&self.pool, key).await
    }

    async fn order_of_intent(&self, id: &IntentId) -> Result<Option<OrderKey>, StoreError> {
        let key: Option<String> = sqlx::query_scalar("SELECT order_key FROM intents WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(&self.pool)
            .await?;
        key.map(|key| OrderKey::parse(&key).map_err(|_| StoreError::Unreadable("order key")))
            .transpose()
    }

    async fn place<E: Send + 'static>(
        &self,
        cart: &CartId,
        now_ms: i64,
        price: impl FnOnce(&Cart) -> Result<(Vec<OrderLine>, Money), E> + Send + 'static,
    ) -> Result<Result<Placed, E>, StoreError> {
        let mut tx = self.write().await?;
        let Some(mut held) = carts::lock(&mut tx, cart).await? else {
            return Ok(Ok(Placed::NoCart));
        };
        let order = match &held.order {
            // One that is over, a cancelled one for example, makes room for the next.
            Some(key) => lock(&mut tx, key).await?.filter(Order::is_unfinished),
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

    async fn set_details(&self, key: &OrderKey, details: &Details) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let Some(order) = lock(&mut tx, key).await?.filter(Order::is_open) else {
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

    async fn orders(&self, wanted: &Wanted) -> Result<Vec<OrderRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT place, key, total_minor, currency, payment, quarantine, created_ms FROM orders \
             WHERE place < $1 AND created_ms >= $2 AND created_ms < $3 AND ($4::text IS NULL OR payment = $4) \
             ORDER BY place DESC LIMIT $5",
        )
        .bind(wanted.before.unwrap_or(i64::MAX))
        .bind(wanted.from_ms)
        .bind(wanted.until_ms)
        .bind(wanted.payment.as_deref())
        .bind(i64::from(wanted.limit))
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(rows::order_row).collect()
    }

    async fn orders_beginning(&self, start: &str) -> Result<Vec<OrderKey>, StoreError> {
        let keys: Vec<String> = sqlx::query_scalar(
            "SELECT key FROM orders WHERE key >= $1 AND key < $1 || '~' LIMIT 2",
        )
        .bind(start)
        .fetch_all(&self.pool)
        .await?;
        keys.iter()
            .map(|key| OrderKey::parse(key).map_err(|_| StoreError::Unreadable("order key")))
            .collect()
    }

    async fn history(&self, key: &OrderKey) -> Result<Vec<Happening>, StoreError> {
        let rows = sqlx::query(
            "SELECT created_ms AS at_ms, 'call' AS what, kind, coalesce(operation, 'attempt ' || number) AS name, \
             outcome AS detail FROM calls WHERE order_key = $1 \
             UNION ALL SELECT raised_ms, 'alarm', 'alarm', '', reason FROM alarms WHERE order_key = $1 \
             UNION ALL SELECT created_ms, 'message', kind, CAST(id AS TEXT), CASE WHEN delivered_ms IS NOT NULL THEN 'delivered' END \
             FROM outbox WHERE order_key = $1 \
             UNION ALL SELECT received_ms, 'event', kind, id, CASE WHEN done THEN 'done' END FROM events \
             WHERE intent IN (SELECT id FROM intents WHERE order_key = $1) ORDER BY at_ms",
        )
        .bind(key.as_str())
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Happening {
                    at_ms: row.try_get("at_ms")?,
                    what: row.try_get("what")?,
                    kind: row.try_get("kind")?,
                    name: row.try_get("name")?,
                    detail: row.try_get("detail")?,
                })
            })
            .collect()
    }

    async fn claim_waiting(
        &self,
        asked_before_ms: i64,
        now_ms: i64,
        limit: u32,
    ) -> Result<Vec<(OrderKey, IntentId)>, StoreError> {
        let rows = sqlx::query(
            "WITH waiting AS (SELECT key FROM orders WHERE payment IN ('action_needed', 'processing') AND asked_ms <= $2 \
             ORDER BY asked_ms LIMIT $3 FOR UPDATE SKIP LOCKED) UPDATE orders SET asked_ms = $1 FROM waiting \
             WHERE orders.key = waiting.key RETURNING orders.key, \
             (SELECT id FROM intents WHERE order_key = orders.key AND live) AS intent",
        )
        .bind(now_ms)
        .bind(asked_before_ms)
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .filter_map(|row| rows::key_and_intent(row).transpose())
            .collect()
    }

    async fn raise_alarm(
        &self,
        key: &OrderKey,
        reason: &str,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let mut db = self.pool.acquire().await?;
        raise(&mut db, key, reason, now_ms).await
    }

    async fn commit(&self, change: &Change, now_ms: i64) -> Result<(), CommitError> {
        let order = &change.order;
        let mut tx = self.write().await?;
        // Its cart is written last, but locked first: a cart before its order.
        let cart = match change.news {
            Some(News::Settled { .. }) => carts::lock_of_order(&mut tx, &order.key).await?,
            _ => None,
        };
        if !update(&mut tx, order).await? {
            return Err(CommitError::Conflict);
        }
        write_intents(&mut tx, order).await?;
        if !write_attempt(&mut tx, order, change.send_until_ms, now_ms).await? {
            return Err(CommitError::TokenUsed);
        }
        for (position, call) in (0..).zip(&change.calls) {
            calls::write_call(&mut tx, &order.key, call, position, now_ms, calls::NOBODY).await?;
        }
        if let Some((id, outcome)) = &change.call_done {
            calls::write_outcome(&mut tx, id, Some(outcome), now_ms).await?;
        }
        if let Some(event) = &change.event_done {
            sqlx::query("UPDATE events SET done = true WHERE id = $1")
                .bind(event)
                .execute(&mut *tx)
                .await?;
        }
        if let Some(cart) = cart {
            carts::close(&mut tx, cart, &order.lines).await?;
        }
        if let Some(news) = &change.news {
            if let Some(kind) = message(order, news) {
                sqlx::query("INSERT INTO outbox (order_key, kind, created_ms) VALUES ($1, $2, $3)")
                    .bind(order.key.as_str())
                    .bind(kind)
                    .bind(now_ms)
                    .execute(&mut *tx)
                    .await?;
            }
            if let Some(reason) = alarm(news) {
                raise(&mut tx, &order.key, &reason, now_ms).await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }
}

/// The order of that key, which nobody else changes until the transaction ends. Locked first and read then: in one
/// statement, whoever had to wait would see its other rows as they were before.
async fn lock(db: &mut PgConnection, key: &OrderKey) -> Result<Option<Order>, StoreError> {
    sqlx::query("SELECT key FROM orders WHERE key = $1 FOR UPDATE")
        .bind(key.as_str())
        .execute(&mut *db)
        .await?;
    rows::order(db, key).await
}

async fn insert(
    db: &mut PgConnection,
    cart: &CartId,
    order: &Order,
    now_ms: i64,
) -> Result<(), StoreError> {
    let (payment, notice) = payment_to(&order.payment);
    sqlx::query(
        "INSERT INTO orders (key, cart, lines, currency, total_minor, details, payment, notice, next_number, \
         quarantine, version, unfinished, created_ms) VALUES ($1, $2, $3, $4, $5, NULL, $6, $7, $8, NULL, $9, true, $10)",
    )
    .bind(order.key.as_str())
    .bind(cart.as_str())
    .bind(to_json(&order.lines, "lines")?)
    .bind(order.total.currency().code())
    .bind(order.total.amount_minor())
    .bind(payment)
    .bind(notice)
    .bind(i64::from(order.next_number))
    .bind(order.version)
    .bind(now_ms)
    .execute(db)
    .await?;
    Ok(())
}

/// Writes the order's own row, one version on; `false` if somebody was first. An order that has let its cart go and
/// reopens, for the bank let the held money go, does not claim the cart again: the next order may have it.
async fn update(db: &mut PgConnection, order: &Order) -> Result<bool, StoreError> {
    let (payment, notice) = payment_to(&order.payment);
    let details = order
        .details
        .as_ref()
        .map(|details| to_json(details, "details"))
        .transpose()?;
    let done = sqlx::query(
        "UPDATE orders SET lines = $1, total_minor = $2, details = $3, payment = $4, notice = $5, next_number = $6, \
         quarantine = $7, captured_minor = $8, ending = $9, ledger = $10, unfinished = unfinished AND $11, version = version + 1 \
         WHERE key = $12 AND version = $13",
    )
    .bind(to_json(&order.lines, "lines")?)
    .bind(order.total.amount_minor())
    .bind(details)
    .bind(payment)
    .bind(notice)
    .bind(i64::from(order.next_number))
    .bind(order.quarantine.as_deref())
    .bind(order.captured_minor)
    .bind(order.ending)
    .bind(to_json(&order.ledger, "ledger")?)
    .bind(order.is_unfinished())
    .bind(order.key.as_str())
    .bind(order.version)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

async fn write_intents(db: &mut PgConnection, order: &Order) -> Result<(), StoreError> {
    for left in &order.left {
        sqlx::query("UPDATE intents SET live = false WHERE id = $1")
            .bind(left.as_str())
            .execute(&mut *db)
            .await?;
    }
    if let Some(intent) = &order.intent {
        sqlx::query(
            "INSERT INTO intents (id, order_key, live, amount_minor, baseline) VALUES ($1, $2, true, $3, $4) \
             ON CONFLICT (id) DO UPDATE SET live = true, amount_minor = excluded.amount_minor, baseline = excluded.baseline",
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
    db: &mut PgConnection,
    order: &Order,
    send_until_ms: Option<i64>,
    now_ms: i64,
) -> Result<bool, StoreError> {
    let Some(attempt) = &order.attempt else {
        sqlx::query(
            "UPDATE attempts SET open = false, touched_ms = $1 WHERE order_key = $2 AND open",
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
            "UPDATE attempts SET progress = $1, touched_ms = $2 WHERE order_key = $3 AND number = $4",
        )
        .bind(progress)
        .bind(now_ms)
        .bind(order.key.as_str())
        .bind(i64::from(attempt.number))
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
         VALUES ($1, $2, $3, $4, true, $5, $6, $7) ON CONFLICT DO NOTHING",
    )
    .bind(order.key.as_str())
    .bind(i64::from(attempt.number))
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
    db: &mut PgConnection,
    key: &OrderKey,
    reason: &str,
    now_ms: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO alarms (order_key, reason, raised_ms) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    )
    .bind(key.as_str())
    .bind(reason)
    .bind(now_ms)
    .execute(db)
    .await?;
    Ok(())
}
