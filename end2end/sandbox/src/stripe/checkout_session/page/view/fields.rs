//! The fields of the page's form, each with its label and what the browser may fill in.

mod address;

use super::{Field, Input, Remarks};
use crate::stripe::checkout_session::settings::Kind;
use crate::stripe::checkout_session::{CheckoutSession, Mode};
use crate::stripe::money;
use crate::stripe::world::World;
use address::{COUNTRIES, USUAL_COUNTRY, whole_address};

const TAX_IDS: &[(&str, &str)] = &[
    ("eu_vat", "European VAT number"),
    ("gb_vat", "United Kingdom VAT number"),
    ("ch_vat", "Switzerland VAT number"),
    ("us_ein", "United States EIN"),
];

pub(super) fn text(name: String, label: &str, remarks: &Remarks) -> Field {
    let problem = remarks.fields.iter().find(|(field, _)| *field == name);
    Field {
        problem: problem.map(|(_, words)| words.clone()),
        name,
        label: label.to_owned(),
        input: Input::Text,
        autocomplete: "off",
        value: String::new(),
        required: false,
    }
}

fn filled(
    name: &str,
    label: &str,
    autocomplete: &'static str,
    value: Option<&str>,
    remarks: &Remarks,
) -> Field {
    Field {
        autocomplete,
        value: value.unwrap_or_default().to_owned(),
        ..text(name.to_owned(), label, remarks)
    }
}

fn required(field: Field) -> Field {
    Field {
        required: true,
        ..field
    }
}

fn of_kind(input: Input, field: Field) -> Field {
    Field { input, ..field }
}

fn choice(options: &[(&str, &str)]) -> Input {
    let owned = |(value, label): &(&str, &str)| ((*value).to_owned(), (*label).to_owned());
    Input::Choice(options.iter().map(owned).collect())
}

/// The number, the expiry date and the security code are never shown again.
pub(super) fn card(session: &CheckoutSession, remarks: &Remarks) -> Vec<Field> {
    let name = session.collected.name.as_deref();
    let digits = |field: Field| of_kind(Input::Number, field);
    vec![
        digits(filled(
            "card_number",
            "Card number",
            "cc-number",
            None,
            remarks,
        )),
        digits(filled(
            "card_expiry",
            "Expiry date (MM/YY)",
            "cc-exp",
            None,
            remarks,
        )),
        digits(filled("card_cvc", "Security code", "cc-csc", None, remarks)),
        filled("billing_name", "Name on card", "cc-name", name, remarks),
    ]
}

pub(super) fn iban(remarks: &Remarks) -> Vec<Field> {
    vec![filled("iban", "IBAN", "off", None, remarks)]
}

pub(super) fn account(remarks: &Remarks) -> Vec<Field> {
    let digits = |field: Field| of_kind(Input::Number, field);
    vec![
        digits(filled(
            "routing_number",
            "Routing number",
            "off",
            None,
            remarks,
        )),
        digits(filled(
            "account_number",
            "Account number",
            "off",
            None,
            remarks,
        )),
    ]
}

impl CheckoutSession {
    pub(in crate::stripe::checkout_session) fn known_email(&self, world: &World) -> Option<String> {
        let customer = self.customer.as_ref();
        let customer = customer.and_then(|id| world.customers.get(id));
        customer.and_then(|customer| customer.email.clone())
    }

    pub(in crate::stripe::checkout_session::page) fn asks_for_email(&self, world: &World) -> bool {
        self.known_email(world).is_none()
    }

    pub(super) fn sections(
        &self,
        world: &World,
        remarks: &Remarks,
    ) -> Vec<(&'static str, Vec<Field>)> {
        let mut sections = vec![
            ("Contact", self.contact(world, remarks)),
            ("Shipping", self.shipping(world, remarks)),
            ("Billing address", self.billing(remarks)),
            ("More", self.more(world, remarks)),
        ];
        sections.retain(|(_, fields)| !fields.is_empty());
        sections
    }

    fn contact(&self, world: &World, remarks: &Remarks) -> Vec<Field> {
        let collected = &self.collected;
        let email = collected.email.as_ref().or(self.customer_email.as_ref());
        let email = email.map(String::as_str);
        let mut fields = Vec::new();
        if self.asks_for_email(world) {
            let field = filled("email", "Email", "email", email, remarks);
            fields.push(required(of_kind(Input::Email, field)));
        }
        if self.settings.phone {
            let phone = collected.phone.as_deref();
            let field = filled("phone", "Phone number", "tel", phone, remarks);
            fields.push(required(of_kind(Input::Tel, field)));
        }
        for (place, label, autocomplete, value) in [
            (
                "business",
                "Business name",
                "organization",
                &collected.business_name,
            ),
            (
                "individual",
                "Full name",
                "name",
                &collected.individual_name,
            ),
        ] {
            let asked = &self.settings.shown["name_collection"][place];
            if asked["enabled"] == true {
                let name = format!("{place}_name");
                let field = filled(&name, label, autocomplete, value.as_deref(), remarks);
                fields.push(Field {
                    required: asked["optional"] == false,
                    ..field
                });
            }
        }
        fields
    }

    fn shipping(&self, world: &World, remarks: &Remarks) -> Vec<Field> {
        let mut fields = Vec::new();
        if let Some(countries) = &self.settings.ships_to {
            let known = self.collected.shipping.as_ref();
            let name = known.and_then(|known| known["name"].as_str());
            let field = filled("shipping_name", "Name", "shipping name", name, remarks);
            fields.push(required(field));
            let names = countries.iter().map(|code| {
                let known = COUNTRIES.iter().find(|(other, _)| other == code);
                (
                    code.clone(),
                    known.map_or(code.as_str(), |(_, name)| name).to_owned(),
                )
            });
            let address = known.map(|known| &known["address"]);
            fields.extend(whole_address("shipping", names.collect(), address, remarks));
        }
        if self.shipping_options.len() > 1 {
            let rates = self.shipping_options.iter();
            let rates = rates.filter_map(|id| world.shipping_rates.get(id));
            let options = rates.map(|rate| {
                let amount = rate.amount_in(self.currency()).unwrap_or(rate.amount);
                let amount = money::printed(amount, self.currency());
                (rate.id.clone(), format!("{}: {amount}", rate.display_name))
            });
            let chosen = self.shipping_rate.as_deref();
            let field = filled("shipping_rate", "Shipping method", "off", chosen, remarks);
            fields.push(of_kind(Input::Choice(options.collect()), field));
        }
        fields
    }

    fn billing(&self, remarks: &Remarks) -> Vec<Field> {
        let known = self.collected.address.as_ref();
        let countries = COUNTRIES.iter();
        let countries = countries.map(|(code, name)| ((*code).to_owned(), (*name).to_owned()));
        if self.settings.billing_address {
            return whole_address("billing", countries.collect(), known, remarks);
        }
        let value = |field: &str| known.and_then(|known| known[field].as_str());
        let country = value("country").or(Some(USUAL_COUNTRY));
        let field = filled(
            "billing_country",
            "Country or region",
            "billing country",
            country,
            remarks,
        );
        let postal = value("postal_code");
        vec![
            of_kind(Input::Choice(countries.collect()), field),
            filled(
                "billing_postal_code",
                "ZIP or postal code",
                "billing postal-code",
                postal,
                remarks,
            ),
        ]
    }

    fn more(&self, world: &World, remarks: &Remarks) -> Vec<Field> {
        let mut fields = Vec::new();
        for asked in &self.settings.custom_fields {
            let name = format!("custom_{}", asked.key);
            let answer = self.collected.custom_fields.get(&asked.key);
            let value = answer.or(asked.default_value.as_ref());
            let label = match asked.optional {
                true => format!("{} (optional)", asked.label),
                false => asked.label.clone(),
            };
            let field = filled(&name, &label, "off", value.map(String::as_str), remarks);
            let input = match &asked.kind {
                Kind::Dropdown(options) => {
                    let options = options
                        .iter()
                        .map(|(label, value)| (value.clone(), label.clone()));
                    Input::Choice(options.collect())
                }
                Kind::Numeric(_) => Input::Number,
                Kind::Text(_) => Input::Text,
            };
            fields.push(Field {
                input,
                required: !asked.optional,
                ..field
            });
        }
        if self.settings.tax_id {
            let known = self.collected.tax_id.as_ref();
            let kind = known.map(|(kind, _)| kind.as_str());
            let field = filled("tax_id_type", "Kind of tax ID", "off", kind, remarks);
            fields.push(of_kind(choice(TAX_IDS), field));
            let value = known.map(|(_, value)| value.as_str());
            fields.push(filled("tax_id", "Tax ID (optional)", "off", value, remarks));
        }
        if self.settings.allow_promotion_codes == Some(true) && self.mode != Mode::Setup {
            let field = filled(
                "promotion_code",
                "Promotion code (optional)",
                "off",
                None,
                remarks,
            );
            let code = self
                .discounts
                .first()
                .and_then(|it| it.promotion_code.as_ref());
            let code = code.and_then(|id| world.promotion_codes.get(id));
            fields.push(Field {
                value: code.map_or(String::new(), |code| code.code.clone()),
                ..field
            });
        }
        for (wanted, name, label) in [
            (
                self.settings.promotions,
                "promotions",
                "Send me news and offers",
            ),
            (
                self.settings.terms,
                "terms",
                "I agree to the terms of service",
            ),
        ] {
            if wanted {
                let field = filled(name, label, "off", None, remarks);
                fields.push(of_kind(Input::Checkbox, field));
            }
        }
        fields
    }
}
