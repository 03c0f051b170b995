//! Prices (docs.stripe.com/api/prices): what a product costs, once or again and again. Amounts never change.

mod cost;
mod read;

use super::calendar::{Cycle, Interval};
use super::call::Call;
use super::error::{Error, Result};
use super::list::Page;
use super::params::{Metadata, Params};
use super::table::Row;
use super::world::World;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub(crate) use cost::{share, times};
pub(crate) use read::is_decimal;

/// Whether units are counted beforehand or as they are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Usage {
    Licensed,
    Metered,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Recurring {
    pub interval: Interval,
    pub interval_count: i64,
    pub meter: Option<String>,
    pub trial_period_days: Option<i64>,
    pub usage_type: Usage,
}

impl Recurring {
    pub(crate) fn cycle(&self) -> Cycle {
        Cycle {
            interval: self.interval,
            count: self.interval_count,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TiersMode {
    Graduated,
    Volume,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Tier {
    pub flat_amount: Option<i64>,
    pub flat_amount_decimal: Option<String>,
    pub unit_amount: Option<i64>,
    pub unit_amount_decimal: Option<String>,
    /// None in the last tier, which has no end.
    pub up_to: Option<i64>,
}

/// What a price is in one currency.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Amounts {
    pub custom_unit_amount: Option<Value>,
    pub tax_behavior: String,
    pub tiers: Vec<Tier>,
    pub unit_amount: Option<i64>,
    /// Minor units with up to twelve decimals.
    pub unit_amount_decimal: Option<String>,
}

impl Amounts {
    fn json(&self) -> Value {
        let mut json = json!({
            "custom_unit_amount": self.custom_unit_amount,
            "tax_behavior": self.tax_behavior,
            "unit_amount": self.unit_amount,
            "unit_amount_decimal": self.unit_amount_decimal,
        });
        if !self.tiers.is_empty() {
            json["tiers"] = json!(self.tiers);
        }
        json
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Price {
    pub id: String,
    pub created: i64,
    pub active: bool,
    pub currency: String,
    pub custom_unit_amount: Option<Value>,
    pub lookup_key: Option<String>,
    pub metadata: Metadata,
    pub nickname: Option<String>,
    pub product: String,
    pub recurring: Option<Recurring>,
    pub tax_behavior: String,
    #[serde(default)]
    pub tiers: Vec<Tier>,
    #[serde(default)]
    pub tiers_mode: Option<TiersMode>,
    /// Besides its own currency.
    #[serde(default)]
    pub currency_options: BTreeMap<String, Amounts>,
    pub transform_quantity: Option<Value>,
    pub unit_amount: Option<i64>,
    /// Minor units with up to twelve decimals.
    pub unit_amount_decimal: Option<String>,
}

impl Row for Price {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn owners(&self) -> Vec<&str> {
        let mut owners = vec![self.product.as_str()];
        owners.extend(self.lookup_key.as_deref());
        owners
    }
}

impl Price {
    pub(crate) fn json(&self) -> Value {
        json!({
            "id": self.id,
            "object": "price",
            "active": self.active,
            "billing_scheme": if self.tiers_mode.is_some() { "tiered" } else { "per_unit" },
            "created": self.created,
            "currency": self.currency,
            "custom_unit_amount": self.custom_unit_amount,
            "livemode": false,
            "lookup_key": self.lookup_key,
            "metadata": self.metadata,
            "nickname": self.nickname,
            "product": self.product,
            "recurring": self.recurring,
            "tax_behavior": self.tax_behavior,
            "tiers_mode": self.tiers_mode,
            "transform_quantity": self.transform_quantity,
            "type": if self.recurring.is_some() { "recurring" } else { "one_time" },
            "unit_amount": self.unit_amount,
            "unit_amount_decimal": self.unit_amount_decimal,
        })
    }
}

impl Price {
    /// As subscription items still show it, besides the price (docs.stripe.com/api/plans).
    pub(crate) fn plan_json(&self) -> Value {
        let recurring = self.recurring.as_ref();
        json!({
            "id": self.id,
            "object": "plan",
            "active": self.active,
            "amount": self.unit_amount,
            "amount_decimal": self.unit_amount_decimal,
            "billing_scheme": if self.tiers_mode.is_some() { "tiered" } else { "per_unit" },
            "created": self.created,
            "currency": self.currency,
            "interval": recurring.map(|it| it.interval),
            "interval_count": recurring.map(|it| it.interval_count),
            "livemode": false,
            "metadata": self.metadata,
            "meter": recurring.and_then(|it| it.meter.as_ref()),
            "nickname": self.nickname,
            "product": self.product,
            "tiers_mode": self.tiers_mode,
            "transform_usage": self.transform_quantity,
            "trial_period_days": recurring.and_then(|it| it.trial_period_days),
            "usage_type": recurring.map(|it| it.usage_type),
        })
    }

    /// What is shown only where `expand[]` asks for it.
    pub(crate) fn included(&self, field: &str) -> Option<Value> {
        match field {
            "tiers" if self.tiers_mode.is_some() => Some(json!(self.tiers)),
            "currency_options" => {
                let mut options: BTreeMap<&str, Value> = BTreeMap::new();
                let own = self.amounts(&self.currency);
                options.extend(own.map(|own| (self.currency.as_str(), own.json())));
                let others = self.currency_options.iter();
                options.extend(others.map(|(name, other)| (name.as_str(), other.json())));
                Some(json!(options))
            }
            _ => None,
        }
    }
}

/// Whether this price belongs to this product.
pub(crate) fn check(world: &World, id: &str, product: &str) -> Result<()> {
    match world.prices.get(id) {
        Some(price) if price.product == product => Ok(()),
        _ => Err(Error::missing_param("price", id, "default_price")),
    }
}

impl Call<'_> {
    pub(crate) fn create_price(&mut self, mut params: Params) -> Result<Value> {
        params.only_one_of(&["product", "product_data"])?;
        let data = params.map("product_data")?;
        let product = params.text("product")?;
        let product = match (product, data) {
            (None, None) => return Err(params.missing("product")),
            (Some(product), _) => {
                self.check_product(&product, "product")?;
                let price = self.read_price(params, Some(product))?;
                return Ok(self.keep_price(price));
            }
            (None, Some(data)) => data,
        };
        let mut price = self.read_price(params, None)?;
        let product = self.create_product(product)?;
        price.product = product["id"].as_str().unwrap_or_default().to_owned();
        Ok(self.keep_price(price))
    }

    fn holder_of(&self, key: &str) -> Option<&Price> {
        let rows = self.world.prices.of(key);
        rows.iter()
            .find(|price| price.lookup_key.as_deref() == Some(key))
    }

    /// Stores a price; its lookup key is no other's any more.
    fn put_price(&mut self, price: Price) {
        let holder = price
            .lookup_key
            .as_deref()
            .and_then(|key| self.holder_of(key));
        if let Some(mut holder) = holder.filter(|holder| holder.id != price.id).cloned() {
            holder.lookup_key = None;
            self.world.prices.put(holder);
        }
        self.world.prices.put(price);
    }

    pub(crate) fn keep_price(&mut self, price: Price) -> Value {
        let json = price.json();
        self.put_price(price);
        self.emit("price.created", json.clone(), None);
        json
    }

    pub(crate) fn update_price(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let price = self.world.prices.get(id);
        let mut price = price.cloned().ok_or_else(|| Error::missing("price", id))?;
        let before = price.json();
        if let Some(active) = params.boolean("active")? {
            price.active = active;
        }
        params.change("nickname")?.apply(&mut price.nickname);
        if let Some(key) = self.read_lookup_key(&mut params, Some(id))? {
            price.lookup_key = Some(key);
        }
        if let Some(behavior) =
            params.one_of("tax_behavior", &["exclusive", "inclusive", "unspecified"])?
        {
            if price.tax_behavior != "unspecified" && price.tax_behavior != behavior {
                return Err(Error::invalid(
                    "Once specified, the tax behavior of a price cannot be changed.",
                )
                .param("tax_behavior"));
            }
            price.tax_behavior = behavior;
        }
        if params.is_text("currency_options", "") {
            price.currency_options.clear();
        }
        let options = self.read_currency_options(&mut params, &price.currency)?;
        price.currency_options.extend(options);
        price.metadata = params.metadata(&price.metadata)?;
        let after = price.json();
        self.put_price(price);
        self.emit_updated("price.updated", &before, after.clone());
        Ok(after)
    }

    pub(crate) fn list_prices(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let product = params.text("product")?;
        let active = params.boolean("active")?;
        let currency = params.text("currency")?;
        let kind = params.one_of("type", &["one_time", "recurring"])?;
        let keys = params.list("lookup_keys")?;
        let rows = match &keys {
            Some(keys) => self.world.prices.of_any(keys),
            None => self.world.prices.of_first(&[&product]),
        };
        page.of(
            &rows,
            "/v1/prices",
            |price| {
                active.is_none_or(|active| price.active == active)
                    && product.as_ref().is_none_or(|id| price.product == *id)
                    && currency
                        .as_ref()
                        .is_none_or(|currency| price.currency == *currency)
                    && kind
                        .as_ref()
                        .is_none_or(|kind| (kind == "recurring") == price.recurring.is_some())
                    && keys.as_ref().is_none_or(|keys| {
                        price
                            .lookup_key
                            .as_ref()
                            .is_some_and(|key| keys.contains(key))
                    })
            },
            Price::json,
        )
    }
}
