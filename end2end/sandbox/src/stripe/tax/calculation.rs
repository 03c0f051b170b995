//! Calculations (docs.stripe.com/api/tax/calculations): what tax a basket would owe. They change nothing, and lapse.

mod create;

use super::{Behavior, CustomerDetails, Tax};
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::json::{Value, json};
use crate::stripe::list::Page;
use crate::stripe::params::{Metadata, Params};
use crate::stripe::table::{Row, Table};
use serde::{Deserialize, Serialize};

pub(crate) const LIFETIME_S: i64 = 90 * 24 * 60 * 60;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Calculation {
    pub id: String,
    pub created: i64,
    pub currency: String,
    pub customer: Option<String>,
    pub customer_details: CustomerDetails,
    pub ship_from: Option<Value>,
    pub items: Vec<Item>,
    pub shipping: Option<Shipping>,
    pub tax_date: i64,
}

/// A line: so many of one thing, for an amount.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Item {
    pub id: String,
    pub amount: i64,
    pub metadata: Option<Metadata>,
    pub performance_location: Option<String>,
    pub product: Option<String>,
    pub quantity: i64,
    pub reference: String,
    pub behavior: Behavior,
    pub code: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Shipping {
    pub amount: i64,
    pub shipping_rate: Option<String>,
    pub behavior: Behavior,
    pub code: String,
}

impl Row for Calculation {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }
}

impl Row for Item {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Calculation {
    pub(crate) fn tax_on(&self, amount: i64, behavior: Behavior, code: &str) -> Vec<Tax> {
        let details = &self.customer_details;
        super::on(amount, behavior, code, &details.place, details.taxability())
    }

    pub(crate) fn item_tax(&self, item: &Item) -> Vec<Tax> {
        self.tax_on(item.amount, item.behavior, &item.code)
    }

    pub(crate) fn shipping_tax(&self) -> Vec<Tax> {
        let shipping = self.shipping.as_ref();
        shipping.map_or_else(Vec::new, |it| self.tax_on(it.amount, it.behavior, &it.code))
    }

    /// Every tax on it, and whether it is within the amount.
    fn taxes(&self) -> Vec<(Tax, Behavior)> {
        let items = self.items.iter().flat_map(|item| {
            let taxes = self.item_tax(item).into_iter();
            taxes.map(|tax| (tax, item.behavior))
        });
        let behavior = self.shipping.as_ref().map(|shipping| shipping.behavior);
        let shipping = self.shipping_tax().into_iter();
        let shipping = shipping.filter_map(|tax| behavior.map(|behavior| (tax, behavior)));
        items.chain(shipping).collect()
    }

    pub(crate) fn json(&self) -> Value {
        let taxes = self.taxes();
        let total = |wanted: Behavior| -> i64 {
            let fitting = taxes.iter().filter(|(_, behavior)| *behavior == wanted);
            fitting.map(|(tax, _)| tax.amount).sum()
        };
        let exclusive = total(Behavior::Exclusive);
        let items: i64 = self.items.iter().map(|item| item.amount).sum();
        let shipping = self.shipping.as_ref().map_or(0, |shipping| shipping.amount);
        json!({
            "id": self.id,
            "object": "tax.calculation",
            "amount_total": items + shipping + exclusive,
            "currency": self.currency,
            "customer": self.customer,
            "customer_details": self.customer_details.json(),
            "expires_at": self.created + LIFETIME_S,
            "livemode": false,
            "ship_from_details": self.ship_from,
            "shipping_cost": self.shipping_json(),
            "tax_amount_exclusive": exclusive,
            "tax_amount_inclusive": total(Behavior::Inclusive),
            "tax_breakdown": breakdown(&taxes),
            "tax_date": self.tax_date,
        })
    }

    fn shipping_json(&self) -> Option<Value> {
        let shipping = self.shipping.as_ref()?;
        let place = &self.customer_details.place;
        let taxes = self.shipping_tax();
        let mut json = json!({
            "amount": shipping.amount,
            "amount_tax": super::sum(&taxes),
            "tax_behavior": shipping.behavior,
            "tax_breakdown": taxes.iter().map(|tax| tax.line_json(place)).collect::<Vec<_>>(),
            "tax_code": shipping.code,
        });
        if let Some(rate) = &shipping.shipping_rate {
            json["shipping_rate"] = json!(rate);
        }
        Some(json)
    }

    fn item_json(&self, item: &Item) -> Value {
        json!({
            "id": item.id,
            "object": "tax.calculation_line_item",
            "amount": item.amount,
            "amount_tax": super::sum(&self.item_tax(item)),
            "livemode": false,
            "metadata": item.metadata,
            "performance_location": item.performance_location,
            "product": item.product,
            "quantity": item.quantity,
            "reference": item.reference,
            "tax_behavior": item.behavior,
            "tax_breakdown": self.item_breakdown(item),
            "tax_code": item.code,
        })
    }

    fn item_breakdown(&self, item: &Item) -> Vec<Value> {
        let place = &self.customer_details.place;
        let taxes = self.item_tax(item);
        taxes.iter().map(|tax| tax.line_json(place)).collect()
    }

    /// The lines, as a list of their own.
    pub(crate) fn list_items(&self, page: &Page) -> Result<Value> {
        let mut table = Table::default();
        // Lists are newest first, and lines in their own order.
        for item in self.items.iter().rev() {
            table.put(item.clone());
        }
        let url = format!("/v1/tax/calculations/{}/line_items", self.id);
        page.of(&table.all(), &url, |_| true, |item| self.item_json(item))
    }
}

/// The taxes of all lines together, by rate and reason.
fn breakdown(taxes: &[(Tax, Behavior)]) -> Vec<Value> {
    let mut groups: Vec<(Tax, Behavior)> = Vec::new();
    for (tax, behavior) in taxes {
        let same = groups.iter_mut().find(|(group, other)| {
            group.rate == tax.rate && group.reason == tax.reason && other == behavior
        });
        match same {
            Some((group, _)) => {
                group.amount += tax.amount;
                group.taxable_amount += tax.taxable_amount;
            }
            None => groups.push((tax.clone(), *behavior)),
        }
    }
    let groups = groups.into_iter();
    groups
        .map(|(tax, behavior)| {
            let percentage = tax.rate.map(|rate| rate.percentage_decimal());
            json!({
                "amount": tax.amount,
                "inclusive": behavior == Behavior::Inclusive,
                "tax_rate_details": {
                    "country": tax.rate.map(|rate| rate.country),
                    "flat_amount": null,
                    "percentage_decimal": percentage.as_deref().unwrap_or("0.0"),
                    "rate_type": tax.rate.map(|_| "percentage"),
                    "state": tax.rate.and_then(|rate| rate.state),
                    "tax_type": tax.rate.map(|rate| rate.kind),
                },
                "taxability_reason": tax.reason,
                "taxable_amount": tax.taxable_amount,
            })
        })
        .collect()
}

impl Call<'_> {
    pub(crate) fn calculation(&self, id: &str) -> Result<&Calculation> {
        let calculation = self.world.tax_calculations.get(id);
        calculation
            .filter(|calculation| self.now < calculation.created + LIFETIME_S)
            .ok_or_else(|| Error::missing("tax calculation", id))
    }

    pub(crate) fn list_calculation_items(&self, id: &str, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        self.calculation(id)?.list_items(&page)
    }
}
