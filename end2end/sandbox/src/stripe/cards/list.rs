//! The list of test cards itself, in the order of Stripe's page.

use super::Aftermath::{
    BypassPending, Dispute, Disputes, EarlyFraudWarning, Inquiry, RefundFails, RefundPending,
};
use super::Authentication::{
    Frictionless, OnSession, Optional, OptionalLookupFails, Required, RequiredLookupFails,
    UnlessSetUp, Unsupported,
};
use super::Brand::{Amex, Diners, Discover, Jcb, Mastercard, Unionpay, Visa};
use super::Check::{Fail, Pass, Unavailable};
use super::{Risk, TestCard};
use crate::stripe::decline::Decline;

const fn visa(number: &'static str, name: &'static str) -> TestCard {
    TestCard::new(number, Some(name), Visa)
}

const fn mastercard(number: &'static str, name: &'static str) -> TestCard {
    TestCard::new(number, Some(name), Mastercard)
}

const fn nameless(number: &'static str, brand: super::Brand) -> TestCard {
    TestCard::new(number, None, brand)
}

/// Every test card the sandbox knows.
pub(super) static CARDS: &[TestCard] = &[
    visa("4242424242424242", "pm_card_visa"),
    nameless("4111111111111111", Visa),
    visa("4000056655665556", "pm_card_visa_debit").funding("debit"),
    mastercard("5555555555554444", "pm_card_mastercard"),
    nameless("2223003122003222", Mastercard),
    mastercard("5200828282828210", "pm_card_mastercard_debit").funding("debit"),
    mastercard("5105105105105100", "pm_card_mastercard_prepaid").funding("prepaid"),
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
    visa("4000002500001001", "pm_card_visa_cartesBancaires")
        .local_network("cartes_bancaires")
        .country("FR"),
    mastercard("5555552500001001", "pm_card_mastercard_cartesBancaires")
        .local_network("cartes_bancaires")
        .country("FR"),
    visa("4000050360000001", "pm_card_visa_debit_eftposAuCoBranded")
        .local_network("eftpos_au")
        .funding("debit")
        .country("AU"),
    mastercard(
        "5555050360000080",
        "pm_card_mastercard_debit_eftposAuCoBranded",
    )
    .local_network("eftpos_au")
    .funding("debit")
    .country("AU"),
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
    visa("4000000000000101", "pm_card_cvcCheckFail").checks(Fail, Pass, Pass),
    visa("4000000000000036", "pm_card_avsZipFail").checks(Pass, Pass, Fail),
    visa("4000000000000028", "pm_card_avsLine1Fail").checks(Pass, Fail, Pass),
    visa("4000000000000010", "pm_card_avsFail").checks(Pass, Fail, Fail),
    visa("4000000000000044", "pm_card_avsUnchecked").checks(Pass, Unavailable, Unavailable),
    visa("4000058400307872", "pm_card_cvcCheckFailElevatedRisk")
        .checks(Fail, Pass, Pass)
        .risk(Risk::Elevated),
    visa("4000058400306072", "pm_card_avsZipFailElevatedRisk")
        .checks(Pass, Pass, Fail)
        .risk(Risk::Elevated),
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
    .authentication(UnlessSetUp)
    .decline(Decline::InsufficientFunds)
    .saved_all_the_same(),
    visa("4000000000003220", "pm_card_threeDSecure2Required")
        .country("IE")
        .authentication(Required),
    nameless("4000008400000027", Visa).authentication(Required),
    nameless("4000000032200000", Visa).authentication(Frictionless),
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
    .authentication(OptionalLookupFails),
    nameless("4000000000003238", Visa).authentication(Required),
    nameless("4000000000003246", Visa).authentication(Required),
    nameless("4000000000003253", Visa).authentication(Required),
    visa(
        "4000008400000076",
        "pm_card_credit_disableEnterpriseCardFeatures",
    )
    .inflexible(),
    // What follows later.
    // Those who pay with these can be asked for 3-D Secure, which protects from the first dispute and not from the second.
    visa("4000000000000259", "pm_card_createDispute")
        .authentication(Optional)
        .then(Dispute("fraudulent")),
    visa(
        "4000000000002685",
        "pm_card_createDisputeProductNotReceived",
    )
    .authentication(Optional)
    .then(Dispute("product_not_received")),
    visa("4000000000001976", "pm_card_createDisputeInquiry").then(Inquiry),
    visa("4000000000005423", "pm_card_createIssuerFraudRecord").then(EarlyFraudWarning),
    visa("4000000404000079", "pm_card_createMultipleDisputes").then(Disputes),
    visa("4000000000007726", "pm_card_pendingRefund").then(RefundPending),
    visa("4000000000005126", "pm_card_refundFail").then(RefundFails),
    visa("4000000000000077", "pm_card_bypassPending").then(BypassPending),
    visa("4000003720000278", "pm_card_bypassPendingInternational")
        .country("IE")
        .then(BypassPending),
];

/// Further names of the same cards.
pub(super) static ALIASES: &[(&str, &str)] = &[
    ("pm_card_us", "4242424242424242"),
    ("pm_card_amex_threeDSecureNotSupported", "378282246310005"),
    ("pm_card_chargeDeclined", "4000000000000002"),
    (
        "pm_card_chargeDeclinedInsufficientFunds",
        "4000000000009995",
    ),
    ("pm_card_radarBlock", "4100000000000019"),
];
