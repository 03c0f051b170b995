//! `POST /v1/tax/transactions/create_reversal`: all of a transaction, some of its lines, or a flat amount of it.

use super::{Item, Transaction, read_metadata};
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::json::{Value, json};
use crate::stripe::params::Params;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Full,
    Partial,
}

impl Call<'_> {
    pub(crate) fn create_tax_reversal(&mut self, mut params: Params) -> Result<Value> {
        let mode = params.choice("mode", &[("full", Mode::Full), ("partial", Mode::Partial)])?;
        let mode = mode.ok_or_else(|| params.missing("mode"))?;
        let id = params.required_text("original_transaction")?;
        let reference = self.read_tax_reference(&mut params)?;
        let metadata = read_metadata(&mut params)?;
        let original = self
            .tax_transaction(&id)
            .map_err(|_| Error::missing_param("tax transaction", &id, "original_transaction"))?;
        let original = original.clone();
        if original.reverses.is_some() {
            return Err(
                Error::invalid("A reversal cannot be reversed.").param("original_transaction")
            );
        }
        let (items, shipping) = match mode {
            Mode::Full => {
                let reversals = self.world.tax_transactions.of(&id);
                if reversals.iter().any(|it| it.reverses.as_ref() == Some(&id)) {
                    return Err(Error::invalid(
                        "This transaction was reversed before, wholly or in part: it cannot be reversed in full.",
                    )
                    .param("original_transaction"));
                }
                for field in ["flat_amount", "line_items", "shipping_cost"] {
                    if params.has(field) {
                        return Err(Error::invalid(format!(
                            "`{field}` belongs to `mode=partial`: a full reversal takes everything back."
                        ))
                        .param(field));
                    }
                }
                self.all_back(&original)
            }
            Mode::Partial => self.some_back(&original, &mut params)?,
        };
        let reversal = Transaction {
            id: self.world.random.id("tax_1"),
            created: self.now,
            posted_at: self.now,
            items,
            metadata,
            reference,
            reverses: Some(id),
            shipping,
            ..original
        };
        Ok(self.keep_tax_transaction(reversal))
    }

    fn back(&mut self, item: &Item, amount: i64, amount_tax: i64) -> Item {
        Item {
            id: self.world.random.id("tax_li_"),
            amount,
            amount_tax,
            reverses: Some(item.id.clone()),
            ..item.clone()
        }
    }

    fn all_back(&mut self, original: &Transaction) -> (Vec<Item>, Option<Value>) {
        let items = original.items.iter();
        let items = items
            .map(|item| self.back(item, -item.amount, -item.amount_tax))
            .collect();
        let shipping = original.shipping.as_ref().map(|cost| {
            let negative = |field: &str| -cost[field].as_i64().unwrap_or(0);
            shipping_back(cost, negative("amount"), negative("amount_tax"))
        });
        (items, shipping)
    }

    fn some_back(
        &mut self,
        original: &Transaction,
        params: &mut Params,
    ) -> Result<(Vec<Item>, Option<Value>)> {
        let flat = params.integer_in("flat_amount", i64::MIN / 2..=-1)?;
        let lines = params.map("line_items")?;
        let cost = params.map("shipping_cost")?;
        if let Some(flat) = flat {
            if lines.is_some() || cost.is_some() {
                return Err(Error::invalid(
                    "A flat amount is shared out over all lines: give no lines besides.",
                )
                .param("flat_amount"));
            }
            return self.flat_back(original, flat);
        }
        if lines.is_none() && cost.is_none() {
            return Err(params.missing("line_items"));
        }
        let mut items = Vec::new();
        for mut line in lines
            .map(|mut lines| lines.items())
            .transpose()?
            .unwrap_or_default()
        {
            let id = line.required_text("original_line_item")?;
            let found = original.items.iter().find(|item| item.id == id);
            let item = found.ok_or_else(|| {
                Error::missing_param("line item", &id, &line.name("original_line_item"))
            })?;
            let (amount, amount_tax) = read_amounts(&mut line)?;
            let mut back = self.back(item, amount, amount_tax);
            back.reference = line.required_text("reference")?;
            back.quantity = line
                .integer_in("quantity", 1..=i64::MAX)?
                .unwrap_or(item.quantity);
            back.metadata = read_metadata(&mut line)?;
            items.push(back);
        }
        let shipping = match (cost, &original.shipping) {
            (None, _) => None,
            (Some(_), None) => {
                return Err(
                    Error::invalid("The transaction has no shipping cost to reverse.")
                        .param("shipping_cost"),
                );
            }
            (Some(mut given), Some(cost)) => {
                let (amount, amount_tax) = read_amounts(&mut given)?;
                Some(shipping_back(cost, amount, amount_tax))
            }
        };
        Ok((items, shipping))
    }

    /// Shared out over the lines by what each came to, tax included.
    fn flat_back(
        &mut self,
        original: &Transaction,
        flat: i64,
    ) -> Result<(Vec<Item>, Option<Value>)> {
        let gross =
            |amount: i64, tax: i64, inclusive: bool| amount + if inclusive { 0 } else { tax };
        let of_item = |item: &Item| {
            let inclusive = item.behavior == crate::stripe::tax::Behavior::Inclusive;
            gross(item.amount, item.amount_tax, inclusive)
        };
        let number = |cost: &Value, field: &str| cost[field].as_i64().unwrap_or(0);
        let of_shipping = original.shipping.as_ref().map_or(0, |cost| {
            let inclusive = cost["tax_behavior"] == "inclusive";
            gross(
                number(cost, "amount"),
                number(cost, "amount_tax"),
                inclusive,
            )
        });
        let total: i64 = original.items.iter().map(of_item).sum::<i64>() + of_shipping;
        if total <= 0 || -flat > total {
            return Err(Error::invalid(format!(
                "The flat amount is more than the transaction's total of {total}."
            ))
            .param("flat_amount"));
        }
        let part = |amount: i64| crate::stripe::tax::rounded(amount, flat, total);
        let items = original.items.iter();
        let items = items
            .map(|item| self.back(item, part(item.amount), part(item.amount_tax)))
            .collect();
        let shipping = original.shipping.as_ref().map(|cost| {
            shipping_back(
                cost,
                part(number(cost, "amount")),
                part(number(cost, "amount_tax")),
            )
        });
        Ok((items, shipping))
    }
}

/// Both are negative: what is given back.
fn read_amounts(params: &mut Params) -> Result<(i64, i64)> {
    let amount = params.integer_in("amount", i64::MIN / 2..=0)?;
    let amount_tax = params.integer_in("amount_tax", i64::MIN / 2..=0)?;
    Ok((
        amount.ok_or_else(|| params.missing("amount"))?,
        amount_tax.ok_or_else(|| params.missing("amount_tax"))?,
    ))
}

fn shipping_back(cost: &Value, amount: i64, amount_tax: i64) -> Value {
    let mut back = json!({
        "amount": amount,
        "amount_tax": amount_tax,
        "tax_behavior": cost["tax_behavior"],
        "tax_code": cost["tax_code"],
    });
    if let Some(rate) = cost.get("shipping_rate") {
        back["shipping_rate"] = rate.clone();
    }
    back
}
