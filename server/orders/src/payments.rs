//! A payment's way to Stripe and back.
//!
//! Every POST is stored before it is sent and sent byte for byte; no transaction is open while Stripe is asked. A
//! lost answer is *unknown*, never *failed*: the same call is sent again while it is fresh, and after that Stripe is
//! asked what became of its token.

use std::time::Duration;

use checkout::attempt::Plan;
use checkout::{
    Answer, Begin, ClientSecret, IntentId, Money, News, Order, OrderKey, Progress, TokenId, apply,
    words,
};
use stripe_rest::{ApiError, Client, GetError, Object, PaymentIntent, Reply, next_delay_ms};

use crate::calls::{self, CallKind, Letterhead, NewCall};
use crate::snapshot;
use crate::store::{Change, CommitError, OpenAttempt, Store, StoreError};

/// How long a stored call may be sent: while the shopper is still there, and far inside Stripe's 24 hours.
const SEND_WITHIN_MS: i64 = 2 * 60 * 1000;
/// A token that Stripe calls unused twice, so far apart, was never used: nothing is on its way any more.
const UNUSED_FOR_MS: i64 = 2 * 60 * 1000;
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

/// The line a payment travels.
#[derive(Debug, Clone)]
pub struct Payments {
    store: Store,
    stripe: Client,
    letterhead: Letterhead,
    livemode: bool,
    now_ms: fn() -> i64,
}

/// An order right after Stripe was asked, with the secret for a next action if one is needed.
pub(crate) struct Seen {
    pub(crate) order: Order,
    client_secret: Option<ClientSecret>,
}

impl Payments {
    /// A line from `store` to `stripe`. `site_url` is the shop's own address; `now_ms` tells the time.
    #[must_use]
    pub fn new(
        store: Store,
        stripe: Client,
        site_url: String,
        livemode: bool,
        now_ms: fn() -> i64,
    ) -> Payments {
        let letterhead = Letterhead {
            shop: store.shop().clone(),
            site_url,
        };
        Payments {
            store,
            stripe,
            letterhead,
            livemode,
            now_ms,
        }
    }

    /// The books.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Milliseconds since 1970.
    pub(crate) fn now_ms(&self) -> i64 {
        (self.now_ms)()
    }

    pub(crate) fn stripe(&self) -> &Client {
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
                    if self.start(&order, *started, &plan, number, token).await? {
                        let seen = self.drive(key, number).await?;
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
            (checkout::Payment::ActionNeeded | checkout::Payment::Processing, Some(intent), _) => {
                self.refresh(key, &intent.id, None).await
            }
            (checkout::Payment::Paying, _, Some(attempt))
                if attempt.progress == Progress::Unknown =>
            {
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

    /// Stores the attempt and its calls; `false` if somebody was first.
    async fn start(
        &self,
        order: &Order,
        started: Order,
        plan: &Plan,
        number: u32,
        token: &TokenId,
    ) -> Result<bool, PayError> {
        // `begin_attempt` refuses an order without details.
        let Some(details) = &order.details else {
            return Ok(false);
        };
        let now_ms = self.now_ms();
        let change = Change {
            calls: calls::of_attempt(order, details, plan, number, token, &self.letterhead)?,
            send_until_ms: Some(now_ms + SEND_WITHIN_MS),
            ..Change::of(started)
        };
        match self.store.commit(&change, now_ms).await {
            Ok(()) => Ok(true),
            Err(CommitError::Conflict) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Makes an attempt's calls until Stripe says what came of them, or nobody can know for now.
    pub(crate) async fn drive(&self, key: &OrderKey, number: u32) -> Result<Seen, PayError> {
        let mut tries = 0;
        loop {
            let Some(open) = self.store.open_attempt(key, number).await? else {
                return self.seen(key).await;
            };
            let Some(call) = open
                .next_call
                .clone()
                .filter(|_| self.now_ms() < open.send_until_ms)
            else {
                return self.resolve(&open).await;
            };
            tries += 1;
            let reply = self.stripe.post(&call.call()).await;
            tracing::info!(order = key.reference(), attempt = number, call = call.kind.name(), tries, %reply, "asked Stripe");
            let again = reply.may_send_again();
            let wait_ms = match reply {
                Reply::Done(Object::PaymentIntent(_)) if call.kind == CallKind::Update => {
                    self.store
                        .note_call(&call.id, Some("done"), self.now_ms())
                        .await?;
                    self.store.touch_attempt(key, number, self.now_ms()).await?;
                    continue;
                }
                Reply::Done(Object::PaymentIntent(intent)) => {
                    return self.take_answer(&open, &call, &intent).await;
                }
                Reply::Declined {
                    intent: Some(intent),
                    ..
                } => return self.take_answer(&open, &call, &intent).await,
                Reply::Declined {
                    error,
                    intent: None,
                }
                | Reply::Refused(error) => {
                    return self.take_refusal(&open, &call, &error).await;
                }
                Reply::RetryLater { retry_after_ms, .. } => retry_after_ms,
                Reply::Done(_) | Reply::Unknown(_) => {
                    self.mark_unknown(key, number).await?;
                    if !again {
                        return self.resolve(&open).await;
                    }
                    None
                }
            };
            self.store.touch_attempt(key, number, self.now_ms()).await?;
            // Without randomness there is no jitter, and nothing worse.
            let delay_ms =
                next_delay_ms(tries, getrandom::u64().unwrap_or(0)).max(wait_ms.unwrap_or(0));
            tokio::time::sleep(Duration::from_millis(
                delay_ms.min(SEND_WITHIN_MS.unsigned_abs()),
            ))
            .await;
        }
    }

    /// Applies the intent that an attempt's call came back with.
    async fn take_answer(
        &self,
        open: &OpenAttempt,
        call: &NewCall,
        intent: &PaymentIntent,
    ) -> Result<Seen, PayError> {
        let (key, number) = (&open.key, open.attempt.number);
        let Ok(snapshot) = snapshot::of(intent) else {
            tracing::error!(
                order = key.reference(),
                intent = intent.id,
                "Stripe answered with an intent whose id is none"
            );
            return self.resolve(open).await;
        };
        for _ in 0..MAX_RACES {
            let order = self.order(key).await?;
            if order
                .attempt
                .as_ref()
                .is_none_or(|attempt| attempt.number != number)
            {
                // Somebody found out before us, and things may have moved on: this answer is old, ask anew.
                self.store
                    .note_call(&call.id, Some(&intent.status), self.now_ms())
                    .await?;
                return self.refresh(key, &snapshot.id, None).await;
            }
            let applied = apply(&order, &snapshot, self.store.shop(), self.livemode);
            let change = Change {
                call_done: Some((call.id.clone(), format!("{} {}", intent.id, intent.status))),
                calls: calls_after(applied.news.as_ref())?,
                news: applied.news,
                ..Change::of(applied.order)
            };
            if self.commit(&change).await? {
                return Ok(seen_after(change.order, intent));
            }
        }
        Err(PayError::Busy)
    }

    /// Stripe says that it did nothing. That settles the attempt, unless an earlier sending of the same call may
    /// have done it, or the token says otherwise.
    async fn take_refusal(
        &self,
        open: &OpenAttempt,
        call: &NewCall,
        error: &ApiError,
    ) -> Result<Seen, PayError> {
        let (key, number) = (&open.key, open.attempt.number);
        tracing::error!(order = key.reference(), attempt = number, call = call.kind.name(), %error, "Stripe refused");
        let named = error
            .payment_intent
            .as_deref()
            .and_then(|id| IntentId::parse(id).ok());
        if let Some(intent) = call.intent.as_ref().or(named.as_ref()) {
            let seen = self.refresh(key, intent, None).await?;
            if seen.order.attempt.is_none() {
                return Ok(seen);
            }
        }
        let token_blamed = error
            .code
            .as_deref()
            .is_some_and(|code| code.starts_with("token_"))
            || error
                .code
                .as_deref()
                .is_some_and(|code| code.starts_with("confirmation_token"));
        if open.attempt.progress == Progress::Unknown {
            return self.resolve(open).await;
        }
        if token_blamed {
            let seen = self.resolve(open).await?;
            if seen.order.attempt.is_none() {
                return Ok(seen);
            }
        }
        // This was the first sending, it did nothing, and nothing was found: the token expired, for one.
        let failure = checkout::PaymentError {
            kind: error.kind.clone(),
            code: error.code.clone(),
            decline_code: error.decline_code.clone(),
            ..checkout::PaymentError::default()
        };
        self.not_sent(open, words::of_failure(Some(&failure)), Some(call))
            .await
    }

    /// Finds out what became of an attempt whose answer was lost and whose call must not be sent any more: the
    /// token names the intent it confirmed.
    pub(crate) async fn resolve(&self, open: &OpenAttempt) -> Result<Seen, PayError> {
        let (key, number) = (&open.key, open.attempt.number);
        let now_ms = self.now_ms();
        let used_on = match self
            .stripe
            .confirmation_token(open.attempt.token.as_str())
            .await
        {
            Ok(token) => token.payment_intent,
            Err(GetError::NotFound(_)) => None,
            Err(error) => return Err(error.into()),
        };
        match used_on.map(|id| IntentId::parse(&id)) {
            Some(Ok(intent)) => self.refresh(key, &intent, None).await,
            Some(Err(_)) => {
                tracing::error!(
                    order = key.reference(),
                    attempt = number,
                    "the token names an intent whose id is none"
                );
                self.seen(key).await
            }
            // It may still be on its way: only what stays unused was never sent.
            None if now_ms < open.send_until_ms => self.seen(key).await,
            None => match open.unused_since_ms {
                Some(since_ms) if now_ms - since_ms >= UNUSED_FOR_MS => {
                    self.not_sent(open, words::NOT_SENT, open.next_call.as_ref())
                        .await
                }
                _ => {
                    self.store.note_unused(key, number, now_ms).await?;
                    self.seen(key).await
                }
            },
        }
    }

    /// Closes an attempt that charged nothing and never will.
    async fn not_sent(
        &self,
        open: &OpenAttempt,
        words: &str,
        call: Option<&NewCall>,
    ) -> Result<Seen, PayError> {
        for _ in 0..MAX_RACES {
            let order = self.order(&open.key).await?;
            if order
                .attempt
                .as_ref()
                .is_none_or(|attempt| attempt.number != open.attempt.number)
            {
                return Ok(Seen {
                    order,
                    client_secret: None,
                });
            }
            let change = Change {
                call_done: call.map(|call| (call.id.clone(), "not executed".to_owned())),
                ..Change::of(order.attempt_not_sent(words))
            };
            if self.commit(&change).await? {
                return Ok(Seen {
                    order: change.order,
                    client_secret: None,
                });
            }
        }
        Err(PayError::Busy)
    }

    async fn mark_unknown(&self, key: &OrderKey, number: u32) -> Result<(), PayError> {
        for _ in 0..MAX_RACES {
            let order = self.order(key).await?;
            let sending = order.attempt.as_ref().is_some_and(|attempt| {
                attempt.number == number && attempt.progress == Progress::Sending
            });
            if !sending || self.commit(&Change::of(order.attempt_unknown())).await? {
                return Ok(());
            }
        }
        Err(PayError::Busy)
    }

    /// Takes up an attempt that nobody works on any more: its server died, or gave up waiting.
    pub(crate) async fn take_up(&self, key: &OrderKey, number: u32) -> Result<(), PayError> {
        // Whoever had it may have sent it: from here on, only Stripe knows.
        self.mark_unknown(key, number).await?;
        self.drive(key, number).await?;
        Ok(())
    }

    /// Cancels the intent of a question that the shopper left for another card, and applies what Stripe says.
    async fn cancel_question(
        &self,
        key: &OrderKey,
        intent: &IntentId,
        tries: u32,
    ) -> Result<(), PayError> {
        let call = self
            .store
            .store_operation(key, &calls::cancel(intent)?, self.now_ms())
            .await?;
        let reply = self.stripe.post(&call.call()).await;
        tracing::info!(order = key.reference(), %intent, %reply, "cancelled an open question");
        if reply.may_send_again() {
            tokio::time::sleep(Duration::from_millis(next_delay_ms(
                tries,
                getrandom::u64().unwrap_or(0),
            )))
            .await;
        } else {
            self.store
                .note_call(&call.id, Some(&reply.to_string()), self.now_ms())
                .await?;
        }
        self.refresh(key, intent, None).await?;
        Ok(())
    }

    /// Asks Stripe what an intent is and applies it, together with the `event` that made us ask. The order is read
    /// before the question and must be unchanged after it: an intent carries no clock.
    pub(crate) async fn refresh(
        &self,
        key: &OrderKey,
        id: &IntentId,
        event: Option<&str>,
    ) -> Result<Seen, PayError> {
        for _ in 0..MAX_RACES {
            let order = self.order(key).await?;
            let intent = self.stripe.payment_intent(id.as_str()).await?;
            let Ok(snapshot) = snapshot::of(&intent) else {
                return Err(PayError::Busy);
            };
            let applied = apply(&order, &snapshot, self.store.shop(), self.livemode);
            if applied.order == order && applied.news.is_none() {
                if let Some(event) = event {
                    self.store.event_done(event).await?;
                }
                return Ok(seen_after(order, &intent));
            }
            let change = Change {
                calls: calls_after(applied.news.as_ref())?,
                news: applied.news,
                event_done: event.map(str::to_owned),
                ..Change::of(applied.order)
            };
            if self.commit(&change).await? {
                return Ok(seen_after(change.order, &intent));
            }
        }
        Err(PayError::Busy)
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

/// The operations a piece of news calls for.
fn calls_after(news: Option<&News>) -> Result<Vec<NewCall>, StoreError> {
    Ok(match news {
        Some(
            News::Settled {
                abandoned: Some(intent),
            }
            | News::ReturnMoney {
                intent,
                captured: false,
                ..
            },
        ) => {
            vec![calls::cancel(intent)?]
        }
        Some(News::ReturnMoney {
            intent,
            captured: true,
            ..
        }) => vec![calls::refund(intent)?],
        _ => Vec::new(),
    })
}

/// An order after `intent` was applied to it. The secret goes along only where the bank asks about this very intent.
fn seen_after(order: Order, intent: &PaymentIntent) -> Seen {
    let asks = order.payment == checkout::Payment::ActionNeeded
        && order
            .intent
            .as_ref()
            .is_some_and(|live| live.id.as_str() == intent.id);
    let client_secret = if asks {
        snapshot::client_secret(intent)
    } else {
        None
    };
    Seen {
        order,
        client_secret,
    }
}
