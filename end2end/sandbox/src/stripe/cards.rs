//! Stripe's test cards (docs.stripe.com/testing): what each number is, and what its issuer answers.
//! A pure table: a payment's course is for `confirm` to run.

use super::error::{Error, Result};

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
}

/// Why an issuer, or Radar in its place, says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decline {
    AuthenticationRequired,
    ExpiredCard,
    Fraudulent,
    Generic,
    IncorrectCvc,
    InsufficientFunds,
    LostCard,
    ProcessingError,
    StolenCard,
    VelocityExceeded,
}

impl Decline {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Decline::AuthenticationRequired => "authentication_required",
            Decline::ExpiredCard => "expired_card",
            Decline::IncorrectCvc => "incorrect_cvc",
            Decline::ProcessingError => "processing_error",
            _ => "card_declined",
        }
    }

    pub(crate) fn decline_code(self) -> Option<&'static str> {
        match self {
            Decline::AuthenticationRequired => Some("authentication_required"),
            Decline::Fraudulent => Some("fraudulent"),
            Decline::Generic => Some("generic_decline"),
            Decline::InsufficientFunds => Some("insufficient_funds"),
            Decline::LostCard => Some("lost_card"),
            Decline::StolenCard => Some("stolen_card"),
            Decline::VelocityExceeded => Some("card_velocity_exceeded"),
            Decline::ExpiredCard | Decline::IncorrectCvc | Decline::ProcessingError => None,
        }
    }

    pub(crate) fn message(self) -> &'static str {
        match self {
            Decline::AuthenticationRequired => {
                "Your card was declined. This transaction requires authentication."
            }
            Decline::ExpiredCard => "Your card has expired.",
            Decline::Fraudulent | Decline::Generic | Decline::LostCard | Decline::StolenCard => {
                "Your card was declined."
            }
            Decline::IncorrectCvc => "Your card's security code is incorrect.",
            Decline::InsufficientFunds => "Your card has insufficient funds.",
            Decline::ProcessingError => {
                "An error occurred while processing your card. Try again in a little bit."
            }
            Decline::VelocityExceeded => {
                "Your card was declined for making repeated attempts too frequently or exceeding its amount limit."
            }
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
    /// Always; off-session the payment is declined for it.
    Required,
    /// On-session only: off-session the card counts as set up before.
    OnSession,
    /// Required, but the lookup fails.
    RequiredLookupFails,
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
    pub funding: &'static str,
    /// Issuer's country.
    pub country: &'static str,
    pub authentication: Authentication,
    pub decline: Option<Decline>,
    pub risk: Risk,
    pub cvc_check: Check,
    pub line1_check: Check,
    pub postal_code_check: Check,
}

impl TestCard {
    const fn new(number: &'static str, name: Option<&'static str>, brand: Brand) -> Self {
        TestCard {
            number,
            name,
            brand,
            funding: "credit",
            country: "US",
            authentication: Authentication::NotEnrolled,
            decline: None,
            risk: Risk::Normal,
            cvc_check: Check::Pass,
            line1_check: Check::Pass,
            postal_code_check: Check::Pass,
        }
    }

    const fn funding(mut self, funding: &'static str) -> Self {
        self.funding = funding;
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

    pub(crate) fn last4(&self) -> &'static str {
        &self.number[self.number.len() - 4..]
    }

    pub(crate) fn supports_3ds(&self) -> bool {
        self.authentication != Authentication::Unsupported
    }
}

const fn visa(number: &'static str, name: &'static str) -> TestCard {
    TestCard::new(number, Some(name), Brand::Visa)
}

const fn nameless(number: &'static str, brand: Brand) -> TestCard {
    TestCard::new(number, None, brand)
}

use Authentication::{
    NotEnrolled, OnSession, Optional, Required, RequiredLookupFails, Unsupported,
};
use Brand::{Amex, Diners, Discover, Jcb, Mastercard, Unionpay, Visa};
use Check::{Fail, Pass, Unavailable};

/// Every test card the sandbox knows.
pub(crate) static CARDS: &[TestCard] = &[
    visa("4242424242424242", "pm_card_visa"),
    nameless("4111111111111111", Visa),
    visa("4000056655665556", "pm_card_visa_debit").funding("debit"),
    TestCard::new("5555555555554444", Some("pm_card_mastercard"), Mastercard),
    nameless("2223003122003222", Mastercard),
    nameless("5200828282828210", Mastercard).funding("debit"),
    nameless("5105105105105100", Mastercard).funding("prepaid"),
    TestCard::new("378282246310005", Some("pm_card_amex"), Amex).authentication(Unsupported),
    nameless("371449635398431", Amex).authentication(Unsupported),
    TestCard::new("6011111111111117", Some("pm_card_discover"), Discover),
    nameless("6011000990139424", Discover),
    nameless("6011981111111113", Discover).funding("debit"),
    TestCard::new("3056930009020004", Some("pm_card_diners"), Diners),
    nameless("36227206271667", Diners),
    TestCard::new("3566002020360505", Some("pm_card_jcb"), Jcb).country("JP"),
    TestCard::new("6200000000000005", Some("pm_card_unionpay"), Unionpay).country("CN"),
    nameless("6200000000000047", Unionpay)
        .funding("debit")
        .country("CN"),
    nameless("6205500000000000004", Unionpay).country("CN"),
    nameless("6555900000604105", Discover).country("KR"),
    nameless("4000002500001001", Visa).country("FR"),
    nameless("5555552500001001", Mastercard).country("FR"),
    // Declines.
    visa("4000000000000002", "pm_card_visa_chargeDeclined").decline(Decline::Generic),
    visa(
        "4000000000009995",
        "pm_card_visa_chargeDeclinedInsufficientFunds",
    )
    .decline(Decline::InsufficientFunds),
    visa("4000000000009987", "pm_card_visa_chargeDeclinedLostCard").decline(Decline::LostCard),
    visa("4000000000009979", "pm_card_visa_chargeDeclinedStolenCard").decline(Decline::StolenCard),
    visa("4000000000000069", "pm_card_chargeDeclinedExpiredCard").decline(Decline::ExpiredCard),
    visa("4000000000000127", "pm_card_chargeDeclinedIncorrectCvc")
        .decline(Decline::IncorrectCvc)
        .checks(Fail, Pass, Pass),
    visa("4000000000000119", "pm_card_chargeDeclinedProcessingError")
        .decline(Decline::ProcessingError),
    visa(
        "4000000000006975",
        "pm_card_visa_chargeDeclinedVelocityLimitExceeded",
    )
    .decline(Decline::VelocityExceeded),
    visa("4000000000000341", "pm_card_chargeCustomerFail").decline(Decline::Generic),
    // Radar, and the issuer's checks.
    visa("4100000000000019", "pm_card_chargeDeclinedFraudulent")
        .decline(Decline::Fraudulent)
        .risk(Risk::Highest),
    visa("4000000000004954", "pm_card_riskLevelHighest")
        .decline(Decline::Fraudulent)
        .risk(Risk::Highest),
    visa("4000000000009235", "pm_card_riskLevelElevated").risk(Risk::Elevated),
    nameless("4000000000000101", Visa).checks(Fail, Pass, Pass),
    nameless("4000000000000036", Visa).checks(Pass, Pass, Fail),
    nameless("4000000000000028", Visa).checks(Pass, Fail, Pass),
    nameless("4000000000000010", Visa).checks(Pass, Fail, Fail),
    nameless("4000000000000044", Visa).checks(Pass, Unavailable, Unavailable),
    // 3-D Secure.
    visa("4000002500003155", "pm_card_authenticationRequiredOnSetup")
        .country("FR")
        .authentication(Required),
    visa("4000002760003184", "pm_card_authenticationRequired")
        .country("DE")
        .authentication(Required),
    visa(
        "4000003800000446",
        "pm_card_authenticationRequiredSetupForOffSession",
    )
    .country("HU")
    .authentication(OnSession),
    visa(
        "4000008260003178",
        "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",
    )
    .country("GB")
    .authentication(Required)
    .decline(Decline::InsufficientFunds),
    visa("4000000000003220", "pm_card_threeDSecure2Required").authentication(Required),
    visa(
        "4000008400001629",
        "pm_card_threeDSecureRequiredChargeDeclined",
    )
    .authentication(Required)
    .decline(Decline::Generic),
    visa(
        "4000008400001280",
        "pm_card_threeDSecureRequiredProcessingError",
    )
    .authentication(RequiredLookupFails)
    .decline(Decline::Generic),
    visa("4000000000003055", "pm_card_threeDSecureOptional").authentication(Optional),
    visa(
        "4000000000003097",
        "pm_card_threeDSecureOptionalProcessingError",
    )
    .authentication(NotEnrolled),
    nameless("4000000000003238", Visa).authentication(Required),
    nameless("4000000000003246", Visa).authentication(Required),
    nameless("4000000000003253", Visa).authentication(Required),
    // Paid at once; what follows later (disputes, slow refunds) is not modelled yet.
    visa("4000000000000259", "pm_card_createDispute"),
    visa(
        "4000000000002685",
        "pm_card_createDisputeProductNotReceived",
    ),
    visa("4000000000001976", "pm_card_createDisputeInquiry"),
    visa("4000000000005423", "pm_card_createIssuerFraudRecord"),
    nameless("4000000404000079", Visa),
    visa("4000000000007726", "pm_card_pendingRefund"),
    visa("4000000000005126", "pm_card_refundFail"),
    visa("4000000000000077", "pm_card_bypassPending"),
    nameless("4000003720000278", Visa).country("IE"),
    // Issuers elsewhere.
    visa("4000000760000002", "pm_card_br").country("BR"),
    visa("4000001240000000", "pm_card_ca").country("CA"),
    visa("4000004840008001", "pm_card_mx").country("MX"),
    visa("4000002500000003", "pm_card_fr").country("FR"),
    visa("4000002760000016", "pm_card_de").country("DE"),
    visa("4000008260000000", "pm_card_gb").country("GB"),
    visa("4000003560000008", "pm_card_in").country("IN"),
    visa("4000003920000003", "pm_card_jp").country("JP"),
    visa("4000001560000002", "pm_card_cn").country("CN"),
];

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

pub(crate) fn known(number: &str) -> Option<&'static TestCard> {
    CARDS.iter().find(|card| card.number == number)
}

pub(crate) fn by_name(name: &str) -> Option<&'static TestCard> {
    CARDS.iter().find(|card| card.name == Some(name))
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
        for card in CARDS {
            assert!(passes_luhn(card.number), "{}", card.number);
            let same = CARDS.iter().filter(|other| other.number == card.number);
            assert_eq!(same.count(), 1, "{}", card.number);
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
