//! Prices (docs.stripe.com/api/prices): what a product costs, once or again and again. Amounts never change.

use super::call::Call;
use super::error::{Error, Result};
use super::list::Page;
use super::money;
use super::params::{Metadata, Params};
use super::table::Row;
use super::world::World;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const LARGEST: i64 = 99_999_999;

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
    pub recurring: Option<Value>,
    pub tax_behavior: String,
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
            "billing_scheme": "per_unit",
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
            "tiers_mode": null,
            "transform_quantity": self.transform_quantity,
            "type": if self.recurring.is_some() { "recurring" } else { "one_time" },
            "unit_amount": self.unit_amount,
            "unit_amount_decimal": self.unit_amount_decimal,
        })
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
        let data = params.map("product_data")?;
        let product = params.text("product")?;
        let product = match (product, data) {
            (Some(_), Some(_)) => {
                return Err(Error::invalid(
                    "You may only specify one of these parameters: product, product_data.",
                ));
            }
            (None, None) => return Err(params.missing("product")),
            (Some(product), None) => {
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

    /// The new price of a product, which may be made only after it.
    pub(crate) fn read_price(
        &mut self,
        mut params: Params,
        product: Option<String>,
    ) -> Result<Price> {
        params.not_modelled(&["currency_options", "tiers", "tiers_mode"])?;
        let currency = money::currency(&mut params)?.ok_or_else(|| params.missing("currency"))?;
        if params
            .one_of("billing_scheme", &["per_unit", "tiered"])?
            .as_deref()
            == Some("tiered")
        {
            return Err(
                Error::invalid("The sandbox models prices per unit only.").param("billing_scheme")
            );
        }
        let amount = params.integer_in("unit_amount", 0..=LARGEST)?;
        let decimal = params.text("unit_amount_decimal")?;
        let custom = params
            .map("custom_unit_amount")?
            .map(read_custom)
            .transpose()?
            .flatten();
        let given = [amount.is_some(), decimal.is_some(), custom.is_some()];
        if given.iter().filter(|given| **given).count() != 1 {
            return Err(Error::invalid(
                "Prices require exactly one of unit_amount, unit_amount_decimal and custom_unit_amount.",
            )
            .code("parameter_missing")
            .param(params.name("unit_amount")));
        }
        if let Some(text) = decimal.as_ref().filter(|text| !is_decimal(text)) {
            return Err(Error::invalid(format!("Invalid decimal: {text}"))
                .param(params.name("unit_amount_decimal")));
        }
        let price = Price {
            created: self.now,
            active: params.boolean("active")?.unwrap_or(true),
            currency,
            lookup_key: self.read_lookup_key(&mut params, None)?,
            metadata: params.metadata(&Metadata::new())?,
            nickname: params.text("nickname")?,
            product: product.unwrap_or_default(),
            recurring: params.map("recurring")?.map(read_recurring).transpose()?,
            tax_behavior: params
                .one_of("tax_behavior", &["exclusive", "inclusive", "unspecified"])?
                .unwrap_or_else(|| "unspecified".to_owned()),
            transform_quantity: params
                .map("transform_quantity")?
                .map(read_transform)
                .transpose()?,
            unit_amount: amount.or_else(|| decimal.as_ref().and_then(|text| text.parse().ok())),
            unit_amount_decimal: decimal.or_else(|| amount.map(|amount| amount.to_string())),
            custom_unit_amount: custom,
            id: self.world.random.id("price_1"),
        };
        params.finish()?;
        if price.custom_unit_amount.is_some() && price.recurring.is_some() {
            return Err(Error::invalid(
                "A price whose customers choose the amount cannot be recurring.",
            )
            .param("recurring"));
        }
        Ok(price)
    }

    /// The key a price is looked up by: it can be taken over from another, if that is asked for.
    fn read_lookup_key(&self, params: &mut Params, own: Option<&str>) -> Result<Option<String>> {
        let key = params.text("lookup_key")?;
        let transfer = params.boolean("transfer_lookup_key")?.unwrap_or(false);
        let holder = key.as_deref().and_then(|key| self.holder_of(key));
        match holder {
            Some(holder) if !transfer && own != Some(&holder.id) => Err(Error::invalid(format!(
                "A price (`{}`) already uses that lookup key.",
                holder.id
            ))
            .code("resource_already_exists")
            .param(params.name("lookup_key"))),
            _ => Ok(key),
        }
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
        params.not_modelled(&["currency_options"])?;
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
        price.metadata = params.metadata(&price.metadata)?;
        params.finish()?;
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
        params.without_effect(&["recurring"]);
        params.finish()?;
        let rows = self.world.prices.of_first(&[&product]);
        page.of(
            &rows,
            "/v1/prices",
            |price| {
                active.is_none_or(|active| price.active == active)
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

fn is_decimal(text: &str) -> bool {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|sign| sign.is_ascii_digit());
    digits(whole) && digits(part) && whole.len() <= 8 && part.len() <= 12
}

fn read_recurring(mut params: Params) -> Result<Value> {
    let interval = params.one_of("interval", &["day", "month", "week", "year"])?;
    let interval = interval.ok_or_else(|| params.missing("interval"))?;
    let most = match interval.as_str() {
        "day" => 1095,
        "week" => 156,
        "month" => 36,
        _ => 3,
    };
    let count = params.integer_in("interval_count", 1..=most)?.unwrap_or(1);
    let usage = params.one_of("usage_type", &["licensed", "metered"])?;
    let trial = params.integer_in("trial_period_days", 1..=730)?;
    params.not_modelled(&["meter"])?;
    params.finish()?;
    Ok(json!({
        "interval": interval,
        "interval_count": count,
        "meter": null,
        "trial_period_days": trial,
        "usage_type": usage.as_deref().unwrap_or("licensed"),
    }))
}

/// The customer chooses the amount.
fn read_custom(mut params: Params) -> Result<Option<Value>> {
    let enabled = params
        .boolean("enabled")?
        .ok_or_else(|| params.missing("enabled"))?;
    let custom = json!({
        "maximum": params.integer_in("maximum", 1..=LARGEST)?,
        "minimum": params.integer_in("minimum", 1..=LARGEST)?,
        "preset": params.integer_in("preset", 1..=LARGEST)?,
    });
    params.finish()?;
    Ok(enabled.then_some(custom))
}

fn read_transform(mut params: Params) -> Result<Value> {
    let divide_by = params.integer_in("divide_by", 1..=LARGEST)?;
    let round = params.one_of("round", &["down", "up"])?;
    let transform = json!({
        "divide_by": divide_by.ok_or_else(|| params.missing("divide_by"))?,
        "round": round.ok_or_else(|| params.missing("round"))?,
    });
    params.finish()?;
    Ok(transform)
}
