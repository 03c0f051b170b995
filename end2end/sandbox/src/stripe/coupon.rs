//! Coupons (docs.stripe.com/api/coupons): a percentage or an amount off.

use super::call::Call;
use super::error::{Error, Result};
use super::list::Page;
use super::money;
use super::params::{Metadata, Params};
use super::price::share;
use super::table::Row;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const LONGEST_NAME: usize = 40;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Coupon {
    pub id: String,
    pub created: i64,
    pub deleted: bool,
    pub amount_off: Option<i64>,
    pub currency: Option<String>,
    pub percent_off: Option<f64>,
    pub products: Option<Vec<String>>,
    pub duration: String,
    pub duration_in_months: Option<i64>,
    pub max_redemptions: Option<i64>,
    pub metadata: Metadata,
    pub name: Option<String>,
    pub redeem_by: Option<i64>,
    #[serde(default)]
    pub times_redeemed: i64,
    /// What `amount_off` is in other currencies.
    #[serde(default)]
    pub currency_options: BTreeMap<String, i64>,
}

impl Row for Coupon {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }
}

impl Coupon {
    /// `now` in Unix seconds decides whether it is still valid.
    pub(crate) fn json(&self, now: i64) -> Value {
        let mut json = json!({
            "id": self.id,
            "object": "coupon",
            "amount_off": self.amount_off,
            "created": self.created,
            "currency": self.currency,
            "duration": self.duration,
            "duration_in_months": self.duration_in_months,
            "livemode": false,
            "max_redemptions": self.max_redemptions,
            "metadata": self.metadata,
            "name": self.name,
            "percent_off": self.percent_off,
            "redeem_by": self.redeem_by,
            "times_redeemed": self.times_redeemed,
            "valid": self.is_valid(now),
        });
        if let Some(products) = &self.products {
            json["applies_to"] = json!({ "products": products });
        }
        json
    }

    /// Whether it can be redeemed.
    pub(crate) fn is_valid(&self, now: i64) -> bool {
        !self.deleted
            && self.redeem_by.is_none_or(|until| now < until)
            && self
                .max_redemptions
                .is_none_or(|most| self.times_redeemed < most)
    }

    /// What it takes off an amount.
    pub(crate) fn amount_off(&self, amount: i64, currency: &str) -> i64 {
        let fixed = match &self.currency {
            Some(own) if own == currency => self.amount_off,
            _ => self.currency_options.get(currency).copied(),
        };
        let off = match self.percent_off {
            // Percentages have two decimals.
            Some(percent) => share(amount, (percent * 100.0).round() as i64, 10_000),
            None => fixed.unwrap_or(0),
        };
        off.min(amount)
    }

    /// What is shown only where `expand[]` asks for it.
    pub(crate) fn included(&self, field: &str) -> Option<Value> {
        let (own, options) = (self.currency.as_ref()?, &self.currency_options);
        let mut all: BTreeMap<&String, Value> = options
            .iter()
            .map(|(currency, amount)| (currency, json!({ "amount_off": amount })))
            .collect();
        all.insert(own, json!({ "amount_off": self.amount_off }));
        (field == "currency_options").then(|| json!(all))
    }
}

impl Call<'_> {
    pub(crate) fn create_coupon(&mut self, mut params: Params) -> Result<Value> {
        params.only_one_of(&["percent_off", "amount_off"])?;
        let id = params.text("id")?;
        let mut coupon = Coupon {
            id: String::new(),
            created: self.now,
            deleted: false,
            amount_off: params.integer_in("amount_off", 1..=99_999_999)?,
            currency: money::currency(&mut params)?,
            percent_off: read_percentage(&mut params)?,
            products: None,
            duration: params
                .one_of("duration", &["forever", "once", "repeating"])?
                .unwrap_or_else(|| "once".to_owned()),
            duration_in_months: params.integer_in("duration_in_months", 1..=36)?,
            max_redemptions: params.integer_in("max_redemptions", 1..=i64::from(i32::MAX))?,
            metadata: Metadata::new(),
            name: None,
            redeem_by: self.read_future(&mut params, "redeem_by")?,
            times_redeemed: 0,
            currency_options: BTreeMap::new(),
        };
        if let Some(mut applies_to) = params.map("applies_to")? {
            coupon.products = applies_to.list("products")?;
            for product in coupon.products.iter().flatten() {
                self.check_product(product, "applies_to[products]")?;
            }
        }
        read(&mut coupon, params)?;
        let refused = |message: &str, param: &str| Err(Error::invalid(message).param(param));
        match (coupon.amount_off, coupon.percent_off, &coupon.currency) {
            (None, None, _) => {
                return refused(
                    "You must pass exactly one of percent_off and amount_off.",
                    "percent_off",
                );
            }
            (Some(_), _, None) => {
                return refused(
                    "You must pass currency when passing amount_off.",
                    "currency",
                );
            }
            _ => {}
        }
        if (coupon.duration == "repeating") != coupon.duration_in_months.is_some() {
            return refused(
                "duration_in_months belongs to the duration `repeating`, which requires it.",
                "duration_in_months",
            );
        }
        coupon.id = match id {
            Some(id) if self.coupon(&id).is_ok() => {
                return Err(Error::invalid("Coupon already exists.")
                    .code("resource_already_exists")
                    .param("id"));
            }
            Some(id) => id,
            None => self.world.random.letters(8),
        };
        let json = coupon.json(self.now);
        self.world.coupons.put(coupon);
        self.emit("coupon.created", json.clone(), None);
        Ok(json)
    }

    pub(crate) fn update_coupon(&mut self, id: &str, params: Params) -> Result<Value> {
        let mut coupon = self.coupon(id)?.clone();
        let before = coupon.json(self.now);
        read(&mut coupon, params)?;
        let after = coupon.json(self.now);
        self.world.coupons.put(coupon);
        self.emit_updated("coupon.updated", &before, after.clone());
        Ok(after)
    }

    pub(crate) fn delete_coupon(&mut self, id: &str) -> Result<Value> {
        let mut coupon = self.coupon(id)?.clone();
        coupon.deleted = true;
        let json = coupon.json(self.now);
        self.world.coupons.put(coupon);
        self.emit("coupon.deleted", json, None);
        Ok(json!({ "id": id, "object": "coupon", "deleted": true }))
    }

    pub(crate) fn coupon(&self, id: &str) -> Result<&Coupon> {
        let coupon = self.world.coupons.get(id);
        coupon
            .filter(|coupon| !coupon.deleted)
            .ok_or_else(|| Error::missing("coupon", id))
    }

    pub(crate) fn list_coupons(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        page.of(
            &self.world.coupons.all(),
            "/v1/coupons",
            |coupon| !coupon.deleted,
            |coupon| coupon.json(self.now),
        )
    }
}

/// The fields that creating and updating share.
fn read(coupon: &mut Coupon, mut params: Params) -> Result<()> {
    params.change("name")?.apply(&mut coupon.name);
    if coupon
        .name
        .as_ref()
        .is_some_and(|name| name.chars().count() > LONGEST_NAME)
    {
        return Err(Error::invalid(format!(
            "A coupon's name has up to {LONGEST_NAME} characters."
        ))
        .param("name"));
    }
    if let Some(options) = params.map("currency_options")? {
        for (name, mut option) in options.named_maps()? {
            let currency = money::known(&name).ok_or_else(|| {
                Error::invalid(format!("Invalid currency: {name}.")).param("currency_options")
            })?;
            let amount = option.integer_in("amount_off", 1..=99_999_999)?;
            let amount = amount.ok_or_else(|| option.missing("amount_off"))?;
            coupon.currency_options.insert(currency, amount);
        }
    }
    coupon.metadata = params.metadata(&coupon.metadata)?;
    Ok(())
}

fn read_percentage(params: &mut Params) -> Result<Option<f64>> {
    let Some(text) = params.text("percent_off")? else {
        return Ok(None);
    };
    match text.parse::<f64>() {
        Ok(percent) if percent > 0.0 && percent <= 100.0 => Ok(Some(percent)),
        _ => Err(Error::invalid(format!(
            "Invalid percent_off: {text} is not between 0 and 100."
        ))
        .param("percent_off")),
    }
}
