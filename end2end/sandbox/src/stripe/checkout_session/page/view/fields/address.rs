//! The fields of a whole address, and the countries to choose from.

use super::{Field, Input, Remarks, filled, of_kind};
use crate::stripe::json::Value;

/// Where a shopper lives who has not said: most test addresses are there.
pub(super) const USUAL_COUNTRY: &str = "US";

/// Where most test shoppers live.
pub(super) const COUNTRIES: &[(&str, &str)] = &[
    ("AT", "Austria"),
    ("AU", "Australia"),
    ("BE", "Belgium"),
    ("BR", "Brazil"),
    ("CA", "Canada"),
    ("CH", "Switzerland"),
    ("CZ", "Czechia"),
    ("DE", "Germany"),
    ("DK", "Denmark"),
    ("ES", "Spain"),
    ("FI", "Finland"),
    ("FR", "France"),
    ("GB", "United Kingdom"),
    ("IE", "Ireland"),
    ("IN", "India"),
    ("IT", "Italy"),
    ("JP", "Japan"),
    ("MX", "Mexico"),
    ("NL", "Netherlands"),
    ("NO", "Norway"),
    ("NZ", "New Zealand"),
    ("PL", "Poland"),
    ("PT", "Portugal"),
    ("SE", "Sweden"),
    ("SG", "Singapore"),
    ("US", "United States"),
];

pub(super) fn whole_address(
    place: &'static str,
    countries: Vec<(String, String)>,
    known: Option<&Value>,
    remarks: &Remarks,
) -> Vec<Field> {
    let shipping = place == "shipping";
    let auto = |shipping_token, billing_token| {
        if shipping {
            shipping_token
        } else {
            billing_token
        }
    };
    let mut fields = Vec::new();
    for (field, label, autocomplete, needed) in [
        (
            "line1",
            "Address",
            auto("shipping address-line1", "billing address-line1"),
            true,
        ),
        (
            "line2",
            "Address, second line (optional)",
            auto("shipping address-line2", "billing address-line2"),
            false,
        ),
        (
            "city",
            "City",
            auto("shipping address-level2", "billing address-level2"),
            false,
        ),
        (
            "state",
            "State or province",
            auto("shipping address-level1", "billing address-level1"),
            false,
        ),
        (
            "postal_code",
            "ZIP or postal code",
            auto("shipping postal-code", "billing postal-code"),
            false,
        ),
    ] {
        let value = known.and_then(|known| known[field].as_str());
        let name = format!("{place}_{field}");
        let field = filled(&name, label, autocomplete, value, remarks);
        fields.push(Field {
            required: needed,
            ..field
        });
    }
    let country = known.and_then(|known| known["country"].as_str());
    let country = country.or(Some(USUAL_COUNTRY));
    let name = format!("{place}_country");
    let autocomplete = auto("shipping country", "billing country");
    let field = filled(&name, "Country or region", autocomplete, country, remarks);
    fields.push(of_kind(Input::Choice(countries), field));
    fields
}
