//! Making, changing and listing invoices.

use super::{CollectionMethod, Invoice, Status};
use crate::stripe::call::Call;
use crate::stripe::discount::Scope;
use crate::stripe::error::{Error, Result};
use crate::stripe::json::{Value, json};
use crate::stripe::list::Page;
use crate::stripe::money;
use crate::stripe::params::{Change, Params};
use crate::stripe::timer::InvoiceStep;

const MOST_DAYS: i64 = 3650;

impl Call<'_> {
    pub(crate) fn create_invoice(&mut self, mut params: Params) -> Result<Value> {
        let customer = self.read_customer_id(&mut params)?;
        let of = params.text("subscription")?;
        let subscription = match &of {
            None => None,
            Some(id) => match self.world.subscriptions.get(id) {
                Some(kept) => Some(kept.clone()),
                None => return Err(Error::missing_param("subscription", id, "subscription")),
            },
        };
        let owner = subscription.as_ref().map(|it| it.customer.clone());
        let customer = customer
            .or(owner)
            .ok_or_else(|| params.missing("customer"))?;
        let currency = money::currency(&mut params)?;
        let currency = currency
            .or(subscription.as_ref().map(|it| it.currency.clone()))
            .or_else(|| self.currency_of(&customer))
            .unwrap_or_else(|| "usd".to_owned());
        let includes = params
            .choice(
                "pending_invoice_items_behavior",
                &[("exclude", false), ("include", true)],
            )?
            .unwrap_or(subscription.is_some());
        let id = self.world.random.id("in_1");
        let mut invoice = Invoice::draft(id, self.now, customer, currency);
        if let Some(subscription) = &subscription {
            if subscription.customer != invoice.customer {
                return Err(Error::missing_param(
                    "subscription",
                    &subscription.id,
                    "subscription",
                ));
            }
            let reason = super::BillingReason::SubscriptionUpdate;
            let draft = self.subscription_invoice(subscription, reason);
            invoice.billing_reason = reason;
            invoice.subscription = draft.subscription;
            invoice.payment_settings = draft.payment_settings;
            invoice.collection_method = draft.collection_method;
            invoice.days_until_due = draft.days_until_due;
        }
        let discounts = self.read_invoice(&mut params, &mut invoice)?;
        if of.is_some() && includes && self.pending_items(&invoice).is_empty() {
            return Err(Error::invalid("Nothing to invoice for subscription")
                .code("invoice_no_subscription_line_items"));
        }
        if let Some(discounts) = discounts {
            let scope = Scope::Invoice(invoice.id.clone());
            invoice.discounts = self.redeem(discounts, Some(&invoice.customer), &scope);
        }
        if includes {
            self.draw_pending_items(&mut invoice);
        }
        let id = self.insert_invoice(invoice);
        self.invoice_json(&id)
    }

    /// The currency of what waits for the next invoice.
    pub(super) fn currency_of(&self, customer: &str) -> Option<String> {
        let items = self.world.invoice_items.of(customer);
        let pending = items.iter().rev().find(|item| item.is_pending());
        pending.map(|item| item.currency.clone())
    }

    pub(crate) fn update_invoice(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let mut invoice = self.invoice(id)?.clone();
        let settled = params.has_others(&["auto_advance", "metadata", "default_payment_method"]);
        if settled && invoice.status != Status::Draft {
            return Err(Error::invalid(
                "Finalized invoices can only change their metadata, and how they are collected.",
            )
            .code("invoice_not_editable"));
        }
        let discounts = self.read_invoice(&mut params, &mut invoice)?;
        if let Some(discounts) = discounts {
            let scope = Scope::Invoice(id.to_owned());
            invoice.discounts = self.redeem(discounts, Some(&invoice.customer), &scope);
        }
        let at = invoice.automatically_finalizes_at;
        let waits = invoice.status == Status::Draft;
        invoice.automatically_finalizes_at = match (invoice.auto_advance, at) {
            (true, None) if waits => Some(self.now + super::finalize::DRAFT_FOR_S),
            (_, at) => at,
        };
        let at = invoice.automatically_finalizes_at;
        if waits && at.is_some() {
            self.set_invoice_timer(id, at.unwrap_or(self.now), InvoiceStep::Finalizes);
        }
        self.keep_draft(invoice);
        self.invoice_json(id)
    }

    /// The fields that creating and updating share; the discounts are given back, to be redeemed once all is well.
    fn read_invoice(
        &mut self,
        params: &mut Params,
        invoice: &mut Invoice,
    ) -> Result<Option<Vec<crate::stripe::discount::NewDiscount>>> {
        if let Some(advances) = params.boolean("auto_advance")? {
            invoice.auto_advance = advances;
            if !advances {
                invoice.automatically_finalizes_at = None;
            }
        }
        if let Some(at) = self.read_future(params, "automatically_finalizes_at")? {
            invoice.automatically_finalizes_at = Some(at);
            invoice.auto_advance = true;
        }
        if let Some(method) = params.choice("collection_method", CollectionMethod::NAMES)? {
            invoice.collection_method = method;
        }
        if let Some(days) = params.integer_in("days_until_due", 0..=MOST_DAYS)? {
            invoice.days_until_due = Some(days);
        }
        if let Some(due) = self.read_future(params, "due_date")? {
            invoice.due_date = Some(due);
        }
        let due = invoice.days_until_due.is_some() || invoice.due_date.is_some();
        match invoice.collection_method {
            CollectionMethod::ChargeAutomatically if due => {
                return Err(Error::invalid(
                    "If charging automatically, `due_date` and `days_until_due` cannot be set.",
                )
                .param("days_until_due"));
            }
            CollectionMethod::SendInvoice if !due => {
                return Err(Error::invalid(
                    "If invoice collection method is 'send_invoice', `days_until_due` or `due_date` must be set.",
                )
                .param("days_until_due"));
            }
            _ => {}
        }
        if let Change::Set(method) = params.change("default_payment_method")? {
            self.check_customers_method(&method, &invoice.customer, "default_payment_method")?;
            invoice.default_payment_method = Some(method);
        }
        for (name, field) in [
            ("description", &mut invoice.description),
            ("footer", &mut invoice.footer),
            ("number", &mut invoice.number),
            ("statement_descriptor", &mut invoice.statement_descriptor),
        ] {
            params.change(name)?.apply(field);
        }
        if params.is_text("effective_at", "") {
            invoice.effective_at = None;
        } else if let Some(at) = params.integer("effective_at")? {
            invoice.effective_at = Some(at);
        }
        let fields = params.change_map("custom_fields")?;
        fields
            .map(read_custom_fields)?
            .apply(&mut invoice.custom_fields);
        if let Some(settings) = params.map("payment_settings")? {
            invoice.payment_settings.read(settings)?;
        }
        invoice.metadata = params.metadata(&invoice.metadata)?;
        self.read_discounts(params, Some(&invoice.customer))
    }

    pub(crate) fn list_invoices(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let customer = params.text("customer")?;
        let subscription = params.text("subscription")?;
        let status = params.choice("status", Status::NAMES)?;
        let collection = params.choice("collection_method", CollectionMethod::NAMES)?;
        let rows = self.world.invoices.of_first(&[&subscription, &customer]);
        page.of(
            &rows,
            "/v1/invoices",
            |invoice| {
                !invoice.deleted
                    && customer.as_ref().is_none_or(|id| invoice.customer == *id)
                    && status.is_none_or(|status| invoice.status == status)
                    && collection.is_none_or(|method| invoice.collection_method == method)
            },
            |invoice| invoice.json(self.world),
        )
    }
}

/// Names and values that are printed on an invoice, up to four.
pub(crate) fn read_custom_fields(mut list: Params) -> Result<Value> {
    let place = list.place().to_owned();
    let mut fields = Vec::new();
    for mut item in list.items()? {
        fields.push(json!({
            "name": item.required_text("name")?, "value": item.required_text("value")?,
        }));
    }
    if fields.len() > 4 {
        return Err(Error::invalid("An invoice has up to four custom fields.").param(place));
    }
    Ok(json!(fields))
}
