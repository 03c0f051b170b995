//! An attempt's calls: sent until Stripe says what came of them, or until nobody can know and Stripe is asked about
//! the token. It does not know what an answer means for an order: that is [`apply`]'s to say.

use std::time::Duration;

use checkout::{IntentId, Order, OrderKey, PaymentError, Progress, apply, words};
use stripe_rest::{ApiError, GetError, Object, PaymentIntent, Reply, Transport};

use super::intent::{calls_after, seen_after};
use super::{Fresh, MAX_RACES, PayError, Payments, SEND_WITHIN_MS, Seen};
use crate::calls::{CallKind, NewCall};
use crate::snapshot;
use crate::store::{Change, OpenAttempt, OrderStore};

/// A token that Stripe calls unused twice, so far apart, was never used: nothing is on its way any more.
const UNUSED_FOR_MS: i64 = 2 * 60 * 1000;

impl<S: OrderStore, T: Transport> Payments<S, T> {
    /// Makes an attempt's calls until Stripe says what came of them, or nobody can know for now.
    pub(crate) async fn drive(
        &self,
        key: &OrderKey,
        number: u32,
        mut fresh: Option<Fresh>,
    ) -> Result<Seen, PayError> {
        let mut tries = 0;
        loop {
            let (open, order) = match fresh.take() {
                Some(Fresh { attempt, order }) => (attempt, Some(order)),
                None => match self.store.open_attempt(key, number).await? {
                    Some(attempt) => (attempt, None),
                    None => return self.seen(key).await,
                },
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
                    return self.take_answer(&open, order, &call, &intent).await;
                }
                Reply::Declined {
                    intent: Some(intent),
                    ..
                } => return self.take_answer(&open, order, &call, &intent).await,
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
            let asked =
                Duration::from_millis(wait_ms.unwrap_or(0).min(SEND_WITHIN_MS.unsigned_abs()));
            tokio::time::sleep(self.delay(tries).max(asked)).await;
        }
    }

    /// Applies the intent that an attempt's call came back with; to the order as it is known, where it is.
    async fn take_answer(
        &self,
        open: &OpenAttempt,
        mut known: Option<Order>,
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
            let order = match known.take() {
                Some(order) => order,
                None => self.order(key).await?,
            };
            if !awaits(&order, number) {
                // Somebody found out before us, and things may have moved on: this answer is old, ask anew.
                self.store
                    .note_call(&call.id, Some(&intent.status), self.now_ms())
                    .await?;
                return self.refresh(key, &snapshot.id, None).await;
            }
            let applied = apply(&order, &snapshot, self.store.shop(), self.livemode);
            let change = Change {
                call_done: Some((call.id.clone(), format!("{} {}", intent.id, intent.status))),
                calls: calls_after(key, applied.news.as_ref(), self.store.shop())?,
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
        let code = error.code.as_deref().unwrap_or_default();
        let token_blamed = code.starts_with("token_") || code.starts_with("confirmation_token");
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
        let failure = PaymentError {
            kind: error.kind.clone(),
            code: error.code.clone(),
            decline_code: error.decline_code.clone(),
            ..PaymentError::default()
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
            if !awaits(&order, open.attempt.number) {
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
        self.drive(key, number, None).await?;
        Ok(())
    }
}

/// Whether attempt `number` is the one whose answer the order awaits.
fn awaits(order: &Order, number: u32) -> bool {
    order
        .attempt
        .as_ref()
        .is_some_and(|attempt| attempt.number == number)
}
