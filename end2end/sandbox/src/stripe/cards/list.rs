//! The list of test cards itself, in the order of Stripe's page.

use super::Aftermath::{
    BypassPending, Dispute, Disputes, EarlyFraudWarning, Inquiry, RefundFails, RefundPending,
};
use super::Authentication::{
    NotEnrolled, OnSession, Optional, Required, RequiredLookupFails, UnlessSetUp, Unsupported,
};
use super::Brand::{Amex, Diners, Discover, Jcb, Mastercard, Unionpay, Visa};
use super::Check::{Fail, Pass, Unavailable};
use super::{Risk, TestCard};
use crate::stripe::decline::Decline;

const fn visa(number: &'static str, name: &'static str) -> TestCard {
    TestCard::new(number, Some(name), Visa)
}

const fn nameless(number: &'static str, brand: super::Brand) -> TestCard {
    TestCard::new(number, None, brand)
}

/// Every test card the sandbox knows.
pub(super) static CARDS: &[TestCard] = &[
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
    visa("4000000000000341", "pm_card_chargeCustomerFail")
        .decline(Decline::Generic)
        .saved_all_the_same(),
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
        .authentication(UnlessSetUp),
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
    .decline(Decline::InsufficientFunds)
    .saved_all_the_same(),
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
    // What follows later.
    visa("4000000000000259", "pm_card_createDispute").then(Dispute("fraudulent")),
    visa(
        "4000000000002685",
        "pm_card_createDisputeProductNotReceived",
    )
    .then(Dispute("product_not_received")),
    visa("4000000000001976", "pm_card_createDisputeInquiry").then(Inquiry),
    visa("4000000000005423", "pm_card_createIssuerFraudRecord").then(EarlyFraudWarning),
    nameless("4000000404000079", Visa).then(Disputes),
    visa("4000000000007726", "pm_card_pendingRefund").then(RefundPending),
    visa("4000000000005126", "pm_card_refundFail").then(RefundFails),
    visa("4000000000000077", "pm_card_bypassPending").then(BypassPending),
    nameless("4000003720000278", Visa)
        .country("IE")
        .then(BypassPending),
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
