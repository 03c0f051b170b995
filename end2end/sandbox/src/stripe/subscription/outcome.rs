//! What the fate of its invoices does to a subscription (docs.stripe.com/billing/subscriptions/overview).

use super::{PausedInvoices, Status, Subscription};
use crate::stripe::assumptions::AfterLastRetry;
use crate::stripe::call::Call;
use crate::stripe::invoice::{self, BillingReason, Invoice};

impl Call<'_> {
    /// Changes a subscription, and tells of it.
    pub(crate) fn change_subscription(&mut self, id: &str, change: impl FnOnce(&mut Subscription)) {
        let Some(kept) = self.world.subscriptions.get(id) else {
            return;
        };
        let before = kept.json(self.world);
        let mut subscription = kept.clone();
        change(&mut subscription);
        let after = subscription.json(self.world);
        self.world.subscriptions.put(subscription);
        self.emit_updated("customer.subscription.updated", &before, after);
    }

    /// An event about a subscription as it is now.
    pub(crate) fn emit_subscription(&mut self, id: &str, kind: &'static str) {
        if let Some(subscription) = self.world.subscriptions.get(id) {
            let json = subscription.json(self.world);
            self.emit(kind, json, None);
        }
    }

    fn billed(&self, invoice: &str) -> Option<(Invoice, Subscription)> {
        let invoice = self.world.invoices.get(invoice)?;
        let of = invoice.subscription.as_ref()?;
        let subscription = self.world.subscriptions.get(&of.id)?;
        Some((invoice.clone(), subscription.clone()))
    }

    /// Its invoice was paid, by this method.
    pub(crate) fn subscription_was_paid(&mut self, invoice: &str, method: Option<String>) {
        let Some((invoice, subscription)) = self.billed(invoice) else {
            return;
        };
        let id = subscription.id.clone();
        self.apply_pending_update(&id, &invoice.id);
        let latest = subscription.latest_invoice.as_ref() == Some(&invoice.id);
        let now = self.now;
        let resumes = subscription.status == Status::Paused && latest;
        self.change_subscription(&id, |subscription| {
            if subscription.saves_method && method.is_some() {
                subscription.default_payment_method = method;
            }
            let recovers = match subscription.status {
                Status::Incomplete => invoice.billing_reason == BillingReason::SubscriptionCreate,
                Status::PastDue | Status::Unpaid | Status::Paused => latest,
                _ => false,
            };
            if recovers {
                subscription.pause = None;
                subscription.status = match subscription.is_trialing(now) {
                    true => Status::Trialing,
                    false => Status::Active,
                };
            }
        });
        if resumes {
            self.emit_subscription(&id, "customer.subscription.resumed");
        }
    }

    /// The first payment is under way: a debit takes days, and the subscription begins meanwhile.
    pub(crate) fn invoice_is_processing(&mut self, invoice: &str) {
        let Some((_, subscription)) = self.billed(invoice) else {
            return;
        };
        if subscription.status == Status::Incomplete {
            self.change_subscription(&subscription.id, |it| it.status = Status::Active);
        }
    }

    /// A try to collect its invoice failed, perhaps the last, or the invoice is overdue.
    pub(crate) fn subscription_was_not_paid(&mut self, invoice: &str, is_last: bool) {
        let Some((invoice, subscription)) = self.billed(invoice) else {
            return;
        };
        let waits = subscription.pending_update.as_ref();
        if waits.is_some_and(|update| update.invoice == invoice.id) {
            return;
        }
        let id = &subscription.id;
        match subscription.status {
            Status::Active | Status::Trialing | Status::PastDue => {}
            _ => return,
        }
        match self.world.assumptions.after_last_retry {
            AfterLastRetry::Cancel if is_last => self.end_subscription(id, "payment_failed"),
            AfterLastRetry::MarkUnpaid if is_last => {
                self.change_subscription(id, |it| it.status = Status::Unpaid);
            }
            _ => self.change_subscription(id, |it| it.status = Status::PastDue),
        }
    }

    /// Its invoice was voided, or given up.
    pub(crate) fn subscription_was_let_off(&mut self, invoice: &str) {
        let Some((invoice, subscription)) = self.billed(invoice) else {
            return;
        };
        let latest = subscription.latest_invoice.as_ref() == Some(&invoice.id);
        let id = &subscription.id;
        match subscription.status {
            Status::Incomplete if latest && invoice.status == invoice::Status::Void => {
                self.expire_subscription(id);
            }
            Status::Incomplete | Status::PastDue | Status::Unpaid if latest => {
                self.change_subscription(id, |it| it.status = Status::Active);
            }
            _ => {}
        }
    }

    /// What an invoice becomes whose subscription's collection is paused.
    pub(crate) fn paused_collection(&self, invoice: &Invoice) -> Option<invoice::Status> {
        let of = invoice.subscription.as_ref()?;
        let subscription = self.world.subscriptions.get(&of.id)?;
        match subscription.pause_collection.as_ref()?.behavior {
            PausedInvoices::Void => Some(invoice::Status::Void),
            PausedInvoices::MarkUncollectible => Some(invoice::Status::Uncollectible),
            PausedInvoices::KeepAsDraft => None,
        }
    }

    /// A method was saved that a subscription waited for.
    pub(crate) fn tell_subscription(&mut self, setup_intent: &str) {
        let method = self.world.setup_intents.get(setup_intent);
        let method = method.and_then(|intent| intent.payment_method.clone());
        let waiting = self.world.subscriptions.of(setup_intent);
        let waiting: Vec<String> = waiting.iter().map(|it| it.id.clone()).collect();
        for id in waiting {
            let method = method.clone();
            self.change_subscription(&id, |subscription| {
                subscription.pending_setup_intent = None;
                if subscription.saves_method {
                    subscription.default_payment_method = method;
                }
            });
        }
    }
}
