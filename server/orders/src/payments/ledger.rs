//! Refunds and disputes: asking Stripe what they are, and writing it into the order's ledger. Whoever made them: the
//! shop, its people in Stripe's Dashboard, or a bank.

use checkout::{Applied, IntentId, Order, OrderKey, apply_dispute, apply_refund};
use stripe_rest::{Refund, Transport};

use super::{MAX_RACES, PayError, Payments};
use crate::snapshot;
use crate::store::{Change, OrderStore};

impl<S: OrderStore, T: Transport> Payments<S, T> {
    /// Asks Stripe for an intent's refunds and writes them down, together with the `event` that made us ask. Returns
    /// them as Stripe has them.
    pub(crate) async fn refresh_refunds(
        &self,
        key: &OrderKey,
        intent: &IntentId,
        event: Option<&str>,
    ) -> Result<Vec<Refund>, PayError> {
        let refunds = self.stripe.refunds_of(intent.as_str()).await?.data;
        // Each is news of its own; the event is done with the last.
        for refund in refunds.iter().rev().filter_map(snapshot::refund) {
            self.note(key, None, |order| apply_refund(order, &refund))
                .await?;
        }
        self.finish(event).await?;
        Ok(refunds)
    }

    /// Asks Stripe for a dispute and writes it down, together with the `event` that made us ask.
    pub(crate) async fn refresh_dispute(
        &self,
        key: &OrderKey,
        id: &str,
        event: Option<&str>,
    ) -> Result<(), PayError> {
        let dispute = self.stripe.dispute(id).await?;
        if let Some(dispute) = snapshot::dispute(&dispute) {
            self.note(key, None, |order| apply_dispute(order, &dispute))
                .await?;
        }
        self.finish(event).await
    }

    /// Writes down what `apply` makes of an order, with the outcome of the call that told it. Facts of a ledger carry
    /// their own rank, so an order that was changed meanwhile is simply read again.
    pub(super) async fn note(
        &self,
        key: &OrderKey,
        call_done: Option<(String, String)>,
        apply: impl Fn(&Order) -> Applied,
    ) -> Result<Order, PayError> {
        for _ in 0..MAX_RACES {
            let order = self.order(key).await?;
            let applied = apply(&order);
            if applied.order == order && call_done.is_none() {
                return Ok(order);
            }
            let change = Change {
                news: applied.news,
                call_done: call_done.clone(),
                ..Change::of(applied.order)
            };
            if self.commit(&change).await? {
                return Ok(change.order);
            }
        }
        Err(PayError::Busy)
    }

    async fn finish(&self, event: Option<&str>) -> Result<(), PayError> {
        if let Some(event) = event {
            self.store.event_done(event).await?;
        }
        Ok(())
    }
}
