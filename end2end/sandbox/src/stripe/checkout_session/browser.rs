//! A session whose elements stand on the merchant's own page: what Stripe.js asks, changes and confirms, by private calls
//! with the publishable key and the session's client secret.

mod shown;

use super::pay::{Pairs, pair};
use super::{CheckoutSession, Mode, Status, UiMode};
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::form;
use crate::stripe::json::{Value, json};
use crate::stripe::money;
use crate::stripe::params::{self, Change, Params};
use crate::stripe::payment_intent::email;

impl Call<'_> {
    /// `GET /v1/payment_pages/{id}`
    pub(crate) fn show_to_elements(&self, id: &str, mut params: Params) -> Result<Value> {
        let session = self.session_by_secret(id, &mut params)?;
        Ok(self.shown_to_elements(&session))
    }

    /// `POST /v1/payment_pages/{id}`: what the shopper has told so far.
    pub(crate) fn update_by_elements(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let mut session = self.session_by_secret(id, &mut params)?;
        check_open(&session)?;
        self.take_from_elements(&mut session, &mut params)?;
        let shown = self.shown_to_elements(&session);
        self.world.checkout_sessions.put(session);
        Ok(shown)
    }

    /// `POST /v1/payment_pages/{id}/confirm`: pays with the method that the form describes. The answer's `intent` may ask
    /// the shopper for more.
    pub(crate) fn confirm_by_elements(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let mut session = self.session_by_secret(id, &mut params)?;
        check_open(&session)?;
        let seen = params.integer("expected_amount")?;
        let method = read_method(&mut session, &mut params)?;
        self.take_from_elements(&mut session, &mut params)?;
        if seen.is_some_and(|seen| seen != session.totals(self.world).total()) {
            return Err(Error::invalid(
                "The total has changed since the page was shown it: look at the session, and confirm again.",
            ));
        }
        if let Some(words) = session.is_missing(self.world) {
            return Err(Error::invalid(words));
        }
        self.world.checkout_sessions.put(session);
        if let Err(mut error) = self.carry_out_session(id, method) {
            error.payment_intent = None;
            return Err(error);
        }
        Ok(self.shown_to_elements(self.checkout_session(id)?))
    }

    fn session_by_secret(&self, id: &str, params: &mut Params) -> Result<CheckoutSession> {
        let secret = params.required_text("client_secret")?;
        let session = self.checkout_session(id)?;
        if session.client_secret.as_ref() != Some(&secret) {
            return Err(Error::missing("checkout.session", id));
        }
        if session.ui_mode != UiMode::Elements {
            return Err(Error::invalid(
                "Elements are for Checkout Sessions that were created with `ui_mode` `elements`.",
            ));
        }
        if session.mode == Mode::Subscription {
            return Err(Error::invalid(
                "The sandbox subscribes on its hosted page only: elements are for the modes `payment` and `setup`.",
            ));
        }
        Ok(session.clone())
    }

    fn take_from_elements(&self, session: &mut CheckoutSession, given: &mut Params) -> Result<()> {
        let address = match given.change("email")? {
            Change::Set(text) => Change::Set(email(text, "email").map_err(|mut error| {
                error.code = Some("invalidEmail");
                error
            })?),
            other => other,
        };
        address.apply(&mut session.collected.email);
        given.change("phone")?.apply(&mut session.collected.phone);
        for (name, field) in [
            ("business_name", &mut session.collected.business_name),
            ("individual_name", &mut session.collected.individual_name),
        ] {
            given.change(name)?.apply(field);
        }
        match given.change_map("billing_address")? {
            Change::Keep => {}
            Change::Unset => (session.collected.name, session.collected.address) = (None, None),
            Change::Set(mut contact) => {
                session.collected.name = contact.text("name")?;
                session.collected.address = Some(params::address(contact.map("address")?)?);
            }
        }
        match given.change_map("shipping_address")? {
            Change::Keep => {}
            Change::Unset => session.collected.shipping = None,
            Change::Set(contact) => take_shipping(session, contact)?,
        }
        match given.change_map("tax_id")? {
            Change::Keep => {}
            Change::Unset => session.collected.tax_id = None,
            Change::Set(mut tax_id) => {
                session.collected.business_name = tax_id.text("business_name")?;
                let (kind, value) = (tax_id.text("type")?, tax_id.text("value")?);
                session.collected.tax_id = kind.zip(value);
            }
        }
        if let Some(rate) = given.text("shipping_rate")? {
            if !session.shipping_options.contains(&rate) {
                return Err(Error::invalid(format!(
                    "The session has no shipping option {rate}."
                )));
            }
            session.shipping_rate = Some(rate);
        }
        if let Some(line) = given.map("line_item")? {
            set_quantity(session, line)?;
        }
        self.take_typed_code(session, given)?;
        match session.totals(self.world).total() {
            0 => Ok(()),
            total => money::check(total, session.currency()),
        }
    }

    fn take_typed_code(&self, session: &mut CheckoutSession, given: &mut Params) -> Result<()> {
        let code = given.change("promotion_code")?;
        if code != Change::Keep && session.settings.allow_promotion_codes != Some(true) {
            return Err(Error::invalid(
                "The session takes no promotion codes: create it with `allow_promotion_codes`.",
            ));
        }
        match code {
            Change::Keep => {}
            Change::Unset => session.discounts.clear(),
            Change::Set(code) => match self.discount_by_code(session, &code) {
                Some(discount) => session.discounts = vec![discount],
                None => return Err(Error::invalid("This code is invalid.").code("invalidCode")),
            },
        }
        Ok(())
    }

    fn shown_to_elements(&self, session: &CheckoutSession) -> Value {
        let payment = session.payment_intent.as_ref();
        let payment = payment.and_then(|id| self.world.payment_intents.get(id));
        let setup = session.setup_intent.as_ref();
        let setup = setup.and_then(|id| self.world.setup_intents.get(id));
        let due = session.totals(self.world).total();
        json!({
            "session": session.for_elements(self.world, self.last_problem(session)),
            "payment": {
                "mode": session.mode,
                "amount": (session.mode == Mode::Payment).then_some(due),
                "currency": session.currency,
                "types": session.payment_method_types(due),
                "setup_future_usage": session.future_usage(),
            },
            "ships_to": session.settings.ships_to,
            "way_out": session.return_url.as_ref().map(|url| session.addressed(url)),
            "intent": match (payment, setup) {
                (Some(intent), _) => Some(intent.public_json(self.world)),
                (None, Some(intent)) => Some(intent.public_json(self.world)),
                (None, None) => None,
            },
        })
    }
}

impl CheckoutSession {
    /// What still has to be told before it can be confirmed, in words.
    fn is_missing(&self, world: &crate::stripe::world::World) -> Option<&'static str> {
        let collected = &self.collected;
        if self.email(world).is_none() {
            return Some("An email is missing: use updateEmail, or pass one to confirm.");
        }
        if self.settings.phone && collected.phone.is_none() {
            return Some(
                "A phone number is missing: use updatePhoneNumber, or pass one to confirm.",
            );
        }
        if self.settings.ships_to.is_some() && collected.shipping.is_none() {
            return Some(
                "A shipping address is missing: use updateShippingAddress, or pass one to confirm.",
            );
        }
        if self.settings.billing_address && collected.address.is_none() {
            return Some(
                "A billing address is missing: use updateBillingAddress, or pass one to confirm.",
            );
        }
        None
    }

    fn email(&self, world: &crate::stripe::world::World) -> Option<String> {
        let told = self.collected.email.clone();
        told.or_else(|| self.customer_email.clone())
            .or_else(|| self.known_email(world))
    }

    fn future_usage(&self) -> Option<&str> {
        let mut data = self.settings.data.iter();
        let usage = data.find(|(name, _)| name == "setup_future_usage");
        usage.map(|(_, usage)| usage.as_str())
    }
}

fn check_open(session: &CheckoutSession) -> Result<()> {
    match session.status {
        Status::Open => Ok(()),
        Status::Complete => Err(Error::invalid("This Checkout Session is complete.")),
        Status::Expired => Err(Error::invalid("This Checkout Session has expired.")),
    }
}

fn take_shipping(session: &mut CheckoutSession, mut contact: Params) -> Result<()> {
    let address = params::address(contact.map("address")?)?;
    let country = address["country"].as_str().unwrap_or_default();
    let countries = session.settings.ships_to.as_ref();
    if countries.is_some_and(|countries| !countries.iter().any(|known| known == country)) {
        return Err(Error::invalid(format!(
            "The session does not ship to {country}."
        )));
    }
    session.collected.shipping = Some(json!({ "address": address, "name": contact.text("name")? }));
    Ok(())
}

fn set_quantity(session: &mut CheckoutSession, mut line: Params) -> Result<()> {
    let id = line.required_text("id")?;
    let quantity = line.integer("quantity")?;
    let quantity = quantity.ok_or_else(|| line.missing("quantity"))?;
    let mut items = session.line_items.iter_mut();
    let item = items.find(|item| item.id == id);
    let item = item.ok_or_else(|| Error::missing("line item", &id))?;
    let Some(bounds) = item.adjustable else {
        return Err(Error::invalid(
            "The quantity of this line item cannot be changed: create it with `adjustable_quantity`.",
        ));
    };
    if !(bounds.minimum..=bounds.maximum).contains(&quantity) {
        return Err(Error::invalid(format!(
            "The quantity must be from {} to {}.",
            bounds.minimum, bounds.maximum
        )));
    }
    item.quantity = Some(quantity);
    Ok(())
}

/// The method as the form describes it. What other elements know of the payer stands there as for any payment.
fn read_method(session: &mut CheckoutSession, params: &mut Params) -> Result<Pairs> {
    if let Some(shipping) = params.map("shipping")? {
        take_shipping(session, shipping)?;
    }
    let mut method: Pairs = Vec::new();
    if let Some(data) = params.map("payment_method_data")? {
        for (name, value) in data.into_pairs() {
            let (first, rest) = match name.split_once('[') {
                Some((first, rest)) => (first, format!("[{rest}")),
                None => (name.as_str(), String::new()),
            };
            if name == "billing_details[email]" && session.collected.email.is_none() {
                session.collected.email = Some(email(value.clone(), "email")?);
            }
            method.push((format!("payment_method_data[{first}]{rest}"), value));
        }
    }
    let way_back = params.url("return_url")?;
    if let Some(url) = way_back.as_ref().or(session.return_url.as_ref()) {
        method.push(pair("return_url", session.addressed(url)));
    }
    // What the bank asks is asked over the page.
    method.push(pair("use_stripe_sdk", "true"));
    // Read for its mistakes alone.
    form::nested(&method)?;
    Ok(method)
}
