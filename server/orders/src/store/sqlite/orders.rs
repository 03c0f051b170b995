//! Orders: placing, reading, and the one way to change one.

use checkout::{Cart, CartId, Details, IntentId, Money, News, Order, OrderKey, OrderLine};
use rusqlite::{Connection, params};

use super::rows::{
    all, first, key_and_intent, order_key, order_row, payment_to, progress_to, run, to_json,
};
use super::{SqliteStore, calls, carts, events, rows};
use crate::store::orders::{alarm, message};
use crate::store::{
    Change, CommitError, Happening, OrderRow, Orders, Placed, StoreError, Wanted, random,
};

impl Orders for SqliteStore {
    async fn order(&self, key: &OrderKey) -> Result<Option<Order>, StoreError> {
        let key = key.clone();
        self.readers.read(move |db| rows::order(db, &key)).await
    }

    async fn order_of_intent(&self, id: &IntentId) -> Result<Option<OrderKey>, StoreError> {
        let id = id.clone();
        let find = move |db: &Connection| {
            first(
                db,
                "SELECT order_key FROM intents WHERE id = ?",
                [id.as_str()],
                |row| order_key(row, "order_key"),
            )
        };
        self.readers.read(find).await
    }

    async fn place<E: Send + 'static>(
        &self,
        cart: &CartId,
        now_ms: i64,
        price: impl FnOnce(&Cart) -> Result<(Vec<OrderLine>, Money), E> + Send + 'static,
    ) -> Result<Result<Placed, E>, StoreError> {
        let cart = cart.clone();
        let place = move |db: &Connection| place(db, &cart, now_ms, price);
        self.writer.write(place).await
    }

    async fn set_details(&self, key: &OrderKey, details: &Details) -> Result<bool, StoreError> {
        let (key, details) = (key.clone(), details.clone());
        let set = move |db: &Connection| {
            let Some(order) = rows::order(db, &key)?.filter(Order::is_open) else {
                return Ok(false);
            };
            update(
                db,
                &Order {
                    details: Some(details),
                    ..order
                },
            )
        };
        self.writer.write(set).await
    }

    async fn orders(&self, wanted: &Wanted) -> Result<Vec<OrderRow>, StoreError> {
        let wanted = wanted.clone();
        let list = move |db: &Connection| {
            all(
                db,
                "SELECT rowid, key, total_minor, currency, payment, quarantine, created_ms FROM orders \
                 WHERE rowid < ?1 AND created_ms >= ?2 AND created_ms < ?3 AND (?4 IS NULL OR payment = ?4) \
                 ORDER BY rowid DESC LIMIT ?5",
                params![
                    wanted.before.unwrap_or(i64::MAX),
                    wanted.from_ms,
                    wanted.until_ms,
                    wanted.payment,
                    wanted.limit,
                ],
                order_row,
            )
        };
        self.readers.read(list).await
    }

    async fn orders_beginning(&self, start: &str) -> Result<Vec<OrderKey>, StoreError> {
        let start = start.to_owned();
        let find = move |db: &Connection| {
            all(
                db,
                "SELECT key FROM orders WHERE key >= ?1 AND key < ?1 || '~' LIMIT 2",
                [start],
                |row| order_key(row, "key"),
            )
        };
        self.readers.read(find).await
    }

    async fn history(&self, key: &OrderKey) -> Result<Vec<Happening>, StoreError> {
        let key = key.clone();
        let find = move |db: &Connection| {
            all(
                db,
                "SELECT created_ms AS at_ms, 'call' AS what, kind, coalesce(operation, 'attempt ' || number) AS name, \
                 outcome AS detail FROM calls WHERE order_key = ?1 \
                 UNION ALL SELECT raised_ms, 'alarm', 'alarm', '', reason FROM alarms WHERE order_key = ?1 \
                 UNION ALL SELECT created_ms, 'message', kind, CAST(id AS TEXT), CASE WHEN delivered_ms IS NULL THEN NULL ELSE 'delivered' END \
                 FROM outbox WHERE order_key = ?1 \
                 UNION ALL SELECT received_ms, 'event', kind, id, CASE done WHEN 1 THEN 'done' ELSE NULL END FROM events \
                 WHERE intent IN (SELECT id FROM intents WHERE order_key = ?1) ORDER BY at_ms",
                [key.as_str()],
                |row| {
                    Ok(Happening {
                        at_ms: row.get("at_ms")?,
                        what: row.get("what")?,
                        kind: row.get("kind")?,
                        name: row.get("name")?,
                        detail: row.get("detail")?,
                    })
                },
            )
        };
        self.readers.read(find).await
    }

    async fn claim_waiting(
        &self,
        asked_before_ms: i64,
        now_ms: i64,
        limit: u32,
    ) -> Result<Vec<(OrderKey, IntentId)>, StoreError> {
        let claim = move |db: &Connection| {
            let claimed = all(
                db,
                "UPDATE orders SET asked_ms = ? WHERE rowid IN (SELECT rowid FROM orders WHERE payment IN \
                 ('action_needed', 'processing') AND asked_ms <= ? ORDER BY asked_ms LIMIT ?) RETURNING key, \
                 (SELECT id FROM intents WHERE order_key = orders.key AND live = 1) AS intent",
                params![now_ms, asked_before_ms, limit],
                key_and_intent,
            )?;
            Ok(claimed.into_iter().flatten().collect())
        };
        self.writer.write(claim).await
    }

    async fn raise_alarm(
        &self,
        key: &OrderKey,
        reason: &str,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let (key, reason) = (key.clone(), reason.to_owned());
        self.writer
            .write(move |db| raise(db, &key, &reason, now_ms))
            .await
    }

    async fn commit(&self, change: &Change, now_ms: i64) -> Result<(), CommitError> {
        let change = change.clone();
        self.writer
            .write(move |db| commit(db, &change, now_ms))
            .await
    }
}

fn place<E>(
    db: &Connection,
    cart: &CartId,
    now_ms: i64,
    price: impl FnOnce(&Cart) -> Result<(Vec<OrderLine>, Money), E>,
) -> Result<Result<Placed, E>, StoreError> {
    let Some(mut held) = carts::read(db, cart)? else {
        return Ok(Ok(Placed::NoCart));
    };
    let order = match &held.order {
        // One that is over, a cancelled one for example, makes room for the next.
        Some(key) => rows::order(db, key)?.filter(Order::is_unfinished),
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
            update(db, &repriced)?;
            repriced.key
        }
        None => {
            let order = Order::new(OrderKey::from_random(random()?), lines, total);
            insert(db, cart, &order, now_ms)?;
            held.order = Some(order.key.clone());
            carts::write(db, cart, &held)?;
            order.key
        }
    };
    Ok(Ok(Placed::Open(key)))
}

fn commit(db: &Connection, change: &Change, now_ms: i64) -> Result<(), CommitError> {
    let order = &change.order;
    if !update(db, order)? {
        return Err(CommitError::Conflict);
    }
    write_intents(db, order)?;
    if !write_attempt(db, order, change.send_until_ms, now_ms)? {
        return Err(CommitError::TokenUsed);
    }
    for (position, call) in (0..).zip(&change.calls) {
        calls::write_call(db, &order.key, call, position, now_ms, calls::NOBODY)?;
    }
    if let Some((id, outcome)) = &change.call_done {
        calls::write_outcome(db, id, Some(outcome), now_ms)?;
    }
    if let Some(event) = &change.event_done {
        events::done(db, event)?;
    }
    if let Some(news) = &change.news {
        if let News::Settled { .. } = news {
            carts::close(db, &order.key, &order.lines)?;
        }
        if let Some(kind) = message(order, news) {
            run(
                db,
                "INSERT INTO outbox (order_key, kind, created_ms) VALUES (?, ?, ?)",
                params![order.key.as_str(), kind, now_ms],
            )?;
        }
        if let Some(reason) = alarm(news) {
            raise(db, &order.key, &reason, now_ms)?;
        }
    }
    Ok(())
}

fn insert(db: &Connection, cart: &CartId, order: &Order, now_ms: i64) -> Result<(), StoreError> {
    let (payment, notice) = payment_to(&order.payment);
    run(
        db,
        "INSERT INTO orders (key, cart, lines, currency, total_minor, details, payment, notice, next_number, \
         quarantine, version, unfinished, created_ms) VALUES (?, ?, ?, ?, ?, NULL, ?, ?, ?, NULL, ?, 1, ?)",
        params![
            order.key.as_str(),
            cart.as_str(),
            to_json(&order.lines, "lines")?,
            order.total.currency().code(),
            order.total.amount_minor(),
            payment,
            notice,
            order.next_number,
            order.version,
            now_ms,
        ],
    )
    .map(drop)
}

/// Writes the order's own row, one version on; `false` if somebody was first. An order that has let its cart go and
/// reopens, for the bank let the held money go, does not claim the cart again: the next order may have it.
fn update(db: &Connection, order: &Order) -> Result<bool, StoreError> {
    let (payment, notice) = payment_to(&order.payment);
    let details = order
        .details
        .as_ref()
        .map(|details| to_json(details, "details"))
        .transpose()?;
    let updated = run(
        db,
        "UPDATE orders SET lines = ?, total_minor = ?, details = ?, payment = ?, notice = ?, next_number = ?, \
         quarantine = ?, captured_minor = ?, ending = ?, ledger = ?, unfinished = unfinished AND ?, version = version + 1 \
         WHERE key = ? AND version = ?",
        params![
            to_json(&order.lines, "lines")?,
            order.total.amount_minor(),
            details,
            payment,
            notice,
            order.next_number,
            order.quarantine,
            order.captured_minor,
            order.ending,
            to_json(&order.ledger, "ledger")?,
            order.is_unfinished(),
            order.key.as_str(),
            order.version,
        ],
    )?;
    Ok(updated == 1)
}

fn write_intents(db: &Connection, order: &Order) -> Result<(), StoreError> {
    for left in &order.left {
        run(
            db,
            "UPDATE intents SET live = 0 WHERE id = ?",
            [left.as_str()],
        )?;
    }
    let Some(intent) = &order.intent else {
        return Ok(());
    };
    run(
        db,
        "INSERT INTO intents (id, order_key, live, amount_minor, baseline) VALUES (?, ?, 1, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET live = 1, amount_minor = excluded.amount_minor, baseline = excluded.baseline",
        params![
            intent.id.as_str(),
            order.key.as_str(),
            intent.amount_minor,
            to_json(&intent.baseline, "baseline")?,
        ],
    )
    .map(drop)
}

/// Writes the open attempt, or closes the one that was; `false` if its token belongs to another attempt.
fn write_attempt(
    db: &Connection,
    order: &Order,
    send_until_ms: Option<i64>,
    now_ms: i64,
) -> Result<bool, StoreError> {
    let key = order.key.as_str();
    let Some(attempt) = &order.attempt else {
        run(
            db,
            "UPDATE attempts SET open = 0, touched_ms = ? WHERE order_key = ? AND open = 1",
            params![now_ms, key],
        )?;
        return Ok(true);
    };
    let progress = progress_to(attempt.progress);
    let Some(send_until_ms) = send_until_ms else {
        run(
            db,
            "UPDATE attempts SET progress = ?, touched_ms = ? WHERE order_key = ? AND number = ?",
            params![progress, now_ms, key, attempt.number],
        )?;
        return Ok(true);
    };
    let confirms = attempt
        .on
        .as_ref()
        .map(|on| to_json(on, "baseline"))
        .transpose()?;
    let added = run(
        db,
        "INSERT INTO attempts (order_key, number, token, confirms, open, progress, send_until_ms, touched_ms) \
         VALUES (?, ?, ?, ?, 1, ?, ?, ?) ON CONFLICT DO NOTHING",
        params![
            key,
            attempt.number,
            attempt.token.as_str(),
            confirms,
            progress,
            send_until_ms,
            now_ms,
        ],
    )?;
    Ok(added == 1)
}

fn raise(db: &Connection, key: &OrderKey, reason: &str, now_ms: i64) -> Result<(), StoreError> {
    run(
        db,
        "INSERT INTO alarms (order_key, reason, raised_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        params![key.as_str(), reason, now_ms],
    )
    .map(drop)
}
