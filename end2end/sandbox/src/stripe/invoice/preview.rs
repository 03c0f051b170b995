//! The next invoice, before there is one: `POST /v1/invoices/create_preview`, and the event `invoice.upcoming`.
//! Works on copies; a price made with `price_data` stays behind, archived.

use super::{BillingReason, Invoice};
use crate::stripe::call::Call;
use crate::stripe::discount::Scope;
use crate::stripe::error::{Error, Result};
use crate::stripe::invoice_item::InvoiceItem;
use crate::stripe::json::Value;
use crate::stripe::money;
use crate::stripe::params::Params;
use crate::stripe::subscription::{NewSubscription, Subscription};

impl Call<'_> {
    /// A subscription's next renewal, as it would be now.
    fn upcoming(&mut self, subscription: &Subscription) -> Invoice {
        let mut next = subscription.clone();
        let now = self.now;
        self.now = subscription.renews_at().unwrap_or(now);
        let mut invoice = self.next_period_shown(&mut next);
        self.now = now;
        invoice.created = subscription.renews_at().unwrap_or(now);
        invoice
    }

    /// Tells of a renewal some days before.
    pub(crate) fn tell_of_upcoming(&mut self, subscription: &Subscription) {
        if subscription.cancel_at.is_some() {
            return;
        }
        let invoice = self.upcoming(subscription);
        let json = self.preview_json(invoice);
        self.emit("invoice.upcoming", json, None);
    }

    fn preview_json(&mut self, mut invoice: Invoice) -> Value {
        invoice.apply_discounts(self.world);
        invoice.billing_reason = BillingReason::Upcoming;
        invoice.id = invoice.id.replacen("in_", "upcoming_in_", 1);
        let at = invoice.created;
        let by_itself = invoice.collection_method == super::CollectionMethod::ChargeAutomatically;
        invoice.next_payment_attempt = by_itself.then_some(at + super::finalize::DRAFT_FOR_S);
        invoice.automatically_finalizes_at = None;
        let mut json = invoice.json(self.world);
        json["webhooks_delivered_at"] = Value::Null;
        json
    }

    pub(crate) fn create_preview(&mut self, mut params: Params) -> Result<Value> {
        let customer = self.read_customer_id(&mut params)?;
        let currency = money::currency(&mut params)?;
        let id = params.text("subscription")?;
        let details = params.map("subscription_details")?;
        let kept = match &id {
            None => None,
            Some(id) => match self.world.subscriptions.get(id) {
                Some(kept) => Some(kept.clone()),
                None => return Err(Error::missing_param("subscription", id, "subscription")),
            },
        };
        let owner = kept.as_ref().map(|kept| kept.customer.clone());
        let customer = customer
            .or(owner)
            .ok_or_else(|| params.missing("customer"))?;
        let before = self.world.discounts.all().len();
        let json = self.sketch(&mut params, kept, details, &customer, currency);
        // What was redeemed for the sketch was not redeemed.
        let made = self.world.discounts.iter().skip(before);
        let made: Vec<String> = made.map(|discount| discount.id.clone()).collect();
        self.take_back(&made);
        json
    }

    fn sketch(
        &mut self,
        params: &mut Params,
        kept: Option<Subscription>,
        details: Option<Params>,
        customer: &str,
        currency: Option<String>,
    ) -> Result<Value> {
        let mut invoice = match (kept, details) {
            (Some(kept), None) => self.upcoming(&kept),
            (Some(kept), Some(details)) => self.preview_change(&kept, details)?,
            (None, Some(details)) => self.preview_start(customer, currency.as_deref(), details)?,
            (None, None) => {
                let id = self.world.random.id("in_1");
                let currency = currency.clone().or_else(|| self.currency_of(customer));
                let currency = currency.unwrap_or_else(|| "usd".to_owned());
                let mut invoice = Invoice::draft(id, self.now, customer.to_owned(), currency);
                let pending = self.pending_items(&invoice);
                self.show_items(&mut invoice, pending.iter());
                invoice
            }
        };
        let added = self.read_preview_items(params, &invoice)?;
        self.show_items(&mut invoice, added.iter());
        if invoice.lines.is_empty() {
            return Err(Error::invalid("No upcoming invoices for customer")
                .code("invoice_upcoming_none")
                .status(404));
        }
        if let Some(discounts) = self.read_discounts(params, Some(customer))? {
            let scope = Scope::Invoice(invoice.id.clone());
            invoice.discounts = self.redeem(discounts, Some(customer), &scope);
        }
        Ok(self.preview_json(invoice))
    }

    fn preview_change(&mut self, kept: &Subscription, mut details: Params) -> Result<Invoice> {
        let edit = self.read_edit(&mut details, kept)?;
        let cancels = details.boolean("cancel_now")?.unwrap_or(false);
        let change = self.plan_change(kept, edit);
        let mut invoice = match change.invoice {
            _ if cancels => self.subscription_invoice(kept, BillingReason::SubscriptionUpdate),
            Some(mut invoice) => {
                let pending = self.pending_items(&invoice);
                self.show_items(&mut invoice, pending.iter());
                invoice
            }
            None => self.upcoming(&change.next),
        };
        self.show_items(&mut invoice, change.prorations.iter());
        Ok(invoice)
    }

    fn preview_start(
        &mut self,
        customer: &str,
        currency: Option<&str>,
        mut details: Params,
    ) -> Result<Invoice> {
        let items = self.read_new_items(&mut details, customer, currency)?;
        let mut new = NewSubscription::new(customer.to_owned(), items);
        new.currency = currency.map(str::to_owned);
        new.trial_end = self.read_future(&mut details, "trial_end")?;
        Ok(self.first_invoice(&new))
    }

    fn read_preview_items(
        &mut self,
        params: &mut Params,
        invoice: &Invoice,
    ) -> Result<Vec<InvoiceItem>> {
        let Some(mut list) = params.map("invoice_items")? else {
            return Ok(Vec::new());
        };
        let mut items = Vec::new();
        for mut item in list.items()? {
            items.push(self.read_line(&mut item, invoice)?);
        }
        Ok(items)
    }
}
