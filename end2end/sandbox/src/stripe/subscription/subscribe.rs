//! Making a subscription: its items' first periods, its first invoice, and the first payment.

use super::item::{Billed, cycle};
use super::{Debit, Item, NewItem, NewSubscription, PaymentBehavior, Status, Subscription};
use crate::stripe::calendar::DAY_S;
use crate::stripe::call::Call;
use crate::stripe::discount::Scope;
use crate::stripe::error::{Error, Result};
use crate::stripe::invoice::{
    Attempt, BillingReason, CollectionMethod, Invoice, OfSubscription, Period, no_method,
};
use crate::stripe::money;
use crate::stripe::payment_intent;
use crate::stripe::timer::{SubscriptionStep, Timer};

/// How long the first payment may take.
const INCOMPLETE_FOR_S: i64 = 23 * 60 * 60;
/// When a customer is told that a trial ends.
pub(crate) const TRIAL_ENDS_SOON_S: i64 = 3 * DAY_S;

impl Call<'_> {
    /// Makes a subscription whose parts have been checked. An error means that there is none.
    pub(crate) fn subscribe(&mut self, new: NewSubscription) -> Result<String> {
        let (mut subscription, mut invoice) = self.begin(&new);
        let id = subscription.id.clone();
        subscription.latest_invoice = Some(invoice.id.clone());
        self.draw_pending_items(&mut invoice);
        invoice.apply_discounts(self.world);
        let mut redeemed = subscription.discounts.clone();
        let lines = invoice.lines.iter();
        redeemed.extend(lines.flat_map(|line| line.discounts.clone()));
        let draft = invoice.id.clone();
        if let Err(error) = self.first_payment(&new, subscription, invoice) {
            self.take_back(&redeemed);
            self.put_back_items(&draft);
            return Err(error);
        }
        Ok(id)
    }

    /// The subscription and its first invoice, neither of them stored.
    fn begin(&mut self, new: &NewSubscription) -> (Subscription, Invoice) {
        let id = self.world.random.id("sub_1");
        for price in new.items.iter().map(|item| &item.price) {
            self.keep_inline_price(price);
        }
        for item in &new.once {
            self.keep_inline_price(&item.price);
        }
        let customer = Some(new.customer.as_str());
        let scope = Scope::Subscription(id.clone());
        let discounts = self.redeem(new.discounts.clone(), customer, &scope);
        let trial = new.trial_end.map(|end| Period {
            start: self.now,
            end,
        });
        let anchor = new.billing_cycle_anchor.or(new.trial_end);
        let mut subscription = Subscription {
            id: id.clone(),
            created: self.now,
            status: Status::Incomplete,
            billing_cycle_anchor: anchor.unwrap_or(self.now),
            billing_cycle_anchor_config: new.billing_cycle_anchor_config.clone(),
            billing_mode: new.billing_mode.clone(),
            cancel_at: new.cancel_at,
            cancel_at_period_end: new.cancel_at_period_end,
            canceled_at: (new.cancel_at.is_some() || new.cancel_at_period_end).then_some(self.now),
            cancellation: new.cancellation.clone(),
            collection_method: new.collection_method,
            currency: new.currency(),
            customer: new.customer.clone(),
            days_until_due: new.days_until_due,
            default_payment_method: new.default_payment_method.clone(),
            description: new.description.clone(),
            discounts,
            ended_at: None,
            items: Vec::new(),
            latest_invoice: None,
            metadata: new.metadata.clone(),
            missing_payment_method: new.missing_payment_method,
            pause: None,
            pause_collection: None,
            payment_settings: new.payment_settings.clone(),
            saves_method: new.saves_method,
            pending_setup_intent: None,
            pending_update: None,
            start_date: self.now,
            trial,
        };
        let mut invoice =
            self.subscription_invoice(&subscription, BillingReason::SubscriptionCreate);
        for item in new.items.clone() {
            let (item, billed) = self.first_item(&subscription, item, new.prorates);
            self.bill_item(&mut subscription, item, billed, &mut invoice);
        }
        if subscription.cancel_at_period_end {
            subscription.cancel_at = subscription.renews_at();
        }
        self.add_once(new, &subscription, &mut invoice);
        (subscription, invoice)
    }

    /// What the first invoice would be, for a preview.
    pub(crate) fn first_invoice(&mut self, new: &NewSubscription) -> Invoice {
        let (_, mut invoice) = self.begin(new);
        let pending = self.pending_items(&invoice);
        self.show_items(&mut invoice, pending.iter());
        invoice
    }

    /// A draft for a subscription, without lines yet.
    pub(crate) fn subscription_invoice(
        &mut self,
        subscription: &Subscription,
        reason: BillingReason,
    ) -> Invoice {
        let id = self.world.random.id("in_1");
        let mut invoice = Invoice::draft(
            id,
            self.now,
            subscription.customer.clone(),
            subscription.currency.clone(),
        );
        invoice.auto_advance = true;
        invoice.billing_reason = reason;
        invoice.collection_method = subscription.collection_method;
        invoice.days_until_due = subscription.days_until_due;
        invoice.discounts = subscription.discounts.clone();
        invoice.subscription = Some(OfSubscription {
            id: subscription.id.clone(),
            metadata: subscription.metadata.clone(),
            proration_date: None,
        });
        invoice.payment_settings = subscription.payment_settings.clone();
        invoice
    }

    /// A new item with its first period, and what of that is billed.
    pub(crate) fn first_item(
        &mut self,
        subscription: &Subscription,
        new: NewItem,
        prorates: bool,
    ) -> (Item, Billed) {
        let id = format!("si_{}", self.world.random.letters(14));
        let scope = Scope::SubscriptionItem(subscription.id.clone(), id.clone());
        let anchor = subscription.billing_cycle_anchor;
        let whole = cycle(&new.price).period(anchor, self.now);
        let whole = Period {
            start: whole.0,
            end: whole.1,
        };
        let trial = subscription.trial.filter(|trial| self.now < trial.end);
        let (end, billed) = match trial {
            Some(trial) => (trial.end, Billed::Trial),
            None if whole.start == self.now => (whole.end, Billed::Whole),
            None if prorates => (whole.end, Billed::Part(whole)),
            None => (whole.end, Billed::Free),
        };
        let item = Item {
            id,
            created: self.now,
            discounts: self.redeem(new.discounts, Some(&subscription.customer), &scope),
            metadata: new.metadata,
            price: new.price.id.clone(),
            quantity: new.quantity,
            period: Period {
                start: self.now,
                end,
            },
            debited: None,
        };
        (item, billed)
    }

    /// Adds an item to a subscription, and its line to the invoice.
    pub(crate) fn bill_item(
        &mut self,
        subscription: &mut Subscription,
        mut item: Item,
        billed: Billed,
        invoice: &mut Invoice,
    ) {
        if let Some(line) = self.period_line(subscription, &item, billed) {
            item.debited = Some(Debit::Line {
                invoice: invoice.id.clone(),
                line: line.id.clone(),
            });
            invoice.lines.push(line);
        }
        subscription.items.push(item);
    }

    fn add_once(
        &mut self,
        new: &NewSubscription,
        subscription: &Subscription,
        invoice: &mut Invoice,
    ) {
        for item in new.once.clone() {
            let line = self.once_line(subscription, invoice, item);
            invoice.lines.push(line);
        }
    }

    fn first_payment(
        &mut self,
        new: &NewSubscription,
        mut subscription: Subscription,
        mut invoice: Invoice,
    ) -> Result<()> {
        let due = invoice.amount_due(self.world);
        if due > 0 {
            money::check(due, &invoice.currency)?;
        }
        let by_itself = subscription.collection_method == CollectionMethod::ChargeAutomatically;
        let customer = self.world.customers.get(&subscription.customer);
        let own = subscription.default_payment_method.clone();
        let method = own.or_else(|| customer?.default_payment_method.clone());
        let waits = new.payment_behavior == PaymentBehavior::DefaultIncomplete;
        if by_itself && due > 0 && !waits && method.is_none() {
            return Err(no_method());
        }
        let mut paid = None;
        if by_itself
            && due > 0
            && new.payment_behavior == PaymentBehavior::ErrorIfIncomplete
            && let Some(method) = &method
        {
            paid = Some(self.pay_beforehand(&invoice, due, method, new.off_session)?);
        }
        if !(by_itself && due > 0) {
            subscription.status = if subscription.is_trialing(self.now) {
                Status::Trialing
            } else {
                Status::Active
            };
        }
        if by_itself && due == 0 && waits && method.is_none() {
            let customer = subscription.customer.clone();
            subscription.pending_setup_intent = Some(self.open_setup(customer));
        }
        let id = subscription.id.clone();
        self.tell_of_discounts(&subscription.discounts);
        let json = subscription.json(self.world);
        self.world.subscriptions.put(subscription.clone());
        self.emit("customer.subscription.created", json, None);
        self.plan(&subscription);
        if subscription.status == Status::Incomplete {
            self.set_subscription_timer(
                &id,
                self.now + INCOMPLETE_FOR_S,
                SubscriptionStep::Expires,
            );
        }
        if let Some(trial) = subscription.trial {
            let soon = (trial.end - TRIAL_ENDS_SOON_S).max(self.now);
            self.set_subscription_timer(&id, soon, SubscriptionStep::TrialEndsSoon);
        }
        // What is sent is a draft for an hour, as every later invoice is.
        if !by_itself {
            let invoice = self.insert_invoice(invoice);
            self.forget_used_discounts(&id, &invoice);
            return Ok(());
        }
        invoice.auto_advance = true;
        invoice.automatically_finalizes_at = Some(self.now);
        let invoice = self.insert_invoice(invoice);
        self.finalize_with(&invoice, paid.clone())?;
        if due > 0 && !waits && paid.is_none() {
            let attempt = Attempt {
                off_session: new.off_session,
                ..Attempt::default()
            };
            // A subscription whose payment fails is incomplete, and no error.
            let _ = self.attempt_invoice(&invoice, &attempt);
        }
        self.forget_used_discounts(&id, &invoice);
        Ok(())
    }

    /// Pays before there is a subscription, which there is to be only if that succeeds.
    pub(crate) fn pay_beforehand(
        &mut self,
        invoice: &Invoice,
        due: i64,
        method: &str,
        off_session: bool,
    ) -> Result<String> {
        let intent = self.open_bill(self.bill_of(invoice, due, Some(method.to_owned())));
        let outcome = self.pay_bill(&intent, method, off_session);
        let paid = self.world.payment_intents.get(&intent).is_some_and(|it| {
            matches!(
                it.status,
                payment_intent::Status::Succeeded | payment_intent::Status::Processing
            )
        });
        if paid {
            return Ok(intent);
        }
        self.cancel_bill(&intent, "failed_invoice");
        outcome?;
        let mut error = Error::card(
            "subscription_payment_intent_requires_action",
            "Payment for this subscription requires additional user action before it can be completed successfully. \
             Payment can be completed using the PaymentIntent associated with `subscription.latest_invoice`.",
        );
        error.payment_intent = self
            .world
            .payment_intents
            .get(&intent)
            .map(|it| it.json(self.world));
        Err(error)
    }

    pub(crate) fn set_subscription_timer(&mut self, id: &str, at: i64, step: SubscriptionStep) {
        let subscription = id.to_owned();
        self.set_timer_at(
            at,
            Timer::SubscriptionIsDue {
                subscription,
                step,
                at,
            },
        );
    }

    /// How long before a renewal it is announced.
    pub(crate) fn upcoming_s(&self) -> i64 {
        i64::from(self.world.assumptions.upcoming_invoice_days) * DAY_S
    }

    /// Plans the end of the period, and the word of it beforehand.
    pub(crate) fn plan(&mut self, subscription: &Subscription) {
        let Some(at) = subscription.renews_at() else {
            return;
        };
        let id = &subscription.id;
        let soon = at - self.upcoming_s();
        if soon > self.now {
            self.set_subscription_timer(id, soon, SubscriptionStep::RenewsSoon);
        }
        self.set_subscription_timer(id, at, SubscriptionStep::Renews);
        if let Some(end) = subscription.cancel_at.filter(|end| *end < at) {
            self.set_subscription_timer(id, end, SubscriptionStep::Ends);
        }
    }
}
