//! What a quantity costs, in whole minor units (docs.stripe.com/products-prices/pricing-models).

use super::{Amounts, Price, Tier, TiersMode};
use crate::stripe::json::Value;

/// Minor units are counted in parts of a million million, the finest that Stripe takes.
const PARTS: i128 = 1_000_000_000_000;

impl Price {
    /// What so many cost in this currency, or nothing where the price has none.
    pub(crate) fn cost(&self, currency: &str, quantity: i64) -> i64 {
        let Some(amounts) = self.amounts(currency) else {
            return 0;
        };
        let quantity = self.packages(quantity);
        let parts = match self.tiers_mode {
            None => unit_parts(amounts.unit_amount_decimal.as_deref()) * i128::from(quantity),
            Some(TiersMode::Volume) => volume(&amounts.tiers, quantity),
            Some(TiersMode::Graduated) => graduated(&amounts.tiers, quantity),
        };
        rounded(parts)
    }

    /// The price in one of its currencies.
    pub(crate) fn amounts(&self, currency: &str) -> Option<Amounts> {
        if currency != self.currency {
            return self.currency_options.get(currency).cloned();
        }
        Some(Amounts {
            custom_unit_amount: self.custom_unit_amount.clone(),
            tax_behavior: self.tax_behavior.clone(),
            tiers: self.tiers.clone(),
            unit_amount: self.unit_amount,
            unit_amount_decimal: self.unit_amount_decimal.clone(),
        })
    }

    /// Sold by the dozen, thirteen are one package or two.
    fn packages(&self, quantity: i64) -> i64 {
        let Some(transform) = &self.transform_quantity else {
            return quantity;
        };
        let by = transform["divide_by"].as_i64().unwrap_or(1).max(1);
        match &transform["round"] {
            Value::String(round) if round == "up" => (quantity + by - 1) / by,
            _ => quantity / by,
        }
    }
}

/// All units cost what the tier costs that the last one is in.
fn volume(tiers: &[Tier], quantity: i64) -> i128 {
    let tier = tiers
        .iter()
        .find(|tier| tier.up_to.is_none_or(|most| quantity <= most));
    tier.map_or(0, |tier| tier.parts(quantity))
}

/// Each unit costs what its own tier costs.
fn graduated(tiers: &[Tier], quantity: i64) -> i128 {
    let mut parts = 0;
    let mut before = 0;
    for tier in tiers {
        let until = tier.up_to.unwrap_or(quantity).min(quantity);
        // The first tier's flat amount is owed by a quantity of nothing, too.
        if until > before || before == 0 {
            parts += tier.parts(until - before);
        }
        before = until;
        if until == quantity {
            break;
        }
    }
    parts
}

impl Tier {
    fn parts(&self, quantity: i64) -> i128 {
        unit_parts(self.flat_amount_decimal.as_deref())
            + unit_parts(self.unit_amount_decimal.as_deref()) * i128::from(quantity)
    }
}

/// `12.5` in parts; texts that got this far are decimals.
fn unit_parts(text: Option<&str>) -> i128 {
    let Some(text) = text else {
        return 0;
    };
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let whole: i128 = whole.parse().unwrap_or(0);
    let part: i128 = format!("{part:0<12}").parse().unwrap_or(0);
    whole * PARTS + part
}

/// What a decimal unit amount comes to for a quantity.
pub(crate) fn times(unit_amount_decimal: &str, quantity: i64) -> i64 {
    rounded(unit_parts(Some(unit_amount_decimal)) * i128::from(quantity))
}

/// Half a minor unit counts as one.
fn rounded(parts: i128) -> i64 {
    let whole = (parts + PARTS / 2).div_euclid(PARTS);
    i64::try_from(whole).unwrap_or(i64::MAX)
}

/// This share of an amount, half a unit counting as one, away from nothing.
pub(crate) fn share(amount: i64, part: i64, whole: i64) -> i64 {
    if whole <= 0 {
        return 0;
    }
    let (amount, part, whole) = (i128::from(amount), i128::from(part), i128::from(whole));
    let doubled = 2 * (amount * part).abs() + whole;
    let size = doubled / (2 * whole);
    let signed = if amount * part < 0 { -size } else { size };
    i64::try_from(signed).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiers(of: &[(Option<i64>, &str, &str)]) -> Vec<Tier> {
        of.iter()
            .map(|(up_to, flat, unit)| Tier {
                flat_amount: None,
                flat_amount_decimal: Some((*flat).to_owned()),
                unit_amount: None,
                unit_amount_decimal: Some((*unit).to_owned()),
                up_to: *up_to,
            })
            .collect()
    }

    #[test]
    fn tiers_cost_by_their_mode() {
        let tiers = tiers(&[
            (Some(5), "100", "10"),
            (Some(10), "50", "8"),
            (None, "0", "0.5"),
        ]);
        for (quantity, by_volume, by_grade) in [
            (0, 100, 100),
            (5, 150, 150),
            (6, 98, 208),
            (10, 130, 240),
            (11, 6, 241),
            (13, 7, 242),
        ] {
            assert_eq!(rounded(volume(&tiers, quantity)), by_volume, "{quantity}");
            assert_eq!(rounded(graduated(&tiers, quantity)), by_grade, "{quantity}");
        }
    }

    #[test]
    fn a_share_is_rounded_away_from_nothing() {
        for (amount, part, whole, expected) in [
            (1000, 1, 3, 333),
            (1000, 2, 3, 667),
            (-1000, 2, 3, -667),
            (5, 1, 2, 3),
            (-5, 1, 2, -3),
            (1000, 0, 3, 0),
            (1000, 1, 0, 0),
        ] {
            assert_eq!(
                share(amount, part, whole),
                expected,
                "{amount} {part}/{whole}"
            );
        }
    }

    #[test]
    fn decimals_are_multiplied_before_they_are_rounded() {
        for (unit, quantity, expected) in [
            ("0.5", 3, 2),
            ("0.05", 100, 5),
            ("12.345", 2, 25),
            ("7", 6, 42),
        ] {
            assert_eq!(times(unit, quantity), expected, "{unit} × {quantity}");
        }
    }
}
