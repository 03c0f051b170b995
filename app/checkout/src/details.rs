//! Who gets the order: e-mail, name and address, checked once on the server, with words beside each field.

use serde::{Deserialize, Serialize};

/// The countries the shop ships to: ISO code and name, by name.
pub const COUNTRIES: [(&str, &str); 30] = [
    ("AU", "Australia"),
    ("AT", "Austria"),
    ("BE", "Belgium"),
    ("CA", "Canada"),
    ("CZ", "Czechia"),
    ("DK", "Denmark"),
    ("EE", "Estonia"),
    ("FI", "Finland"),
    ("FR", "France"),
    ("DE", "Germany"),
    ("GR", "Greece"),
    ("IE", "Ireland"),
    ("IT", "Italy"),
    ("JP", "Japan"),
    ("LV", "Latvia"),
    ("LT", "Lithuania"),
    ("LU", "Luxembourg"),
    ("NL", "Netherlands"),
    ("NZ", "New Zealand"),
    ("NO", "Norway"),
    ("PL", "Poland"),
    ("PT", "Portugal"),
    ("SG", "Singapore"),
    ("SK", "Slovakia"),
    ("SI", "Slovenia"),
    ("ES", "Spain"),
    ("SE", "Sweden"),
    ("CH", "Switzerland"),
    ("GB", "United Kingdom"),
    ("US", "United States"),
];

/// Countries in which a letter needs the state or province.
const WITH_STATE: [&str; 3] = ["AU", "CA", "US"];

/// The longest text a field takes, in characters.
pub const MAX_CHARS: usize = 200;

/// A field of the form; its name is the input's `name`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// `email`
    Email,
    /// `name`
    Name,
    /// `line1`
    Line1,
    /// `line2`
    Line2,
    /// `city`
    City,
    /// `state`
    State,
    /// `postal_code`
    PostalCode,
    /// `country`
    Country,
}

/// The form as it was typed: kept as it is, to be shown again beside its errors.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DetailsForm {
    /// Where the receipt goes.
    pub email: String,
    /// Who gets the parcel.
    pub name: String,
    /// Street and number.
    pub line1: String,
    /// Flat, floor; may be empty.
    pub line2: String,
    /// Town.
    pub city: String,
    /// State or province, where a letter needs one.
    pub state: String,
    /// Postal or ZIP code.
    pub postal_code: String,
    /// Two-letter code out of [`COUNTRIES`].
    pub country: String,
}

/// Where the parcel goes, as Stripe names the parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Street and number.
    pub line1: String,
    /// Flat, floor.
    pub line2: Option<String>,
    /// Town.
    pub city: String,
    /// State or province.
    pub state: Option<String>,
    /// Postal code.
    pub postal_code: String,
    /// Two-letter code.
    pub country: String,
}

/// Checked details: every text trimmed, bounded, and present where a parcel needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Where the receipt goes.
    pub email: String,
    /// Who gets the parcel.
    pub name: String,
    /// Where it goes.
    pub address: Address,
}

/// What is wrong, field by field, in the order of the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DetailsErrors(Vec<(Field, &'static str)>);

impl DetailsErrors {
    /// The words for one field.
    #[must_use]
    pub fn of(&self, field: Field) -> Option<&'static str> {
        self.0
            .iter()
            .find(|(wrong, _)| *wrong == field)
            .map(|(_, words)| *words)
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many fields are wrong.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    fn check(&mut self, field: Field, ok: bool, words: &'static str) {
        if !ok && self.of(field).is_none() {
            self.0.push((field, words));
        }
    }
}

impl Details {
    /// Checks the form.
    ///
    /// # Errors
    /// Every field that is missing, too long or malformed, with words for the shopper.
    pub fn parse(form: &DetailsForm) -> Result<Details, DetailsErrors> {
        let mut errors = DetailsErrors::default();
        let mut text = |field, value: &str, missing: Option<&'static str>| -> String {
            let value = value.trim();
            if let Some(words) = missing {
                errors.check(field, !value.is_empty(), words);
            }
            errors.check(
                field,
                value.chars().count() <= MAX_CHARS,
                "This is too long.",
            );
            errors.check(
                field,
                !value.contains(char::is_control),
                "This has characters we cannot print.",
            );
            value.to_owned()
        };
        let country = form.country.trim();
        let state_words = WITH_STATE
            .contains(&country)
            .then_some("Enter a state or province.");
        let details = Details {
            email: text(Field::Email, &form.email, Some("Enter an e-mail address.")),
            name: text(Field::Name, &form.name, Some("Enter a name.")),
            address: Address {
                line1: text(Field::Line1, &form.line1, Some("Enter an address.")),
                line2: Some(text(Field::Line2, &form.line2, None)).filter(|line| !line.is_empty()),
                city: text(Field::City, &form.city, Some("Enter a town or city.")),
                state: Some(text(Field::State, &form.state, state_words))
                    .filter(|state| !state.is_empty()),
                postal_code: text(
                    Field::PostalCode,
                    &form.postal_code,
                    Some("Enter a postal code."),
                ),
                country: country.to_owned(),
            },
        };
        errors.check(
            Field::Email,
            is_email(&details.email),
            "Enter an e-mail address like name@example.com.",
        );
        errors.check(
            Field::PostalCode,
            details.address.postal_code.len() <= 12,
            "This is too long for a postal code.",
        );
        errors.check(
            Field::Country,
            COUNTRIES.iter().any(|(code, _)| *code == country),
            "Choose a country from the list.",
        );
        if errors.is_empty() {
            Ok(details)
        } else {
            Err(errors)
        }
    }

    /// The form that these details came from, for changing them.
    #[must_use]
    pub fn to_form(&self) -> DetailsForm {
        let address = self.address.clone();
        DetailsForm {
            email: self.email.clone(),
            name: self.name.clone(),
            line1: address.line1,
            line2: address.line2.unwrap_or_default(),
            city: address.city,
            state: address.state.unwrap_or_default(),
            postal_code: address.postal_code,
            country: address.country,
        }
    }
}

impl Address {
    /// The country's name.
    #[must_use]
    pub fn country_name(&self) -> &str {
        COUNTRIES
            .iter()
            .find(|(code, _)| *code == self.country)
            .map_or(self.country.as_str(), |(_, name)| name)
    }
}

/// Whether mail could go there: one `@`, something before it, a dotted name after it. Only the mail itself proves more.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    !local.is_empty()
        && !domain.contains('@')
        && !text.contains(char::is_whitespace)
        && domain.split('.').count() >= 2
        && domain.split('.').all(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> DetailsForm {
        DetailsForm {
            email: " ada@example.com ".to_owned(),
            name: "Ada Lovelace".to_owned(),
            line1: "12 St James's Square".to_owned(),
            line2: String::new(),
            city: "London".to_owned(),
            state: String::new(),
            postal_code: "SW1Y 4JH".to_owned(),
            country: "GB".to_owned(),
        }
    }

    #[test]
    fn a_complete_form_is_taken_and_comes_back() {
        let details = Details::parse(&form()).unwrap();
        assert_eq!(details.email, "ada@example.com");
        assert_eq!(details.address.line2, None);
        assert_eq!(Details::parse(&details.to_form()), Ok(details));
    }

    #[test]
    fn every_field_that_is_wrong_has_words() {
        type Spoil = fn(&mut DetailsForm);
        let cases: [(Field, Spoil); 12] = [
            (Field::Email, |form| form.email = String::new()),
            (Field::Email, |form| form.email = "ada@localhost".to_owned()),
            (Field::Email, |form| {
                form.email = "ada@@example.com".to_owned()
            }),
            (Field::Email, |form| {
                form.email = "a da@example.com".to_owned()
            }),
            (Field::Name, |form| form.name = "  ".to_owned()),
            (Field::Name, |form| form.name = "a".repeat(MAX_CHARS + 1)),
            (Field::Name, |form| form.name = "Ada\r\nBcc: x".to_owned()),
            (Field::Line1, |form| form.line1 = String::new()),
            (Field::City, |form| form.city = String::new()),
            (Field::PostalCode, |form| form.postal_code = String::new()),
            (Field::Country, |form| form.country = "XX".to_owned()),
            (Field::State, |form| form.country = "US".to_owned()),
        ];
        for (field, spoil) in cases {
            let mut form = form();
            spoil(&mut form);
            let errors = Details::parse(&form).unwrap_err();
            assert!(errors.of(field).is_some(), "{field:?}");
            assert_eq!(errors.len(), 1, "{field:?}: {errors:?}");
        }
        assert_eq!(
            Details::parse(&DetailsForm::default()).unwrap_err().len(),
            6
        );
    }
}
