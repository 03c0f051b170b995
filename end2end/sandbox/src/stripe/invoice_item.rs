//! Invoice items (docs.stripe.com/api/invoiceitems): what the customer's next invoice is to have besides its
//! subscription's items; also prorations.

mod calls;

use super::call::Call;
use super::invoice::{Invoice, Line, LineParent, Period};
use super::params::Metadata;
use super::table::Row;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct InvoiceItem {
    pub id: String,
    pub created: i64,
    pub deleted: bool,
    pub amount: i64,
    pub currency: String,
    pub customer: String,
    pub description: Option<String>,
    pub discountable: bool,
    /// `di_…`
    pub discounts: Vec<String>,
    /// None while it waits for the next one.
    pub invoice: Option<String>,
    pub metadata: Metadata,
    pub parent: LineParent,
    pub period: Period,
    pub price: Option<String>,
    pub product: Option<String>,
    pub quantity: i64,
    pub unit_amount_decimal: Option<String>,
}

impl Row for InvoiceItem {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn owners(&self) -> Vec<&str> {
        let mut owners = vec![self.customer.as_str()];
        owners.extend(self.invoice.as_deref());
        owners
    }
}

impl InvoiceItem {
    pub(crate) fn is_pending(&self) -> bool {
        self.invoice.is_none() && !self.deleted
    }

    pub(crate) fn json(&self) -> Value {
        if self.deleted {
            return json!({ "id": self.id, "object": "invoiceitem", "deleted": true });
        }
        let parent = self.parent.subscription.as_ref().map(|subscription| {
            let mut details = json!({ "subscription": subscription });
            if let Some(item) = &self.parent.subscription_item {
                details["subscription_item"] = json!(item);
            }
            json!({ "subscription_details": details, "type": "subscription_details" })
        });
        let mut json = json!({
            "id": self.id,
            "object": "invoiceitem",
            "amount": self.amount,
            "currency": self.currency,
            "customer": self.customer,
            "customer_account": null,
            "date": self.created,
            "description": self.description,
            "discountable": self.discountable,
            "discounts": self.discounts,
            "invoice": self.invoice,
            "livemode": false,
            "metadata": self.metadata,
            "net_amount": self.amount,
            "parent": parent,
            "period": self.period,
            "pricing": super::invoice::pricing(
                self.price.as_deref(), self.product.as_deref(), self.unit_amount_decimal.as_deref(),
            ),
            "proration": self.parent.proration,
            "quantity": self.quantity,
            "quantity_decimal": self.quantity.to_string(),
            "tax_rates": [],
            "test_clock": null,
        });
        if self.parent.proration {
            let credited = self.parent.credited.as_ref().map(|(invoice, lines)| {
                json!({
                    "invoice_line_item_details": { "invoice": invoice, "invoice_line_items": lines },
                    "type": "invoice_line_items",
                })
            });
            json["proration_details"] =
                json!({ "credited_items": credited, "discount_amounts": [] });
        }
        json
    }

    /// As a line of an invoice.
    fn line(&self, id: String) -> Line {
        let mut parent = self.parent.clone();
        parent.invoice_item = Some(self.id.clone());
        Line {
            id,
            amount: self.amount,
            currency: self.currency.clone(),
            description: self.description.clone(),
            discount_amounts: Vec::new(),
            discountable: self.discountable,
            discounts: self.discounts.clone(),
            metadata: self.metadata.clone(),
            parent,
            period: self.period,
            price: self.price.clone(),
            product: self.product.clone(),
            quantity: Some(self.quantity),
            unit_amount_decimal: self.unit_amount_decimal.clone(),
        }
    }
}

impl Call<'_> {
    pub(crate) fn insert_invoice_item(&mut self, item: InvoiceItem) {
        let json = item.json();
        self.world.invoice_items.put(item);
        self.emit("invoiceitem.created", json, None);
    }

    /// What waits for this customer's next invoice, or for the next of this subscription.
    pub(crate) fn pending_items(&self, invoice: &Invoice) -> Vec<InvoiceItem> {
        let subscription = invoice.subscription.as_ref().map(|of| &of.id);
        let items = self.world.invoice_items.of(&invoice.customer);
        let pending = items.iter().filter(|item| {
            let of = item.parent.subscription.as_ref();
            item.is_pending()
                && item.currency == invoice.currency
                && (of.is_none() || of == subscription)
        });
        pending.cloned().collect()
    }

    /// Draws what waits into a draft, before the lines that are there.
    pub(crate) fn draw_pending_items(&mut self, invoice: &mut Invoice) {
        let mut lines = Vec::new();
        for mut item in self.pending_items(invoice) {
            item.invoice = Some(invoice.id.clone());
            lines.push(item.line(self.world.random.id("il_1")));
            self.world.invoice_items.put(item);
        }
        lines.append(&mut invoice.lines);
        invoice.lines = lines;
    }

    /// What an invoice would be with these: nothing is drawn.
    pub(crate) fn show_items<'a>(
        &mut self,
        invoice: &mut Invoice,
        items: impl Iterator<Item = &'a InvoiceItem>,
    ) {
        let mut lines: Vec<Line> = items
            .map(|item| item.line(self.world.random.id("il_1")))
            .collect();
        lines.append(&mut invoice.lines);
        invoice.lines = lines;
    }

    /// What was drawn into an invoice that was never made waits again.
    pub(crate) fn put_back_items(&mut self, invoice: &str) {
        let drawn = self.world.invoice_items.of(invoice);
        let drawn: Vec<InvoiceItem> = drawn.iter().cloned().collect();
        for mut item in drawn {
            item.invoice = None;
            self.world.invoice_items.put(item);
        }
    }

    /// An item that has become part of a draft, or has changed in one.
    pub(crate) fn put_on_draft(&mut self, item: &InvoiceItem) {
        let id = item.invoice.as_deref();
        let Some(mut invoice) = id.and_then(|id| self.world.invoices.get(id)).cloned() else {
            return;
        };
        let own = |line: &Line| line.parent.invoice_item.as_ref() == Some(&item.id);
        match invoice.lines.iter().position(own) {
            Some(place) => {
                let line = item.line(invoice.lines[place].id.clone());
                invoice.lines[place] = line;
            }
            None => invoice.lines.push(item.line(self.world.random.id("il_1"))),
        }
        self.keep_draft(invoice);
    }

    /// Stores a changed draft, its discounts computed anew.
    pub(crate) fn keep_draft(&mut self, mut invoice: Invoice) {
        invoice.apply_discounts(self.world);
        let id = invoice.id.clone();
        self.change_invoice(&id, |kept| *kept = invoice);
    }

    pub(crate) fn forget_invoice_item(&mut self, id: &str) {
        if let Some(mut item) = self.world.invoice_items.get(id).cloned() {
            item.deleted = true;
            self.world.invoice_items.put(item);
        }
    }
}
