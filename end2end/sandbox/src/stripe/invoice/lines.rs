//! The calls on an invoice's lines: list, add, update, remove. Lines of a caller's are invoice items.

use super::{Invoice, Line, LineParent, Period, Status};
use crate::stripe::call::Call;
use crate::stripe::discount::Scope;
use crate::stripe::error::{Error, Result};
use crate::stripe::invoice_item::InvoiceItem;
use crate::stripe::json::{Value, json};
use crate::stripe::list::Page;
use crate::stripe::params::{Metadata, Params};
use crate::stripe::table::{Row, Table};

impl Invoice {
    pub(super) fn lines_json(&self, most: usize) -> Value {
        let data: Vec<Value> = self
            .lines
            .iter()
            .take(most)
            .map(|line| line.json(self))
            .collect();
        json!({
            "object": "list",
            "data": data,
            "has_more": self.lines.len() > most,
            "url": format!("/v1/invoices/{}/lines", self.id),
        })
    }
}

/// A line as a list pages through it.
struct Listed(Line);

impl Row for Listed {
    fn id(&self) -> &str {
        &self.0.id
    }
}

impl Call<'_> {
    pub(crate) fn list_invoice_lines(&self, id: &str, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let invoice = self.invoice(id)?;
        // Lists are newest first, and lines are in the order they are printed.
        let mut table = Table::default();
        for line in invoice.lines.iter().rev() {
            table.put(Listed(line.clone()));
        }
        page.of(
            &table.all(),
            &format!("/v1/invoices/{id}/lines"),
            |_| true,
            |line: &Listed| line.0.json(invoice),
        )
    }

    fn draft_to_change(&self, id: &str) -> Result<Invoice> {
        let invoice = self.invoice(id)?;
        if invoice.status == Status::Draft {
            return Ok(invoice.clone());
        }
        Err(
            Error::invalid("Only the lines of a draft invoice can be changed.")
                .code("invoice_not_editable"),
        )
    }

    fn read_lines(params: &mut Params) -> Result<Vec<Params>> {
        let mut list = params
            .map("lines")?
            .ok_or_else(|| params.missing("lines"))?;
        list.items()
    }

    pub(crate) fn add_invoice_lines(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let mut invoice = self.draft_to_change(id)?;
        invoice.metadata = Self::read_invoice_metadata(&mut params, &invoice)?;
        let mut added = Vec::new();
        for mut line in Self::read_lines(&mut params)? {
            let waiting = line.text("invoice_item")?;
            let place = line.name("invoice_item");
            let item = match waiting {
                Some(waiting) => {
                    let item = self
                        .world
                        .invoice_items
                        .get(&waiting)
                        .filter(|item| item.is_pending() && item.customer == invoice.customer);
                    let item =
                        item.ok_or_else(|| Error::missing_param("invoiceitem", &waiting, &place))?;
                    item.clone()
                }
                None => self.read_line(&mut line, &invoice)?,
            };
            added.push(item);
        }
        self.world.invoices.put(invoice);
        for mut item in added {
            item.invoice = Some(id.to_owned());
            if self.world.invoice_items.get(&item.id).is_some() {
                self.world.invoice_items.put(item.clone());
            } else {
                self.insert_invoice_item(item.clone());
            }
            self.put_on_draft(&item);
        }
        self.invoice_json(id)
    }

    /// `invoice_metadata` merges as `metadata` does.
    fn read_invoice_metadata(params: &mut Params, invoice: &Invoice) -> Result<Metadata> {
        params.rename("invoice_metadata", "metadata");
        params.metadata(&invoice.metadata)
    }

    pub(super) fn read_line(
        &mut self,
        line: &mut Params,
        invoice: &Invoice,
    ) -> Result<InvoiceItem> {
        let charged = self.read_charged(line, Some(&invoice.currency))?;
        let charged = charged.ok_or_else(|| line.missing("amount"))?;
        let period = Self::read_period(line)?;
        let discounts = self.read_discounts(line, Some(&invoice.customer))?;
        let id = self.world.random.id("ii_1");
        let named = charged
            .price
            .as_ref()
            .map(|price| self.product_name(&price.product));
        if let Some(price) = &charged.price {
            self.keep_inline_price(price);
        }
        let discountable = line.boolean("discountable")?;
        let description = line.text("description")?.or(named);
        let metadata = line.metadata(&Metadata::new())?;
        let scope = Scope::InvoiceItem(id.clone());
        let customer = Some(invoice.customer.as_str());
        Ok(InvoiceItem {
            id,
            created: self.now,
            deleted: false,
            amount: charged.amount,
            currency: charged.currency,
            customer: invoice.customer.clone(),
            description,
            discountable: discountable.unwrap_or(charged.amount >= 0),
            discounts: self.redeem(discounts.unwrap_or_default(), customer, &scope),
            invoice: None,
            metadata,
            parent: LineParent::default(),
            period: period.unwrap_or(Period {
                start: self.now,
                end: self.now,
            }),
            price: charged.price.as_ref().map(|price| price.id.clone()),
            product: charged.price.as_ref().map(|price| price.product.clone()),
            quantity: charged.quantity,
            unit_amount_decimal: charged.unit_amount_decimal,
        })
    }

    pub(crate) fn update_invoice_lines(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let mut invoice = self.draft_to_change(id)?;
        invoice.metadata = Self::read_invoice_metadata(&mut params, &invoice)?;
        for mut change in Self::read_lines(&mut params)? {
            let place = change.name("id");
            let line = change.required_text("id")?;
            let at = find_line(&invoice, &line, &place)?;
            self.change_line(&mut invoice, at, change)?;
        }
        self.keep_draft(invoice);
        self.invoice_json(id)
    }

    pub(crate) fn update_invoice_line(
        &mut self,
        id: &str,
        line: &str,
        params: Params,
    ) -> Result<Value> {
        let mut invoice = self.draft_to_change(id)?;
        let at = find_line(&invoice, line, "id").map_err(|error| error.status(404))?;
        self.change_line(&mut invoice, at, params)?;
        self.keep_draft(invoice);
        let invoice = self.invoice(id)?;
        Ok(invoice.lines[at].json(invoice))
    }

    fn change_line(&mut self, invoice: &mut Invoice, at: usize, mut change: Params) -> Result<()> {
        let charged = self.read_charged(&mut change, Some(&invoice.currency))?;
        let period = Self::read_period(&mut change)?;
        let discounts = self.read_discounts(&mut change, Some(&invoice.customer))?;
        let description = change.text("description")?;
        let discountable = change.boolean("discountable")?;
        let Some(line) = invoice.lines.get_mut(at) else {
            return Ok(());
        };
        line.metadata = change.metadata(&line.metadata)?;
        line.description = description.or(line.description.take());
        line.discountable = discountable.unwrap_or(line.discountable);
        line.period = period.unwrap_or(line.period);
        if let Some(charged) = charged {
            line.amount = charged.amount;
            line.quantity = Some(charged.quantity);
            line.unit_amount_decimal = charged.unit_amount_decimal;
            if let Some(price) = charged.price {
                line.price = Some(price.id.clone());
                line.product = Some(price.product.clone());
                self.keep_inline_price(&price);
            }
        }
        if let Some(discounts) = discounts {
            let scope = Scope::Invoice(invoice.id.clone());
            line.discounts = self.redeem(discounts, Some(&invoice.customer), &scope);
        }
        // The invoice item behind it is the same thing.
        let item = line.parent.invoice_item.as_deref();
        if let Some(mut item) = item
            .and_then(|id| self.world.invoice_items.get(id))
            .cloned()
        {
            item.amount = line.amount;
            item.description = line.description.clone();
            item.discountable = line.discountable;
            item.discounts = line.discounts.clone();
            item.metadata = line.metadata.clone();
            item.period = line.period;
            item.price = line.price.clone();
            item.product = line.product.clone();
            item.quantity = line.quantity.unwrap_or(item.quantity);
            item.unit_amount_decimal = line.unit_amount_decimal.clone();
            self.world.invoice_items.put(item);
        }
        Ok(())
    }

    pub(crate) fn remove_invoice_lines(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let mut invoice = self.draft_to_change(id)?;
        invoice.metadata = Self::read_invoice_metadata(&mut params, &invoice)?;
        let mut gone = Vec::new();
        for mut line in Self::read_lines(&mut params)? {
            let place = line.name("id");
            let line_id = line.required_text("id")?;
            let behavior = line.one_of("behavior", &["delete", "unassign"])?;
            let behavior = behavior.ok_or_else(|| line.missing("behavior"))?;
            let at = find_line(&invoice, &line_id, &place)?;
            gone.push((invoice.lines.remove(at), behavior));
        }
        for (line, behavior) in gone {
            let item = line.parent.invoice_item.as_deref();
            let Some(mut item) = item
                .and_then(|id| self.world.invoice_items.get(id))
                .cloned()
            else {
                continue;
            };
            item.invoice = None;
            item.deleted = behavior == "delete";
            self.world.invoice_items.put(item);
        }
        self.keep_draft(invoice);
        self.invoice_json(id)
    }
}

fn find_line(invoice: &Invoice, id: &str, param: &str) -> Result<usize> {
    let place = invoice.lines.iter().position(|line| line.id == id);
    place.ok_or_else(|| Error::missing_param("line_item", id, param))
}
