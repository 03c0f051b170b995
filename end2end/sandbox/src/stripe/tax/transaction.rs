//! Transactions (docs.stripe.com/api/tax/transactions): tax that was collected, and what of it was given back.

mod reversal;

use super::Behavior;
use super::calculation::Calculation;
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::json::{Value, json};
use crate::stripe::list::Page;
use crate::stripe::params::{Metadata, Params};
use crate::stripe::table::{Row, Table};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Transaction {
    pub id: String,
    pub created: i64,
    pub currency: String,
    pub customer: Option<String>,
    pub customer_details: Value,
    pub items: Vec<Item>,
    pub metadata: Option<Metadata>,
    pub posted_at: i64,
    pub reference: String,
    /// The transaction it takes back, wholly or in part.
    pub reverses: Option<String>,
    pub ship_from: Option<Value>,
    pub shipping: Option<Value>,
    pub tax_date: i64,
}

/// A line: of a reversal, with negative amounts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Item {
    pub id: String,
    pub amount: i64,
    pub amount_tax: i64,
    pub metadata: Option<Metadata>,
    pub product: Option<String>,
    pub quantity: i64,
    pub reference: String,
    /// The line it takes back.
    pub reverses: Option<String>,
    pub behavior: Behavior,
    pub code: String,
}

impl Row for Transaction {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn owners(&self) -> Vec<&str> {
        let mut owners = vec![self.reference.as_str()];
        owners.extend(self.reverses.as_deref());
        owners
    }
}

impl Row for Item {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Item {
    fn json(&self) -> Value {
        json!({
            "id": self.id,
            "object": "tax.transaction_line_item",
            "amount": self.amount,
            "amount_tax": self.amount_tax,
            "livemode": false,
            "metadata": self.metadata,
            "product": self.product,
            "quantity": self.quantity,
            "reference": self.reference,
            "reversal": self.reverses.as_ref().map(|id| json!({ "original_line_item": id })),
            "tax_behavior": self.behavior,
            "tax_code": self.code,
            "type": kind(self.reverses.as_ref()),
        })
    }
}

fn kind(reverses: Option<&String>) -> &'static str {
    match reverses {
        Some(_) => "reversal",
        None => "transaction",
    }
}

impl Transaction {
    pub(crate) fn json(&self) -> Value {
        json!({
            "id": self.id,
            "object": "tax.transaction",
            "created": self.created,
            "currency": self.currency,
            "customer": self.customer,
            "customer_details": self.customer_details,
            "livemode": false,
            "metadata": self.metadata,
            "posted_at": self.posted_at,
            "reference": self.reference,
            "reversal": self.reverses.as_ref().map(|id| json!({ "original_transaction": id })),
            "ship_from_details": self.ship_from,
            "shipping_cost": self.shipping,
            "tax_date": self.tax_date,
            "type": kind(self.reverses.as_ref()),
        })
    }

    /// The lines, as a list of their own.
    pub(crate) fn list_items(&self, page: &Page) -> Result<Value> {
        let mut table = Table::default();
        for item in self.items.iter().rev() {
            table.put(item.clone());
        }
        let url = format!("/v1/tax/transactions/{}/line_items", self.id);
        page.of(&table.all(), &url, |_| true, Item::json)
    }
}

impl Call<'_> {
    pub(crate) fn create_tax_transaction(&mut self, mut params: Params) -> Result<Value> {
        let id = params.required_text("calculation")?;
        let reference = self.read_tax_reference(&mut params)?;
        let metadata = read_metadata(&mut params)?;
        let posted_at = params.integer("posted_at")?.unwrap_or(self.now);
        let calculation = self
            .calculation(&id)
            .map_err(|_| Error::missing_param("tax calculation", &id, "calculation"))?
            .clone();
        let transaction = Transaction {
            id: self.world.random.id("tax_1"),
            created: self.now,
            items: self.collected(&calculation),
            metadata,
            posted_at,
            reference,
            reverses: None,
            shipping: calculation.json()["shipping_cost"]
                .as_object()
                .map(|cost| json!(cost)),
            currency: calculation.currency,
            customer: calculation.customer,
            customer_details: calculation.customer_details.json(),
            ship_from: calculation.ship_from,
            tax_date: calculation.tax_date,
        };
        Ok(self.keep_tax_transaction(transaction))
    }

    fn collected(&mut self, calculation: &Calculation) -> Vec<Item> {
        let items = calculation.items.iter();
        items
            .map(|item| Item {
                id: self.world.random.id("tax_li_"),
                amount: item.amount,
                amount_tax: super::sum(&calculation.item_tax(item)),
                metadata: item.metadata.clone(),
                product: item.product.clone(),
                quantity: item.quantity,
                reference: item.reference.clone(),
                reverses: None,
                behavior: item.behavior,
                code: item.code.clone(),
            })
            .collect()
    }

    fn keep_tax_transaction(&mut self, transaction: Transaction) -> Value {
        let json = transaction.json();
        self.world.tax_transactions.put(transaction);
        json
    }

    /// A name of the caller's, which may be used once.
    fn read_tax_reference(&self, params: &mut Params) -> Result<String> {
        let reference = params.required_text("reference")?;
        let others = self.world.tax_transactions.of(&reference);
        if others.iter().any(|other| other.reference == reference) {
            return Err(Error::invalid(format!(
                "A tax transaction with the reference `{reference}` exists already."
            ))
            .code("resource_already_exists")
            .param("reference"));
        }
        Ok(reference)
    }

    pub(crate) fn tax_transaction(&self, id: &str) -> Result<&Transaction> {
        let transaction = self.world.tax_transactions.get(id);
        transaction.ok_or_else(|| Error::missing("tax transaction", id))
    }

    pub(crate) fn list_tax_transaction_items(&self, id: &str, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        self.tax_transaction(id)?.list_items(&page)
    }
}

fn read_metadata(params: &mut Params) -> Result<Option<Metadata>> {
    if !params.has("metadata") {
        return Ok(None);
    }
    params.metadata(&Metadata::new()).map(Some)
}
