//! PromotionCodes (docs.stripe.com/api/promotion_codes): what a customer types to be given a coupon.

use super::call::Call;
use super::error::{Error, Result};
use super::list::Page;
use super::money;
use super::params::{Metadata, Params};
use super::table::Row;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};

const LONGEST_CODE: usize = 500;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PromotionCode {
    pub id: String,
    pub created: i64,
    pub active: bool,
    pub code: String,
    /// The code as it is looked for: whatever its case.
    key: String,
    pub coupon: String,
    pub customer: Option<String>,
    pub expires_at: Option<i64>,
    pub max_redemptions: Option<i64>,
    pub metadata: Metadata,
    pub restrictions: Value,
    #[serde(default)]
    pub times_redeemed: i64,
}

impl Row for PromotionCode {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn owners(&self) -> Vec<&str> {
        let mut owners = vec![self.key.as_str(), self.coupon.as_str()];
        owners.extend(self.customer.as_deref());
        owners
    }
}

/// What two codes have in common that differ in case alone.
pub(crate) fn key(code: &str) -> String {
    code.to_ascii_lowercase()
}

impl PromotionCode {
    /// Whether this is the code that somebody gave.
    pub(crate) fn is(&self, code: &str) -> bool {
        self.key == key(code)
    }

    /// `now` in Unix seconds decides whether it has expired.
    pub(crate) fn json(&self, now: i64) -> Value {
        json!({
            "id": self.id,
            "object": "promotion_code",
            "active": self.is_active(now),
            "code": self.code,
            "created": self.created,
            "customer": self.customer,
            "customer_account": null,
            "expires_at": self.expires_at,
            "livemode": false,
            "max_redemptions": self.max_redemptions,
            "metadata": self.metadata,
            "promotion": { "coupon": self.coupon, "type": "coupon" },
            "restrictions": self.restrictions,
            "times_redeemed": self.times_redeemed,
        })
    }

    pub(crate) fn is_active(&self, now: i64) -> bool {
        self.active
            && self.expires_at.is_none_or(|until| now < until)
            && self
                .max_redemptions
                .is_none_or(|most| self.times_redeemed < most)
    }
}

impl Call<'_> {
    pub(crate) fn create_promotion_code(&mut self, mut params: Params) -> Result<Value> {
        let promotion = params.map("promotion")?;
        let mut promotion = promotion.ok_or_else(|| params.missing("promotion"))?;
        if promotion.one_of("type", &["coupon"])?.is_none() {
            return Err(promotion.missing("type"));
        }
        let coupon = promotion.required_text("coupon")?;
        if self.coupon(&coupon).is_err() {
            return Err(Error::missing_param("coupon", &coupon, "promotion[coupon]"));
        }
        let given = params.text("code")?;
        if let Some(code) = &given {
            self.check_code(code)?;
        }
        let mut promotion_code = PromotionCode {
            id: String::new(),
            created: self.now,
            active: params.boolean("active")?.unwrap_or(true),
            code: String::new(),
            key: String::new(),
            coupon,
            customer: self.read_customer_id(&mut params)?,
            expires_at: params.integer("expires_at")?,
            max_redemptions: params.integer_in("max_redemptions", 1..=i64::from(i32::MAX))?,
            metadata: params.metadata(&Metadata::new())?,
            restrictions: read_restrictions(params.map("restrictions")?)?,
            times_redeemed: 0,
        };
        if promotion_code
            .expires_at
            .is_some_and(|until| until <= self.now)
        {
            return Err(Error::invalid("expires_at must be in the future.").param("expires_at"));
        }
        promotion_code.id = self.world.random.id("promo_1");
        promotion_code.code = match given {
            Some(code) => code,
            None => self.world.random.letters(8).to_ascii_uppercase(),
        };
        promotion_code.key = key(&promotion_code.code);
        let json = promotion_code.json(self.now);
        self.world.promotion_codes.put(promotion_code);
        self.emit("promotion_code.created", json.clone(), None);
        Ok(json)
    }

    /// Among active codes each is there once.
    fn check_code(&self, code: &str) -> Result<()> {
        let is_code = code
            .bytes()
            .all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, b'-' | b'_'));
        if !is_code || code.len() > LONGEST_CODE {
            return Err(Error::invalid(
                "Promotion codes can only contain letters, digits, hyphens and underscores.",
            )
            .param("code"));
        }
        let others = self.world.promotion_codes.of(&key(code));
        if others
            .iter()
            .any(|other| other.is(code) && other.is_active(self.now))
        {
            return Err(
                Error::invalid("An active promotion code with this code already exists.")
                    .code("resource_already_exists")
                    .param("code"),
            );
        }
        Ok(())
    }

    pub(crate) fn update_promotion_code(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let kept = self.world.promotion_codes.get(id);
        let mut promotion_code = kept
            .cloned()
            .ok_or_else(|| Error::missing("promotion code", id))?;
        let before = promotion_code.json(self.now);
        if let Some(active) = params.boolean("active")? {
            if active && !promotion_code.active {
                self.check_code(&promotion_code.code)?;
            }
            promotion_code.active = active;
        }
        promotion_code.metadata = params.metadata(&promotion_code.metadata)?;
        let after = promotion_code.json(self.now);
        self.world.promotion_codes.put(promotion_code);
        self.emit_updated("promotion_code.updated", &before, after.clone());
        Ok(after)
    }

    pub(crate) fn list_promotion_codes(&self, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        let code = params.text("code")?;
        let coupon = params.text("coupon")?;
        let customer = params.text("customer")?;
        let active = params.boolean("active")?;
        let key = code.as_deref().map(key);
        let rows = self
            .world
            .promotion_codes
            .of_first(&[&key, &coupon, &customer]);
        page.of(
            &rows,
            "/v1/promotion_codes",
            |row| {
                code.as_ref().is_none_or(|code| row.is(code))
                    && coupon.as_ref().is_none_or(|coupon| row.coupon == *coupon)
                    && (customer.is_none() || row.customer == customer)
                    && active.is_none_or(|active| row.is_active(self.now) == active)
            },
            |row| row.json(self.now),
        )
    }
}

fn read_restrictions(params: Option<Params>) -> Result<Value> {
    let mut params = params.unwrap_or_default();
    let amount = params.integer_in("minimum_amount", 1..=99_999_999)?;
    let currency_name = params.name("minimum_amount_currency");
    let currency = match params.text("minimum_amount_currency")? {
        None => None,
        Some(text) => Some(money::known(&text).ok_or_else(|| {
            Error::invalid(format!("Invalid currency: {text}.")).param(currency_name.clone())
        })?),
    };
    if amount.is_some() != currency.is_some() {
        return Err(
            Error::invalid("A minimum amount and its currency are given together.")
                .param(currency_name),
        );
    }
    let first = params.boolean("first_time_transaction")?;
    Ok(json!({
        "first_time_transaction": first.unwrap_or(false),
        "minimum_amount": amount,
        "minimum_amount_currency": currency,
    }))
}
