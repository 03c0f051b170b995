//! A line of an order: one product, and what it costs.

use crate::stripe::error::{Error, Result};
use crate::stripe::json::{Object, Value, json};
use crate::stripe::money;
use crate::stripe::params::Params;
use crate::stripe::random::Random;
use crate::stripe::table::Row;
use serde::{Deserialize, Serialize};

const MOST: usize = 200;
const LONGEST_PRODUCT_CODE: usize = 12;
const LONGEST_PRODUCT_NAME: usize = 1024;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Line {
    id: String,
    pub(super) discount_amount: Option<i64>,
    method_options: Option<Value>,
    product_code: Option<String>,
    product_name: String,
    quantity: i64,
    pub(super) total_tax_amount: Option<i64>,
    unit_cost: i64,
    unit_of_measure: Option<String>,
}

impl Row for Line {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Line {
    fn read(mut given: Params, random: &mut Random) -> Result<Self> {
        let integer = |given: &mut Params, field, least| {
            let number = given.integer_in(field, least..=money::LARGEST)?;
            number.ok_or_else(|| given.missing(field))
        };
        let name = given.text_up_to("product_name", LONGEST_PRODUCT_NAME)?;
        let options = given.map("payment_method_options")?;
        let tax = given.map("tax")?;
        Ok(Line {
            id: random.id("uli_1"),
            discount_amount: given.integer_in("discount_amount", 1..=money::LARGEST)?,
            method_options: options.map(read_method_options).transpose()?,
            product_code: given.text_up_to("product_code", LONGEST_PRODUCT_CODE)?,
            product_name: name.ok_or_else(|| given.missing("product_name"))?,
            quantity: integer(&mut given, "quantity", 1)?,
            total_tax_amount: tax.map(read_total).transpose()?,
            unit_cost: integer(&mut given, "unit_cost", 0)?,
            unit_of_measure: given.text("unit_of_measure")?,
        })
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "id": self.id,
            "object": "payment_intent_amount_details_line_item",
            "discount_amount": self.discount_amount,
            "payment_method_options": self.method_options,
            "product_code": self.product_code,
            "product_name": self.product_name,
            "quantity": self.quantity,
            "tax": self.total_tax_amount.map(|amount| json!({ "total_tax_amount": amount })),
            "unit_cost": self.unit_cost,
            "unit_of_measure": self.unit_of_measure,
        })
    }
}

pub(super) fn read_all(mut given: Params, random: &mut Random) -> Result<Vec<Line>> {
    let place = given.place().to_owned();
    let lines = given.items()?;
    if lines.len() > MOST {
        return Err(Error::invalid("A PaymentIntent has up to 200 line items.").param(place));
    }
    let lines = lines.into_iter().map(|line| Line::read(line, random));
    lines.collect()
}

pub(super) fn read_total(mut tax: Params) -> Result<i64> {
    let total = tax.integer_in("total_tax_amount", 0..=money::LARGEST)?;
    total.ok_or_else(|| tax.missing("total_tax_amount"))
}

/// What a line has for a method of payment; of PayPal's, only what is given is shown.
fn read_method_options(mut given: Params) -> Result<Value> {
    let mut options = Object::new();
    let known: [(&str, bool, &[&str]); 4] = [
        ("card", true, &["commodity_code"]),
        ("card_present", true, &["commodity_code"]),
        (
            "klarna",
            true,
            &[
                "image_url",
                "product_url",
                "reference",
                "subscription_reference",
            ],
        ),
        ("paypal", false, &["category", "description", "sold_by"]),
    ];
    for (method, shows_all, fields) in known {
        let Some(mut given) = given.map(method)? else {
            continue;
        };
        let mut own = Object::new();
        for field in fields {
            let text = given.text(field)?;
            if shows_all || text.is_some() {
                own.insert(*field, json!(text));
            }
        }
        options.insert(method, Value::Object(own));
    }
    Ok(Value::Object(options))
}
