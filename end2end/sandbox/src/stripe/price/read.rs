//! The parameters of a price.

use super::{Amounts, Price, Recurring, Tier, TiersMode, Usage};
use crate::stripe::calendar::Interval;
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::json::{Value, json};
use crate::stripe::money;
use crate::stripe::params::{Metadata, Params};
use std::collections::BTreeMap;

const LARGEST: i64 = 99_999_999;
const TAX_BEHAVIORS: &[&str] = &["exclusive", "inclusive", "unspecified"];

impl Call<'_> {
    /// The new price of a product, which may be made only after it.
    pub(crate) fn read_price(
        &mut self,
        mut params: Params,
        product: Option<String>,
    ) -> Result<Price> {
        let currency = money::currency(&mut params)?.ok_or_else(|| params.missing("currency"))?;
        let scheme = params.one_of("billing_scheme", &["per_unit", "tiered"])?;
        let tiers_mode = params.choice(
            "tiers_mode",
            &[
                ("graduated", TiersMode::Graduated),
                ("volume", TiersMode::Volume),
            ],
        )?;
        let tiered = scheme.as_deref() == Some("tiered");
        if tiered != tiers_mode.is_some() || tiered != params.has("tiers") {
            return Err(Error::invalid(
                "`tiers` and `tiers_mode` belong to `billing_scheme=tiered`, which requires both.",
            )
            .param(params.name("tiers")));
        }
        let currency_options = self.read_currency_options(&mut params, &currency)?;
        let amounts = read_amounts(&mut params)?;
        let price = Price {
            created: self.now,
            active: params.boolean("active")?.unwrap_or(true),
            currency,
            lookup_key: self.read_lookup_key(&mut params, None)?,
            metadata: params.metadata(&Metadata::new())?,
            nickname: params.text("nickname")?,
            product: product.unwrap_or_default(),
            recurring: params.map("recurring")?.map(read_recurring).transpose()?,
            tax_behavior: amounts.tax_behavior,
            tiers: amounts.tiers,
            tiers_mode,
            currency_options,
            transform_quantity: params
                .map("transform_quantity")?
                .map(read_transform)
                .transpose()?,
            unit_amount: amounts.unit_amount,
            unit_amount_decimal: amounts.unit_amount_decimal,
            custom_unit_amount: amounts.custom_unit_amount,
            id: self.world.random.id("price_1"),
        };
        if price.custom_unit_amount.is_some() && price.recurring.is_some() {
            return Err(Error::invalid(
                "A price whose customers choose the amount cannot be recurring.",
            )
            .param("recurring"));
        }
        if tiered && price.transform_quantity.is_some() {
            return Err(
                Error::invalid("`transform_quantity` cannot be combined with `tiers`.")
                    .param("transform_quantity"),
            );
        }
        Ok(price)
    }

    /// `price_data`: a price made for one purpose.
    pub(crate) fn read_price_data(&mut self, mut params: Params) -> Result<Price> {
        params.only_one_of(&["product", "product_data"])?;
        let place = params.name("product");
        let product = params.text("product")?;
        let mut price = match (product, params.map("product_data")?) {
            (Some(product), _) => {
                self.check_product(&product, &place)?;
                self.read_price(params, Some(product))?
            }
            (None, Some(data)) => {
                let mut price = self.read_price(params, None)?;
                let product = self.create_product(data)?;
                price.product = product["id"].as_str().unwrap_or_default().to_owned();
                price
            }
            (None, None) => return Err(params.missing("product")),
        };
        price.active = false;
        Ok(price)
    }

    /// The key a price is looked up by: it can be taken over from another, if that is asked for.
    pub(super) fn read_lookup_key(
        &self,
        params: &mut Params,
        own: Option<&str>,
    ) -> Result<Option<String>> {
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

    /// What the price is in other currencies.
    pub(super) fn read_currency_options(
        &self,
        params: &mut Params,
        own: &str,
    ) -> Result<BTreeMap<String, Amounts>> {
        let mut options = BTreeMap::new();
        let Some(given) = params.map("currency_options")? else {
            return Ok(options);
        };
        for (name, mut amounts) in given.named_maps()? {
            let currency = money::known(&name).filter(|currency| currency != own);
            let currency = currency.ok_or_else(|| {
                Error::invalid(format!(
                    "`{name}` is no other currency than the price's own."
                ))
                .param("currency_options")
            })?;
            options.insert(currency, read_amounts(&mut amounts)?);
        }
        Ok(options)
    }
}

/// Exactly one of the ways to say what a unit costs.
fn read_amounts(params: &mut Params) -> Result<Amounts> {
    let (unit_amount, unit_amount_decimal) = read_decimal(params, "unit_amount")?;
    let custom = params
        .map("custom_unit_amount")?
        .map(read_custom)
        .transpose()?
        .flatten();
    let tiers = match params.map("tiers")? {
        None => Vec::new(),
        Some(mut tiers) => read_tiers(tiers.items()?)?,
    };
    let given = [
        unit_amount_decimal.is_some(),
        custom.is_some(),
        !tiers.is_empty(),
    ];
    if given.iter().filter(|given| **given).count() != 1 {
        return Err(Error::invalid(
            "Prices require exactly one of unit_amount, unit_amount_decimal, custom_unit_amount and tiers.",
        )
        .code("parameter_missing")
        .param(params.name("unit_amount")));
    }
    Ok(Amounts {
        custom_unit_amount: custom,
        tax_behavior: params
            .one_of("tax_behavior", TAX_BEHAVIORS)?
            .unwrap_or_else(|| "unspecified".to_owned()),
        tiers,
        unit_amount,
        unit_amount_decimal,
    })
}

/// An amount that may also be given as a decimal, as `name` and `name_decimal`.
pub(crate) fn read_decimal(
    params: &mut Params,
    name: &'static str,
) -> Result<(Option<i64>, Option<String>)> {
    let field = format!("{name}_decimal");
    params.only_one_of(&[name, &field])?;
    let amount = params.integer_in(name, 0..=LARGEST)?;
    let decimal = params.text(&field)?;
    match (amount, decimal) {
        (Some(amount), _) => Ok((Some(amount), Some(amount.to_string()))),
        (None, Some(text)) if !is_decimal(&text) => {
            Err(Error::invalid(format!("Invalid decimal: {text}")).param(params.name(&field)))
        }
        (None, Some(text)) => Ok((text.parse().ok(), Some(text))),
        (None, None) => Ok((None, None)),
    }
}

/// Each tier ends where the next begins; the last has no end.
fn read_tiers(items: Vec<Params>) -> Result<Vec<Tier>> {
    let mut tiers: Vec<Tier> = Vec::new();
    let count = items.len();
    for (place, mut params) in items.into_iter().enumerate() {
        let (flat_amount, flat_amount_decimal) = read_decimal(&mut params, "flat_amount")?;
        let (unit_amount, unit_amount_decimal) = read_decimal(&mut params, "unit_amount")?;
        let up_to = if params.is_text("up_to", "inf") {
            None
        } else {
            let most = params.integer_in("up_to", 1..=i64::from(i32::MAX))?;
            Some(most.ok_or_else(|| params.missing("up_to"))?)
        };
        let is_last = place + 1 == count;
        let before = tiers.last().and_then(|tier| tier.up_to).unwrap_or(0);
        if is_last != up_to.is_none() || up_to.is_some_and(|most| most <= before) {
            return Err(Error::invalid(
                "Tiers must have increasing `up_to`, the last of them `inf`.",
            )
            .param(params.name("up_to")));
        }
        if flat_amount_decimal.is_none() && unit_amount_decimal.is_none() {
            return Err(params.missing("unit_amount"));
        }
        tiers.push(Tier {
            flat_amount,
            flat_amount_decimal,
            unit_amount,
            unit_amount_decimal,
            up_to,
        });
    }
    Ok(tiers)
}

pub(crate) fn is_decimal(text: &str) -> bool {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|sign| sign.is_ascii_digit());
    digits(whole) && digits(part) && whole.len() <= 8 && part.len() <= 12
}

fn read_recurring(mut params: Params) -> Result<Recurring> {
    let interval = params.choice("interval", Interval::NAMES)?;
    let interval = interval.ok_or_else(|| params.missing("interval"))?;
    let most = match interval {
        Interval::Day => 1095,
        Interval::Week => 156,
        Interval::Month => 36,
        Interval::Year => 3,
    };
    let recurring = Recurring {
        interval,
        interval_count: params.integer_in("interval_count", 1..=most)?.unwrap_or(1),
        meter: None,
        trial_period_days: params.integer_in("trial_period_days", 1..=730)?,
        usage_type: params
            .choice(
                "usage_type",
                &[("licensed", Usage::Licensed), ("metered", Usage::Metered)],
            )?
            .unwrap_or(Usage::Licensed),
    };
    Ok(recurring)
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
    Ok(enabled.then_some(custom))
}

fn read_transform(mut params: Params) -> Result<Value> {
    let divide_by = params.integer_in("divide_by", 1..=LARGEST)?;
    let round = params.one_of("round", &["down", "up"])?;
    let transform = json!({
        "divide_by": divide_by.ok_or_else(|| params.missing("divide_by"))?,
        "round": round.ok_or_else(|| params.missing("round"))?,
    });
    Ok(transform)
}
