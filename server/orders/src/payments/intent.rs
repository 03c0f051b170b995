//! Asking Stripe what an intent is, and applying it. The answer may be older than what the books know by then: the
//! order's version tells.

use checkout::{IntentId, News, Order, OrderKey, Payment, ShopId, apply};
use stripe_rest::{PaymentIntent, Transport};

use super::{MAX_RACES, PayError, Payments, Seen};
use crate::calls::{self, NewCall};
use crate::snapshot;
use crate::store::{Change, OrderStore, StoreError};

impl<S: OrderStore, T: Transport> Payments<S, T> {
    /// Cancels the intent of a question that the shopper left for another card, and applies what Stripe says.
    pub(super) async fn cancel_question(
        &self,
        key: &OrderKey,
        intent: &IntentId,
        tries: u32,
    ) -> Result<(), PayError> {
        for turn in 1..=calls::MOST_TURNS {
            let call = calls::abandon(intent, turn)?;
            let stored = self
                .store
                .store_operation(key, &call, self.now_ms())
                .await?;
            // The question is still open, so whatever came of that one, it did not end it.
            if stored.outcome.is_some() {
                continue;
            }
            let reply = self.stripe.post(&stored.call.call()).await;
            tracing::info!(order = key.reference(), %intent, %reply, "cancelled an open question");
            if reply.may_send_again() {
                tokio::time::sleep(self.delay(tries)).await;
            } else {
                self.store
                    .note_call(&stored.call.id, Some(&reply.to_string()), self.now_ms())
                    .await?;
            }
            break;
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
                calls: calls_after(key, applied.news.as_ref(), self.store.shop())?,
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
}

/// The operations a piece of news calls for.
pub(super) fn calls_after(
    key: &OrderKey,
    news: Option<&News>,
    shop: &ShopId,
) -> Result<Vec<NewCall>, StoreError> {
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
            vec![calls::abandon(intent, 1)?]
        }
        Some(News::ReturnMoney {
            intent,
            captured: true,
            ..
        }) => vec![calls::give_back(key, intent, shop, 1)?],
        _ => Vec::new(),
    })
}

/// An order after `intent` was applied to it. The secret goes along only where the bank asks about this very intent.
pub(super) fn seen_after(order: Order, intent: &PaymentIntent) -> Seen {
    let asks = order.payment == Payment::ActionNeeded
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
