//! The calls on invoice items: create, update, delete, list.

use super::InvoiceItem;
use crate::stripe::call::Call;
use crate::stripe::discount::{NewDiscount, Scope};
use crate::stripe::error::{Error, Result};
use crate::stripe::invoice::{LineParent, Period, Status};
use crate::stripe::json::Value;
use crate::stripe::list::Page;
use crate::stripe::money;
use crate::stripe::params::{Change, Metadata, Params};
use crate::stripe::price::{Price, is_decimal, times};

const LARGEST: i64 = 99_999_999;

/// What a line or an invoice item costs, as a request says it.
pub(crate) struct Charged {
    pub amount: i64,
    pub currency: String,
    pub price: Option<Price>,
    pub quantity: i64,
    pub unit_amount_decimal: Option<String>,
}

impl Call<'_> {
    /// Reads `amount`, `unit_amount_decimal`, `pricing[price]` or `price_data`, of which there is one; with `quantity`.
    pub(crate) fn read_charged(
        &mut self,
        params: &mut Params,
        currency: Option<&str>,
    ) -> Result<Option<Charged>> {
        params.only_one_of(&["amount", "unit_amount_decimal", "pricing", "price_data"])?;
        let amount = params.integer_in("amount", -LARGEST..=LARGEST)?;
        let quantity = params.integer_in("quantity", 0..=LARGEST)?;
        let unit = params.text("unit_amount_decimal")?;
        if let Some(text) = unit.as_ref().filter(|text| !is_decimal(text)) {
            return Err(Error::invalid(format!("Invalid decimal: {text}"))
                .param(params.name("unit_amount_decimal")));
        }
        let price = match params.map("pricing")? {
            None => None,
            Some(mut pricing) => {
                let id = pricing.required_text("price")?;
                let place = pricing.name("price");
                let price = self.world.prices.get(&id);
                let price = price.ok_or_else(|| Error::missing_param("price", &id, &place))?;
                if price.recurring.is_some() {
                    return Err(Error::invalid(
                        "The price specified is set to `type=recurring` but this field only accepts prices with \
                         `type=one_time`.",
                    )
                    .param(place));
                }
                Some(price.clone())
            }
        };
        let data = params.map("price_data")?;
        let price = match data {
            Some(data) => Some(self.read_price_data(data)?),
            None => price,
        };
        if amount.is_none() && unit.is_none() && price.is_none() {
            return Ok(None);
        }
        let currency = match (currency, &price) {
            (Some(currency), _) => currency.to_owned(),
            (None, Some(price)) => price.currency.clone(),
            (None, None) => return Err(params.missing("currency")),
        };
        if price
            .as_ref()
            .is_some_and(|it| it.amounts(&currency).is_none())
        {
            return Err(Error::invalid(format!(
                "The price has no amount in {currency}, the currency of what it is added to."
            ))
            .param(params.name("pricing")));
        }
        let count = quantity.unwrap_or(1);
        let cost = match (&amount, &unit, &price) {
            (Some(amount), ..) => *amount,
            (_, Some(unit), _) => times(unit, count),
            (.., Some(price)) => price.cost(&currency, count),
            _ => 0,
        };
        let of_price = price
            .as_ref()
            .and_then(|it| it.amounts(&currency)?.unit_amount_decimal);
        Ok(Some(Charged {
            amount: cost,
            currency,
            quantity: count,
            unit_amount_decimal: unit
                .or(of_price)
                .or_else(|| amount.map(|amount| amount.to_string())),
            price,
        }))
    }

    /// `period`, which is not longer than its end.
    pub(crate) fn read_period(params: &mut Params) -> Result<Option<Period>> {
        let Some(mut period) = params.map("period")? else {
            return Ok(None);
        };
        let start = period.integer("start")?;
        let start = start.ok_or_else(|| period.missing("start"))?;
        let end = period.integer("end")?;
        let end = end.ok_or_else(|| period.missing("end"))?;
        let place = period.name("end");
        if end < start {
            return Err(Error::invalid("A period ends after it starts.").param(place));
        }
        Ok(Some(Period { start, end }))
    }

    /// Keeps a price that was made for one purpose.
    pub(crate) fn keep_inline_price(&mut self, price: &Price) {
        if self.world.prices.get(&price.id).is_none() {
            self.keep_price(price.clone());
        }
    }

    pub(crate) fn create_invoice_item(&mut self, mut params: Params) -> Result<Value> {
        let customer = self.read_customer_id(&mut params)?;
        let customer = customer.ok_or_else(|| params.missing("customer"))?;
        let invoice = params.text("invoice")?;
        let subscription = params.text("subscription")?;
        let mut currency = money::currency(&mut params)?;
        if let Some(id) = &invoice {
            let invoice = self.world.invoices.get(id).filter(|it| !it.deleted);
            let invoice = invoice.ok_or_else(|| Error::missing_param("invoice", id, "invoice"))?;
            if invoice.status != Status::Draft || invoice.customer != customer {
                return Err(not_editable());
            }
            currency = Some(invoice.currency.clone());
        }
        if let Some(id) = &subscription {
            let kept = self.world.subscriptions.get(id);
            if kept.is_none_or(|kept| kept.customer != customer) {
                return Err(Error::missing_param("subscription", id, "subscription"));
            }
        }
        let charged = self.read_charged(&mut params, currency.as_deref())?;
        let charged = charged.ok_or_else(|| params.missing("amount"))?;
        let period = Self::read_period(&mut params)?;
        let discounts = self.read_discounts(&mut params, Some(&customer))?;
        let mut item = InvoiceItem {
            id: self.world.random.id("ii_1"),
            created: self.now,
            deleted: false,
            amount: charged.amount,
            currency: charged.currency,
            customer,
            description: params.text("description")?,
            discountable: params
                .boolean("discountable")?
                .unwrap_or(charged.amount >= 0),
            discounts: Vec::new(),
            invoice,
            metadata: params.metadata(&Metadata::new())?,
            parent: LineParent {
                subscription,
                ..LineParent::default()
            },
            period: period.unwrap_or(Period {
                start: self.now,
                end: self.now,
            }),
            price: charged.price.as_ref().map(|price| price.id.clone()),
            product: charged.price.as_ref().map(|price| price.product.clone()),
            quantity: charged.quantity,
            unit_amount_decimal: charged.unit_amount_decimal,
        };
        if let Some(price) = &charged.price {
            self.keep_inline_price(price);
            let product = self.world.products.get(&price.product);
            item.description = item
                .description
                .or_else(|| product.map(|product| product.name.clone()));
        }
        self.discount_item(&mut item, discounts);
        let json = item.json();
        self.insert_invoice_item(item.clone());
        self.put_on_draft(&item);
        Ok(json)
    }

    fn discount_item(&mut self, item: &mut InvoiceItem, discounts: Option<Vec<NewDiscount>>) {
        if let Some(discounts) = discounts {
            let scope = Scope::InvoiceItem(item.id.clone());
            item.discounts = self.redeem(discounts, Some(&item.customer), &scope);
        }
    }

    pub(crate) fn update_invoice_item(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let mut item = self.invoice_item(id)?.clone();
        self.check_editable(&item)?;
        let quantity = params.has("quantity");
        let currency = item.currency.clone();
        let charged = self.read_charged_again(&item, &mut params, quantity, &currency)?;
        if let Some(charged) = &charged {
            item.amount = charged.amount;
            item.quantity = charged.quantity;
            item.unit_amount_decimal = charged.unit_amount_decimal.clone();
            if let Some(price) = &charged.price {
                item.price = Some(price.id.clone());
                item.product = Some(price.product.clone());
            }
        }
        if let Change::Set(text) = params.change("description")? {
            item.description = Some(text);
        }
        if let Some(discountable) = params.boolean("discountable")? {
            item.discountable = discountable;
        }
        if let Some(period) = Self::read_period(&mut params)? {
            item.period = period;
        }
        let discounts = self.read_discounts(&mut params, Some(&item.customer))?;
        item.metadata = params.metadata(&item.metadata)?;
        if let Some(price) = charged.as_ref().and_then(|it| it.price.as_ref()) {
            self.keep_inline_price(price);
        }
        self.discount_item(&mut item, discounts);
        let json = item.json();
        self.world.invoice_items.put(item.clone());
        self.put_on_draft(&item);
        Ok(json)
    }

    /// A new quantity alone costs what the item's own unit costs.
    fn read_charged_again(
        &mut self,
        item: &InvoiceItem,
        params: &mut Params,
        quantity: bool,
        currency: &str,
    ) -> Result<Option<Charged>> {
        let is_alone = quantity
            && !["amount", "pricing", "price_data", "unit_amount_decimal"]
                .iter()
                .any(|field| params.has(field));
        if !is_alone {
            return self.read_charged(params, Some(currency));
        }
        let count = params.integer_in("quantity", 0..=LARGEST)?.unwrap_or(1);
        let price = item.price.as_ref().and_then(|id| self.world.prices.get(id));
        let unit = item.unit_amount_decimal.clone();
        Ok(Some(Charged {
            amount: match (price, &unit) {
                (Some(price), _) => price.cost(currency, count),
                (None, Some(unit)) => times(unit, count),
                (None, None) => item.amount,
            },
            currency: currency.to_owned(),
            price: None,
            quantity: count,
            unit_amount_decimal: unit,
        }))
    }

    pub(crate) fn delete_invoice_item(&mut self, id: &str) -> Result<Value> {
        let item = self.invoice_item(id)?.clone();
        self.check_editable(&item)?;
        self.forget_invoice_item(id);
        let invoice = item.invoice.as_deref();
        if let Some(mut invoice) = invoice.and_then(|id| self.world.invoices.get(id)).cloned() {
            invoice
                .lines
                .retain(|line| line.parent.invoice_item.as_deref() != Some(id));
            self.keep_draft(invoice);
        }
        self.emit("invoiceitem.deleted", item.json(), None);
        let deleted = self.world.invoice_items.get(id);
        Ok(deleted.map(InvoiceItem::json).unwrap_or_default())
    }

    pub(crate) fn invoice_item(&self, id: &str) -> Result<&InvoiceItem> {
        let item = self.world.invoice_items.get(id);
        item.filter(|item| !item.deleted)
            .ok_or_else(|| Error::missing("invoiceitem", id))
    }

    fn check_editable(&self, item: &InvoiceItem) -> Result<()> {
        let id = item.invoice.as_deref();
        match id.and_then(|id| self.world.invoices.get(id)) {
            Some(invoice) if invoice.status != Status::Draft => Err(not_editable()),
            _ => Ok(()),
        }
    }

    pub(crate) fn list_invoice_items(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let invoice = params.text("invoice")?;
        let customer = params.text("customer")?;
        let pending = params.boolean("pending")?;
        let rows = self.world.invoice_items.of_first(&[&invoice, &customer]);
        page.of(
            &rows,
            "/v1/invoiceitems",
            |item| {
                !item.deleted
                    && customer.as_ref().is_none_or(|id| item.customer == *id)
                    && pending.is_none_or(|pending| item.is_pending() == pending)
            },
            InvoiceItem::json,
        )
    }
}

fn not_editable() -> Box<Error> {
    Error::invalid("Only a draft invoice of the same customer can be changed.")
        .code("invoice_not_editable")
        .param("invoice")
}
