//! ShippingRates (docs.stripe.com/api/shipping_rates): what sending the goods costs, by how fast they come.

use super::call::Call;
use super::error::{Error, Result};
use super::list::Page;
use super::money;
use super::params::{Metadata, Params};
use super::table::Row;
use super::tax::Behavior;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const LARGEST: i64 = 99_999_999;
const TAX_BEHAVIORS: &[&str] = &["exclusive", "inclusive", "unspecified"];
const UNITS: &[&str] = &["business_day", "day", "hour", "month", "week"];

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ShippingRate {
    pub id: String,
    pub created: i64,
    pub active: bool,
    pub amount: i64,
    pub currency: String,
    /// Amount and tax behavior in further currencies.
    pub currency_options: BTreeMap<String, (i64, String)>,
    pub delivery_estimate: Option<Value>,
    pub display_name: String,
    pub metadata: Metadata,
    pub tax_behavior: String,
    pub tax_code: Option<String>,
}

impl Row for ShippingRate {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }
}

impl ShippingRate {
    pub(crate) fn json(&self) -> Value {
        let mut fixed = json!({ "amount": self.amount, "currency": self.currency });
        if !self.currency_options.is_empty() {
            let own = (
                self.currency.clone(),
                (self.amount, self.tax_behavior.clone()),
            );
            let all = self.currency_options.clone().into_iter().chain([own]);
            let options: BTreeMap<String, Value> = all
                .map(|(currency, (amount, tax_behavior))| {
                    (
                        currency,
                        json!({ "amount": amount, "tax_behavior": tax_behavior }),
                    )
                })
                .collect();
            fixed["currency_options"] = json!(options);
        }
        json!({
            "id": self.id,
            "object": "shipping_rate",
            "active": self.active,
            "created": self.created,
            "delivery_estimate": self.delivery_estimate,
            "display_name": self.display_name,
            "fixed_amount": fixed,
            "livemode": false,
            "metadata": self.metadata,
            "tax_behavior": self.tax_behavior,
            "tax_code": self.tax_code,
            "type": "fixed_amount",
        })
    }

    pub(crate) fn behavior(&self) -> Behavior {
        Behavior::of_price(&self.tax_behavior)
    }

    pub(crate) fn amount_in(&self, currency: &str) -> Result<i64> {
        let option = self.currency_options.get(currency);
        match option {
            _ if currency == self.currency => Ok(self.amount),
            Some((amount, _)) => Ok(*amount),
            None => Err(Error::invalid(format!(
                "The shipping rate {} has no amount in {currency}, the currency of this purchase.",
                self.id
            ))
            .param("currency")),
        }
    }
}

impl Call<'_> {
    pub(crate) fn create_shipping_rate(&mut self, params: Params) -> Result<Value> {
        let rate = self.read_shipping_rate(params)?;
        Ok(self.keep_shipping_rate(rate))
    }

    pub(crate) fn keep_shipping_rate(&mut self, rate: ShippingRate) -> Value {
        let json = rate.json();
        self.world.shipping_rates.put(rate);
        json
    }

    /// A new one, which is not kept yet.
    pub(crate) fn read_shipping_rate(&mut self, mut params: Params) -> Result<ShippingRate> {
        params.one_of("type", &["fixed_amount"])?;
        let fixed = params.map("fixed_amount")?;
        let mut fixed = fixed.ok_or_else(|| params.missing("fixed_amount"))?;
        let amount = fixed.integer_in("amount", 0..=LARGEST)?;
        let currency = money::currency(&mut fixed)?;
        let mut rate = ShippingRate {
            created: self.now,
            active: true,
            amount: amount.ok_or_else(|| fixed.missing("amount"))?,
            currency: currency.ok_or_else(|| fixed.missing("currency"))?,
            currency_options: BTreeMap::new(),
            delivery_estimate: params
                .map("delivery_estimate")?
                .map(read_estimate)
                .transpose()?,
            display_name: params.required_text("display_name")?,
            metadata: params.metadata(&Metadata::new())?,
            tax_behavior: params
                .one_of("tax_behavior", TAX_BEHAVIORS)?
                .unwrap_or_else(|| "unspecified".to_owned()),
            tax_code: params.text("tax_code")?,
            id: self.world.random.id("shr_1"),
        };
        read_currency_options(&mut rate, &mut fixed)?;
        Ok(rate)
    }

    pub(crate) fn update_shipping_rate(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let rate = self.world.shipping_rates.get(id);
        let mut rate = rate
            .cloned()
            .ok_or_else(|| Error::missing("shipping rate", id))?;
        if let Some(active) = params.boolean("active")? {
            rate.active = active;
        }
        if let Some(behavior) = params.one_of("tax_behavior", TAX_BEHAVIORS)? {
            if rate.tax_behavior != "unspecified" && rate.tax_behavior != behavior {
                return Err(Error::invalid(
                    "Once specified, the tax behavior of a shipping rate cannot be changed.",
                )
                .param("tax_behavior"));
            }
            rate.tax_behavior = behavior;
        }
        if let Some(mut fixed) = params.map("fixed_amount")? {
            read_currency_options(&mut rate, &mut fixed)?;
        }
        rate.metadata = params.metadata(&rate.metadata)?;
        Ok(self.keep_shipping_rate(rate))
    }

    /// The rate that a parameter names.
    pub(crate) fn shipping_rate(&self, id: &str, param: &str) -> Result<&ShippingRate> {
        let rate = self.world.shipping_rates.get(id);
        rate.ok_or_else(|| Error::missing_param("shipping rate", id, param))
    }

    pub(crate) fn list_shipping_rates(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let active = params.boolean("active")?;
        let currency = money::currency(&mut params)?;
        page.of(
            &self.world.shipping_rates.all(),
            "/v1/shipping_rates",
            |rate| {
                active.is_none_or(|active| rate.active == active)
                    && currency
                        .as_ref()
                        .is_none_or(|currency| rate.currency == *currency)
            },
            ShippingRate::json,
        )
    }
}

/// `currency_options[eur][amount]`
fn read_currency_options(rate: &mut ShippingRate, fixed: &mut Params) -> Result<()> {
    let Some(mut options) = fixed.map("currency_options")? else {
        return Ok(());
    };
    for currency in options.names() {
        let Some(known) = money::known(&currency) else {
            return Err(Error::invalid(format!("Invalid currency: {currency}."))
                .param(options.name(&currency)));
        };
        let Some(mut option) = options.map(&currency)? else {
            continue;
        };
        let old = rate.currency_options.get(&known).cloned();
        let amount = option.integer_in("amount", 0..=LARGEST)?;
        let amount = amount.or(old.as_ref().map(|(amount, _)| *amount));
        let behavior = option.one_of("tax_behavior", TAX_BEHAVIORS)?;
        let behavior = behavior.or(old.map(|(_, behavior)| behavior));
        let amount = amount.ok_or_else(|| option.missing("amount"))?;
        let behavior = behavior.unwrap_or_else(|| "unspecified".to_owned());
        if known != rate.currency {
            rate.currency_options.insert(known, (amount, behavior));
        }
    }
    Ok(())
}

fn read_estimate(mut params: Params) -> Result<Value> {
    let mut estimate = json!({ "maximum": null, "minimum": null });
    for bound in ["maximum", "minimum"] {
        if let Some(mut given) = params.map(bound)? {
            let unit = given.one_of("unit", UNITS)?;
            let value = given.integer_in("value", 1..=LARGEST)?;
            estimate[bound] = json!({
                "unit": unit.ok_or_else(|| given.missing("unit"))?,
                "value": value.ok_or_else(|| given.missing("value"))?,
            });
        }
    }
    Ok(estimate)
}
