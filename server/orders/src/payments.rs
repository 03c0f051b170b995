//! A payment's way to Stripe and back.
//!
//! Every POST is stored before it is sent and sent byte for byte; no transaction is open while Stripe is asked. A
//! lost answer is *unknown*, never *failed*: the same call is sent again while it is fresh, and after that Stripe is
//! asked what became of its token.

mod attempt;
mod intent;
mod ledger;
mod operation;

pub use operation::{OperateError, Operated};

use std::time::Duration;

use checkout::attempt::Plan;
use checkout::{
    Answer, Begin, ClientSecret, Money, News, Order, OrderKey, Payment, Progress, TokenId,
};
use stripe_rest::{Client, GetError, Http, Transport, next_delay_ms};

use crate::calls::{self, Capture, Letterhead};
use crate::store::{Change, CommitError, DatabaseStore, OpenAttempt, OrderStore, StoreError};

/// How long a stored call may be sent: while the shopper is still there, and far inside Stripe's 24 hours.
const SEND_WITHIN_MS: i64 = 2 * 60 * 1000;
/// How long a page that asks how things stand waits for Stripe. It looks again by itself.
const LOOK_WITHIN: Duration = Duration::from_secs(4);
/// How often somebody else may change an order between our reading and writing before we give up.
const MAX_RACES: u32 = 8;
/// How often an open question is cancelled before the shopper is told to wait.
const MAX_CANCELS: u32 = 4;

/// Why a payment, or a question about one, got no answer. The order is as it was.
#[derive(Debug, thiserror::Error)]
pub enum PayError {
    /// There is no such order.
    #[error("there is no such order")]
    NoSuchOrder,
    /// The token was used by another attempt, of this order or another: no page of ours sends that.
    #[error("the token was used by another attempt")]
    TokenUsed,
    /// The books failed.
    #[error("the books failed")]
    Store(#[from] StoreError),
    /// Stripe could not be asked.
    #[error("Stripe could not be asked")]
    Stripe(#[from] GetError),
    /// Others changed the order faster than we could read it, or Stripe let us wait too long.
    #[error("busy")]
    Busy,
}

impl From<CommitError> for PayError {
    fn from(error: CommitError) -> PayError {
        match error {
            CommitError::Conflict => PayError::Busy,
            CommitError::TokenUsed => PayError::TokenUsed,
            CommitError::Store(error) => PayError::Store(error),
        }
    }
}

/// Time and chance, which a line draws from outside.
#[derive(Debug, Clone, Copy)]
pub struct Ambient {
    /// Milliseconds since 1970.
    pub now_ms: fn() -> i64,
    /// Any number, to spread retries.
    pub random: fn() -> u64,
}

/// The line a payment travels.
#[derive(Debug, Clone)]
pub struct Payments<S = DatabaseStore, T = Http> {
    store: S,
    stripe: Client<T>,
    letterhead: Letterhead,
    livemode: bool,
    now_ms: fn() -> i64,
    random: fn() -> u64,
}

/// An order right after Stripe was asked, with the secret for a next action if one is needed.
pub(crate) struct Seen {
    pub(crate) order: Order,
    client_secret: Option<ClientSecret>,
}

/// An attempt that was stored just now, and its order: nobody needs to read them again. Whether the order is still so,
/// its version tells when the answer is written.
pub(crate) struct Fresh {
    attempt: OpenAttempt,
    order: Order,
}

impl<S: OrderStore, T: Transport> Payments<S, T> {
    /// A line from `store` to `stripe`. `site_url` is the shop's own address. `capture` has to agree with what the page declares to Stripe's Elements.
    #[must_use]
    pub fn new(
        store: S,
        stripe: Client<T>,
        site_url: String,
        capture: Capture,
        livemode: bool,
        Ambient { now_ms, random }: Ambient,
    ) -> Payments<S, T> {
        let letterhead = Letterhead {
            shop: store.shop().clone(),
            site_url,
            capture,
        };
        Payments {
            store,
            stripe,
            letterhead,
            livemode,
            now_ms,
            random,
        }
    }

    /// The books.
    #[must_use]
    pub fn store(&self) -> &S {
        &self.store
    }

    /// Milliseconds since 1970.
    pub(crate) fn now_ms(&self) -> i64 {
        (self.now_ms)()
    }

    /// How long to wait before sending a call again.
    fn delay(&self, tries: u32) -> Duration {
        Duration::from_millis(next_delay_ms(tries, (self.random)()))
    }

    pub(crate) fn stripe(&self) -> &Client<T> {
        &self.stripe
    }

    /// Pays an order, once: stores attempt `number` and its call, then creates and confirms in one call to Stripe.
    ///
    /// Run it in a task of its own and wait for that: a request that is dropped halfway must not take it along.
    ///
    /// # Errors
    /// Nothing was decided; the order tells where it stands.
    pub async fn confirm(
        &self,
        key: &OrderKey,
        number: u32,
        token: &TokenId,
        total_shown: Money,
    ) -> Result<Answer, PayError> {
        let mut cancels = 0;
        for _ in 0..MAX_RACES {
            let order = self.order(key).await?;
            match order.begin_attempt(number, token, total_shown) {
                Begin::Present => return self.outcome(key, number).await,
                Begin::Refused(refusal) => return Ok(Answer::refused(&order, refusal)),
                Begin::CancelFirst(_) if cancels == MAX_CANCELS => return Err(PayError::Busy),
                Begin::CancelFirst(intent) => {
                    cancels += 1;
                    self.cancel_question(key, &intent, cancels).await?;
                }
                Begin::Start(started, plan) => {
                    let started = self.start(&order, *started, &plan, number, token).await?;
                    if let Some(fresh) = started {
                        let seen = self.drive(key, number, Some(fresh)).await?;
                        return Ok(Answer::of(&seen.order, number, seen.client_secret));
                    }
                }
            }
        }
        Err(PayError::Busy)
    }

    /// Where an order stands, for a page that asks about attempt `number`. Asks Stripe where that is open.
    ///
    /// # Errors
    /// The books failed, or there is no such order.
    pub async fn outcome(&self, key: &OrderKey, number: u32) -> Result<Answer, PayError> {
        let seen = self.look(key).await?;
        Ok(Answer::of(&seen.order, number, seen.client_secret))
    }

    /// The order, after asking Stripe about what is open.
    ///
    /// # Errors
    /// The books failed, or there is no such order.
    pub async fn up_to_date(&self, key: &OrderKey) -> Result<Order, PayError> {
        Ok(self.look(key).await?.order)
    }

    async fn look(&self, key: &OrderKey) -> Result<Seen, PayError> {
        let order = self.order(key).await?;
        // What we know is an answer too. Dropped halfway, the question has changed all of the books or nothing.
        match tokio::time::timeout(LOOK_WITHIN, self.ask_about(&order)).await {
            Ok(Err(PayError::Stripe(error))) => {
                tracing::warn!(order = key.reference(), %error, "could not ask Stripe about an open payment");
            }
            Ok(asked) => return asked,
            Err(_) => {
                tracing::warn!(
                    order = key.reference(),
                    "Stripe takes its time with a question about an open payment"
                );
            }
        }
        self.seen(key).await
    }

    /// The order, after asking Stripe about what is open.
    async fn ask_about(&self, order: &Order) -> Result<Seen, PayError> {
        let key = &order.key;
        match (&order.payment, &order.intent, &order.attempt) {
            (Payment::ActionNeeded | Payment::Processing, Some(intent), _) => {
                self.refresh(key, &intent.id, None).await
            }
            (Payment::Paying, _, Some(attempt)) if attempt.progress == Progress::Unknown => {
                match self.store.open_attempt(key, attempt.number).await? {
                    Some(open) => self.resolve(&open).await,
                    None => self.seen(key).await,
                }
            }
            _ => Ok(Seen {
                order: order.clone(),
                client_secret: None,
            }),
        }
    }

    /// Stores the attempt and its calls; nothing if somebody was first.
    async fn start(
        &self,
        order: &Order,
        started: Order,
        plan: &Plan,
        number: u32,
        token: &TokenId,
    ) -> Result<Option<Fresh>, PayError> {
        // `begin_attempt` refuses an order without details, and what it starts has an attempt.
        let (Some(details), Some(attempt)) = (&order.details, started.attempt.clone()) else {
            return Ok(None);
        };
        let now_ms = self.now_ms();
        let send_until_ms = now_ms + SEND_WITHIN_MS;
        let change = Change {
            calls: calls::of_attempt(order, details, plan, number, token, &self.letterhead)?,
            send_until_ms: Some(send_until_ms),
            ..Change::of(started)
        };
        match self.store.commit(&change, now_ms).await {
            Ok(()) => {}
            Err(CommitError::Conflict) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        let Change { order, calls, .. } = change;
        Ok(Some(Fresh {
            attempt: OpenAttempt {
                key: order.key.clone(),
                attempt,
                send_until_ms,
                unused_since_ms: None,
                next_call: calls.into_iter().next(),
            },
            order: Order {
                version: order.version + 1,
                ..order
            },
        }))
    }

    /// Writes a change and tells the log what it means; `false` if somebody was first.
    async fn commit(&self, change: &Change) -> Result<bool, PayError> {
        match self.store.commit(change, self.now_ms()).await {
            Ok(()) => {}
            Err(CommitError::Conflict) => return Ok(false),
            Err(error) => return Err(error.into()),
        }
        let order = &change.order;
        match &change.news {
            Some(News::Settled { .. }) => {
                tracing::info!(order = order.key.reference(), total = %order.total, payment = ?order.payment, "settled");
            }
            Some(News::ReturnMoney { intent, reason, .. }) => {
                tracing::error!(order = order.key.reference(), %intent, reason, "money goes back");
            }
            Some(News::Quarantined { reason }) => {
                tracing::error!(
                    order = order.key.reference(),
                    reason,
                    "held for the merchant"
                );
            }
            Some(News::Refund(refund)) => {
                tracing::info!(order = order.key.reference(), refund = refund.id, status = ?refund.status, "a refund");
            }
            Some(News::Dispute(dispute)) => {
                tracing::warn!(order = order.key.reference(), dispute = dispute.id, status = ?dispute.status, reason = dispute.reason, "a dispute");
            }
            Some(News::Captured | News::Cancelled) => {
                tracing::info!(order = order.key.reference(), payment = ?order.payment, "moved by the merchant");
            }
            None => {}
        }
        Ok(true)
    }

    async fn order(&self, key: &OrderKey) -> Result<Order, PayError> {
        self.store.order(key).await?.ok_or(PayError::NoSuchOrder)
    }

    async fn seen(&self, key: &OrderKey) -> Result<Seen, PayError> {
        Ok(Seen {
            order: self.order(key).await?,
            client_secret: None,
        })
    }
}
