//! Money in minor units (cents, yen), one currency at a time. It never becomes a floating number.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The most digits Stripe takes for an amount is eight.
/// <https://docs.stripe.com/api/payment_intents/create#create_payment_intent-amount>
pub const MAX_AMOUNT_MINOR: i64 = 99_999_999;

/// A currency the shop sells in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Currency {
    /// US dollar, two decimals.
    Usd,
    /// Euro, two decimals.
    Eur,
    /// Japanese yen, no decimals.
    Jpy,
}

impl Currency {
    /// Every currency, in the order a shopper is offered them.
    pub const ALL: [Currency; 3] = [Currency::Usd, Currency::Eur, Currency::Jpy];

    /// The three-letter code as Stripe writes it: lower case.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.row().0
    }

    /// The sign shoppers know it by.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        self.row().1
    }

    /// Its name in words, for a list of choices.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().2
    }

    /// The least Stripe charges. <https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts>
    #[must_use]
    pub fn minimum(self) -> Money {
        Money {
            amount_minor: self.row().4,
            currency: self,
        }
    }

    /// Reads a lower-case code; `None` for a currency the shop does not sell in.
    #[must_use]
    pub fn parse(code: &str) -> Option<Currency> {
        Self::ALL
            .into_iter()
            .find(|currency| currency.code() == code)
    }

    /// Code, symbol, name, decimals, minimum in minor units: one row per currency.
    fn row(self) -> (&'static str, &'static str, &'static str, u32, i64) {
        match self {
            Currency::Usd => ("usd", "$", "US dollar", 2, 50),
            Currency::Eur => ("eur", "€", "Euro", 2, 50),
            Currency::Jpy => ("jpy", "¥", "Japanese yen", 0, 50),
        }
    }
}

/// An amount of one currency: minor units, never negative, at most eight digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawMoney", into = "RawMoney")]
pub struct Money {
    amount_minor: i64,
    currency: Currency,
}

/// Why an amount is not [`Money`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not an amount of this currency.
    #[error("an amount looks like 12 or, where the currency has cents, 12.50")]
    Unreadable,
    /// Below zero.
    #[error("an amount cannot be negative")]
    Negative,
    /// More than eight digits, or an overflow on the way.
    #[error("an amount has at most eight digits")]
    TooLarge,
    /// Two currencies in one sum.
    #[error("amounts of two currencies do not add up")]
    MixedCurrencies,
}

impl Money {
    /// Money of `amount_minor` minor units.
    ///
    /// # Errors
    /// A negative amount, or one of more than eight digits.
    pub fn new(amount_minor: i64, currency: Currency) -> Result<Money, MoneyError> {
        match amount_minor {
            ..0 => Err(MoneyError::Negative),
            0..=MAX_AMOUNT_MINOR => Ok(Money {
                amount_minor,
                currency,
            }),
            _ => Err(MoneyError::TooLarge),
        }
    }

    /// Reads an amount as people write it, in major units: `12`, `12.5` or `12.50`.
    ///
    /// # Errors
    /// Anything else, more decimals than the currency has, or more than eight digits.
    pub fn parse(text: &str, currency: Currency) -> Result<Money, MoneyError> {
        let (_, _, _, decimals, _) = currency.row();
        let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let places = decimals as usize;
        if whole.is_empty()
            || !digits(whole)
            || !digits(rest)
            || rest.len() > places
            || text.ends_with('.')
        {
            return Err(MoneyError::Unreadable);
        }
        let minor: i64 = format!("{whole}{rest:0<places$}")
            .parse()
            .map_err(|_| MoneyError::TooLarge)?;
        Money::new(minor, currency)
    }

    /// Nothing, in `currency`.
    #[must_use]
    pub fn zero(currency: Currency) -> Money {
        Money {
            amount_minor: 0,
            currency,
        }
    }

    /// The amount in minor units.
    #[must_use]
    pub fn amount_minor(self) -> i64 {
        self.amount_minor
    }

    /// The currency.
    #[must_use]
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// The sum of two amounts.
    ///
    /// # Errors
    /// Two currencies, or more than eight digits.
    pub fn plus(self, other: Money) -> Result<Money, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::MixedCurrencies);
        }
        Money::new(self.amount_minor + other.amount_minor, self.currency)
    }

    /// The amount `count` times.
    ///
    /// # Errors
    /// More than eight digits.
    pub fn times(self, count: u32) -> Result<Money, MoneyError> {
        let product = self
            .amount_minor
            .checked_mul(i64::from(count))
            .ok_or(MoneyError::TooLarge)?;
        Money::new(product, self.currency)
    }

    /// Whether Stripe would refuse it as too small.
    #[must_use]
    pub fn is_below_minimum(self) -> bool {
        self.amount_minor < self.currency.minimum().amount_minor
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (_, symbol, _, decimals, _) = self.currency.row();
        let scale = 10_i64.pow(decimals);
        let (whole, rest) = (self.amount_minor / scale, self.amount_minor % scale);
        f.write_str(symbol)?;
        if whole >= 1_000_000 {
            write!(
                f,
                "{},{:03},{:03}",
                whole / 1_000_000,
                whole / 1_000 % 1_000,
                whole % 1_000
            )?;
        } else if whole >= 1_000 {
            write!(f, "{},{:03}", whole / 1_000, whole % 1_000)?;
        } else {
            write!(f, "{whole}")?;
        }
        if decimals > 0 {
            write!(f, ".{rest:0width$}", width = decimals as usize)?;
        }
        Ok(())
    }
}

/// Money as it travels: read back only through [`Money::new`].
#[derive(Serialize, Deserialize)]
struct RawMoney {
    amount_minor: i64,
    currency: Currency,
}

impl TryFrom<RawMoney> for Money {
    type Error = MoneyError;
    fn try_from(raw: RawMoney) -> Result<Money, MoneyError> {
        Money::new(raw.amount_minor, raw.currency)
    }
}

impl From<Money> for RawMoney {
    fn from(money: Money) -> RawMoney {
        RawMoney {
            amount_minor: money.amount_minor,
            currency: money.currency,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        use Currency::{Jpy, Usd};
        for (text, currency, minor) in [
            ("12", Usd, Ok(1_200)),
            ("12.5", Usd, Ok(1_250)),
            ("0.07", Usd, Ok(7)),
            ("12", Jpy, Ok(12)),
            ("999999.99", Usd, Ok(99_999_999)),
            ("1000000", Usd, Err(MoneyError::TooLarge)),
            ("99999999999999999999", Usd, Err(MoneyError::TooLarge)),
            ("12.505", Usd, Err(MoneyError::Unreadable)),
            ("12.0", Jpy, Err(MoneyError::Unreadable)),
            ("12.", Usd, Err(MoneyError::Unreadable)),
            (".5", Usd, Err(MoneyError::Unreadable)),
            ("-1", Usd, Err(MoneyError::Unreadable)),
            ("1,200", Usd, Err(MoneyError::Unreadable)),
            ("", Usd, Err(MoneyError::Unreadable)),
        ] {
            let read = Money::parse(text, currency).map(Money::amount_minor);
            assert_eq!(read, minor, "{text}");
        }
    }

    #[test]
    fn amounts_outside_the_range_are_refused() {
        assert_eq!(Money::new(-1, Currency::Usd), Err(MoneyError::Negative));
        assert_eq!(
            Money::new(MAX_AMOUNT_MINOR + 1, Currency::Usd),
            Err(MoneyError::TooLarge)
        );
        assert!(Money::new(MAX_AMOUNT_MINOR, Currency::Usd).is_ok());
        let large = Money::new(MAX_AMOUNT_MINOR, Currency::Usd).unwrap();
        assert_eq!(large.plus(large), Err(MoneyError::TooLarge));
        assert_eq!(large.times(u32::MAX), Err(MoneyError::TooLarge));
        assert_eq!(
            large.plus(Money::zero(Currency::Eur)),
            Err(MoneyError::MixedCurrencies)
        );
    }

    #[test]
    fn money_is_written_as_shoppers_read_it() {
        for (amount_minor, currency, expected) in [
            (0, Currency::Usd, "$0.00"),
            (5, Currency::Usd, "$0.05"),
            (123_456, Currency::Eur, "€1,234.56"),
            (99_999_999, Currency::Usd, "$999,999.99"),
            (2_400, Currency::Jpy, "¥2,400"),
            (99_999_999, Currency::Jpy, "¥99,999,999"),
        ] {
            assert_eq!(
                Money::new(amount_minor, currency).unwrap().to_string(),
                expected
            );
        }
    }

    #[test]
    fn money_from_the_wire_obeys_the_same_rules() {
        let good = r#"{"amount_minor":2400,"currency":"usd"}"#;
        assert_eq!(
            serde_json::from_str::<Money>(good).unwrap(),
            Money::new(2400, Currency::Usd).unwrap()
        );
        for bad in [
            r#"{"amount_minor":-1,"currency":"usd"}"#,
            r#"{"amount_minor":100000000,"currency":"usd"}"#,
            r#"{"amount_minor":100,"currency":"xyz"}"#,
            r#"{"amount_minor":1.5,"currency":"usd"}"#,
        ] {
            assert!(serde_json::from_str::<Money>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn every_currency_is_found_by_its_code() {
        for currency in Currency::ALL {
            assert_eq!(Currency::parse(currency.code()), Some(currency));
        }
        assert_eq!(Currency::parse("USD"), None);
        assert_eq!(Currency::parse("kwd"), None);
    }
}
