//! What Stripe accepts as an amount: a known currency, its minimum, at most eight digits.

use super::error::{Error, Result};
use super::params::Params;

/// Currencies Stripe charges in (docs.stripe.com/currencies).
const CURRENCIES: &str = "aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd \
    cad cdf chf clp cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl htg huf \
    idr ils inr isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mur mvr \
    mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr sek sgd shp \
    sle sos srd std szl thb tjs tnd top try ttd twd tzs uah ugx usd uyu uzs vnd vuv wst xaf xcd xof xpf yer zar zmw";

pub(crate) const LARGEST: i64 = 99_999_999;

/// Smallest charge in minor units; currencies without a published one are held to 1.
pub(crate) fn smallest(currency: &str) -> i64 {
    match currency {
        "aed" | "myr" => 200,
        "bgn" => 100,
        "czk" => 1500,
        "dkk" => 250,
        "gbp" => 30,
        "hkd" => 400,
        "huf" => 17_500,
        "jpy" => 50,
        "mxn" | "thb" => 1000,
        "nok" | "sek" => 300,
        "pln" => 200,
        "ron" => 200,
        "aud" | "brl" | "cad" | "chf" | "eur" | "inr" | "nzd" | "sgd" | "usd" => 50,
        _ => 1,
    }
}

/// Stripe's currencies with three decimals, whose amounts end in 0.
fn has_three_decimals(currency: &str) -> bool {
    matches!(currency, "bhd" | "jod" | "kwd" | "omr" | "tnd")
}

/// How many digits of an amount stand behind the point (docs.stripe.com/currencies#zero-decimal).
pub(crate) fn decimals(currency: &str) -> u8 {
    match currency {
        "bif" | "clp" | "djf" | "gnf" | "jpy" | "kmf" | "krw" | "mga" | "pyg" | "rwf" | "vnd"
        | "vuv" | "xaf" | "xof" | "xpf" => 0,
        currency if has_three_decimals(currency) => 3,
        _ => 2,
    }
}

/// As invoices print it: `$10.00`, `10.00 CHF`.
pub(crate) fn printed(amount: i64, currency: &str) -> String {
    let digits = decimals(currency);
    let unit = 10_i64.pow(digits.into());
    let whole = amount / unit;
    let number = match digits {
        0 => whole.to_string(),
        digits => format!(
            "{whole}.{:0width$}",
            (amount % unit).abs(),
            width = usize::from(digits)
        ),
    };
    match currency {
        "usd" => format!("${number}"),
        "eur" => format!("€{number}"),
        "gbp" => format!("£{number}"),
        "jpy" => format!("¥{number}"),
        other => format!("{number} {}", other.to_uppercase()),
    }
}

/// What amounts are multiples of. Without decimals themselves, the króna and the shilling are still written with two.
fn step(currency: &str) -> i64 {
    match currency {
        "isk" | "ugx" => 100,
        currency if has_three_decimals(currency) => 10,
        _ => 1,
    }
}

/// The parameter `currency`, in lower case.
pub(crate) fn currency(params: &mut Params) -> Result<Option<String>> {
    let Some(given) = params.text("currency")? else {
        return Ok(None);
    };
    match known(&given) {
        Some(currency) => Ok(Some(currency)),
        None => {
            Err(Error::invalid(format!("Invalid currency: {given}."))
                .param(params.name("currency")))
        }
    }
}

/// The currency that a text names, in lower case.
pub(crate) fn known(given: &str) -> Option<String> {
    let currency = given.to_ascii_lowercase();
    // Each has three letters, and a space behind it.
    let mut currencies = CURRENCIES.as_bytes().chunks(4);
    currencies
        .any(|known| known.get(..3) == Some(currency.as_bytes()))
        .then_some(currency)
}

/// Whether an intent may be for this amount.
pub(crate) fn check(amount: i64, currency: &str) -> Result<()> {
    let refused = |message: String, code| Err(Error::invalid(message).code(code).param("amount"));
    if amount < 1 {
        return refused(
            "This value must be greater than or equal to 1.".to_owned(),
            "parameter_invalid_integer",
        );
    }
    if amount < smallest(currency) {
        return refused(
            format!(
                "Amount must be at least {} {currency} in minor units.",
                smallest(currency)
            ),
            "amount_too_small",
        );
    }
    if amount > LARGEST {
        return refused(
            format!("Amount must be no more than {LARGEST} {currency} in minor units."),
            "amount_too_large",
        );
    }
    if amount % step(currency) != 0 {
        return refused(
            format!(
                "Amounts in {currency} must be a multiple of {}.",
                step(currency)
            ),
            "parameter_invalid_integer",
        );
    }
    Ok(())
}
