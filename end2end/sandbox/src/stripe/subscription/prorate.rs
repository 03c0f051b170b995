//! Prorations (docs.stripe.com/billing/subscriptions/prorations): what is given back for the rest of a period, and what
//! is taken for it, to the second. Given back is a share of what was taken, discounts included.

use super::item::{Billed, cycle};
use super::{Debit, Item, Subscription};
use crate::stripe::calendar;
use crate::stripe::call::Call;
use crate::stripe::invoice::{BillingReason, LineParent, Period};
use crate::stripe::invoice_item::InvoiceItem;
use crate::stripe::price::share;

/// What took the money for a period.
struct Taken {
    net: i64,
    period: Period,
    /// The invoice and the line.
    line: Option<(String, String)>,
}

impl Call<'_> {
    fn taken(&self, item: &Item) -> Option<Taken> {
        match item.debited.as_ref()? {
            Debit::Line { invoice, line } => {
                let kept = self.world.invoices.get(invoice)?;
                let line = kept.lines.iter().find(|kept| kept.id == *line)?;
                Some(Taken {
                    net: line.net(),
                    period: line.period,
                    line: Some((invoice.clone(), line.id.clone())),
                })
            }
            Debit::InvoiceItem(id) => {
                let kept = self.world.invoice_items.get(id)?;
                let invoice = kept.invoice.as_ref();
                let lines = invoice.and_then(|id| self.world.invoices.get(id));
                let own = |line: &&crate::stripe::invoice::Line| {
                    line.parent.invoice_item.as_ref() == Some(id)
                };
                let line = lines.and_then(|invoice| invoice.lines.iter().find(own));
                Some(Taken {
                    net: kept.amount,
                    period: kept.period,
                    line: invoice.cloned().zip(line.map(|line| line.id.clone())),
                })
            }
        }
    }

    /// Gives back the time of an item after `at`, if anything was taken for it.
    pub(super) fn credit(
        &mut self,
        subscription: &Subscription,
        item: &Item,
        at: i64,
    ) -> Option<InvoiceItem> {
        let taken = self.taken(item)?;
        let rest = (item.period.end - at).max(0);
        let amount = -share(taken.net, rest, taken.period.end - taken.period.start);
        if amount == 0 {
            return None;
        }
        let mut credit = self.proration(subscription, item, at, amount, "Unused")?;
        credit.parent.credited = taken.line.map(|(invoice, line)| (invoice, vec![line]));
        Some(credit)
    }

    /// Takes what the time of an item after `at` costs, and remembers it on the item.
    pub(super) fn debit_rest(
        &mut self,
        subscription: &Subscription,
        item: &mut Item,
        at: i64,
    ) -> Option<InvoiceItem> {
        item.debited = None;
        let (start, end) =
            cycle(self.price_of(item)?).period(subscription.billing_cycle_anchor, at);
        let rest = Item {
            period: Period {
                start: at,
                end: item.period.end,
            },
            ..item.clone()
        };
        // A draft of its own tells what the discounts leave of it.
        let mut scratch =
            self.subscription_invoice(subscription, BillingReason::SubscriptionUpdate);
        let line = self.period_line(subscription, &rest, Billed::Part(Period { start, end }))?;
        scratch.lines.push(line);
        scratch.apply_discounts(self.world);
        let debit = self.proration(subscription, &rest, at, scratch.total(), "Remaining")?;
        item.debited = Some(Debit::InvoiceItem(debit.id.clone()));
        Some(debit)
    }

    fn proration(
        &mut self,
        subscription: &Subscription,
        item: &Item,
        at: i64,
        amount: i64,
        time: &str,
    ) -> Option<InvoiceItem> {
        let price = self.price_of(item)?;
        let (price, product) = (price.id.clone(), price.product.clone());
        let quantity = item.quantity?;
        let many = match quantity {
            1 => String::new(),
            many => format!("{many} × "),
        };
        let name = self.product_name(&product);
        let day = calendar::printed(at);
        Some(InvoiceItem {
            id: self.world.random.id("ii_1"),
            created: self.now,
            deleted: false,
            amount,
            currency: subscription.currency.clone(),
            customer: subscription.customer.clone(),
            description: Some(format!("{time} time on {many}{name} after {day}")),
            discountable: false,
            discounts: Vec::new(),
            invoice: None,
            metadata: item.metadata.clone(),
            parent: LineParent {
                subscription: Some(subscription.id.clone()),
                subscription_item: Some(item.id.clone()),
                proration: true,
                ..LineParent::default()
            },
            period: Period {
                start: at,
                end: item.period.end,
            },
            price: Some(price),
            product: Some(product),
            quantity,
            unit_amount_decimal: (quantity == 1).then(|| amount.to_string()),
        })
    }
}
