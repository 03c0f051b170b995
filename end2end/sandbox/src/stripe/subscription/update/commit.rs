//! Doing what was worked out: prorations wait or are billed at once, and what cannot be paid leaves the subscription past
//! due, refused, or waiting for its payment (docs.stripe.com/billing/subscriptions/pending-updates).

use super::plan::Change;
use crate::stripe::call::Call;
use crate::stripe::error::Result;
use crate::stripe::invoice::{self, Attempt, CollectionMethod, Invoice, Period};
use crate::stripe::json::{Value, json};
use crate::stripe::money;
use crate::stripe::subscription::{Item, PaymentBehavior, Subscription};
use crate::stripe::timer::SubscriptionStep;
use crate::stripe::world::World;
use serde::{Deserialize, Serialize};

/// How long a change waits for its payment.
const PENDING_FOR_S: i64 = 23 * 60 * 60;

/// A change that is made once its invoice is paid.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PendingUpdate {
    pub invoice: String,
    pub expires_at: i64,
    pub billing_cycle_anchor: i64,
    pub items: Vec<Item>,
    pub trial: Option<Period>,
    /// Whether anyone has been told of it.
    pub known: bool,
}

impl PendingUpdate {
    pub(crate) fn json(&self, world: &World, subscription: &str) -> Value {
        let items: Vec<Value> = self
            .items
            .iter()
            .map(|item| item.json(world, subscription))
            .collect();
        json!({
            "billing_cycle_anchor": self.billing_cycle_anchor,
            "cancel_at_period_end": null,
            "discount": null,
            "discounts": null,
            "expires_at": self.expires_at,
            "metadata": null,
            "subscription_items": items,
            "trial_end": self.trial.map(|trial| trial.end),
            "trial_from_plan": null,
        })
    }
}

impl Call<'_> {
    /// `kept` is the subscription with everything that needs no payment.
    pub(crate) fn commit_change(
        &mut self,
        old: &Subscription,
        kept: &Subscription,
        change: Change,
        behavior: PaymentBehavior,
        off_session: bool,
    ) -> Result<()> {
        let Change {
            mut next,
            prorations,
            invoice,
        } = change;
        let id = next.id.clone();
        let by_itself = next.collection_method == CollectionMethod::ChargeAutomatically;
        let mut paid = None;
        let mut due = 0;
        if let Some(invoice) = &invoice {
            let mut whole = invoice.clone();
            let pending = self.pending_items(invoice);
            self.show_items(&mut whole, pending.iter().chain(&prorations));
            whole.apply_discounts(self.world);
            due = whole.amount_due(self.world);
            if due > 0 {
                money::check(due, &whole.currency)?;
            }
            if due > 0 && by_itself && behavior == PaymentBehavior::ErrorIfIncomplete {
                let method = self.method_of_subscription(&next);
                let method = method.ok_or_else(invoice::no_method)?;
                paid = Some(self.pay_beforehand(&whole, due, &method, off_session)?);
            }
        }
        for item in prorations {
            self.insert_invoice_item(item);
        }
        let Some(invoice) = invoice else {
            self.put_next(old, next);
            return Ok(());
        };
        let waits = due > 0 && by_itself && behavior == PaymentBehavior::PendingIfIncomplete;
        let invoice_id = invoice.id.clone();
        if waits {
            let expires_at = self.now + PENDING_FOR_S;
            let update = PendingUpdate {
                invoice: invoice_id.clone(),
                expires_at: old
                    .renews_at()
                    .map_or(expires_at, |end| end.min(expires_at)),
                billing_cycle_anchor: next.billing_cycle_anchor,
                items: next.items,
                trial: next.trial,
                known: false,
            };
            next = kept.clone();
            next.latest_invoice = Some(invoice_id.clone());
            self.put_next(old, next);
            if let Some(kept) = self.world.subscriptions.get_mut(&id) {
                kept.pending_update = Some(update);
            }
        } else {
            next.latest_invoice = Some(invoice_id.clone());
            self.put_next(old, next);
        }
        self.bill_now(invoice, paid, behavior, off_session)?;
        if waits {
            self.tell_of_pending_update(&id);
        }
        Ok(())
    }

    fn put_next(&mut self, old: &Subscription, next: Subscription) {
        let id = next.id.clone();
        let moved = old.renews_at() != next.renews_at();
        if moved {
            self.plan(&next);
        }
        if next.trial != old.trial && next.is_trialing(self.now) {
            let end = next.trial.map_or(self.now, |trial| trial.end);
            let soon = (end - super::super::subscribe::TRIAL_ENDS_SOON_S).max(self.now);
            self.set_subscription_timer(&id, soon, SubscriptionStep::TrialEndsSoon);
        }
        self.change_subscription(&id, |kept| *kept = next);
    }

    /// An invoice that does not wait an hour: finalised, and tried, at once.
    fn bill_now(
        &mut self,
        mut invoice: Invoice,
        paid: Option<String>,
        behavior: PaymentBehavior,
        off_session: bool,
    ) -> Result<()> {
        let by_itself = invoice.collection_method == CollectionMethod::ChargeAutomatically;
        self.draw_pending_items(&mut invoice);
        let subscription = invoice.subscription.as_ref().map(|of| of.id.clone());
        if by_itself {
            invoice.automatically_finalizes_at = Some(self.now);
        }
        let id = self.insert_invoice(invoice);
        if let Some(subscription) = subscription {
            self.forget_used_discounts(&subscription, &id);
        }
        if !by_itself {
            return Ok(());
        }
        let tried = paid.is_some() || behavior == PaymentBehavior::DefaultIncomplete;
        self.finalize_with(&id, paid)?;
        let open = self.world.invoices.get(&id);
        if !tried && open.is_some_and(|it| it.status == invoice::Status::Open) {
            let attempt = Attempt {
                off_session,
                ..Attempt::default()
            };
            // What became of it is on the subscription.
            let _ = self.attempt_invoice(&id, &attempt);
        }
        Ok(())
    }

    /// Bills what waits for a subscription's next invoice now.
    pub(crate) fn invoice_pending(&mut self, subscription: &Subscription) {
        let reason = invoice::BillingReason::SubscriptionUpdate;
        let invoice = self.subscription_invoice(subscription, reason);
        if self.pending_items(&invoice).is_empty() {
            return;
        }
        let id = invoice.id.clone();
        // An amount that cannot be charged leaves a draft behind.
        let _ = self.bill_now(invoice, None, PaymentBehavior::AllowIncomplete, true);
        self.change_subscription(&subscription.id, |kept| kept.latest_invoice = Some(id));
    }

    fn tell_of_pending_update(&mut self, id: &str) {
        let kept = self.world.subscriptions.get_mut(id);
        let Some(mut update) = kept.and_then(|kept| kept.pending_update.take()) else {
            return;
        };
        update.known = true;
        let at = update.expires_at;
        self.change_subscription(id, |kept| kept.pending_update = Some(update));
        self.set_subscription_timer(id, at, SubscriptionStep::UpdateLapses);
    }

    /// The change waited for this invoice, and it is paid.
    pub(crate) fn apply_pending_update(&mut self, id: &str, invoice: &str) {
        let kept = self.world.subscriptions.get(id);
        let update = kept.and_then(|kept| kept.pending_update.clone());
        let Some(update) = update.filter(|update| update.invoice == invoice) else {
            return;
        };
        let known = update.known;
        self.change_subscription(id, |kept| {
            kept.pending_update = None;
            kept.billing_cycle_anchor = update.billing_cycle_anchor;
            kept.items = update.items;
            kept.trial = update.trial;
        });
        if let Some(kept) = self.world.subscriptions.get(id).cloned() {
            self.plan(&kept);
        }
        if known {
            self.emit_subscription(id, "customer.subscription.pending_update_applied");
        }
    }

    pub(crate) fn lapse_pending_update(&mut self, id: &str, at: i64) {
        let kept = self.world.subscriptions.get(id);
        let update = kept.and_then(|kept| kept.pending_update.clone());
        let Some(update) = update.filter(|update| update.expires_at == at) else {
            return;
        };
        self.change_subscription(id, |kept| kept.pending_update = None);
        self.emit_subscription(id, "customer.subscription.pending_update_expired");
        let open = self.world.invoices.get(&update.invoice);
        if open.is_some_and(|it| it.status == invoice::Status::Open) {
            self.void_open_invoice(&update.invoice);
        }
    }
}
