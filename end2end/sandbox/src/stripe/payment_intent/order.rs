//! What a payment says of the order that it pays (docs.stripe.com/payments/payment-line-items): `amount_details`,
//! `payment_details` and `hooks`. It is kept and shown; nothing is paid otherwise for it.

mod line;

use super::find;
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::json::{Object, Value, json};
use crate::stripe::list::Page;
use crate::stripe::money;
use crate::stripe::params::{Change, Params};
use crate::stripe::random::Random;
use crate::stripe::table::Table;
use line::Line;
use serde::{Deserialize, Serialize};

const LONGEST_POSTAL_CODE: usize = 10;

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Order {
    amount: Amount,
    customer_reference: Option<String>,
    order_reference: Option<String>,
    /// `taxcalc_…`
    tax_calculation: Option<String>,
}

/// What the amount is made of.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Amount {
    discount_amount: Option<i64>,
    shipping: Option<Value>,
    total_tax_amount: Option<i64>,
    lines: Vec<Line>,
}

impl Order {
    /// Adds what was told of the order to its intent.
    pub(super) fn show(&self, intent: &mut Object) {
        intent.insert("amount_details", self.amount.json());
        if self.customer_reference.is_some() || self.order_reference.is_some() {
            let details = json!({
                "customer_reference": self.customer_reference,
                "order_reference": self.order_reference,
            });
            intent.insert("payment_details", details);
        }
        if let Some(calculation) = &self.tax_calculation {
            let hooks = json!({ "inputs": { "tax": { "calculation": calculation } } });
            intent.insert("hooks", hooks);
        }
    }

    /// The lines, in their own order, as a list of their own.
    pub(crate) fn list_lines(&self, intent: &str, page: &Page) -> Result<Value> {
        let mut table = Table::default();
        // Lists are newest first.
        for line in self.amount.lines.iter().rev() {
            table.put(line.clone());
        }
        let url = format!("/v1/payment_intents/{intent}/amount_details_line_items");
        page.of(&table.all(), &url, |_| true, Line::json)
    }

    fn read_details(&mut self, mut given: Params) -> Result<()> {
        given
            .change("customer_reference")?
            .apply(&mut self.customer_reference);
        given
            .change("order_reference")?
            .apply(&mut self.order_reference);
        Ok(())
    }
}

impl Amount {
    fn json(&self) -> Value {
        let mut json = json!({ "tip": {} });
        if let Some(discount) = self.discount_amount {
            json["discount_amount"] = json!(discount);
        }
        if let Some(shipping) = &self.shipping {
            json["shipping"] = shipping.clone();
        }
        if let Some(total) = self.total_tax_amount {
            json["tax"] = json!({ "total_tax_amount": total });
        }
        json
    }

    fn read(&mut self, mut given: Params, random: &mut Random) -> Result<()> {
        let discount = given.change_integer("discount_amount", 1..=money::LARGEST)?;
        discount.apply(&mut self.discount_amount);
        given
            .change_map("shipping")?
            .map(read_shipping)?
            .apply(&mut self.shipping);
        given
            .change_map("tax")?
            .map(line::read_total)?
            .apply(&mut self.total_tax_amount);
        match given.change_map("line_items")? {
            Change::Keep => {}
            Change::Unset => self.lines.clear(),
            Change::Set(lines) => self.lines = line::read_all(lines, random)?,
        }
        let of_lines = [
            (
                "discount_amount",
                self.discount_amount.is_some()
                    && self.lines.iter().any(|it| it.discount_amount.is_some()),
            ),
            (
                "tax",
                self.total_tax_amount.is_some()
                    && self.lines.iter().any(|it| it.total_tax_amount.is_some()),
            ),
        ];
        match of_lines.iter().find(|(_, both)| *both) {
            Some((field, _)) => Err(Error::invalid(format!(
                "Give `{field}` either of the whole amount or of its line items, not both."
            ))
            .code("parameters_exclusive")
            .param(given.name(field))),
            None => Ok(()),
        }
    }
}

fn read_shipping(mut given: Params) -> Result<Value> {
    Ok(json!({
        "amount": given.integer_in("amount", 0..=money::LARGEST)?,
        "from_postal_code": given.text_up_to("from_postal_code", LONGEST_POSTAL_CODE)?,
        "to_postal_code": given.text_up_to("to_postal_code", LONGEST_POSTAL_CODE)?,
    }))
}

impl Call<'_> {
    /// Reads what these parameters say of the order; what they leave out stays.
    pub(super) fn read_order(
        &mut self,
        params: &mut Params,
        kept: &mut Option<Box<Order>>,
    ) -> Result<()> {
        if !["amount_details", "hooks", "payment_details"]
            .iter()
            .any(|field| params.has(field))
        {
            return Ok(());
        }
        let order = kept.get_or_insert_default();
        match params.change_map("amount_details")? {
            Change::Keep => {}
            Change::Unset => order.amount = Amount::default(),
            Change::Set(given) => order.amount.read(given, &mut self.world.random)?,
        }
        match params.change_map("payment_details")? {
            Change::Keep => {}
            Change::Unset => (order.customer_reference, order.order_reference) = (None, None),
            Change::Set(given) => order.read_details(given)?,
        }
        let inputs = match params.map("hooks")? {
            Some(mut hooks) => hooks.map("inputs")?,
            None => None,
        };
        if let Some(mut inputs) = inputs
            && let Some(mut tax) = inputs.map("tax")?
        {
            let given = tax.change("calculation")?;
            if let Change::Set(id) = &given
                && self.calculation(id).is_err()
            {
                let name = tax.name("calculation");
                return Err(Error::missing_param("tax calculation", id, &name));
            }
            given.apply(&mut order.tax_calculation);
        }
        Ok(())
    }

    /// `GET /v1/payment_intents/{id}/amount_details_line_items`
    pub(crate) fn list_order_lines(&self, id: &str, mut params: Params) -> Result<Value> {
        let page = Page::read(&mut params)?;
        find(self.world, id)?.list_order_lines(&page)
    }
}
