//! Where a customer is, as far as tax goes (docs.stripe.com/tax/customer-locations): a country, and a state where
//! states tax.

use super::Rate;
use crate::stripe::error::{Error, Result};
use crate::stripe::json::Value;
use serde::{Deserialize, Serialize};

/// The code of Stripe's refusal.
const NOT_LOCATED: &str = "customer_tax_location_invalid";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    /// Two letters.
    pub country: String,
    pub state: Option<String>,
}

/// The first three digits of a ZIP code, from and to, and their state: those states that have a rate here.
const ZIP_CODES: &[(u16, u16, &str)] = &[
    (100, 149, "NY"),
    (150, 196, "PA"),
    (320, 349, "FL"),
    (600, 629, "IL"),
    (750, 799, "TX"),
    (885, 885, "TX"),
    (900, 961, "CA"),
    (970, 979, "OR"),
    (980, 994, "WA"),
];

/// The first letter of a Canadian postal code, and its province.
const POSTAL_LETTERS: &[(&str, &str)] = &[("GHJ", "QC"), ("KLMNP", "ON"), ("T", "AB"), ("V", "BC")];

impl Place {
    /// Where an address is. The United States are too many places to be one: there the ZIP code is needed.
    pub(crate) fn of(address: &Value) -> Option<Place> {
        let given = |field: &str| address[field].as_str().filter(|text| !text.is_empty());
        let country = given("country")?.to_ascii_uppercase();
        if country.len() != 2 || !country.bytes().all(|sign| sign.is_ascii_alphabetic()) {
            return None;
        }
        let state = given("state").map(str::to_ascii_uppercase);
        let postal_code = given("postal_code");
        let state = match country.as_str() {
            "US" => {
                let zip = postal_code.filter(|code| is_zip(code))?;
                state.or_else(|| state_of_zip(zip).map(str::to_owned))
            }
            "CA" => Some(state.or_else(|| province_of(postal_code?).map(str::to_owned))?),
            _ => state,
        };
        Some(Place { country, state })
    }

    /// The same, or Stripe's refusal naming `param`.
    pub(crate) fn located(address: &Value, param: &str) -> Result<Place> {
        Place::of(address).ok_or_else(|| {
            Error::invalid(
                "The customer's location is not known precisely enough to calculate tax: give a country, in the United \
                 States with a ZIP code, in Canada with a province or a postal code.",
            )
            .code(NOT_LOCATED)
            .param(param)
        })
    }

    /// The authority that taxes: the state, or the country.
    pub(super) fn jurisdiction(&self, rate: Option<&Rate>) -> String {
        match rate.and_then(|rate| rate.state) {
            Some(state) => state.to_owned(),
            None => self.country.clone(),
        }
    }
}

/// `94107` or `94107-1234`
fn is_zip(code: &str) -> bool {
    let (five, four) = code.split_once('-').unwrap_or((code, "0000"));
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|it| it.is_ascii_digit());
    digits(five, 5) && digits(four, 4)
}

fn state_of_zip(zip: &str) -> Option<&'static str> {
    let start: u16 = zip.get(..3)?.parse().ok()?;
    let mut ranges = ZIP_CODES.iter();
    ranges
        .find(|(from, to, _)| (*from..=*to).contains(&start))
        .map(|(_, _, state)| *state)
}

fn province_of(postal_code: &str) -> Option<&'static str> {
    let first = postal_code.chars().next()?.to_ascii_uppercase();
    let mut provinces = POSTAL_LETTERS.iter();
    provinces
        .find(|(letters, _)| letters.contains(first))
        .map(|(_, province)| *province)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stripe::json::json;

    #[test]
    fn an_address_is_a_place_if_it_is_precise_enough() {
        for (address, expected) in [
            (json!({ "country": "DE" }), Some(("DE", None))),
            (json!({ "country": "de" }), Some(("DE", None))),
            (
                json!({ "country": "US", "postal_code": "94107" }),
                Some(("US", Some("CA"))),
            ),
            (
                json!({ "country": "US", "postal_code": "94107-1234" }),
                Some(("US", Some("CA"))),
            ),
            (
                json!({ "country": "US", "postal_code": "02139" }),
                Some(("US", None)),
            ),
            (
                json!({ "country": "US", "postal_code": "10115", "state": "NY" }),
                Some(("US", Some("NY"))),
            ),
            (json!({ "country": "US", "state": "CA" }), None),
            (json!({ "country": "US", "postal_code": "9410" }), None),
            (json!({ "country": "US", "postal_code": "9410ä" }), None),
            (
                json!({ "country": "CA", "postal_code": "H2X 1Y4" }),
                Some(("CA", Some("QC"))),
            ),
            (
                json!({ "country": "CA", "state": "on" }),
                Some(("CA", Some("ON"))),
            ),
            (json!({ "country": "CA" }), None),
            (json!({ "country": "Germany" }), None),
            (json!({ "country": null }), None),
            (json!(null), None),
        ] {
            let place = Place::of(&address);
            let found = place
                .as_ref()
                .map(|place| (place.country.as_str(), place.state.as_deref()));
            assert_eq!(found, expected, "{address:?}");
        }
    }
}
