//! `line_items` of a session: a price, new or known, and how many.

use super::totals::Amounts;
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::json::{Value, json};
use crate::stripe::params::{Metadata, Params};
use crate::stripe::price::{Price, Usage};
use crate::stripe::product::Product;
use crate::stripe::world::World;
use serde::{Deserialize, Serialize};

const MOST: i64 = 999_999;
/// As many as an adjustable quantity goes up to, unless another limit is given.
const USUAL_MOST: i64 = 99;

/// Between which bounds the shopper may change a quantity.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Adjustable {
    pub minimum: i64,
    pub maximum: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct LineItem {
    /// `li_…`
    pub id: String,
    pub price: String,
    /// None where the use is metered.
    pub quantity: Option<i64>,
    pub adjustable: Option<Adjustable>,
    pub metadata: Metadata,
}

/// A line as it was asked for, whose price and product may not be there yet.
pub(super) struct NewLine {
    pub item: LineItem,
    pub price: Price,
    inline: bool,
    product: Option<Product>,
}

impl NewLine {
    pub(super) fn is_in(&self, currency: &str) -> bool {
        self.price.amounts(currency).is_some()
    }
}

impl LineItem {
    pub(super) fn json(&self, world: &World, currency: &str, amounts: &Amounts) -> Value {
        let price = world.prices.get(&self.price);
        let product = price.and_then(|price| world.products.get(&price.product));
        json!({
            "id": self.id,
            "object": "item",
            "adjustable_quantity": self.adjustable.map(|it| json!({
                "enabled": true, "maximum": it.maximum, "minimum": it.minimum,
            })),
            "amount_discount": amounts.discount,
            "amount_subtotal": amounts.subtotal,
            "amount_tax": amounts.tax(),
            "amount_total": amounts.total(),
            "currency": currency,
            "description": product.map(|product| &product.name),
            "metadata": self.metadata,
            "price": price.map(Price::json),
            "quantity": self.quantity,
        })
    }
}

impl Call<'_> {
    pub(super) fn read_items_sold(&mut self, lines: Option<Params>) -> Result<Vec<NewLine>> {
        let Some(mut lines) = lines else {
            return Ok(Vec::new());
        };
        let lines = lines.items()?;
        lines
            .into_iter()
            .map(|line| self.read_item_sold(line))
            .collect()
    }

    /// A line with a price of its own, `price` or `price_data`.
    pub(super) fn read_item_sold(&mut self, mut params: Params) -> Result<NewLine> {
        params.only_one_of(&["price", "price_data"])?;
        let known = params.text("price")?;
        let inline = params.map("price_data")?;
        let is_inline = inline.is_some();
        let (price, product) = match (known, inline) {
            (Some(id), _) => (self.active_price(&id, &params.name("price"))?, None),
            (None, Some(data)) => self.read_inline_price(data)?,
            (None, None) => return Err(params.missing("price")),
        };
        let adjustable = params.map("adjustable_quantity")?;
        let adjustable = adjustable.map(read_adjustable).transpose()?.flatten();
        let quantity = params.integer_in("quantity", 0..=MOST)?;
        check_quantity(&params, quantity, adjustable, &price)?;
        let item = LineItem {
            id: self.world.random.id("li_1"),
            price: price.id.clone(),
            quantity,
            adjustable,
            metadata: params.metadata(&Metadata::new())?,
        };
        Ok(NewLine {
            item,
            price,
            inline: is_inline,
            product,
        })
    }

    fn active_price(&self, id: &str, param: &str) -> Result<Price> {
        let price = self.world.prices.get(id);
        let price = price.ok_or_else(|| Error::missing_param("price", id, param))?;
        if price.active {
            return Ok(price.clone());
        }
        Err(Error::invalid(format!(
            "The price {id} is archived: only active prices can be sold."
        ))
        .param(param))
    }

    /// A price made for this purchase, and its product if that is new, too. Both are archived from the start.
    fn read_inline_price(&mut self, mut data: Params) -> Result<(Price, Option<Product>)> {
        data.only_one_of(&["product", "product_data"])?;
        let Some(given) = data.map("product_data")? else {
            return Ok((self.read_price_data(data)?, None));
        };
        let mut product = self.read_product(given)?;
        product.active = false;
        let mut price = self.read_price(data, Some(product.id.clone()))?;
        price.active = false;
        Ok((price, Some(product)))
    }

    /// Makes what the line needs, and gives the line.
    pub(super) fn keep_line(&mut self, line: NewLine) -> LineItem {
        if let Some(product) = line.product {
            self.keep_product(product);
        }
        if line.inline {
            self.keep_price(line.price);
        }
        line.item
    }
}

fn check_quantity(
    params: &Params,
    quantity: Option<i64>,
    adjustable: Option<Adjustable>,
    price: &Price,
) -> Result<()> {
    let refused = |message: &str| Err(Error::invalid(message).param(params.name("quantity")));
    match (quantity, adjustable, is_metered(price)) {
        (Some(_), _, true) => refused("A metered price is billed by use: it takes no quantity."),
        (None, _, true) => Ok(()),
        (None, _, false) => Err(params.missing("quantity")),
        (Some(quantity), Some(adjustable), _)
            if !(adjustable.minimum..=adjustable.maximum).contains(&quantity) =>
        {
            refused("The quantity must be within the bounds of `adjustable_quantity`.")
        }
        (Some(0), None, _) => refused("The quantity must be at least 1."),
        _ => Ok(()),
    }
}

fn read_adjustable(mut params: Params) -> Result<Option<Adjustable>> {
    let enabled = params.boolean("enabled")?.unwrap_or(false);
    let minimum = params.integer_in("minimum", 0..=MOST)?.unwrap_or(0);
    let maximum = params
        .integer_in("maximum", 1..=MOST)?
        .unwrap_or(USUAL_MOST);
    let name = params.name("minimum");
    if minimum > maximum {
        return Err(Error::invalid("`minimum` cannot be above `maximum`.").param(name));
    }
    Ok(enabled.then_some(Adjustable { minimum, maximum }))
}

fn is_metered(price: &Price) -> bool {
    let recurring = price.recurring.as_ref();
    recurring.is_some_and(|recurring| recurring.usage_type == Usage::Metered)
}
