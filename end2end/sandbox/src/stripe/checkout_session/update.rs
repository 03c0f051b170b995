//! `POST /v1/checkout/sessions/{id}`: what a server may change while the session is open.

use super::line_item::NewLine;
use super::{CheckoutSession, LineItem, Mode, Status};
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::json::Value;
use crate::stripe::money;
use crate::stripe::params::{self, Change, Params};

impl Call<'_> {
    pub(crate) fn update_checkout_session(
        &mut self,
        id: &str,
        mut params: Params,
    ) -> Result<Value> {
        let mut session = self.checkout_session(id)?.clone();
        let fields = [
            "collected_information",
            "line_items",
            "payment_intent_data",
            "shipping_options",
        ];
        let changed = fields.iter().find(|field| params.has(field));
        if let Some(field) = changed.filter(|_| session.status != Status::Open) {
            return Err(Error::invalid(format!(
                "`{field}` can only be changed while the session is open."
            ))
            .param(*field));
        }
        session.metadata = params.metadata(&session.metadata)?;
        if let Some(mut collected) = params.map("collected_information")?
            && let Some(details) = collected.map("shipping_details")?
        {
            session.collected.shipping = params::shipping(Some(details))?.map(|mut shipping| {
                let mut kept = crate::stripe::json::json!({});
                for field in ["address", "name"] {
                    kept[field] = std::mem::take(&mut shipping[field]);
                }
                kept
            });
        }
        if let Some(data) = params.map("payment_intent_data")? {
            merge(&mut session, data);
        }
        let currency = session.currency.clone();
        let shipping = match params.change_map("shipping_options")? {
            Change::Keep => None,
            Change::Unset => Some(Vec::new()),
            Change::Set(options) => {
                Some(self.read_shipping_options(Some(options), currency.as_deref())?)
            }
        };
        let lines = params.map("line_items")?;
        let lines = match lines {
            None => None,
            Some(lines) => Some(self.change_items_sold(&session, lines)?),
        };
        if let Some(lines) = lines {
            session.line_items = lines;
        }
        if let Some(shipping) = shipping {
            self.keep_shipping_options(&mut session, shipping);
        }
        if session.mode == Mode::Payment {
            match session.totals(self.world).total() {
                0 => {}
                total => money::check(total, session.currency())?,
            }
        }
        let json = session.json(self.world);
        self.world.checkout_sessions.put(session);
        Ok(json)
    }

    /// The whole list, as it shall be: lines that are there, by their id, and new ones.
    fn change_items_sold(
        &mut self,
        session: &CheckoutSession,
        mut lines: Params,
    ) -> Result<Vec<LineItem>> {
        let mut changed = Vec::new();
        for line in lines.items()? {
            changed.push(self.change_item_sold(session, line)?);
        }
        if changed.is_empty() {
            return Err(
                Error::invalid("A session needs at least one line item.").param("line_items")
            );
        }
        let kept = changed.into_iter().map(|change| match change {
            LineChange::Kept(item) => item,
            LineChange::New(line) => self.keep_line(*line),
            LineChange::Repriced(item, line) => {
                let price = self.keep_line(*line).price;
                LineItem { price, ..item }
            }
        });
        Ok(kept.collect())
    }

    fn change_item_sold(
        &mut self,
        session: &CheckoutSession,
        mut line: Params,
    ) -> Result<LineChange> {
        let Some(id) = line.text("id")? else {
            let line = self.read_item_sold(line)?;
            check_currency(&line, session)?;
            return Ok(LineChange::New(Box::new(line)));
        };
        let kept = session.line_items.iter().find(|item| item.id == id);
        let mut item = kept
            .cloned()
            .ok_or_else(|| Error::missing_param("line item", &id, &line.name("id")))?;
        item.metadata = line.metadata(&item.metadata)?;
        if let Some(quantity) = line.integer_in("quantity", 1..=999_999)? {
            item.quantity = Some(quantity);
        }
        if !line.has("price") && !line.has("price_data") {
            return Ok(LineChange::Kept(item));
        }
        if let Some(quantity) = item.quantity {
            line.put("quantity", quantity.to_string());
        }
        let repriced = self.read_item_sold(line)?;
        check_currency(&repriced, session)?;
        Ok(LineChange::Repriced(item, Box::new(repriced)))
    }
}

/// What becomes of a line: decided before anything is made.
enum LineChange {
    Kept(LineItem),
    New(Box<NewLine>),
    Repriced(LineItem, Box<NewLine>),
}

fn check_currency(line: &NewLine, session: &CheckoutSession) -> Result<()> {
    if line.is_in(session.currency()) {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "All prices must be in one currency: {}.",
        session.currency()
    ))
    .param("line_items"))
}

/// What is given takes the place of what was there; an empty text takes it away.
fn merge(session: &mut CheckoutSession, data: Params) {
    for (name, value) in data.into_pairs() {
        session.settings.data.retain(|(known, _)| *known != name);
        if !value.is_empty() {
            session.settings.data.push((name, value));
        }
    }
}
