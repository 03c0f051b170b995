//! Tax on an amount at a place (docs.stripe.com/tax): a small table of rates, an assumption that the docs name, so that
//! a shop's tax step can be developed offline. Nobody's tax return should rest on it.

pub(crate) mod calculation;
mod customer_details;
mod place;
mod rates;
pub(crate) mod transaction;

use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};

pub(crate) use customer_details::CustomerDetails;
pub(crate) use place::Place;
pub(crate) use rates::Rate;

/// What most accounts choose in their settings: electronically supplied services.
pub(crate) const DEFAULT_CODE: &str = "txcd_10000000";
pub(crate) const SHIPPING_CODE: &str = "txcd_92010001";
const NONTAXABLE_CODE: &str = "txcd_00000000";

/// Whether an amount has its tax in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Behavior {
    Exclusive,
    Inclusive,
}

impl Behavior {
    pub(crate) const NAMES: &[(&'static str, Behavior)] = &[
        ("exclusive", Behavior::Exclusive),
        ("inclusive", Behavior::Inclusive),
    ];

    /// A price may leave it open: prices then are without tax, as in the default of Stripe's settings.
    pub(crate) fn of_price(tax_behavior: &str) -> Behavior {
        match tax_behavior {
            "inclusive" => Behavior::Inclusive,
            _ => Behavior::Exclusive,
        }
    }
}

/// Who buys, where that decides over tax.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Taxability {
    #[default]
    None,
    CustomerExempt,
    /// A business that accounts for the tax itself.
    ReverseCharge,
}

impl Taxability {
    pub(crate) const NAMES: &[(&'static str, Taxability)] = &[
        ("customer_exempt", Taxability::CustomerExempt),
        ("none", Taxability::None),
        ("reverse_charge", Taxability::ReverseCharge),
    ];

    /// From a customer's `tax_exempt`.
    pub(crate) fn of_customer(tax_exempt: Option<&str>) -> Taxability {
        match tax_exempt {
            Some("exempt") => Taxability::CustomerExempt,
            Some("reverse") => Taxability::ReverseCharge,
            _ => Taxability::None,
        }
    }
}

/// One tax on one amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tax {
    pub amount: i64,
    pub taxable_amount: i64,
    /// None where nothing is collected.
    pub rate: Option<&'static Rate>,
    pub reason: &'static str,
}

impl Tax {
    fn none(reason: &'static str) -> Vec<Tax> {
        vec![Tax {
            amount: 0,
            taxable_amount: 0,
            rate: None,
            reason,
        }]
    }

    /// The `tax_breakdown` of a line.
    pub(crate) fn line_json(&self, place: &Place) -> Value {
        json!({
            "amount": self.amount,
            "jurisdiction": {
                "country": place.country,
                "display_name": place.jurisdiction(self.rate),
                "level": if self.rate.is_some_and(|rate| rate.state.is_some()) { "state" } else { "country" },
                "state": self.rate.and_then(|rate| rate.state),
            },
            "sourcing": "destination",
            "tax_rate_details": self.rate.map(|rate| json!({
                "display_name": rate.display_name(),
                "percentage_decimal": rate.percentage_decimal(),
                "tax_type": rate.kind,
            })),
            "taxability_reason": self.reason,
            "taxable_amount": self.taxable_amount,
        })
    }
}

/// The sum of several taxes.
pub(crate) fn sum(taxes: &[Tax]) -> i64 {
    taxes.iter().map(|tax| tax.amount).sum()
}

/// What is owed on an amount of something with this tax code. Each tax is rounded for itself, half a unit counting as
/// one.
pub(crate) fn on(
    amount: i64,
    behavior: Behavior,
    code: &str,
    place: &Place,
    taxability: Taxability,
) -> Vec<Tax> {
    let rates = rates::at(place);
    match taxability {
        Taxability::CustomerExempt => return Tax::none("customer_exempt"),
        Taxability::ReverseCharge => return Tax::none("reverse_charge"),
        Taxability::None => {}
    }
    if code == NONTAXABLE_CODE {
        return Tax::none("product_exempt");
    }
    if rates.is_empty() {
        return Tax::none("not_collecting");
    }
    if rates.iter().all(|rate| rate.milli_percent == 0) {
        return Tax::none("not_subject_to_tax");
    }
    let total: i64 = rates.iter().map(|rate| rate.milli_percent).sum();
    let whole = match behavior {
        Behavior::Exclusive => rates::WHOLE,
        Behavior::Inclusive => rates::WHOLE + total,
    };
    let mut taxes: Vec<Tax> = rates
        .iter()
        .map(|rate| Tax {
            amount: rounded(amount, rate.milli_percent, whole),
            taxable_amount: amount,
            rate: Some(rate),
            reason: "standard_rated",
        })
        .collect();
    if behavior == Behavior::Inclusive {
        let taxable = amount - sum(&taxes);
        for tax in &mut taxes {
            tax.taxable_amount = taxable;
        }
    }
    taxes
}

/// A share of an amount, half a unit counting as one.
fn rounded(amount: i64, part: i64, whole: i64) -> i64 {
    let twice = i128::from(amount) * i128::from(part) * 2;
    let share = (twice.abs() + i128::from(whole)) / (i128::from(whole) * 2);
    let share = i64::try_from(share).unwrap_or(i64::MAX);
    if twice < 0 { -share } else { share }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(country: &str, state: Option<&str>) -> Place {
        Place {
            country: country.to_owned(),
            state: state.map(str::to_owned),
        }
    }

    #[test]
    fn tax_is_rounded_for_each_rate_and_half_a_unit_counts_as_one() {
        use Behavior::{Exclusive, Inclusive};
        for (amount, behavior, country, state, expected) in [
            (1999, Exclusive, "DE", None, &[380][..]),
            (1999, Inclusive, "DE", None, &[319]),
            (1000, Exclusive, "US", Some("CA"), &[73]),
            (250, Exclusive, "GB", None, &[50]),
            (2, Exclusive, "DK", None, &[1]),
            (1000, Exclusive, "CA", Some("QC"), &[50, 100]),
            (-1000, Exclusive, "CA", Some("QC"), &[-50, -100]),
            (1000, Exclusive, "US", Some("OR"), &[0]),
            (1000, Exclusive, "BR", None, &[0]),
            (0, Inclusive, "DE", None, &[0]),
        ] {
            let taxes = on(
                amount,
                behavior,
                DEFAULT_CODE,
                &place(country, state),
                Taxability::None,
            );
            let amounts: Vec<i64> = taxes.iter().map(|tax| tax.amount).collect();
            assert_eq!(
                amounts, expected,
                "{amount} {behavior:?} {country} {state:?}"
            );
        }
    }

    #[test]
    fn what_is_not_taxed_says_why() {
        for (country, state, code, taxability, reason) in [
            ("DE", None, DEFAULT_CODE, Taxability::None, "standard_rated"),
            ("BR", None, DEFAULT_CODE, Taxability::None, "not_collecting"),
            (
                "US",
                Some("OR"),
                DEFAULT_CODE,
                Taxability::None,
                "not_subject_to_tax",
            ),
            (
                "DE",
                None,
                NONTAXABLE_CODE,
                Taxability::None,
                "product_exempt",
            ),
            (
                "DE",
                None,
                DEFAULT_CODE,
                Taxability::CustomerExempt,
                "customer_exempt",
            ),
            (
                "DE",
                None,
                DEFAULT_CODE,
                Taxability::ReverseCharge,
                "reverse_charge",
            ),
        ] {
            let taxes = on(
                1000,
                Behavior::Exclusive,
                code,
                &place(country, state),
                taxability,
            );
            assert_eq!(taxes[0].reason, reason, "{country} {state:?} {code}");
        }
    }
}
