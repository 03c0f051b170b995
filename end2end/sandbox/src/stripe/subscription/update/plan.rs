//! Working out a change before anything is done: what the subscription becomes, what is prorated, what is billed at once.
//! The preview of an invoice stops here.

use super::{Edit, ItemEdit, Prorations, TrialEnd};
use crate::stripe::call::Call;
use crate::stripe::discount::Scope;
use crate::stripe::invoice::{BillingReason, Invoice, Line, LineParent, Period};
use crate::stripe::invoice_item::InvoiceItem;
use crate::stripe::subscription::item::{Billed, cycle};
use crate::stripe::subscription::{Debit, Item, Status, Subscription};

/// What a change comes to.
pub(crate) struct Change {
    pub next: Subscription,
    pub prorations: Vec<InvoiceItem>,
    /// To be paid at once, besides what waits for the next invoice.
    pub invoice: Option<Invoice>,
}

impl Call<'_> {
    pub(crate) fn plan_change(&mut self, old: &Subscription, edit: Edit) -> Change {
        let mut next = old.clone();
        let at = edit.proration_date.unwrap_or(self.now);
        let was_trialing = old.is_trialing(self.now);
        // Items that change or go, as they were; and the places of those that change or come.
        let (before, mut after) = self.edit_items(&mut next, edit.items);
        let turns = |item: &Item| self.price_of(item).map(cycle);
        let mut resets = edit.anchor_now
            || edit.trial_end == Some(TrialEnd::Now)
            || (!was_trialing
                && before.iter().any(|old| {
                    let new = next.items.iter().find(|new| new.id == old.id);
                    new.is_some_and(|new| turns(new) != turns(old))
                }));
        let mut credited = before;
        match edit.trial_end {
            Some(TrialEnd::Now) => self.end_trial(&mut next),
            Some(TrialEnd::At(end)) => {
                resets = false;
                credited = old.items.clone();
                after.clear();
                self.begin_trial(&mut next, end);
            }
            None if resets => credited = old.items.clone(),
            None => {}
        }
        let mut prorations = Vec::new();
        let prorates = edit.prorations != Prorations::None && !was_trialing;
        if prorates {
            for item in &credited {
                prorations.extend(self.credit(old, item, at));
            }
        }
        let mut invoice = self.subscription_invoice(&next, BillingReason::SubscriptionUpdate);
        if let Some(of) = &mut invoice.subscription {
            of.proration_date = (!prorations.is_empty()).then_some(at);
        }
        if resets {
            self.begin_anew(&mut next, &mut invoice);
        } else if prorates && edit.trial_end.is_none() {
            for place in after {
                let mut item = next.items[place].clone();
                prorations.extend(self.debit_rest(&next, &mut item, at));
                next.items[place] = item;
            }
        }
        for item in edit.once {
            self.keep_inline_price(&item.price);
            let line = self.once_line(&next, &invoice, item);
            invoice.lines.push(line);
        }
        let at_once = !invoice.lines.is_empty()
            || (edit.prorations == Prorations::AlwaysInvoice && !prorations.is_empty());
        Change {
            next,
            prorations,
            invoice: at_once.then_some(invoice),
        }
    }

    fn edit_items(
        &mut self,
        next: &mut Subscription,
        edits: Vec<ItemEdit>,
    ) -> (Vec<Item>, Vec<usize>) {
        let mut before = Vec::new();
        let mut changed = Vec::new();
        for edit in edits {
            match edit {
                ItemEdit::Delete(id) => {
                    before.extend(next.items.iter().find(|item| item.id == id).cloned());
                    next.items.retain(|item| item.id != id);
                }
                ItemEdit::Add(new) => {
                    self.keep_inline_price(&new.price);
                    let (item, _) = self.first_item(next, *new, true);
                    changed.push(item.id.clone());
                    next.items.push(item);
                }
                ItemEdit::Change {
                    id,
                    price,
                    quantity,
                    metadata,
                    discounts,
                } => {
                    let scope = Scope::SubscriptionItem(next.id.clone(), id.clone());
                    let customer = next.customer.clone();
                    let discounts =
                        discounts.map(|discounts| self.redeem(discounts, Some(&customer), &scope));
                    if let Some(price) = &price {
                        self.keep_inline_price(price);
                    }
                    let Some(item) = next.items.iter_mut().find(|item| item.id == id) else {
                        continue;
                    };
                    let old = item.clone();
                    if let Some(price) = price {
                        item.price = price.id.clone();
                    }
                    item.quantity = quantity.or(item.quantity);
                    item.metadata = metadata.unwrap_or_else(|| item.metadata.clone());
                    item.discounts = discounts.unwrap_or_else(|| item.discounts.clone());
                    if old.price != item.price || old.quantity != item.quantity {
                        before.push(old);
                        changed.push(id);
                    }
                }
            }
        }
        let place = |id: &String| next.items.iter().position(|item| item.id == *id);
        let places = changed.iter().filter_map(place).collect();
        (before, places)
    }

    fn end_trial(&self, next: &mut Subscription) {
        next.trial = next.trial.map(|trial| Period {
            end: self.now,
            ..trial
        });
        next.status = Status::Active;
    }

    fn begin_trial(&self, next: &mut Subscription, end: i64) {
        let start = next.trial.map_or(self.now, |trial| trial.start);
        next.trial = Some(Period { start, end });
        next.status = Status::Trialing;
        next.billing_cycle_anchor = end;
        for item in &mut next.items {
            item.period.end = end;
            item.debited = None;
        }
    }

    /// The cycle starts over: every item is billed from now on.
    fn begin_anew(&mut self, next: &mut Subscription, invoice: &mut Invoice) {
        next.billing_cycle_anchor = self.now;
        next.trial = next.trial.map(|trial| Period {
            end: trial.end.min(self.now),
            ..trial
        });
        if next.status == Status::Trialing {
            next.status = Status::Active;
        }
        for mut item in std::mem::take(&mut next.items) {
            if let Some(price) = self.price_of(&item) {
                let (start, end) = cycle(price).period(self.now, self.now);
                item.period = Period { start, end };
            }
            item.debited = None;
            self.bill_item(next, item, Billed::Whole, invoice);
        }
        // Items remember the invoice that took their money.
        debug_assert!(next.items.iter().all(|item| match &item.debited {
            Some(Debit::Line { invoice: id, .. }) => *id == invoice.id,
            _ => true,
        }));
    }

    /// The line for something that is paid once.
    pub(crate) fn once_line(
        &mut self,
        subscription: &Subscription,
        invoice: &Invoice,
        item: crate::stripe::subscription::new::OneTimeItem,
    ) -> Line {
        let scope = Scope::Invoice(invoice.id.clone());
        let discounts = self.redeem(item.discounts, Some(&subscription.customer), &scope);
        let unit = item.price.amounts(&subscription.currency);
        Line {
            id: self.world.random.id("il_1"),
            amount: item.price.cost(&subscription.currency, item.quantity),
            currency: subscription.currency.clone(),
            description: Some(self.product_name(&item.price.product)),
            discount_amounts: Vec::new(),
            discountable: item.discountable,
            discounts,
            metadata: item.metadata,
            parent: LineParent {
                subscription: Some(subscription.id.clone()),
                ..LineParent::default()
            },
            period: item.period.unwrap_or(Period {
                start: self.now,
                end: self.now,
            }),
            price: Some(item.price.id.clone()),
            product: Some(item.price.product.clone()),
            quantity: Some(item.quantity),
            unit_amount_decimal: unit.and_then(|it| it.unit_amount_decimal),
        }
    }
}
