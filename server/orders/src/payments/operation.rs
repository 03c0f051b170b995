//! Captures, cancellations and refunds. Stored before they are sent, each under a name: asked for again under the
//! same name it is the same one, and never done twice.
//!
//! | what came back | next |
//! |---|---|
//! | the intent or the refund | applied; the outcome is written in the same transaction |
//! | 4xx: refused | Stripe is asked how things stand, and that is applied |
//! | 409, 429, no connection | the same call again |
//! | timeout, reset, 5xx, unreadable | the same call again, for 23 hours: Stripe keeps keys for 24 |
//! | a stored 5xx, or 23 hours over | never sent again: the intent, or the list of refunds, tells whether it was done |
//! | … and it was not done | the merchant hears so; what the shop does by itself is asked for again under a new key, five times at most, and then raised |

use checkout::{
    Begun, IntentId, Operation, OperationRefused, Order, OrderKey, Payment, apply, apply_refund,
};
use stripe_rest::{Object, PaymentIntent, Reply, Transport};

use super::intent::calls_after;
use super::{MAX_RACES, PayError, Payments};
use crate::calls::{self, CallKind, NewCall};
use crate::snapshot;
use crate::store::{Change, OrderStore, StoredOperation};

/// Stripe may forget a key after 24 hours; the same call would then be another one.
const SEND_WITHIN_MS: i64 = 23 * 60 * 60 * 1000;
/// How often one who waits sends a call before it is left to the clerk.
const MOST_SENDINGS: u32 = 4;

/// What came of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operated {
    /// It was done, now or before.
    Done(Order),
    /// It was not done, and will not be.
    Failed {
        /// The order as it is.
        order: Order,
        /// Why, for the merchant.
        reason: String,
    },
    /// Nobody knows yet; it goes on by itself. Under the same name it can be asked for again.
    Unfinished(Order),
}

/// Why an operation was not begun. Nothing was stored and nothing sent.
#[derive(Debug, thiserror::Error)]
pub enum OperateError {
    /// The order's state or the amount does not allow it.
    #[error(transparent)]
    Refused(#[from] OperationRefused),
    /// Another one on this order has no outcome yet.
    #[error("operation {name} on this order is unfinished: repeat that one first")]
    Another {
        /// Its name.
        name: String,
    },
    /// The name belongs to another operation.
    #[error("that name belongs to another operation")]
    NameTaken,
    /// A name that is none.
    #[error(
        "a name is 1 to 64 letters, digits, `-` and `_`, and does not begin with `cancel_` or `refund_`"
    )]
    Name,
    /// It could not be looked at.
    #[error(transparent)]
    Payments(#[from] PayError),
}

impl From<crate::store::StoreError> for OperateError {
    fn from(error: crate::store::StoreError) -> OperateError {
        OperateError::Payments(error.into())
    }
}

impl<S: OrderStore, T: Transport> Payments<S, T> {
    /// Does an operation on an order, once for each `name`, and waits for its outcome as long as that is sensible.
    ///
    /// # Errors
    /// It was not begun; nothing has changed.
    pub async fn operate(
        &self,
        key: &OrderKey,
        name: &str,
        operation: Operation,
    ) -> Result<Operated, OperateError> {
        if !is_name(name) {
            return Err(OperateError::Name);
        }
        for _ in 0..MAX_RACES {
            let order = self.order(key).await?;
            if let Some(stored) = self.store.operation(name).await? {
                let same = calls::of_operation(
                    name,
                    operation,
                    key,
                    stored_intent(&stored)?,
                    self.store.shop(),
                )?;
                if stored.key != *key
                    || stored.call.body != same.body
                    || stored.call.path != same.path
                {
                    return Err(OperateError::NameTaken);
                }
                return Ok(self.finish_operation(stored).await?);
            }
            if operation == Operation::Cancel && order.payment == Payment::Cancelled {
                return Ok(Operated::Done(order));
            }
            if let Some(other) = self.unfinished_by_merchant(key).await? {
                let name = other.call.operation.clone().unwrap_or_default();
                if let Operated::Unfinished(_) = self.finish_operation(other).await? {
                    return Err(OperateError::Another { name });
                }
                continue;
            }
            let (change, at_once) = match order.begin_operation(operation)? {
                Begun::Done(order) => {
                    let change = Change {
                        news: Some(checkout::News::Cancelled),
                        ..Change::of(*order)
                    };
                    (change, true)
                }
                Begun::Ask(order, intent) => {
                    let call =
                        calls::of_operation(name, operation, key, &intent, self.store.shop())?;
                    let change = Change {
                        calls: vec![call],
                        ..Change::of(*order)
                    };
                    (change, false)
                }
            };
            if self.commit(&change).await? {
                if at_once {
                    return Ok(Operated::Done(change.order));
                }
                tracing::info!(
                    order = key.reference(),
                    name,
                    ?operation,
                    "an operation begins"
                );
            }
            // Stored: the next round finds it by its name.
        }
        Err(PayError::Busy.into())
    }

    /// An unfinished operation of the merchant's; what the shop does by itself stands in nobody's way.
    async fn unfinished_by_merchant(
        &self,
        key: &OrderKey,
    ) -> Result<Option<StoredOperation>, PayError> {
        let open = self.store.open_operations(key).await?;
        Ok(open.into_iter().find(|stored| !is_ours(stored)))
    }

    /// Sends an operation until it has an outcome, or often enough for one who waits.
    async fn finish_operation(&self, stored: StoredOperation) -> Result<Operated, PayError> {
        let mut stored = stored;
        for tries in 1.. {
            if let Some(outcome) = &stored.outcome {
                let order = self.order(&stored.key).await?;
                return Ok(match outcome.strip_prefix(FAILED) {
                    None => Operated::Done(order),
                    Some(reason) => Operated::Failed {
                        order,
                        reason: reason.to_owned(),
                    },
                });
            }
            self.send_operation(&stored).await?;
            let name = stored.call.operation.clone().unwrap_or_default();
            stored = match self.store.operation(&name).await? {
                Some(stored) => stored,
                None => return Err(PayError::Busy),
            };
            if stored.outcome.is_none() {
                if tries == MOST_SENDINGS {
                    return Ok(Operated::Unfinished(self.order(&stored.key).await?));
                }
                tokio::time::sleep(self.delay(tries)).await;
            }
        }
        Err(PayError::Busy)
    }

    /// Sends an operation once, or where that must not be done any more, finds out what came of it.
    pub(crate) async fn send_operation(&self, stored: &StoredOperation) -> Result<(), PayError> {
        let (key, call) = (&stored.key, &stored.call);
        let Some(intent) = &call.intent else {
            return self
                .close_operation(stored, Err("it names no intent"), None)
                .await;
        };
        if self.now_ms() - stored.created_ms >= SEND_WITHIN_MS {
            let reason = "it could not be sent in time";
            return self.find_out(stored, intent, reason, true).await;
        }
        self.store.note_call(&call.id, None, self.now_ms()).await?;
        let reply = self.stripe.post(&call.call()).await;
        tracing::info!(order = key.reference(), operation = call.operation, kind = call.kind.name(), %intent, %reply, "asked Stripe");
        match &reply {
            Reply::Done(Object::PaymentIntent(intent)) => self.take_intent(stored, intent).await,
            Reply::Done(Object::Refund(refund)) => {
                let done = Some((call.id.clone(), format!("{DONE}{}", refund.id)));
                match snapshot::refund(refund) {
                    Some(refund) => {
                        self.note(key, done, |order| apply_refund(order, &refund))
                            .await?;
                        Ok(())
                    }
                    None => self.close_operation(stored, Ok(()), None).await,
                }
            }
            _ if reply.may_send_again() => Ok(()),
            _ => {
                let failed = matches!(reply, Reply::Unknown(_));
                self.find_out(stored, intent, &reply.to_string(), failed)
                    .await
            }
        }
    }

    /// Applies the intent that a capture or a cancellation came back with, and closes the operation with it.
    async fn take_intent(
        &self,
        stored: &StoredOperation,
        intent: &PaymentIntent,
    ) -> Result<(), PayError> {
        let Ok(snapshot) = snapshot::of(intent) else {
            return Err(PayError::Busy);
        };
        let (key, call) = (&stored.key, &stored.call);
        for _ in 0..MAX_RACES {
            let order = self.order(key).await?;
            // What Stripe answers to this very call cannot be older than what the call found.
            let applied = apply(&order, &snapshot, self.store.shop(), self.livemode);
            let change = Change {
                call_done: Some((call.id.clone(), format!("{DONE}{}", intent.status))),
                calls: calls_after(key, applied.news.as_ref(), self.store.shop())?,
                news: applied.news,
                ..Change::of(applied.order)
            };
            if self.commit(&change).await? {
                return Ok(());
            }
        }
        Err(PayError::Busy)
    }

    /// Closes an operation that must not be sent again by asking Stripe how things stand. One of the shop's own that
    /// was not done because Stripe `failed` is followed by another; one that Stripe refused is not.
    async fn find_out(
        &self,
        stored: &StoredOperation,
        intent: &IntentId,
        reason: &str,
        failed: bool,
    ) -> Result<(), PayError> {
        let (key, call) = (&stored.key, &stored.call);
        let seen = self.refresh(key, intent, None).await?;
        let done = match call.kind {
            CallKind::Cancel if is_ours(stored) => {
                self.stripe.payment_intent(intent.as_str()).await?.status == "canceled"
            }
            CallKind::Refund => {
                let refunds = self.refresh_refunds(key, intent, None).await?;
                refunds
                    .iter()
                    .any(|refund| refund.metadata.get("operation") == call.operation.as_ref())
            }
            CallKind::Capture => seen.order.payment == Payment::Paid,
            _ => seen.order.payment == Payment::Cancelled,
        };
        let next = if failed && !done {
            calls::next_turn(call, key, self.store.shop())?
        } else {
            None
        };
        self.close_operation(stored, if done { Ok(()) } else { Err(reason) }, next)
            .await
    }

    /// Writes an operation's outcome, together with the one that follows it.
    async fn close_operation(
        &self,
        stored: &StoredOperation,
        outcome: Result<(), &str>,
        next: Option<NewCall>,
    ) -> Result<(), PayError> {
        let (key, call) = (&stored.key, &stored.call);
        if let Err(reason) = outcome {
            tracing::error!(
                order = key.reference(),
                operation = call.operation,
                kind = call.kind.name(),
                reason,
                "an operation was not done"
            );
            if is_ours(stored) && call.kind == CallKind::Refund && next.is_none() {
                // A bank that claims the money keeps it from going back, for one: nobody asked, so nobody would know.
                let name = call.operation.as_deref().unwrap_or_default();
                let alarm = format!("{name}: money that nobody owes did not go back ({reason})");
                self.store.raise_alarm(key, &alarm, self.now_ms()).await?;
            }
        }
        let text = match outcome {
            Ok(()) => DONE.to_owned(),
            Err(reason) => format!("{FAILED}{reason}"),
        };
        let gives_up = outcome.is_err() && call.kind == CallKind::Cancel && !is_ours(stored);
        for _ in 0..MAX_RACES {
            let order = self.order(key).await?;
            let order = if gives_up {
                order.cancel_refused()
            } else {
                order
            };
            let change = Change {
                call_done: Some((call.id.clone(), text.clone())),
                calls: next.iter().cloned().collect(),
                ..Change::of(order)
            };
            if self.commit(&change).await? {
                return Ok(());
            }
        }
        Err(PayError::Busy)
    }
}

const DONE: &str = "done ";
const FAILED: &str = "failed ";

/// How the names begin of what the shop does by itself; no merchant's may.
const OURS: [&str; 2] = ["cancel_", "refund_"];

/// Whether the shop does it by itself: a question left for another card, money that must go back.
fn is_ours(stored: &StoredOperation) -> bool {
    let ours = |name: &str| OURS.iter().any(|start| name.starts_with(start));
    stored.call.operation.as_deref().is_some_and(ours)
}

fn stored_intent(stored: &StoredOperation) -> Result<&IntentId, OperateError> {
    stored.call.intent.as_ref().ok_or(OperateError::NameTaken)
}

fn is_name(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && !OURS.iter().any(|start| text.starts_with(start))
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}
