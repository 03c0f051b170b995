//! What time does to a subscription: a period ends and the next is billed, a trial ends, a first payment comes too late.

use super::item::{Billed, cycle};
use super::subscribe::TRIAL_ENDS_SOON_S;
use super::{Debit, MissingPaymentMethod, Pause, PausedInvoices, Status, Subscription};
use crate::stripe::call::Call;
use crate::stripe::invoice::{BillingReason, Invoice, Period};
use crate::stripe::timer::SubscriptionStep;

impl Call<'_> {
    pub(crate) fn subscription_is_due(&mut self, id: &str, step: SubscriptionStep, at: i64) {
        let Some(subscription) = self.world.subscriptions.get(id).cloned() else {
            return;
        };
        let runs = matches!(
            subscription.status,
            Status::Active | Status::PastDue | Status::Trialing | Status::Unpaid
        );
        match step {
            SubscriptionStep::Expires if subscription.status == Status::Incomplete => {
                self.expire_subscription(id);
            }
            SubscriptionStep::Renews if runs && subscription.renews_at() == Some(at) => {
                self.renew(subscription);
            }
            SubscriptionStep::RenewsSoon
                if runs && subscription.renews_at() == Some(at + self.upcoming_s()) =>
            {
                self.tell_of_upcoming(&subscription);
            }
            SubscriptionStep::Ends
                if subscription.cancel_at == Some(at) && !subscription.status.has_ended() =>
            {
                self.end_subscription(id, "cancellation_requested");
            }
            SubscriptionStep::TrialEndsSoon
                if subscription.status == Status::Trialing
                    && subscription
                        .trial
                        .is_some_and(|trial| trial.end - at <= TRIAL_ENDS_SOON_S) =>
            {
                self.emit_subscription(id, "customer.subscription.trial_will_end");
            }
            SubscriptionStep::CollectionResumes => {
                let paused = subscription.pause_collection.as_ref();
                if paused.is_some_and(|paused| paused.resumes_at == Some(at)) {
                    self.change_subscription(id, |it| it.pause_collection = None);
                }
            }
            SubscriptionStep::UpdateLapses => self.lapse_pending_update(id, at),
            _ => {}
        }
    }

    /// A period has ended: the subscription ends with it, or the next begins, and is billed.
    fn renew(&mut self, subscription: Subscription) {
        let id = subscription.id.clone();
        let at = self.now;
        if subscription.cancel_at.is_some_and(|end| end <= at) {
            self.end_subscription(&id, "cancellation_requested");
            return;
        }
        let trial_ends = subscription.status == Status::Trialing
            && subscription.trial.is_some_and(|trial| trial.end <= at);
        if trial_ends && self.method_of_subscription(&subscription).is_none() {
            match subscription.missing_payment_method {
                MissingPaymentMethod::CreateInvoice => {}
                MissingPaymentMethod::Cancel => {
                    self.end_subscription(&id, "cancellation_requested");
                    return;
                }
                MissingPaymentMethod::Pause => {
                    self.pause(&id, "trial_end_without_payment_method");
                    return;
                }
            }
        }
        let mut next = subscription;
        if trial_ends {
            next.status = Status::Active;
        }
        let mut invoice = self.next_period(&mut next);
        self.draw_pending_items(&mut invoice);
        next.latest_invoice = Some(invoice.id.clone());
        self.plan(&next);
        self.change_subscription(&id, |kept| *kept = next);
        let invoice = self.insert_invoice(invoice);
        self.forget_used_discounts(&id, &invoice);
    }

    /// Moves the items whose period has ended into their next one, with its invoice: a draft.
    pub(crate) fn next_period(&mut self, subscription: &mut Subscription) -> Invoice {
        let at = self.now;
        let mut invoice = self.subscription_invoice(subscription, BillingReason::SubscriptionCycle);
        let ended = |id: &String| {
            let discount = self.world.discounts.get(id);
            discount.is_none_or(|discount| discount.has_ended(at))
        };
        invoice.discounts.retain(|id| !ended(id));
        let anchor = subscription.billing_cycle_anchor;
        let mut items = std::mem::take(&mut subscription.items);
        let start = items.iter().map(|item| item.period.start).min();
        invoice.period_start = start.unwrap_or(at);
        for item in items.iter_mut().filter(|item| item.period.end <= at) {
            let Some(price) = self.price_of(item) else {
                continue;
            };
            let (_, end) = cycle(price).period(anchor, at);
            item.period = Period { start: at, end };
            item.debited = None;
            if let Some(line) = self.period_line(subscription, item, Billed::Whole) {
                item.debited = Some(Debit::Line {
                    invoice: invoice.id.clone(),
                    line: line.id.clone(),
                });
                invoice.lines.push(line);
            }
        }
        subscription.items = items;
        let keeps = subscription
            .pause_collection
            .as_ref()
            .is_some_and(|paused| paused.behavior == PausedInvoices::KeepAsDraft);
        invoice.auto_advance = !keeps && subscription.status != Status::Unpaid;
        invoice
    }

    /// The same, with what waits for it, drawn from nowhere.
    pub(crate) fn next_period_shown(&mut self, subscription: &mut Subscription) -> Invoice {
        let mut invoice = self.next_period(subscription);
        let pending = self.pending_items(&invoice);
        self.show_items(&mut invoice, pending.iter());
        invoice
    }

    pub(crate) fn method_of_subscription(&self, subscription: &Subscription) -> Option<String> {
        let customer = self.world.customers.get(&subscription.customer);
        let own = subscription.default_payment_method.clone();
        own.or_else(|| customer?.default_payment_method.clone())
    }

    /// No invoices, and no new periods, until it is resumed.
    pub(crate) fn pause(&mut self, id: &str, kind: &str) {
        let pause = Pause {
            kind: kind.to_owned(),
            since: self.now,
        };
        self.change_subscription(id, |subscription| {
            subscription.status = Status::Paused;
            subscription.pause = Some(pause);
        });
        self.emit_subscription(id, "customer.subscription.paused");
    }
}
