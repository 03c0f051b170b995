//! Subscription items (docs.stripe.com/api/subscription_items): a price, how many of it, and the period that is billed.

use super::Subscription;
use crate::stripe::calendar::{Cycle, Interval};
use crate::stripe::call::Call;
use crate::stripe::invoice::{Line, LineParent, Period};
use crate::stripe::json::{Value, json};
use crate::stripe::money;
use crate::stripe::params::Metadata;
use crate::stripe::price::{Price, Usage};
use crate::stripe::world::World;
use serde::{Deserialize, Serialize};

/// What took the money for an item's current period, so that a part of it can be given back.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Debit {
    Line {
        invoice: String,
        line: String,
    },
    /// A proration, which may still wait for its invoice.
    InvoiceItem(String),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Item {
    pub id: String,
    pub created: i64,
    /// `di_…`
    pub discounts: Vec<String>,
    pub metadata: Metadata,
    pub price: String,
    /// None for what is metered.
    pub quantity: Option<i64>,
    pub period: Period,
    pub debited: Option<Debit>,
}

impl Item {
    pub(crate) fn json(&self, world: &World, subscription: &str) -> Value {
        let price = world.prices.get(&self.price);
        let mut json = json!({
            "id": self.id,
            "object": "subscription_item",
            "billing_thresholds": null,
            "created": self.created,
            "current_period_end": self.period.end,
            "current_period_start": self.period.start,
            "current_trial": null,
            "discounts": self.discounts,
            "metadata": self.metadata,
            "plan": price.map(Price::plan_json),
            "price": price.map(Price::json),
            "subscription": subscription,
            "tax_rates": [],
        });
        if let Some(quantity) = self.quantity {
            json["quantity"] = json!(quantity);
        }
        json
    }
}

/// How often this price is billed.
pub(crate) fn cycle(price: &Price) -> Cycle {
    let recurring = price.recurring.as_ref();
    recurring.map_or(
        Cycle {
            interval: Interval::Month,
            count: 1,
        },
        |recurring| recurring.cycle(),
    )
}

/// Why a line is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Billed {
    Whole,
    /// The time until the cycle begins, and the whole period it is a part of.
    Part(Period),
    Trial,
    Free,
}

impl Call<'_> {
    pub(crate) fn price_of(&self, item: &Item) -> Option<&Price> {
        self.world.prices.get(&item.price)
    }

    /// The line for an item's period; nothing for what is metered.
    pub(crate) fn period_line(
        &mut self,
        subscription: &Subscription,
        item: &Item,
        billed: Billed,
    ) -> Option<Line> {
        let id = self.world.random.id("il_1");
        let price = self.price_of(item)?;
        let recurring = price.recurring.as_ref()?;
        if recurring.usage_type == Usage::Metered {
            return None;
        }
        let quantity = item.quantity.unwrap_or(1);
        let cost = price.cost(&subscription.currency, quantity);
        let amount = match billed {
            Billed::Whole => cost,
            Billed::Part(whole) => crate::stripe::price::share(
                cost,
                item.period.end - item.period.start,
                whole.end - whole.start,
            ),
            Billed::Trial | Billed::Free => 0,
        };
        let name = self.product_name(&price.product);
        let unit = price
            .amounts(&subscription.currency)
            .and_then(|amounts| amounts.unit_amount_decimal);
        let description = match billed {
            Billed::Trial => format!("Trial period for {name}"),
            _ => describe(price, &subscription.currency, quantity, &name),
        };
        Some(Line {
            id,
            amount,
            currency: subscription.currency.clone(),
            description: Some(description),
            discount_amounts: Vec::new(),
            discountable: true,
            discounts: item.discounts.clone(),
            metadata: item.metadata.clone(),
            parent: LineParent {
                subscription: Some(subscription.id.clone()),
                subscription_item: Some(item.id.clone()),
                ..LineParent::default()
            },
            period: item.period,
            price: Some(price.id.clone()),
            product: Some(price.product.clone()),
            quantity: Some(quantity),
            unit_amount_decimal: match billed {
                Billed::Trial => Some("0".to_owned()),
                _ => unit,
            },
        })
    }

    pub(crate) fn product_name(&self, product: &str) -> String {
        let product = self.world.products.get(product);
        product.map_or_else(String::new, |product| product.name.clone())
    }
}

/// `2 × Tea (at $10.00 / month)`
fn describe(price: &Price, currency: &str, quantity: i64, name: &str) -> String {
    let cycle = cycle(price);
    let every = match (cycle.interval.as_str(), cycle.count) {
        (interval, 1) => interval.to_owned(),
        (interval, count) => format!("every {count} {interval}s"),
    };
    match price.amounts(currency).and_then(|it| it.unit_amount) {
        Some(unit) => format!(
            "{quantity} × {name} (at {} / {every})",
            money::printed(unit, currency)
        ),
        None => format!("{quantity} × {name} (/ {every})"),
    }
}
