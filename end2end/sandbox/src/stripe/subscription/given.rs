//! What a subscription's items are asked for with: prices that are there or made for them, quantities, discounts.

use super::new::OneTimeItem;
use super::{NewItem, NewSubscription};
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::invoice::Period;
use crate::stripe::params::{Metadata, Params};
use crate::stripe::price::{Price, Usage};

const MOST_ITEMS: usize = 20;
pub(super) const LARGEST_QUANTITY: i64 = 999_999_999;

impl Call<'_> {
    /// Reads `items`, each with a recurring price that is there or is made for it.
    pub(crate) fn read_new_items(
        &mut self,
        params: &mut Params,
        customer: &str,
        currency: Option<&str>,
    ) -> Result<Vec<NewItem>> {
        let place = params.name("items");
        let mut list = params
            .map("items")?
            .ok_or_else(|| params.missing("items"))?;
        let mut items: Vec<NewItem> = Vec::new();
        let mut currency = currency.map(str::to_owned);
        for mut item in list.items()? {
            let at = item.name("price");
            let price = self.read_recurring_price(&mut item, currency.as_deref())?;
            let price = price.ok_or_else(|| item.missing("price"))?;
            if items.iter().any(|other| other.price.id == price.id) {
                return Err(Error::invalid(
                    "Cannot add multiple subscription items with the same price.",
                )
                .param(at));
            }
            currency = currency.or(Some(price.currency.clone()));
            items.push(self.read_new_item(&mut item, price, customer)?);
        }
        if items.is_empty() || items.len() > MOST_ITEMS {
            return Err(Error::invalid(format!(
                "A subscription has between one and {MOST_ITEMS} items."
            ))
            .param(place));
        }
        Ok(items)
    }

    pub(super) fn read_new_item(
        &mut self,
        item: &mut Params,
        price: Price,
        customer: &str,
    ) -> Result<NewItem> {
        let quantity = item.integer_in("quantity", 0..=LARGEST_QUANTITY)?;
        let discounts = self.read_discounts(item, Some(customer))?;
        let mut new = self.new_item(price, quantity)?;
        new.metadata = item.metadata(&Metadata::new())?;
        new.discounts = discounts.unwrap_or_default();
        Ok(new)
    }

    /// So many of a recurring price.
    pub(crate) fn new_item(&self, price: Price, quantity: Option<i64>) -> Result<NewItem> {
        let metered = price
            .recurring
            .as_ref()
            .is_some_and(|it| it.usage_type == Usage::Metered);
        if metered && quantity.is_some() {
            return Err(
                Error::invalid("What is metered has no quantity beforehand.").param("items"),
            );
        }
        Ok(NewItem {
            quantity: (!metered).then(|| quantity.unwrap_or(1)),
            price,
            metadata: Metadata::new(),
            discounts: Vec::new(),
        })
    }

    /// Reads `price` or `price_data` of an item.
    pub(super) fn read_recurring_price(
        &mut self,
        item: &mut Params,
        currency: Option<&str>,
    ) -> Result<Option<Price>> {
        item.only_one_of(&["price", "price_data"])?;
        let at = item.name("price");
        let id = item.text("price")?;
        let data = item.map("price_data")?;
        let price = match (id, data) {
            (None, None) => return Ok(None),
            (None, Some(data)) => self.read_price_data(data)?,
            (Some(id), _) => {
                let price = self.world.prices.get(&id);
                let price = price.ok_or_else(|| Error::missing_param("price", &id, &at))?;
                if !price.active {
                    return Err(Error::invalid(
                        "The price specified is inactive. This field only accepts active prices.",
                    )
                    .param(at));
                }
                price.clone()
            }
        };
        if price.recurring.is_none() {
            return Err(Error::invalid(
                "The price specified is set to `type=one_time` but this field only accepts prices with \
                 `type=recurring`.",
            )
            .param(at));
        }
        check_currency(&price, currency, &at)?;
        Ok(Some(price))
    }

    /// Reads `add_invoice_items`: what the first invoice has besides.
    pub(super) fn read_once(
        &mut self,
        params: &mut Params,
        new: &NewSubscription,
    ) -> Result<Vec<OneTimeItem>> {
        let Some(mut list) = params.map("add_invoice_items")? else {
            return Ok(Vec::new());
        };
        let currency = new.currency();
        let mut once = Vec::new();
        for mut item in list.items()? {
            let at = item.name("price");
            let id = item.text("price")?;
            let data = item.map("price_data")?;
            let price = match (id, data) {
                (Some(id), None) => {
                    let price = self.world.prices.get(&id).cloned();
                    price.ok_or_else(|| Error::missing_param("price", &id, &at))?
                }
                (None, Some(data)) => self.read_price_data(data)?,
                _ => return Err(item.missing("price")),
            };
            if price.recurring.is_some() {
                return Err(Error::invalid(
                    "The price specified is set to `type=recurring` but this field only accepts prices with \
                     `type=one_time`.",
                )
                .param(at));
            }
            check_currency(&price, Some(&currency), &at)?;
            let discounts = self.read_discounts(&mut item, Some(&new.customer))?;
            once.push(OneTimeItem {
                price,
                quantity: item
                    .integer_in("quantity", 0..=LARGEST_QUANTITY)?
                    .unwrap_or(1),
                discountable: item.boolean("discountable")?.unwrap_or(true),
                discounts: discounts.unwrap_or_default(),
                metadata: item.metadata(&Metadata::new())?,
                period: self.read_once_period(&mut item)?,
            });
        }
        Ok(once)
    }

    fn read_once_period(&self, item: &mut Params) -> Result<Option<Period>> {
        let Some(mut period) = item.map("period")? else {
            return Ok(None);
        };
        let mut ends = [self.now, self.now];
        for (place, end) in ["start", "end"].iter().zip(&mut ends) {
            let given = period.map(place)?;
            let mut given = given.ok_or_else(|| period.missing(place))?;
            if given.is_text("type", "timestamp") {
                let time = given.integer("timestamp")?;
                *end = time.ok_or_else(|| given.missing("timestamp"))?;
            }
        }
        Ok(Some(Period {
            start: ends[0],
            end: ends[1].max(ends[0]),
        }))
    }
}

fn check_currency(price: &Price, currency: Option<&str>, param: &str) -> Result<()> {
    match currency {
        Some(currency) if price.amounts(currency).is_none() => Err(Error::invalid(format!(
            "The price specified only supports `{}`. This doesn't match the expected currency: `{currency}`.",
            price.currency
        ))
        .param(param)),
        _ => Ok(()),
    }
}
