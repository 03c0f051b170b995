//! What the shopper entered on the page goes into the session, as far as it will do.

use super::Remarks;
use crate::stripe::call::Call;
use crate::stripe::checkout_session::{CheckoutSession, Discount, Mode};
use crate::stripe::json::{Value, json};
use crate::stripe::params::Params;
use crate::stripe::payment_intent::email;

const ADDRESS: &[&str] = &["line1", "line2", "city", "state", "postal_code", "country"];

/// A field's text, unless it is blank.
pub(super) fn text(form: &mut Params, field: &str) -> Option<String> {
    let text = form.text(field).ok().flatten()?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

impl Call<'_> {
    /// `pays` makes what is missing a problem.
    pub(super) fn take_in(
        &self,
        session: &mut CheckoutSession,
        form: &mut Params,
        pays: bool,
        remarks: &mut Remarks,
    ) {
        let mut missing = |field: &str, words: &str| {
            if pays {
                remarks.fields.push((field.to_owned(), words.to_owned()));
            }
        };
        if session.asks_for_email(self.world) {
            match text(form, "email") {
                None => missing("email", "Enter your email."),
                Some(given) => match email(given.clone(), "email") {
                    Ok(given) => session.collected.email = Some(given),
                    Err(_) => missing("email", "This email is incomplete."),
                },
            }
        } else {
            session.collected.email = session.known_email(self.world);
        }
        if session.settings.phone {
            match text(form, "phone") {
                None => missing("phone", "Enter your phone number."),
                phone => session.collected.phone = phone,
            }
        }
        if let Some(countries) = session.settings.ships_to.clone() {
            let address = read_address(form, "shipping");
            let name = text(form, "shipping_name");
            if name.is_none() {
                missing("shipping_name", "Enter a name.");
            }
            if address["line1"].is_null() {
                missing("shipping_line1", "Enter an address.");
            }
            let country = address["country"].as_str().unwrap_or_default();
            if !countries.iter().any(|known| known == country) {
                missing("shipping_country", "Choose a country.");
            } else {
                session.collected.shipping = Some(json!({ "address": address, "name": name }));
            }
        }
        if let Some(name) = text(form, "billing_name") {
            session.collected.name = Some(name);
        }
        let billing = read_address(form, "billing");
        if session.settings.billing_address && billing["line1"].is_null() {
            missing("billing_line1", "Enter an address.");
        }
        if !billing["country"].is_null() {
            session.collected.address = Some(billing);
        }
        for (name, field) in [
            ("business", &mut session.collected.business_name),
            ("individual", &mut session.collected.individual_name),
        ] {
            let asked = &session.settings.shown["name_collection"][name];
            if asked["enabled"] == true {
                let place = format!("{name}_name");
                *field = text(form, &place);
                if field.is_none() && asked["optional"] == false {
                    missing(&place, "Enter a name.");
                }
            }
        }
        if session.settings.tax_id {
            let (kind, value) = (text(form, "tax_id_type"), text(form, "tax_id"));
            session.collected.tax_id = kind.zip(value);
        }
        for field in &session.settings.custom_fields {
            let place = format!("custom_{}", field.key);
            match text(form, &place) {
                None if field.optional => {}
                None => missing(&place, "This field is required."),
                Some(answer) if field.takes(&answer) => {
                    let answers = &mut session.collected.custom_fields;
                    answers.insert(field.key.clone(), answer);
                }
                Some(_) => missing(&place, "This is not a possible answer."),
            }
        }
        session.collected.accepted_promotions = text(form, "promotions").is_some();
        session.collected.accepted_terms = text(form, "terms").is_some();
        if session.settings.terms && !session.collected.accepted_terms {
            missing("terms", "Agree to the terms to go on.");
        }
        if let Some(rate) = text(form, "shipping_rate")
            && session.shipping_options.contains(&rate)
        {
            session.shipping_rate = Some(rate);
        }
        for item in &mut session.line_items {
            let place = format!("quantity_{}", item.id);
            if let Some(bounds) = item.adjustable
                && let Some(quantity) = text(form, &place)
            {
                match quantity.parse::<i64>() {
                    Ok(quantity) if (bounds.minimum..=bounds.maximum).contains(&quantity) => {
                        item.quantity = Some(quantity);
                    }
                    _ => {
                        let words = format!("From {} to {}.", bounds.minimum, bounds.maximum);
                        remarks.fields.push((place, words));
                    }
                }
            }
        }
        if session.settings.allow_promotion_codes == Some(true) && session.mode != Mode::Setup {
            self.take_code(session, form, remarks);
        }
    }

    fn take_code(&self, session: &mut CheckoutSession, form: &mut Params, remarks: &mut Remarks) {
        let Some(code) = text(form, "promotion_code") else {
            session.discounts.clear();
            return;
        };
        match self.discount_by_code(session, &code) {
            Some(discount) => session.discounts = vec![discount],
            None => {
                session.discounts = Vec::<Discount>::new();
                let words = "This code is invalid.".to_owned();
                remarks.fields.push(("promotion_code".to_owned(), words));
            }
        }
    }
}

fn read_address(form: &mut Params, place: &str) -> Value {
    let mut address = json!({});
    for field in ADDRESS {
        address[*field] = json!(text(form, &format!("{place}_{field}")));
    }
    address
}
