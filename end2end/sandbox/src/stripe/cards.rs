//! Stripe's test cards (docs.stripe.com/testing): what each number is, and what its issuer answers.
//! A pure table: a payment's course is for `confirm` to run.

mod countries;
mod list;

use super::decline::Decline;
use super::error::{Error, Result};

use countries::FOREIGN;
use list::{ALIASES, CARDS};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Brand {
    Amex,
    Diners,
    Discover,
    Jcb,
    Mastercard,
    Unionpay,
    Visa,
}

impl Brand {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Brand::Amex => "amex",
            Brand::Diners => "diners",
            Brand::Discover => "discover",
            Brand::Jcb => "jcb",
            Brand::Mastercard => "mastercard",
            Brand::Unionpay => "unionpay",
            Brand::Visa => "visa",
        }
    }

    /// The word for a shopper's eyes.
    pub(crate) fn display(self) -> &'static str {
        match self {
            Brand::Amex => "american_express",
            Brand::Diners => "diners_club",
            Brand::Unionpay => "union_pay",
            other => other.as_str(),
        }
    }

    /// As the objects before PaymentMethods name it.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Brand::Amex => "American Express",
            Brand::Diners => "Diners Club",
            Brand::Discover => "Discover",
            Brand::Jcb => "JCB",
            Brand::Mastercard => "MasterCard",
            Brand::Unionpay => "UnionPay",
            Brand::Visa => "Visa",
        }
    }
}

/// When the card asks for 3-D Secure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Authentication {
    /// The card has no 3-D Secure.
    Unsupported,
    /// Its holder is not enrolled: supported, never asked.
    NotEnrolled,
    /// Only if the merchant requests it.
    Optional,
    /// Only if the merchant requests it; the lookup then fails, and the payment goes on without.
    OptionalLookupFails,
    /// Always, and the bank agrees without asking the holder.
    Frictionless,
    /// Always; off-session the payment is declined for it.
    Required,
    /// Always on-session; off-session unless it was authenticated when it was saved.
    UnlessSetUp,
    /// On-session only: off-session the card counts as set up before.
    OnSession,
    /// Required, but the lookup fails.
    RequiredLookupFails,
}

/// What follows a successful payment by itself, or its refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aftermath {
    None,
    /// Disputed for this reason, unless 3-D Secure has moved the liability.
    Dispute(&'static str),
    Disputes,
    Inquiry,
    EarlyFraudWarning,
    RefundPending,
    RefundFails,
    /// The funds are in the balance at once.
    BypassPending,
}

/// How certain Stripe's Radar is that a payment is bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Risk {
    Normal,
    Elevated,
    Highest,
}

impl Risk {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Risk::Normal => "normal",
            Risk::Elevated => "elevated",
            Risk::Highest => "highest",
        }
    }

    pub(crate) fn score(self) -> u32 {
        match self {
            Risk::Normal => 12,
            Risk::Elevated => 67,
            Risk::Highest => 92,
        }
    }
}

/// What an issuer says about a detail it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Check {
    Pass,
    Fail,
    Unavailable,
}

impl Check {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Check::Pass => "pass",
            Check::Fail => "fail",
            Check::Unavailable => "unavailable",
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct TestCard {
    pub number: &'static str,
    /// The name that stands for the card in API calls, `pm_card_visa`.
    pub name: Option<&'static str>,
    pub brand: Brand,
    /// The network of its country that a co-branded card can also be charged over.
    pub local_network: Option<&'static str>,
    pub funding: &'static str,
    /// Issuer's country.
    pub country: &'static str,
    pub authentication: Authentication,
    pub decline: Option<Decline>,
    /// Whether it is also declined when it is saved, and not only when it is charged.
    declines_setup: bool,
    pub risk: Risk,
    pub aftermath: Aftermath,
    pub cvc_check: Check,
    pub line1_check: Check,
    pub postal_code_check: Check,
    /// Whether its issuer grants what a merchant with IC+ pricing can ask for.
    pub flexible: bool,
}

impl TestCard {
    const fn new(number: &'static str, name: Option<&'static str>, brand: Brand) -> Self {
        TestCard {
            number,
            name,
            brand,
            local_network: None,
            funding: "credit",
            country: "US",
            authentication: Authentication::NotEnrolled,
            decline: None,
            declines_setup: true,
            risk: Risk::Normal,
            aftermath: Aftermath::None,
            cvc_check: Check::Pass,
            line1_check: Check::Pass,
            postal_code_check: Check::Pass,
            flexible: true,
        }
    }

    const fn inflexible(mut self) -> Self {
        self.flexible = false;
        self
    }

    const fn funding(mut self, funding: &'static str) -> Self {
        self.funding = funding;
        self
    }

    const fn local_network(mut self, network: &'static str) -> Self {
        self.local_network = Some(network);
        self
    }

    const fn country(mut self, country: &'static str) -> Self {
        self.country = country;
        self
    }

    const fn authentication(mut self, authentication: Authentication) -> Self {
        self.authentication = authentication;
        self
    }

    const fn decline(mut self, decline: Decline) -> Self {
        self.decline = Some(decline);
        self
    }

    const fn saved_all_the_same(mut self) -> Self {
        self.declines_setup = false;
        self
    }

    const fn then(mut self, aftermath: Aftermath) -> Self {
        self.aftermath = aftermath;
        self
    }

    const fn risk(mut self, risk: Risk) -> Self {
        self.risk = risk;
        self
    }

    const fn checks(mut self, cvc: Check, line1: Check, postal_code: Check) -> Self {
        self.cvc_check = cvc;
        self.line1_check = line1;
        self.postal_code_check = postal_code;
        self
    }

    /// All networks it can be charged over.
    pub(crate) fn networks(&self) -> Vec<&'static str> {
        let own = self.brand.as_str();
        self.local_network.into_iter().chain([own]).collect()
    }

    pub(crate) fn last4(&self) -> &'static str {
        &self.number[self.number.len() - 4..]
    }

    /// Why the card cannot be saved.
    pub(crate) fn setup_decline(&self) -> Option<Decline> {
        self.decline.filter(|_| self.declines_setup)
    }

    pub(crate) fn supports_3ds(&self) -> bool {
        self.authentication != Authentication::Unsupported
    }
}

/// The card with this number. Any other number is refused, so no real card is ever kept.
pub(crate) fn by_number(number: &str) -> Result<&'static TestCard> {
    if !(12..=19).contains(&number.len()) || !passes_luhn(number) {
        return Err(
            Error::card("incorrect_number", "Your card number is incorrect.").param("number"),
        );
    }
    known(number).ok_or_else(|| {
        let mut error = Error::card(
            "card_declined",
            "Your card was declined. Your request was in test mode, but used a non test (live) card. For a list of \
             valid test cards, visit: https://stripe.com/docs/testing.",
        );
        error.decline_code = Some("test_mode_live_card");
        error
    })
}

/// The plainest card of all: 4242 4242 4242 4242.
pub(crate) fn plain() -> &'static TestCard {
    &CARDS[0]
}

fn all() -> impl Iterator<Item = &'static TestCard> {
    CARDS.iter().chain(FOREIGN)
}

pub(crate) fn known(number: &str) -> Option<&'static TestCard> {
    all().find(|card| card.number == number)
}

pub(crate) fn by_name(name: &str) -> Option<&'static TestCard> {
    let alias = ALIASES.iter().find(|(alias, _)| *alias == name);
    match alias {
        Some((_, number)) => known(number),
        None => all().find(|card| card.name == Some(name)),
    }
}

/// The check digit of ISO/IEC 7812-1.
fn passes_luhn(number: &str) -> bool {
    let mut sum = 0;
    for (place, digit) in number.bytes().rev().enumerate() {
        if !digit.is_ascii_digit() {
            return false;
        }
        let digit = u32::from(digit - b'0');
        sum += match (place % 2, digit) {
            (0, digit) => digit,
            (_, digit) if digit < 5 => digit * 2,
            (_, digit) => digit * 2 - 9,
        };
    }
    sum % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_card_passes_its_own_check_digit_and_is_listed_once() {
        for card in all() {
            assert!(passes_luhn(card.number), "{}", card.number);
            let same = all().filter(|other| other.number == card.number);
            assert_eq!(same.count(), 1, "{}", card.number);
        }
    }

    #[test]
    fn a_name_stands_for_one_card() {
        let own = all().filter_map(|card| card.name.map(|name| (name, card.number)));
        let names: Vec<_> = own.chain(ALIASES.iter().copied()).collect();
        for (name, number) in &names {
            assert_eq!(
                by_name(name).map(|card| card.number),
                Some(*number),
                "{name}"
            );
            let same = names.iter().filter(|(other, _)| other == name);
            assert_eq!(same.count(), 1, "{name}");
        }
    }

    #[test]
    fn numbers_that_are_no_test_cards_are_refused() {
        for (number, code) in [
            ("4242424242424241", "incorrect_number"),
            ("", "incorrect_number"),
            ("0000", "incorrect_number"),
            ("４２４２424242424242", "incorrect_number"),
            ("4000000000000000006", "card_declined"),
            ("4012888888881881", "card_declined"),
        ] {
            let error = by_number(number).expect_err(number);
            assert_eq!(error.code, Some(code), "{number}");
        }
    }
}
