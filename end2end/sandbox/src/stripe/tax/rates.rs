//! The rates: one standard rate a place, or several where several authorities tax. The docs name them as an assumption.

use super::Place;

/// A hundred percent.
pub(super) const WHOLE: i64 = 100_000;

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rate {
    pub country: &'static str,
    pub state: Option<&'static str>,
    /// `vat`, `sales_tax`, …
    pub kind: &'static str,
    /// Thousandths of a percent.
    pub milli_percent: i64,
}

const fn national(country: &'static str, kind: &'static str, milli_percent: i64) -> Rate {
    Rate {
        country,
        state: None,
        kind,
        milli_percent,
    }
}

const fn of_state(
    country: &'static str,
    state: &'static str,
    kind: &'static str,
    milli_percent: i64,
) -> Rate {
    Rate {
        country,
        state: Some(state),
        kind,
        milli_percent,
    }
}

const RATES: &[Rate] = &[
    national("AT", "vat", 20_000),
    national("AU", "gst", 10_000),
    national("BE", "vat", 21_000),
    of_state("CA", "AB", "gst", 5_000),
    of_state("CA", "BC", "gst", 5_000),
    of_state("CA", "BC", "pst", 7_000),
    of_state("CA", "ON", "hst", 13_000),
    of_state("CA", "QC", "gst", 5_000),
    of_state("CA", "QC", "qst", 9_975),
    national("CH", "vat", 8_100),
    national("DE", "vat", 19_000),
    national("DK", "vat", 25_000),
    national("ES", "vat", 21_000),
    national("FI", "vat", 25_500),
    national("FR", "vat", 20_000),
    national("GB", "vat", 20_000),
    national("IE", "vat", 23_000),
    national("IT", "vat", 22_000),
    national("JP", "jct", 10_000),
    national("NL", "vat", 21_000),
    national("NO", "vat", 25_000),
    national("NZ", "gst", 15_000),
    national("PL", "vat", 23_000),
    national("PT", "vat", 23_000),
    national("SE", "vat", 25_000),
    national("SG", "gst", 9_000),
    of_state("US", "CA", "sales_tax", 7_250),
    of_state("US", "FL", "sales_tax", 6_000),
    of_state("US", "IL", "sales_tax", 6_250),
    of_state("US", "NY", "sales_tax", 8_875),
    of_state("US", "OR", "sales_tax", 0),
    of_state("US", "PA", "sales_tax", 6_000),
    of_state("US", "TX", "sales_tax", 6_250),
    of_state("US", "WA", "sales_tax", 6_500),
];

pub(super) fn at(place: &Place) -> Vec<&'static Rate> {
    let is_here = |rate: &&Rate| {
        rate.country == place.country
            && (rate.state.is_none() || rate.state == place.state.as_deref())
    };
    RATES.iter().filter(is_here).collect()
}

impl Rate {
    pub(crate) fn display_name(&self) -> &'static str {
        match self.kind {
            "gst" => "GST",
            "hst" => "HST",
            "jct" => "JCT",
            "pst" => "PST",
            "qst" => "QST",
            "sales_tax" => "Sales Tax",
            _ => "VAT",
        }
    }

    pub(crate) fn percentage(&self) -> f64 {
        self.milli_percent as f64 / 1000.0
    }

    /// `19.0`, `8.875`
    pub(crate) fn percentage_decimal(&self) -> String {
        format!("{:?}", self.percentage())
    }
}
