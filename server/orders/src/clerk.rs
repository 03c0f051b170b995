//! What is done behind the shopper's back: pending events, attempts whose server died, operations, the outbox.
//! Each function takes one batch and returns; the server decides when.

use checkout::{IntentId, OrderKey};
use stripe_rest::{GetError, Transport};
use tokio::task::JoinSet;

use crate::payments::{PayError, Payments};
use crate::store::{OrderStore, OutboxRow, PendingEvent, StoreError};

/// How many of each are taken at once.
const BATCH: u32 = 50;
/// How long whoever claims events or messages has them to himself. If he dies, another gets them then.
const CLAIM_MS: i64 = 5 * 60 * 1000;
/// An attempt or operation that nobody touched for so long has nobody: one sending takes 30 s at most.
pub const IDLE_MS: i64 = 45_000;
/// How often Stripe is asked about an order that waits for a bank, or for money under way. Webhooks tell sooner.
pub const WAITING_MS: i64 = 10 * 60 * 1000;
/// The longest rest of an event that could not be worked.
const EVENT_REST_MAX_MS: i64 = 10 * 60 * 1000;

/// What an event is a hint to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Concern {
    Intent,
    Refunds,
    Dispute,
    FraudWarning,
}

impl Concern {
    /// None for what moves nothing here: it is stored, and done.
    fn of(kind: &str) -> Option<Concern> {
        match kind {
            "charge.refunded" | "charge.refund.updated" => Some(Concern::Refunds),
            "radar.early_fraud_warning.created" => Some(Concern::FraudWarning),
            _ if kind.starts_with("payment_intent.") => Some(Concern::Intent),
            _ if kind.starts_with("refund.") => Some(Concern::Refunds),
            _ if kind.starts_with("charge.dispute.") => Some(Concern::Dispute),
            _ => None,
        }
    }
}

impl<S: OrderStore, T: Transport> Payments<S, T> {
    /// Works events that are due, and tells how many: what they lead to may be work for others.
    ///
    /// # Errors
    /// The books failed.
    pub async fn work_events(&self) -> Result<usize, StoreError> {
        let now_ms = self.now_ms();
        let events = self
            .store()
            .claim_events(now_ms, now_ms + CLAIM_MS, BATCH)
            .await?;
        for event in &events {
            self.work_event(event).await?;
        }
        Ok(events.len())
    }

    async fn work_event(&self, event: &PendingEvent) -> Result<(), StoreError> {
        let store = self.store();
        let concern = Concern::of(&event.kind);
        let (Some(intent), Some(concern)) = (&event.intent, concern) else {
            return store.event_done(&event.id).await;
        };
        match self.look_into(intent, concern, event).await {
            Ok(Some(key)) => {
                tracing::info!(
                    event = event.id,
                    kind = event.kind,
                    order = key.reference(),
                    "worked an event"
                );
                Ok(())
            }
            // Another shop on the same Stripe account.
            Ok(None) => store.event_done(&event.id).await,
            Err(PayError::NoSuchOrder | PayError::Stripe(GetError::NotFound(_))) => {
                tracing::warn!(event = event.id, kind = event.kind, %intent, "an event about nothing of ours");
                store.event_done(&event.id).await
            }
            Err(PayError::Store(error)) => Err(error),
            Err(error @ (PayError::Stripe(_) | PayError::Busy | PayError::TokenUsed)) => {
                let rest_ms = (1_000 << event.tries.min(20)).min(EVENT_REST_MAX_MS);
                tracing::warn!(event = event.id, kind = event.kind, %intent, %error, rest_ms, "an event must wait");
                store.event_later(&event.id, self.now_ms() + rest_ms).await
            }
        }
    }

    /// Asks Stripe about what an event concerns; the order it was about, or none if it is not one of ours.
    async fn look_into(
        &self,
        intent: &IntentId,
        concern: Concern,
        event: &PendingEvent,
    ) -> Result<Option<OrderKey>, PayError> {
        let store = self.store();
        let id = Some(event.id.as_str());
        let key = match store.order_of_intent(intent).await? {
            Some(key) => Some(key),
            None if concern == Concern::Intent => event.order.clone(),
            None => self.claim_of(intent).await?,
        };
        let Some(key) = key else {
            return Ok(None);
        };
        match (concern, &event.object) {
            (Concern::Intent, _) => drop(self.refresh(&key, intent, id).await?),
            (Concern::Refunds, _) => drop(self.refresh_refunds(&key, intent, id).await?),
            (Concern::Dispute, Some(dispute)) => self.refresh_dispute(&key, dispute, id).await?,
            (Concern::Dispute, None) => store.event_done(&event.id).await?,
            (Concern::FraudWarning, _) => {
                let reason =
                    format!("{intent}: the bank warns of fraud; a refund now avoids a dispute");
                store.raise_alarm(&key, &reason, self.now_ms()).await?;
                tracing::warn!(order = key.reference(), %intent, "an early fraud warning");
                store.event_done(&event.id).await?;
            }
        }
        Ok(Some(key))
    }

    /// Whose an intent is that the books do not know: its own event, or the answer that made it, may still be on its
    /// way when its money is already going back. A refund does not say; the intent does.
    async fn claim_of(&self, intent: &IntentId) -> Result<Option<OrderKey>, PayError> {
        let intent = self.stripe().payment_intent(intent.as_str()).await?;
        let ours = intent.metadata.get("shop_id").map(String::as_str)
            == Some(self.store().shop().as_str());
        let key = intent.metadata.get("order_key").filter(|_| ours);
        Ok(key.and_then(|key| OrderKey::parse(key).ok()))
    }

    /// Takes up open attempts that nobody has worked on for `idle_ms`, usually [`IDLE_MS`], all at once.
    ///
    /// # Errors
    /// The books failed.
    pub async fn work_attempts(&self, idle_ms: i64) -> Result<(), StoreError> {
        let now_ms = self.now_ms();
        let claimed = self
            .store()
            .claim_attempts(now_ms - idle_ms, now_ms, BATCH)
            .await?;
        let mut taken = JoinSet::new();
        for (key, number) in claimed {
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

    /// Makes stored cancellations and refunds that nobody has worked on for `idle_ms`, usually [`IDLE_MS`].
    ///
    /// # Errors
    /// The books failed.
    pub async fn work_operations(&self, idle_ms: i64) -> Result<(), StoreError> {
        let now_ms = self.now_ms();
        let claimed = self
            .store()
            .claim_operations(now_ms - idle_ms, now_ms, BATCH)
            .await?;
        for stored in claimed {
            if let Err(error) = self.send_operation(&stored).await {
                tracing::warn!(order = stored.key.reference(), operation = stored.call.operation, %error, "an operation must wait");
            }
        }
        Ok(())
    }

    /// Asks Stripe about orders that it was not asked about for `idle_ms`, usually [`WAITING_MS`], and that wait for a bank, or for money under way: a webhook may have
    /// gone astray.
    ///
    /// # Errors
    /// The books failed.
    pub async fn work_waiting(&self, idle_ms: i64) -> Result<(), StoreError> {
        let now_ms = self.now_ms();
        let claimed = self
            .store()
            .claim_waiting(now_ms - idle_ms, now_ms, BATCH)
            .await?;
        for (key, intent) in claimed {
            if let Err(error) = self.refresh(&key, &intent, None).await {
                tracing::warn!(order = key.reference(), %intent, %error, "could not ask about an order that waits");
            }
        }
        Ok(())
    }

    /// What the shop has not been told yet; the caller has it to himself for a while.
    ///
    /// # Errors
    /// The books failed.
    pub async fn undelivered(&self) -> Result<Vec<OutboxRow>, StoreError> {
        let now_ms = self.now_ms();
        self.store()
            .claim_messages(now_ms, now_ms + CLAIM_MS, BATCH)
            .await
    }

    /// Notes that the shop could not be told; the message comes up again after `rest_ms`.
    ///
    /// # Errors
    /// The books failed.
    pub async fn undeliverable(&self, row: &OutboxRow, rest_ms: i64) -> Result<(), StoreError> {
        self.store()
            .message_later(row.id, self.now_ms() + rest_ms)
            .await
    }

    /// Notes that the shop was told.
    ///
    /// # Errors
    /// The books failed.
    pub async fn delivered(&self, row: &OutboxRow) -> Result<(), StoreError> {
        self.store().delivered(row.id, self.now_ms()).await
    }
}
