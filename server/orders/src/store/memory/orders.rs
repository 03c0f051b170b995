//! Orders: placing, reading, and the one way to change one.

use checkout::{Cart, CartId, Details, IntentId, Money, News, Order, OrderKey, OrderLine, Payment};

use super::{AttemptEntry, Books, MemoryStore, MessageEntry, OrderEntry};
use crate::store::orders::{alarm, message, payment_name};
use crate::store::{
    Change, CommitError, Happening, OrderRow, Orders, OutboxRow, Placed, StoreError, Wanted, random,
};

impl Orders for MemoryStore {
    async fn order(&self, key: &OrderKey) -> Result<Option<Order>, StoreError> {
        Ok(self.books().order(key))
    }

    async fn order_of_intent(&self, id: &IntentId) -> Result<Option<OrderKey>, StoreError> {
        Ok(self.books().owner(id).cloned())
    }

    async fn place<E: Send + 'static>(
        &self,
        cart: &CartId,
        now_ms: i64,
        price: impl FnOnce(&Cart) -> Result<(Vec<OrderLine>, Money), E> + Send + 'static,
    ) -> Result<Result<Placed, E>, StoreError> {
        let mut books = self.books();
        let Some(mut held) = books.carts.get(cart).cloned() else {
            return Ok(Ok(Placed::NoCart));
        };
        let order = held
            .order
            .as_ref()
            .and_then(|key| books.order(key))
            .filter(Order::is_unfinished);
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
                let key = order.key.clone();
                books.update(Order {
                    lines,
                    total,
                    ..order
                });
                key
            }
            None => {
                let order = Order::new(OrderKey::from_random(random()?), lines, total);
                let key = order.key.clone();
                books.orders.push(OrderEntry {
                    order,
                    created_ms: now_ms,
                    asked_ms: 0,
                });
                held.order = Some(key.clone());
                books.carts.insert(cart.clone(), held);
                key
            }
        };
        Ok(Ok(Placed::Open(key)))
    }

    async fn set_details(&self, key: &OrderKey, details: &Details) -> Result<bool, StoreError> {
        let mut books = self.books();
        let Some(order) = books.order(key).filter(Order::is_open) else {
            return Ok(false);
        };
        Ok(books.update(Order {
            details: Some(details.clone()),
            ..order
        }))
    }

    async fn orders(&self, wanted: &Wanted) -> Result<Vec<OrderRow>, StoreError> {
        let books = self.books();
        let count = i64::try_from(books.orders.len()).unwrap_or(i64::MAX);
        let rows = books.orders.iter().rev().zip((1..=count).rev());
        Ok(rows
            .filter(|(_, place)| wanted.before.is_none_or(|before| *place < before))
            .filter(|(entry, _)| {
                (wanted.from_ms..wanted.until_ms).contains(&entry.created_ms)
                    && wanted
                        .payment
                        .as_deref()
                        .is_none_or(|name| name == payment_name(&entry.order.payment))
            })
            .take(wanted.limit as usize)
            .map(|(entry, place)| OrderRow {
                place,
                key: entry.order.key.clone(),
                total: entry.order.total,
                payment: payment_name(&entry.order.payment).to_owned(),
                quarantine: entry.order.quarantine.clone(),
                created_ms: entry.created_ms,
            })
            .collect())
    }

    async fn orders_beginning(&self, start: &str) -> Result<Vec<OrderKey>, StoreError> {
        let books = self.books();
        let keys = books.orders.iter().map(|entry| &entry.order.key);
        Ok(keys
            .filter(|key| key.as_str().starts_with(start))
            .take(2)
            .cloned()
            .collect())
    }

    async fn history(&self, key: &OrderKey) -> Result<Vec<Happening>, StoreError> {
        let books = self.books();
        let calls = books.calls.iter().filter(|entry| entry.stored.key == *key);
        let mut history: Vec<_> = calls
            .map(|entry| {
                let call = &entry.stored.call;
                let attempt = || format!("attempt {}", call.number.unwrap_or_default());
                Happening {
                    at_ms: entry.stored.created_ms,
                    what: "call".to_owned(),
                    kind: call.kind.name().to_owned(),
                    name: call.operation.clone().unwrap_or_else(attempt),
                    detail: entry.stored.outcome.clone(),
                }
            })
            .collect();
        let alarms = books.alarms.iter().filter(|(of, ..)| of == key);
        history.extend(alarms.map(|(_, reason, at_ms)| Happening {
            at_ms: *at_ms,
            what: "alarm".to_owned(),
            kind: "alarm".to_owned(),
            name: String::new(),
            detail: Some(reason.clone()),
        }));
        let messages = books.outbox.iter().filter(|entry| entry.row.key == *key);
        history.extend(messages.map(|entry| Happening {
            at_ms: entry.created_ms,
            what: "message".to_owned(),
            kind: entry.row.kind.clone(),
            name: entry.row.id.to_string(),
            detail: entry.delivered_ms.map(|_| "delivered".to_owned()),
        }));
        let events = books.events.iter().filter(|entry| {
            let intent = entry.event.intent.as_ref();
            intent.and_then(|intent| books.owner(intent)) == Some(key)
        });
        history.extend(events.map(|entry| Happening {
            at_ms: entry.received_ms,
            what: "event".to_owned(),
            kind: entry.event.kind.clone(),
            name: entry.event.id.clone(),
            detail: entry.done.then(|| "done".to_owned()),
        }));
        history.sort_by_key(|line| line.at_ms);
        Ok(history)
    }

    async fn claim_waiting(
        &self,
        asked_before_ms: i64,
        now_ms: i64,
        limit: u32,
    ) -> Result<Vec<(OrderKey, IntentId)>, StoreError> {
        let mut books = self.books();
        let waiting = books.orders.iter_mut().filter(|entry| {
            matches!(
                entry.order.payment,
                Payment::ActionNeeded | Payment::Processing
            ) && entry.asked_ms <= asked_before_ms
        });
        let claimed = super::oldest(waiting.collect(), |entry| entry.asked_ms, limit);
        Ok(claimed
            .into_iter()
            .filter_map(|entry| {
                entry.asked_ms = now_ms;
                let intent = entry.order.intent.as_ref()?;
                Some((entry.order.key.clone(), intent.id.clone()))
            })
            .collect())
    }

    async fn raise_alarm(
        &self,
        key: &OrderKey,
        reason: &str,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        self.books().raise(key, reason, now_ms);
        Ok(())
    }

    async fn commit(&self, change: &Change, now_ms: i64) -> Result<(), CommitError> {
        let mut books = self.books();
        let order = &change.order;
        if books.order(&order.key).map(|known| known.version) != Some(order.version) {
            return Err(CommitError::Conflict);
        }
        if !books.write_attempt(order, change.send_until_ms, now_ms) {
            return Err(CommitError::TokenUsed);
        }
        books.update(order.clone());
        for (position, call) in (0..).zip(&change.calls) {
            books.write_call(&order.key, call, position, now_ms, 0);
        }
        if let Some((id, outcome)) = &change.call_done {
            books.write_outcome(id, Some(outcome), now_ms);
        }
        if let Some(id) = &change.event_done {
            books.event_done(id);
        }
        if let Some(news) = &change.news {
            if let News::Settled { .. } = news {
                books.close_cart(order);
            }
            if let Some(kind) = message(order, news) {
                books.tell(&order.key, kind, now_ms);
            }
            if let Some(reason) = alarm(news) {
                books.raise(&order.key, &reason, now_ms);
            }
        }
        Ok(())
    }
}

impl Books {
    /// Writes the order's own row, one version on; `false` if somebody was first.
    fn update(&mut self, order: Order) -> bool {
        match self.entry_mut(&order.key) {
            Some(entry) if entry.order.version == order.version => {
                entry.order = Order {
                    attempt: None,
                    version: order.version + 1,
                    ..order
                };
                true
            }
            _ => false,
        }
    }

    /// Writes the open attempt, or closes the one that was; `false` if its token belongs to another attempt.
    fn write_attempt(&mut self, order: &Order, send_until_ms: Option<i64>, now_ms: i64) -> bool {
        let Some(attempt) = &order.attempt else {
            let open = |entry: &&mut AttemptEntry| entry.open && entry.key == order.key;
            for entry in self.attempts.iter_mut().filter(open) {
                (entry.open, entry.touched_ms) = (false, now_ms);
            }
            return true;
        };
        let same =
            |entry: &AttemptEntry| entry.key == order.key && entry.attempt.number == attempt.number;
        let Some(send_until_ms) = send_until_ms else {
            if let Some(entry) = self.attempts.iter_mut().find(|entry| same(entry)) {
                entry.attempt.progress = attempt.progress;
                entry.touched_ms = now_ms;
            }
            return true;
        };
        let taken = |entry: &AttemptEntry| same(entry) || entry.attempt.token == attempt.token;
        if self.attempts.iter().any(taken) {
            return false;
        }
        self.attempts.push(AttemptEntry {
            key: order.key.clone(),
            attempt: attempt.clone(),
            open: true,
            send_until_ms,
            touched_ms: now_ms,
            unused_since_ms: None,
        });
        true
    }

    /// Takes a paid order's lines out of its cart; what was added meanwhile stays for the next order.
    fn close_cart(&mut self, order: &Order) {
        let mut carts = self.carts.values_mut();
        if let Some(held) = carts.find(|held| held.order.as_ref() == Some(&order.key)) {
            held.cart.remove_ordered(&order.lines);
            held.order = None;
        }
    }

    fn tell(&mut self, key: &OrderKey, kind: &str, now_ms: i64) {
        let id = i64::try_from(self.outbox.len()).unwrap_or(i64::MAX - 1) + 1;
        self.outbox.push(MessageEntry {
            row: OutboxRow {
                id,
                key: key.clone(),
                kind: kind.to_owned(),
                tries: 0,
            },
            created_ms: now_ms,
            next_try_ms: 0,
            delivered_ms: None,
        });
    }

    fn raise(&mut self, key: &OrderKey, reason: &str, now_ms: i64) {
        let known = |(of, said, _): &(OrderKey, String, i64)| of == key && said == reason;
        if !self.alarms.iter().any(known) {
            self.alarms.push((key.clone(), reason.to_owned(), now_ms));
        }
    }
}
