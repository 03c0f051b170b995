//! The books of a run: the memory store, each of whose answers takes its time, so that a server can die before and
//! after everything it writes. A mutation breaks them on purpose.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use checkout::{
    Cart, CartId, Currency, Details, IntentId, Money, Order, OrderKey, OrderLine, Payment, ShopId,
};
use orders::{
    Calls, Carts, Change, CommitError, Events, Happening, HeldCart, MemoryStore, NewCall,
    OpenAttempt, OrderRow, OrderStore, Orders, Outbox, OutboxRow, PendingEvent, Placed, StoreError,
    StoredOperation, Wanted,
};
use stripe_rest::webhook::Verified;

use crate::anomaly::{self, Anomaly};
use crate::chance;
use crate::mutation::Mutation;
use crate::network::Network;
use crate::violation;

/// Books that take their time.
#[derive(Clone)]
pub struct Books {
    inner: MemoryStore,
    mutation: Option<Mutation>,
    network: Network,
    /// Orders as they were before their open attempt, for [`Mutation::StoredAfterwards`].
    before_attempts: Arc<Mutex<HashMap<OrderKey, Order>>>,
}

impl Books {
    pub fn new(shop: ShopId, mutation: Option<Mutation>, network: Network) -> Books {
        Books {
            inner: MemoryStore::new(shop),
            mutation,
            network,
            before_attempts: Arc::default(),
        }
    }

    /// The books at once, for whoever checks them.
    pub fn at_once(&self) -> &MemoryStore {
        &self.inner
    }

    /// While an attempt's call is under way, nobody may say that it failed.
    fn check_closed(&self, open: &OpenAttempt, after: &Order) {
        let says_so = matches!(after.payment, Payment::Open { .. }) && after.intent.is_some();
        let under_way = open
            .next_call
            .as_ref()
            .is_some_and(|call| self.network.is_under_way(&call.id));
        if says_so && under_way && chance::now_ms() < open.send_until_ms {
            violation::note(format!(
                "{}: attempt {} was closed while its call was under way",
                after.key.reference(),
                open.attempt.number
            ));
        }
    }

    fn is(&self, mutation: Mutation) -> bool {
        self.mutation == Some(mutation)
    }

    /// Forgets every attempt whose answer was never written: a mistake.
    async fn forget_attempts(&self) -> Result<(), StoreError> {
        let forgotten: Vec<_> = {
            let mut before = self.before_attempts.lock();
            let before = before
                .as_deref_mut()
                .map_err(|_| StoreError::Unreadable("lock"))?;
            before.drain().collect()
        };
        for (key, before) in forgotten {
            if let Some(order) = self.inner.order(&key).await? {
                let change = Change::of(Order {
                    version: order.version,
                    next_number: order.next_number,
                    ..before
                });
                // Nobody else is there at a start.
                drop(self.inner.commit(&change, chance::now_ms()).await);
            }
        }
        Ok(())
    }

    /// Notes what an order was before an attempt began, until that is over.
    fn remember(&self, before: &Order, change: &Change) {
        let mut kept = self
            .before_attempts
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if change.send_until_ms.is_some() {
            kept.insert(before.key.clone(), before.clone());
        } else if change.order.attempt.is_none() {
            kept.remove(&before.key);
        }
    }

    /// The change as a mutation makes it.
    async fn mutated(&self, before: Option<&Order>, change: &Change) -> Result<Change, StoreError> {
        let mut mutated = Change {
            order: change.order.clone(),
            news: change.news.clone(),
            calls: change.calls.clone(),
            send_until_ms: change.send_until_ms,
            call_done: change.call_done.clone(),
            event_done: change.event_done.clone(),
        };
        match (self.mutation, before) {
            (Some(Mutation::VersionIgnored), Some(before)) => {
                mutated.order.version = before.version;
            }
            (Some(Mutation::ReturnForgotten), _) if change.send_until_ms.is_none() => {
                mutated.calls.clear();
            }
            (Some(Mutation::OperationRepeated), _) => {
                for call in &mut mutated.calls {
                    if let Some(name) = &call.operation
                        && self.inner.operation(name).await?.is_some()
                    {
                        call.operation = Some(format!("{name}-{}", chance::any()));
                    }
                }
            }
            _ => {}
        }
        Ok(mutated)
    }
}

async fn pause() {
    if chance::percent(50) {
        chance::pass_ms(chance::within(0..=3)).await;
    }
}

macro_rules! slowly {
    ($asked:expr) => {{
        pause().await;
        if anomaly::strikes(Anomaly::Books) {
            return Err(StoreError::Unreadable("answer").into());
        }
        let answer = $asked.await;
        pause().await;
        answer
    }};
}

impl OrderStore for Books {
    fn shop(&self) -> &ShopId {
        self.inner.shop()
    }

    async fn take_over(&self) -> Result<(), StoreError> {
        self.forget_attempts().await?;
        slowly!(self.inner.take_over())
    }

    async fn ping(&self) -> Result<(), StoreError> {
        slowly!(self.inner.ping())
    }

    async fn close(&self) {}
}

impl Carts for Books {
    async fn cart(&self, id: &CartId) -> Result<Option<HeldCart>, StoreError> {
        slowly!(self.inner.cart(id))
    }

    async fn change_cart<E: Send + 'static>(
        &self,
        id: &CartId,
        currency: Currency,
        change: impl FnOnce(&mut HeldCart) -> Result<(), E> + Send + 'static,
    ) -> Result<Result<HeldCart, E>, StoreError> {
        slowly!(self.inner.change_cart(id, currency, change))
    }
}

impl Orders for Books {
    async fn order(&self, key: &OrderKey) -> Result<Option<Order>, StoreError> {
        let mut order = slowly!(self.inner.order(key));
        if let (Ok(Some(order)), true) = (&mut order, self.is(Mutation::BaselineIgnored))
            && let Some(attempt) = &mut order.attempt
            && let Some((_, baseline)) = &mut attempt.on
        {
            baseline.last_error = None;
            baseline.latest_charge = None;
        }
        order
    }

    async fn order_of_intent(&self, id: &IntentId) -> Result<Option<OrderKey>, StoreError> {
        slowly!(self.inner.order_of_intent(id))
    }

    async fn place<E: Send + 'static>(
        &self,
        cart: &CartId,
        now_ms: i64,
        price: impl FnOnce(&Cart) -> Result<(Vec<OrderLine>, Money), E> + Send + 'static,
    ) -> Result<Result<Placed, E>, StoreError> {
        slowly!(self.inner.place(cart, now_ms, price))
    }

    async fn set_details(&self, key: &OrderKey, details: &Details) -> Result<bool, StoreError> {
        slowly!(self.inner.set_details(key, details))
    }

    async fn orders(&self, wanted: &Wanted) -> Result<Vec<OrderRow>, StoreError> {
        slowly!(self.inner.orders(wanted))
    }

    async fn orders_beginning(&self, start: &str) -> Result<Vec<OrderKey>, StoreError> {
        slowly!(self.inner.orders_beginning(start))
    }

    async fn history(&self, key: &OrderKey) -> Result<Vec<Happening>, StoreError> {
        slowly!(self.inner.history(key))
    }

    async fn claim_waiting(
        &self,
        asked_before_ms: i64,
        now_ms: i64,
        limit: u32,
    ) -> Result<Vec<(OrderKey, IntentId)>, StoreError> {
        slowly!(self.inner.claim_waiting(asked_before_ms, now_ms, limit))
    }

    async fn raise_alarm(
        &self,
        key: &OrderKey,
        reason: &str,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        slowly!(self.inner.raise_alarm(key, reason, now_ms))
    }

    async fn commit(&self, change: &Change, now_ms: i64) -> Result<(), CommitError> {
        pause().await;
        if anomaly::strikes(Anomaly::Books) {
            return Err(StoreError::Unreadable("answer").into());
        }
        let before = self.inner.order(&change.order.key).await?;
        let change = &self.mutated(before.as_ref(), change).await?;
        let open = match before.as_ref().and_then(|before| before.attempt.as_ref()) {
            Some(attempt) => {
                self.inner
                    .open_attempt(&change.order.key, attempt.number)
                    .await?
            }
            None => None,
        };
        let written = self.inner.commit(change, now_ms).await;
        if let (Some(open), Ok(())) = (open, &written) {
            self.check_closed(&open, &change.order);
        }
        if let (Some(before), Ok(())) = (before, &written) {
            let order = &change.order;
            if self.is(Mutation::StoredAfterwards) {
                self.remember(&before, change);
            }
            if let Some(until_ms) = change.send_until_ms {
                let calls = change.calls.iter().map(|call| call.id.as_str());
                self.network.expect(order.key.as_str(), calls, until_ms);
            }
            chance::trace(|| {
                format!(
                    "order {} {:?} -> {:?}{}",
                    order.key.reference(),
                    before.payment,
                    order.payment,
                    if order.quarantine.is_some() {
                        " HELD"
                    } else {
                        ""
                    }
                )
            });
            check_move(&before, order);
        }
        pause().await;
        written
    }
}

/// A payment's state never moves back; what was taken never grows beyond what was held, nor shrinks.
fn check_move(before: &Order, after: &Order) {
    let rank = |order: &Order| match order.payment {
        Payment::Open { .. } | Payment::Paying | Payment::ActionNeeded | Payment::Processing => 0,
        Payment::Authorised => 1,
        Payment::Paid | Payment::Cancelled => 2,
    };
    // What was held and let go reopens: the one way back there is.
    let released = before.payment == Payment::Authorised
        && matches!(after.payment, Payment::Open { .. })
        && after.intent.is_none();
    if rank(after) < rank(before) && !released {
        violation::note(format!(
            "{:?} moved back to {:?}",
            before.payment, after.payment
        ));
    }
    if before.payment == Payment::Paid && after.payment != Payment::Paid {
        violation::note(format!("a paid order became {:?}", after.payment));
    }
    let total = after.total.amount_minor();
    let taken = after.captured_minor;
    if let (Payment::Paid, Some(intent)) = (&after.payment, &after.intent) {
        let back = after.ledger.refunded_minor(&intent.id);
        if back > taken {
            violation::note(format!("{back} refunded of {taken}"));
        }
    }
    if taken > total || taken < before.captured_minor {
        violation::note(format!(
            "captured {} after {} of {total}",
            after.captured_minor, before.captured_minor
        ));
    }
}

impl Calls for Books {
    async fn open_attempt(
        &self,
        key: &OrderKey,
        number: u32,
    ) -> Result<Option<OpenAttempt>, StoreError> {
        let mut open = slowly!(self.inner.open_attempt(key, number));
        if let (Ok(Some(open)), true) = (&mut open, self.is(Mutation::SentForEver)) {
            open.send_until_ms = i64::MAX;
        }
        open
    }

    async fn claim_attempts(
        &self,
        idle_since_ms: i64,
        now_ms: i64,
        limit: u32,
    ) -> Result<Vec<(OrderKey, u32)>, StoreError> {
        if self.is(Mutation::OrphansForgotten) {
            return Ok(Vec::new());
        }
        slowly!(self.inner.claim_attempts(idle_since_ms, now_ms, limit))
    }

    async fn touch_attempt(
        &self,
        key: &OrderKey,
        number: u32,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        slowly!(self.inner.touch_attempt(key, number, now_ms))
    }

    async fn note_unused(
        &self,
        key: &OrderKey,
        number: u32,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        slowly!(self.inner.note_unused(key, number, now_ms))
    }

    async fn store_operation(
        &self,
        key: &OrderKey,
        call: &NewCall,
        now_ms: i64,
    ) -> Result<StoredOperation, StoreError> {
        slowly!(self.inner.store_operation(key, call, now_ms))
    }

    async fn operation(&self, name: &str) -> Result<Option<StoredOperation>, StoreError> {
        let stored = slowly!(self.inner.operation(name));
        let forgets = self.is(Mutation::OperationRepeated);
        stored.map(|stored| stored.filter(|it| !forgets || it.outcome.is_none()))
    }

    async fn open_operations(&self, key: &OrderKey) -> Result<Vec<StoredOperation>, StoreError> {
        slowly!(self.inner.open_operations(key))
    }

    async fn claim_operations(
        &self,
        idle_since_ms: i64,
        now_ms: i64,
        limit: u32,
    ) -> Result<Vec<StoredOperation>, StoreError> {
        slowly!(self.inner.claim_operations(idle_since_ms, now_ms, limit))
    }

    async fn note_call(
        &self,
        id: &str,
        outcome: Option<&str>,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        slowly!(self.inner.note_call(id, outcome, now_ms))
    }
}

impl Events for Books {
    async fn receive(&self, verified: &Verified, now_ms: i64) -> Result<bool, StoreError> {
        slowly!(self.inner.receive(verified, now_ms))
    }

    async fn claim_events(
        &self,
        now_ms: i64,
        until_ms: i64,
        limit: u32,
    ) -> Result<Vec<PendingEvent>, StoreError> {
        let claimed = slowly!(self.inner.claim_events(now_ms, until_ms, limit));
        if let (Ok(claimed), true) = (&claimed, self.is(Mutation::EventsSkipped)) {
            for event in claimed {
                self.inner.event_done(&event.id).await?;
            }
            return Ok(Vec::new());
        }
        claimed
    }

    async fn event_done(&self, id: &str) -> Result<(), StoreError> {
        slowly!(self.inner.event_done(id))
    }

    async fn event_later(&self, id: &str, next_try_ms: i64) -> Result<(), StoreError> {
        slowly!(self.inner.event_later(id, next_try_ms))
    }
}

impl Outbox for Books {
    async fn claim_messages(
        &self,
        now_ms: i64,
        until_ms: i64,
        limit: u32,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        slowly!(self.inner.claim_messages(now_ms, until_ms, limit))
    }

    async fn message_later(&self, id: i64, next_try_ms: i64) -> Result<(), StoreError> {
        slowly!(self.inner.message_later(id, next_try_ms))
    }

    async fn delivered(&self, id: i64, now_ms: i64) -> Result<(), StoreError> {
        slowly!(self.inner.delivered(id, now_ms))
    }
}
