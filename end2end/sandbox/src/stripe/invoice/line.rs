//! An invoice's lines (docs.stripe.com/api/invoice-line-item): one thing each, for one time.

use super::Invoice;
use crate::stripe::json::{Value, json};
use crate::stripe::params::Metadata;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Period {
    pub start: i64,
    pub end: i64,
}

/// What a line, or an invoice item, comes from.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct LineParent {
    pub invoice_item: Option<String>,
    pub subscription: Option<String>,
    pub subscription_item: Option<String>,
    pub proration: bool,
    /// A proration that gives back, and the invoice and lines that had taken.
    pub credited: Option<(String, Vec<String>)>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Line {
    pub id: String,
    pub amount: i64,
    pub currency: String,
    pub description: Option<String>,
    /// By discount, in minor units: its own discounts, and its share of the invoice's.
    pub discount_amounts: Vec<(String, i64)>,
    pub discountable: bool,
    /// `di_…`, its own.
    pub discounts: Vec<String>,
    pub metadata: Metadata,
    pub parent: LineParent,
    pub period: Period,
    pub price: Option<String>,
    pub product: Option<String>,
    pub quantity: Option<i64>,
    pub unit_amount_decimal: Option<String>,
}

impl Line {
    /// What is left of it after discounts.
    pub(crate) fn net(&self) -> i64 {
        let off: i64 = self.discount_amounts.iter().map(|(_, amount)| amount).sum();
        self.amount - off
    }

    pub(crate) fn json(&self, invoice: &Invoice) -> Value {
        let amounts = |kind: bool| -> Vec<Value> {
            let each = self.discount_amounts.iter().map(|(discount, amount)| {
                let mut json = json!({ "amount": amount, "discount": discount });
                if kind {
                    json["type"] = json!("discount");
                }
                json
            });
            each.collect()
        };
        json!({
            "id": self.id,
            "object": "line_item",
            "amount": self.amount,
            "currency": self.currency,
            "description": self.description,
            "discount_amounts": amounts(false),
            "discountable": self.discountable,
            "discounts": self.discounts,
            "invoice": invoice.id,
            "livemode": false,
            "metadata": self.metadata,
            "parent": self.parent.json(),
            "period": self.period,
            "pretax_credit_amounts": amounts(true),
            "pricing": pricing(self.price.as_deref(), self.product.as_deref(), self.unit_amount_decimal.as_deref()),
            "quantity": self.quantity,
            "quantity_decimal": self.quantity.map(|quantity| quantity.to_string()),
            "subscription": self.parent.subscription,
            "subtotal": self.amount,
            "taxes": [],
        })
    }
}

impl LineParent {
    fn json(&self) -> Value {
        let credited = self
            .credited
            .as_ref()
            .map(|(invoice, lines)| json!({ "invoice": invoice, "invoice_line_items": lines }));
        let mut details = json!({
            "invoice_item": self.invoice_item,
            "proration": self.proration,
            "proration_details": { "credited_items": credited },
            "subscription": self.subscription,
        });
        if let Some(item) = &self.subscription_item {
            details["subscription_item"] = json!(item);
            return json!({
                "invoice_item_details": null,
                "subscription_item_details": details,
                "type": "subscription_item_details",
            });
        }
        json!({
            "invoice_item_details": details,
            "subscription_item_details": null,
            "type": "invoice_item_details",
        })
    }
}

/// How a line's or an invoice item's amount came about.
pub(crate) fn pricing(price: Option<&str>, product: Option<&str>, unit: Option<&str>) -> Value {
    let mut pricing = json!({ "type": "price_details", "unit_amount_decimal": unit });
    if let Some(price) = price {
        pricing["price_details"] =
            json!({ "price": price, "product": product.unwrap_or_default() });
    }
    pricing
}
