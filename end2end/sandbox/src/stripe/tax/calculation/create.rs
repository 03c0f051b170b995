//! `POST /v1/tax/calculations`

use super::{Calculation, Item, Shipping};
use crate::stripe::calendar::DAY_S;
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::json::{Value, json};
use crate::stripe::money;
use crate::stripe::params::{self, Metadata, Params};
use crate::stripe::tax::{Behavior, DEFAULT_CODE, SHIPPING_CODE};
use std::collections::BTreeSet;

const LARGEST: i64 = 999_999_999_999;
/// How far from today tax can be worked out.
const MOST_DAYS_OFF: i64 = 31;

impl Call<'_> {
    pub(crate) fn create_calculation(&mut self, mut params: Params) -> Result<Value> {
        let currency = money::currency(&mut params)?.ok_or_else(|| params.missing("currency"))?;
        let customer = self.read_customer_id(&mut params)?;
        let items = params.map("line_items")?;
        let mut items = items.ok_or_else(|| params.missing("line_items"))?;
        let items: Vec<Item> = items
            .items()?
            .into_iter()
            .enumerate()
            .map(|(at, item)| self.read_item(item, at))
            .collect::<Result<_>>()?;
        let mut references = BTreeSet::new();
        if !items.iter().all(|item| references.insert(&item.reference)) {
            return Err(
                Error::invalid("The `reference` of a line item must be unique.")
                    .param("line_items"),
            );
        }
        let customer_details = self.read_customer_details(&mut params, customer.as_deref())?;
        let ship_from = match params.map("ship_from_details")? {
            None => None,
            Some(mut details) => {
                let address = details.map("address")?;
                let address = address.ok_or_else(|| details.missing("address"))?;
                Some(json!({ "address": params::address(Some(address))? }))
            }
        };
        let shipping = params.map("shipping_cost")?;
        let shipping = shipping
            .map(|cost| self.read_shipping_cost(cost, &currency))
            .transpose()?;
        let tax_date = params.integer("tax_date")?.unwrap_or(self.now);
        if tax_date.saturating_sub(self.now).saturating_abs() > MOST_DAYS_OFF * DAY_S {
            return Err(Error::invalid(format!(
                "`tax_date` can be up to {MOST_DAYS_OFF} days in the past or in the future."
            ))
            .param("tax_date"));
        }
        let calculation = Calculation {
            id: self.world.random.id("taxcalc_1"),
            created: self.now,
            currency,
            customer,
            customer_details,
            ship_from,
            items,
            shipping,
            tax_date,
        };
        let json = calculation.json();
        self.world.tax_calculations.put(calculation);
        Ok(json)
    }

    fn read_item(&mut self, mut params: Params, at: usize) -> Result<Item> {
        let amount = params.integer_in("amount", -LARGEST..=LARGEST)?;
        let product = params.text("product")?;
        if let Some(product) = &product {
            self.check_product(product, &params.name("product"))?;
        }
        let of_product = product
            .as_ref()
            .and_then(|id| self.world.products.get(id)?.tax_code.clone());
        let item = Item {
            amount: amount.ok_or_else(|| params.missing("amount"))?,
            metadata: match params.has("metadata") {
                true => Some(params.metadata(&Metadata::new())?),
                false => None,
            },
            performance_location: params.text("performance_location")?,
            quantity: params.integer_in("quantity", 1..=LARGEST)?.unwrap_or(1),
            reference: params
                .text("reference")?
                .unwrap_or_else(|| format!("L{}", at + 1)),
            behavior: params
                .choice("tax_behavior", Behavior::NAMES)?
                .unwrap_or(Behavior::Exclusive),
            code: read_code(&mut params)?
                .or(of_product)
                .unwrap_or_else(|| DEFAULT_CODE.to_owned()),
            product,
            id: self.world.random.id("tax_li_"),
        };
        Ok(item)
    }

    fn read_shipping_cost(&self, mut params: Params, currency: &str) -> Result<Shipping> {
        params.only_one_of(&["amount", "shipping_rate"])?;
        let amount = params.integer_in("amount", 0..=LARGEST)?;
        let rate = params.text("shipping_rate")?;
        let (amount, of_rate) = match (amount, &rate) {
            (Some(amount), _) => (amount, None),
            (None, Some(id)) => {
                let rate = self.shipping_rate(id, &params.name("shipping_rate"))?;
                (rate.amount_in(currency)?, Some(rate))
            }
            (None, None) => return Err(params.missing("amount")),
        };
        let behavior = params.choice("tax_behavior", Behavior::NAMES)?;
        let code = read_code(&mut params)?;
        let behavior = behavior.or(of_rate.map(|rate| rate.behavior()));
        let code = code.or(of_rate.and_then(|rate| rate.tax_code.clone()));
        Ok(Shipping {
            amount,
            shipping_rate: rate,
            behavior: behavior.unwrap_or(Behavior::Exclusive),
            code: code.unwrap_or_else(|| SHIPPING_CODE.to_owned()),
        })
    }
}

/// `txcd_` and eight digits.
fn read_code(params: &mut Params) -> Result<Option<String>> {
    let Some(code) = params.text("tax_code")? else {
        return Ok(None);
    };
    let digits = code.strip_prefix("txcd_").unwrap_or_default();
    if digits.len() == 8 && digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Ok(Some(code));
    }
    Err(Error::missing_param(
        "tax code",
        &code,
        &params.name("tax_code"),
    ))
}
