//! What is done behind the shopper's back: pending events, attempts whose server died, operations, the outbox.
//! Each function takes one batch and returns; the server decides when.

use stripe_rest::{GetError, Reply};
use tokio::task::JoinSet;

use crate::calls::CallKind;
use crate::payments::{PayError, Payments};
use crate::store::{OutboxRow, PendingEvent, StoreError};

/// How many of each are taken at once.
const BATCH: u32 = 50;
/// An attempt that nobody touched for so long has nobody: one sending takes 30 s at most.
const IDLE_MS: i64 = 45_000;
/// How long an operation rests before it is tried again.
const OPERATION_REST_MS: i64 = 15_000;
/// The longest rest of an event that could not be worked.
const EVENT_REST_MAX_MS: i64 = 10 * 60 * 1000;

impl Payments {
    /// Works events that are due; `true` if there may be more.
    ///
    /// # Errors
    /// The books failed.
    pub async fn work_events(&self) -> Result<bool, StoreError> {
        let events = self.store().pending_events(self.now_ms(), BATCH).await?;
        for event in &events {
            self.work_event(event).await?;
        }
        Ok(events.len() == BATCH as usize)
    }

    async fn work_event(&self, event: &PendingEvent) -> Result<(), StoreError> {
        let store = self.store();
        let Some(intent) = event
            .intent
            .as_ref()
            .filter(|_| event.kind.starts_with("payment_intent."))
        else {
            return store.event_done(&event.id).await;
        };
        let key = match store.order_of_intent(intent).await? {
            Some(key) => Some(key),
            None => event.order.clone(),
        };
        // Another shop on the same Stripe account.
        let Some(key) = key else {
            return store.event_done(&event.id).await;
        };
        match self.refresh(&key, intent, Some(&event.id)).await {
            Ok(seen) => {
                tracing::info!(event = event.id, kind = event.kind, order = key.reference(), payment = ?seen.order.payment, "worked an event");
                Ok(())
            }
            Err(PayError::NoSuchOrder | PayError::Stripe(GetError::NotFound(_))) => {
                tracing::warn!(event = event.id, kind = event.kind, %intent, "an event about nothing of ours");
                store.event_done(&event.id).await
            }
            Err(PayError::Store(error)) => Err(error),
            Err(error @ (PayError::Stripe(_) | PayError::Busy | PayError::TokenUsed)) => {
                let rest_ms = (1_000 << event.tries.min(20)).min(EVENT_REST_MAX_MS);
                tracing::warn!(event = event.id, kind = event.kind, order = key.reference(), %error, rest_ms, "an event must wait");
                store.event_later(&event.id, self.now_ms() + rest_ms).await
            }
        }
    }

    /// Takes up open attempts that nobody works on, all at once: after a start every one, later those left alone
    /// for a while.
    ///
    /// # Errors
    /// The books failed.
    pub async fn work_attempts(&self, just_started: bool) -> Result<(), StoreError> {
        let before_ms = if just_started {
            i64::MAX
        } else {
            self.now_ms() - IDLE_MS
        };
        let mut taken = JoinSet::new();
        for (key, number) in self.store().idle_attempts(before_ms, BATCH).await? {
            self.store()
                .touch_attempt(&key, number, self.now_ms())
                .await?;
            let payments = self.clone();
            taken.spawn(async move {
                if let Err(error) = payments.take_up(&key, number).await {
                    tracing::warn!(order = key.reference(), attempt = number, %error, "an attempt stays open");
                }
            });
        }
        while let Some(ended) = taken.join_next().await {
            if let Err(error) = ended {
                tracing::error!(%error, "the work on an attempt died");
            }
        }
        Ok(())
    }

    /// Makes stored cancellations and refunds.
    ///
    /// # Errors
    /// The books failed.
    pub async fn work_operations(&self, just_started: bool) -> Result<(), StoreError> {
        let now_ms = self.now_ms();
        let before_ms = if just_started {
            now_ms
        } else {
            now_ms - OPERATION_REST_MS
        };
        for open in self.store().open_operations(before_ms, BATCH).await? {
            let call = &open.call;
            let reply = self.stripe().post(&call.call()).await;
            let outcome = (!reply.may_send_again()).then(|| reply.to_string());
            self.store()
                .note_call(&call.id, outcome.as_deref(), self.now_ms())
                .await?;
            match (&reply, call.kind) {
                (Reply::Done(_), _) | (_, CallKind::Cancel) => {
                    tracing::info!(order = open.key.reference(), call = call.kind.name(), intent = ?call.intent, %reply, "operation");
                }
                _ => {
                    tracing::error!(order = open.key.reference(), call = call.kind.name(), intent = ?call.intent, %reply, "operation")
                }
            }
        }
        Ok(())
    }

    /// What the shop has not been told yet.
    ///
    /// # Errors
    /// The books failed.
    pub async fn undelivered(&self) -> Result<Vec<OutboxRow>, StoreError> {
        self.store().undelivered(BATCH).await
    }

    /// Notes that the shop was told.
    ///
    /// # Errors
    /// The books failed.
    pub async fn delivered(&self, row: &OutboxRow) -> Result<(), StoreError> {
        self.store().delivered(row.id, self.now_ms()).await
    }
}
