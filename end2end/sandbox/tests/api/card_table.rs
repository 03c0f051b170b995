//! What every test card does, as Stripe's page on testing tells it: one line a card, one column a way to use it.
//! The tests below take a column each.

mod afterwards;
mod payments;
mod setups;
mod words;

use words::Word;

/// A card's line.
pub struct Line {
    pub number: String,
    pub name: Option<String>,
    /// Created and confirmed, with the shopper there.
    pub on_session: Word,
    /// The same, with `request_three_d_secure`.
    pub requested: Word,
    /// Without the shopper, and never set up.
    pub off_session: Word,
    /// Saved by a SetupIntent.
    pub set_up: Word,
    /// Without the shopper, after that.
    pub later: Word,
}

/// `pays` and `saves` speak for themselves; `asks:` goes before what follows once the shopper has satisfied the bank,
/// `agrees:` before what follows when the bank is satisfied by itself. Any other word is the reason of a decline.
const TABLE: &str = "
    number               name                                          on-session                 requested                  off-session              set up                later
    4242424242424242     pm_card_visa                                  pays                       pays                       pays                     saves                 pays
    4111111111111111     -                                             pays                       pays                       pays                     saves                 pays
    4000056655665556     pm_card_visa_debit                            pays                       pays                       pays                     saves                 pays
    5555555555554444     pm_card_mastercard                            pays                       pays                       pays                     saves                 pays
    2223003122003222     -                                             pays                       pays                       pays                     saves                 pays
    5200828282828210     pm_card_mastercard_debit                      pays                       pays                       pays                     saves                 pays
    5105105105105100     pm_card_mastercard_prepaid                    pays                       pays                       pays                     saves                 pays
    378282246310005      pm_card_amex                                  pays                       pays                       pays                     saves                 pays
    378282246310005      pm_card_amex_threeDSecureNotSupported         pays                       pays                       pays                     saves                 pays
    371449635398431      -                                             pays                       pays                       pays                     saves                 pays
    6011111111111117     pm_card_discover                              pays                       pays                       pays                     saves                 pays
    6011000990139424     -                                             pays                       pays                       pays                     saves                 pays
    6011981111111113     -                                             pays                       pays                       pays                     saves                 pays
    3056930009020004     pm_card_diners                                pays                       pays                       pays                     saves                 pays
    36227206271667       -                                             pays                       pays                       pays                     saves                 pays
    3566002020360505     pm_card_jcb                                   pays                       pays                       pays                     saves                 pays
    6200000000000005     pm_card_unionpay                              pays                       pays                       pays                     saves                 pays
    6200000000000047     -                                             pays                       pays                       pays                     saves                 pays
    6205500000000000004  -                                             pays                       pays                       pays                     saves                 pays
    6555900000604105     -                                             pays                       pays                       pays                     saves                 pays
    4000002500001001     pm_card_visa_cartesBancaires                  pays                       pays                       pays                     saves                 pays
    5555552500001001     pm_card_mastercard_cartesBancaires            pays                       pays                       pays                     saves                 pays
    4000050360000001     pm_card_visa_debit_eftposAuCoBranded          pays                       pays                       pays                     saves                 pays
    5555050360000080     pm_card_mastercard_debit_eftposAuCoBranded    pays                       pays                       pays                     saves                 pays

    4000000000000002     pm_card_visa_chargeDeclined                   generic_decline            generic_decline            generic_decline          generic_decline       -
    4000000000000002     pm_card_chargeDeclined                        generic_decline            generic_decline            generic_decline          generic_decline       -
    4000000000009995     pm_card_visa_chargeDeclinedInsufficientFunds  insufficient_funds         insufficient_funds         insufficient_funds       insufficient_funds    -
    4000000000009995     pm_card_chargeDeclinedInsufficientFunds       insufficient_funds         insufficient_funds         insufficient_funds       insufficient_funds    -
    4000000000009987     pm_card_visa_chargeDeclinedLostCard           lost_card                  lost_card                  lost_card                lost_card             -
    4000000000009979     pm_card_visa_chargeDeclinedStolenCard         stolen_card                stolen_card                stolen_card              stolen_card           -
    4000000000000069     pm_card_chargeDeclinedExpiredCard             expired_card               expired_card               expired_card             expired_card          -
    4000000000000127     pm_card_chargeDeclinedIncorrectCvc            incorrect_cvc              incorrect_cvc              incorrect_cvc            incorrect_cvc         -
    4000000000000119     pm_card_chargeDeclinedProcessingError         processing_error           processing_error           processing_error         processing_error      -
    4000000000006975     pm_card_visa_chargeDeclinedVelocityLimitExceeded  card_velocity_exceeded card_velocity_exceeded     card_velocity_exceeded   card_velocity_exceeded -
    4000000000000341     pm_card_chargeCustomerFail                    generic_decline            generic_decline            generic_decline          saves                 generic_decline
    4100000000000019     pm_card_chargeDeclinedFraudulent              fraudulent                 fraudulent                 fraudulent               fraudulent            -
    4100000000000019     pm_card_radarBlock                            fraudulent                 fraudulent                 fraudulent               fraudulent            -
    4000000000004954     pm_card_riskLevelHighest                      fraudulent                 fraudulent                 fraudulent               fraudulent            -

    4000000000009235     pm_card_riskLevelElevated                     pays                       pays                       pays                     saves                 pays
    4000000000000101     pm_card_cvcCheckFail                          pays                       pays                       pays                     saves                 pays
    4000000000000036     pm_card_avsZipFail                            pays                       pays                       pays                     saves                 pays
    4000000000000028     pm_card_avsLine1Fail                          pays                       pays                       pays                     saves                 pays
    4000000000000010     pm_card_avsFail                               pays                       pays                       pays                     saves                 pays
    4000000000000044     pm_card_avsUnchecked                          pays                       pays                       pays                     saves                 pays
    4000058400307872     pm_card_cvcCheckFailElevatedRisk              pays                       pays                       pays                     saves                 pays
    4000058400306072     pm_card_avsZipFailElevatedRisk                pays                       pays                       pays                     saves                 pays

    4000002500003155     pm_card_authenticationRequiredOnSetup         asks:pays                  asks:pays                  authentication_required  asks:saves            pays
    4000002760003184     pm_card_authenticationRequired                asks:pays                  asks:pays                  authentication_required  asks:saves            authentication_required
    4000003800000446     pm_card_authenticationRequiredSetupForOffSession  asks:pays              asks:pays                  pays                     saves                 pays
    4000008260003178     pm_card_authenticationRequiredChargeDeclinedInsufficientFunds  asks:insufficient_funds  asks:insufficient_funds  authentication_required  asks:saves  insufficient_funds
    4000000000003220     pm_card_threeDSecure2Required                 asks:pays                  asks:pays                  authentication_required  asks:saves            authentication_required
    4000008400000027     -                                             asks:pays                  asks:pays                  authentication_required  asks:saves            authentication_required
    4000000032200000     -                                             agrees:pays                agrees:pays                authentication_required  saves                 authentication_required
    4000008400001629     pm_card_threeDSecureRequiredChargeDeclined    asks:generic_decline       asks:generic_decline       authentication_required  asks:generic_decline  -
    4000008400001280     pm_card_threeDSecureRequiredProcessingError   generic_decline            generic_decline            generic_decline          generic_decline       -
    4000000000003055     pm_card_threeDSecureOptional                  pays                       asks:pays                  pays                     saves                 pays
    4000000000003097     pm_card_threeDSecureOptionalProcessingError   pays                       pays                       pays                     saves                 pays
    4000000000003238     -                                             asks:pays                  asks:pays                  authentication_required  asks:saves            authentication_required
    4000000000003246     -                                             asks:pays                  asks:pays                  authentication_required  asks:saves            authentication_required
    4000000000003253     -                                             asks:pays                  asks:pays                  authentication_required  asks:saves            authentication_required

    4000000000000259     pm_card_createDispute                         pays                       asks:pays                  pays                     saves                 pays
    4000000000002685     pm_card_createDisputeProductNotReceived       pays                       asks:pays                  pays                     saves                 pays
    4000000000001976     pm_card_createDisputeInquiry                  pays                       pays                       pays                     saves                 pays
    4000000000005423     pm_card_createIssuerFraudRecord               pays                       pays                       pays                     saves                 pays
    4000000404000079     pm_card_createMultipleDisputes                pays                       pays                       pays                     saves                 pays
    4000000000007726     pm_card_pendingRefund                         pays                       pays                       pays                     saves                 pays
    4000000000005126     pm_card_refundFail                            pays                       pays                       pays                     saves                 pays
    4000008400000076     pm_card_credit_disableEnterpriseCardFeatures  pays                       pays                       pays                     saves                 pays
    4000000000000077     pm_card_bypassPending                         pays                       pays                       pays                     saves                 pays
    4000003720000278     pm_card_bypassPendingInternational            pays                       pays                       pays                     saves                 pays
    4000058260000005     -                                             pays                       pays                       pays                     saves                 pays
    5555558265554449     -                                             pays                       pays                       pays                     saves                 pays
    3530111333300000     -                                             pays                       pays                       pays                     saves                 pays
    4000057640000008     -                                             pays                       pays                       pays                     saves                 pays
    4242424242424242     pm_card_us                                    pays                       pays                       pays                     saves                 pays
";

/// Issuers elsewhere: their cards are called `pm_card_ar` and so on, and pay.
pub const COUNTRIES: &[(&str, &str)] = &[
    ("AR", "4000000320000021"),
    ("BR", "4000000760000002"),
    ("CA", "4000001240000000"),
    ("CL", "4000001520000001"),
    ("CO", "4000001700000003"),
    ("CR", "4000001880000005"),
    ("EC", "4000002180000000"),
    ("MX", "4000004840008001"),
    ("PA", "4000005910000000"),
    ("PY", "4000006000000066"),
    ("PE", "4000006040000068"),
    ("UY", "4000008580000003"),
    ("AT", "4000000400000008"),
    ("BE", "4000000560000004"),
    ("BG", "4000001000000000"),
    ("BY", "4000001120000005"),
    ("CY", "4000001960000008"),
    ("CZ", "4000002030000002"),
    ("DK", "4000002080000001"),
    ("FI", "4000002460000001"),
    ("FR", "4000002500000003"),
    ("DE", "4000002760000016"),
    ("GR", "4000003000000030"),
    ("HU", "4000003480000005"),
    ("IE", "4000003720000005"),
    ("IT", "4000003800000008"),
    ("LV", "4000004280000005"),
    ("LT", "4000004400000000"),
    ("LU", "4000004420000006"),
    ("MT", "4000004700000007"),
    ("NL", "4000005280000002"),
    ("NO", "4000005780000007"),
    ("PL", "4000006160000005"),
    ("PT", "4000006200000007"),
    ("RO", "4000006420000001"),
    ("SA", "4000006820000007"),
    ("SI", "4000007050000006"),
    ("SK", "4000007030000001"),
    ("ES", "4000007240000007"),
    ("SE", "4000007520000008"),
    ("CH", "4000007560000009"),
    ("GB", "4000008260000000"),
    ("AU", "4000000360000006"),
    ("CN", "4000001560000002"),
    ("HK", "4000003440000004"),
    ("IN", "4000003560000008"),
    ("JP", "4000003920000003"),
    ("MY", "4000004580000002"),
    ("NZ", "4000005540000008"),
    ("SG", "4000007020000003"),
    ("TW", "4000001580000008"),
    ("TH", "4000007640000003"),
];

pub fn lines() -> Vec<Line> {
    TABLE
        .lines()
        .filter(|row| {
            row.trim_start()
                .starts_with(|sign: char| sign.is_ascii_digit())
        })
        .map(|row| {
            let cells: Vec<&str> = row.split_whitespace().collect();
            let [
                number,
                name,
                on_session,
                requested,
                off_session,
                set_up,
                later,
            ] = cells[..]
            else {
                panic!("seven columns: {row}");
            };
            Line {
                number: number.to_owned(),
                name: Some(name.to_owned()).filter(|name| name != "-"),
                on_session: Word::read(on_session),
                requested: Word::read(requested),
                off_session: Word::read(off_session),
                set_up: Word::read(set_up),
                later: Word::read(later),
            }
        })
        .collect()
}

#[test]
fn the_table_has_every_card_of_the_sandbox_by_number_and_by_name() {
    let source = concat!(
        include_str!("../../src/stripe/cards/list.rs"),
        include_str!("../../src/stripe/cards/countries.rs"),
    );
    let lines = lines();
    let mut found = 0;
    for text in source.split('"').skip(1).step_by(2) {
        let is_number = text.len() >= 14 && text.bytes().all(|sign| sign.is_ascii_digit());
        if is_number || text.starts_with("pm_card_") {
            let own = lines
                .iter()
                .any(|line| line.number == text || line.name.as_deref() == Some(text));
            let elsewhere = COUNTRIES.iter().any(|(country, number)| {
                *number == text || text == format!("pm_card_{}", country.to_lowercase())
            });
            assert!(own || elsewhere, "{text}");
            found += 1;
        }
    }
    assert!(found > 200, "the source was read: {found}");
}
