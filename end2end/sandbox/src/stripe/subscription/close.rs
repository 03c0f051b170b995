//! How a subscription ends, pauses and goes on: by call, or because nobody paid.

use super::item::{Billed, cycle};
use super::{Cancellation, Status, Subscription};
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::invoice::{self, Attempt, BillingReason, CollectionMethod, Period};
use crate::stripe::json::Value;
use crate::stripe::params::{Change, Params};

const FEEDBACK: &[&str] = &[
    "customer_service",
    "low_quality",
    "missing_features",
    "other",
    "switched_service",
    "too_complex",
    "too_expensive",
    "unused",
];

impl Call<'_> {
    /// A subscription that is there, for a path.
    pub(crate) fn subscription(&self, id: &str) -> Result<&Subscription> {
        let subscription = self.world.subscriptions.get(id);
        subscription.ok_or_else(|| Error::missing("subscription", id))
    }

    pub(crate) fn subscription_json(&self, id: &str) -> Result<Value> {
        Ok(self.subscription(id)?.json(self.world))
    }

    /// Reads `cancellation_details`: the customer's own words.
    pub(crate) fn read_cancellation(params: &mut Params, kept: &mut Cancellation) -> Result<()> {
        let Some(mut details) = params.map("cancellation_details")? else {
            return Ok(());
        };
        details.change("comment")?.apply(&mut kept.comment);
        if details.is_text("feedback", "") {
            kept.feedback = None;
        } else if let Some(feedback) = details.one_of("feedback", FEEDBACK)? {
            kept.feedback = Some(feedback);
        }
        Ok(())
    }

    pub(crate) fn cancel_subscription(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let mut subscription = self.subscription(id)?.clone();
        let invoice_now = params.boolean("invoice_now")?.unwrap_or(false);
        let prorate = params.boolean("prorate")?.unwrap_or(false);
        Self::read_cancellation(&mut params, &mut subscription.cancellation)?;
        if subscription.status.has_ended() {
            return Err(Error::missing("subscription", id));
        }
        let incomplete = subscription.status == Status::Incomplete;
        let cancellation = subscription.cancellation.clone();
        if prorate && !incomplete {
            for item in subscription.items.clone() {
                if let Some(credit) = self.credit(&subscription, &item, self.now) {
                    self.insert_invoice_item(credit);
                }
            }
        }
        if let Some(kept) = self.world.subscriptions.get_mut(id) {
            kept.cancellation = cancellation;
        }
        if incomplete {
            self.expire_subscription(id);
            return self.subscription_json(id);
        }
        if invoice_now {
            self.invoice_pending(&subscription);
        }
        self.end_subscription(id, "cancellation_requested");
        self.subscription_json(id)
    }

    /// It is over. What it still has open is no longer collected by itself.
    pub(crate) fn end_subscription(&mut self, id: &str, reason: &str) {
        let now = self.now;
        let invoices = self.world.invoices.of(id);
        let open: Vec<String> = invoices
            .iter()
            .filter(|it| matches!(it.status, invoice::Status::Draft | invoice::Status::Open))
            .map(|invoice| invoice.id.clone())
            .collect();
        for invoice in open {
            self.change_invoice(&invoice, |invoice| {
                invoice.auto_advance = false;
                invoice.automatically_finalizes_at = None;
                invoice.next_payment_attempt = None;
            });
        }
        let Some(mut subscription) = self.world.subscriptions.get(id).cloned() else {
            return;
        };
        subscription.status = Status::Canceled;
        subscription.ended_at = Some(now);
        subscription.canceled_at = subscription.canceled_at.or(Some(now));
        subscription.pause = None;
        subscription.pending_update = None;
        let known = subscription.cancellation.reason.take();
        subscription.cancellation.reason = known.or_else(|| Some(reason.to_owned()));
        for discount in subscription.discounts.clone() {
            self.end_discount(&discount);
        }
        let json = subscription.json(self.world);
        self.world.subscriptions.put(subscription);
        self.emit("customer.subscription.deleted", json, None);
    }

    /// The first payment was never made.
    pub(crate) fn expire_subscription(&mut self, id: &str) {
        let now = self.now;
        self.change_subscription(id, |subscription| {
            subscription.status = Status::IncompleteExpired;
            subscription.ended_at = Some(now);
            subscription.canceled_at = Some(now);
        });
        let latest = self.world.subscriptions.get(id);
        let Some(latest) = latest.and_then(|it| it.latest_invoice.clone()) else {
            return;
        };
        let invoice = self.world.invoices.get(&latest);
        if invoice.is_some_and(|invoice| invoice.status == invoice::Status::Open) {
            self.void_open_invoice(&latest);
        }
    }

    pub(crate) fn pause_subscription(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let status = self.subscription(id)?.status;
        params.one_of("type", &["subscription"])?;
        if !matches!(status, Status::Active | Status::PastDue | Status::Trialing) {
            return Err(Error::invalid("Only a running subscription can be paused."));
        }
        self.pause(id, "pause_requested");
        self.subscription_json(id)
    }

    /// A paused subscription goes on: its cycle from now, and billed, or as it was.
    pub(crate) fn resume_subscription(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let subscription = self.subscription(id)?.clone();
        let anchor = match params.map("billing_cycle_anchor")? {
            Some(mut anchor) => anchor.one_of("type", &["now", "unchanged"])?,
            None => None,
        };
        if subscription.status != Status::Paused {
            return Err(Error::invalid("Only a paused subscription can be resumed."));
        }
        if subscription.collection_method == CollectionMethod::SendInvoice {
            return Err(Error::invalid(
                "Only subscriptions that charge automatically can be resumed.",
            ));
        }
        let unchanged = anchor.as_deref() == Some("unchanged");
        let runs_on = subscription.renews_at().is_some_and(|end| self.now < end);
        if unchanged && runs_on {
            self.change_subscription(id, |subscription| {
                subscription.status = Status::Active;
                subscription.pause = None;
            });
            self.emit_subscription(id, "customer.subscription.resumed");
            let subscription = self.subscription(id)?.clone();
            self.plan(&subscription);
            return self.subscription_json(id);
        }
        let mut next = subscription;
        if !unchanged {
            next.billing_cycle_anchor = self.now;
        }
        next.trial = next.trial.map(|trial| Period {
            end: trial.end.min(self.now),
            ..trial
        });
        let mut invoice = self.subscription_invoice(&next, BillingReason::SubscriptionCycle);
        for mut item in std::mem::take(&mut next.items) {
            if let Some(price) = self.price_of(&item) {
                let (_, end) = cycle(price).period(next.billing_cycle_anchor, self.now);
                item.period = Period {
                    start: self.now,
                    end,
                };
            }
            self.bill_item(&mut next, item, Billed::Whole, &mut invoice);
        }
        next.latest_invoice = Some(invoice.id.clone());
        self.plan(&next);
        self.change_subscription(id, |kept| *kept = next);
        let invoice = self.insert_invoice(invoice);
        self.finalize_invoice(&invoice)?;
        let attempt = Attempt {
            off_session: true,
            ..Attempt::default()
        };
        // It stays paused until the invoice is paid.
        let _ = self.attempt_invoice(&invoice, &attempt);
        self.subscription_json(id)
    }
}

/// Cancels at the end of the period, or no longer.
pub(super) fn set_cancel_at_period_end(subscription: &mut Subscription, cancels: bool, now: i64) {
    subscription.cancel_at_period_end = cancels;
    subscription.cancel_at = subscription.renews_at().filter(|_| cancels);
    subscription.canceled_at = cancels.then_some(now);
    subscription.cancellation.reason = cancels.then(|| "cancellation_requested".to_owned());
}

/// Cancels at a time, or no longer.
pub(super) fn set_cancel_at(subscription: &mut Subscription, change: Change<i64>, now: i64) {
    let at = match change {
        Change::Keep => return,
        Change::Unset => None,
        Change::Set(at) => Some(at),
    };
    subscription.cancel_at = at;
    subscription.cancel_at_period_end = false;
    subscription.canceled_at = at.map(|_| now);
    subscription.cancellation.reason = at.map(|_| "cancellation_requested".to_owned());
}
