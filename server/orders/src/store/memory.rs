//! The books in memory: for simulations and tests. What was committed is there for every clone; nothing else ever is,
//! for each function is done at once or not at all.

mod calls;
mod carts;
mod events;
mod orders;
mod outbox;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use checkout::{Attempt, CartId, IntentId, Order, OrderKey, ShopId};

use super::{HeldCart, OrderStore, OutboxRow, PendingEvent, StoreError, StoredOperation};

/// Books that live as long as their last clone.
#[derive(Debug, Clone)]
pub struct MemoryStore {
    shop: ShopId,
    books: Arc<Mutex<Books>>,
}

#[derive(Debug, Default)]
struct Books {
    carts: BTreeMap<CartId, HeldCart>,
    /// Without their attempts, which have rows of their own.
    orders: Vec<OrderEntry>,
    attempts: Vec<AttemptEntry>,
    calls: Vec<CallEntry>,
    events: Vec<EventEntry>,
    outbox: Vec<MessageEntry>,
    alarms: Vec<(OrderKey, String, i64)>,
}

#[derive(Debug)]
struct OrderEntry {
    order: Order,
    created_ms: i64,
    asked_ms: i64,
}

#[derive(Debug)]
struct AttemptEntry {
    key: OrderKey,
    attempt: Attempt,
    open: bool,
    send_until_ms: i64,
    touched_ms: i64,
    unused_since_ms: Option<i64>,
}

#[derive(Debug)]
struct CallEntry {
    stored: StoredOperation,
    position: u32,
    touched_ms: i64,
}

#[derive(Debug)]
struct EventEntry {
    event: PendingEvent,
    done: bool,
    next_try_ms: i64,
    received_ms: i64,
}

#[derive(Debug)]
struct MessageEntry {
    row: OutboxRow,
    created_ms: i64,
    next_try_ms: i64,
    delivered_ms: Option<i64>,
}

impl MemoryStore {
    /// Empty books of that shop.
    #[must_use]
    pub fn new(shop: ShopId) -> MemoryStore {
        MemoryStore {
            shop,
            books: Arc::default(),
        }
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        // A panic elsewhere left them between two functions, which is a good place.
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OrderStore for MemoryStore {
    fn shop(&self) -> &ShopId {
        &self.shop
    }

    async fn take_over(&self) -> Result<(), StoreError> {
        let mut books = self.books();
        for attempt in &mut books.attempts {
            attempt.touched_ms = 0;
        }
        for call in &mut books.calls {
            call.touched_ms = 0;
        }
        for event in &mut books.events {
            event.next_try_ms = 0;
        }
        for message in &mut books.outbox {
            message.next_try_ms = 0;
        }
        Ok(())
    }

    async fn ping(&self) -> Result<(), StoreError> {
        Ok(())
    }

    async fn close(&self) {}
}

impl Books {
    fn entry(&self, key: &OrderKey) -> Option<&OrderEntry> {
        self.orders.iter().find(|entry| entry.order.key == *key)
    }

    fn entry_mut(&mut self, key: &OrderKey) -> Option<&mut OrderEntry> {
        self.orders.iter_mut().find(|entry| entry.order.key == *key)
    }

    fn order(&self, key: &OrderKey) -> Option<Order> {
        let entry = self.entry(key)?;
        let attempt = self
            .attempts
            .iter()
            .find(|entry| entry.open && entry.key == *key);
        Some(Order {
            attempt: attempt.map(|entry| entry.attempt.clone()),
            ..entry.order.clone()
        })
    }

    /// The order that stands on an intent, or has left it behind.
    fn owner(&self, intent: &IntentId) -> Option<&OrderKey> {
        let owns = |order: &Order| {
            order.intent.as_ref().is_some_and(|live| live.id == *intent)
                || order.left.contains(intent)
        };
        self.orders
            .iter()
            .find(|entry| owns(&entry.order))
            .map(|entry| &entry.order.key)
    }
}

/// The first `limit` of those, the longest untouched first.
fn oldest<T>(mut found: Vec<T>, touched_ms: impl Fn(&T) -> i64, limit: u32) -> Vec<T> {
    found.sort_by_key(touched_ms);
    found.truncate(limit as usize);
    found
}
