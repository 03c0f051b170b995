//! Test cards of issuers all over the world. All of them pay, and none asks for 3-D Secure.

use super::Brand::{self, Jcb, Mastercard, Visa};
use super::TestCard;

const fn from(country: &'static str, number: &'static str, name: &'static str) -> TestCard {
    TestCard::new(number, Some(name), Visa).country(country)
}

const fn nameless(country: &'static str, number: &'static str, brand: Brand) -> TestCard {
    TestCard::new(number, None, brand).country(country)
}

/// By country, in the order of Stripe's page.
pub(super) static FOREIGN: &[TestCard] = &[
    from("AR", "4000000320000021", "pm_card_ar"),
    from("BR", "4000000760000002", "pm_card_br"),
    from("CA", "4000001240000000", "pm_card_ca"),
    from("CL", "4000001520000001", "pm_card_cl"),
    from("CO", "4000001700000003", "pm_card_co"),
    from("CR", "4000001880000005", "pm_card_cr"),
    from("EC", "4000002180000000", "pm_card_ec"),
    from("MX", "4000004840008001", "pm_card_mx"),
    from("PA", "4000005910000000", "pm_card_pa"),
    from("PY", "4000006000000066", "pm_card_py"),
    from("PE", "4000006040000068", "pm_card_pe"),
    from("UY", "4000008580000003", "pm_card_uy"),
    from("AT", "4000000400000008", "pm_card_at"),
    from("BE", "4000000560000004", "pm_card_be"),
    from("BG", "4000001000000000", "pm_card_bg"),
    from("BY", "4000001120000005", "pm_card_by"),
    from("CY", "4000001960000008", "pm_card_cy"),
    from("CZ", "4000002030000002", "pm_card_cz"),
    from("DK", "4000002080000001", "pm_card_dk"),
    from("FI", "4000002460000001", "pm_card_fi"),
    from("FR", "4000002500000003", "pm_card_fr"),
    from("DE", "4000002760000016", "pm_card_de"),
    from("GR", "4000003000000030", "pm_card_gr"),
    from("HU", "4000003480000005", "pm_card_hu"),
    from("IE", "4000003720000005", "pm_card_ie"),
    from("IT", "4000003800000008", "pm_card_it"),
    from("LV", "4000004280000005", "pm_card_lv"),
    from("LT", "4000004400000000", "pm_card_lt"),
    from("LU", "4000004420000006", "pm_card_lu"),
    from("MT", "4000004700000007", "pm_card_mt"),
    from("NL", "4000005280000002", "pm_card_nl"),
    from("NO", "4000005780000007", "pm_card_no"),
    from("PL", "4000006160000005", "pm_card_pl"),
    from("PT", "4000006200000007", "pm_card_pt"),
    from("RO", "4000006420000001", "pm_card_ro"),
    from("SA", "4000006820000007", "pm_card_sa"),
    from("SI", "4000007050000006", "pm_card_si"),
    from("SK", "4000007030000001", "pm_card_sk"),
    from("ES", "4000007240000007", "pm_card_es"),
    from("SE", "4000007520000008", "pm_card_se"),
    from("CH", "4000007560000009", "pm_card_ch"),
    from("GB", "4000008260000000", "pm_card_gb"),
    from("AU", "4000000360000006", "pm_card_au"),
    from("CN", "4000001560000002", "pm_card_cn"),
    from("HK", "4000003440000004", "pm_card_hk"),
    from("IN", "4000003560000008", "pm_card_in"),
    from("JP", "4000003920000003", "pm_card_jp"),
    from("MY", "4000004580000002", "pm_card_my"),
    from("NZ", "4000005540000008", "pm_card_nz"),
    from("SG", "4000007020000003", "pm_card_sg"),
    from("TW", "4000001580000008", "pm_card_tw"),
    from("TH", "4000007640000003", "pm_card_th"),
    nameless("GB", "4000058260000005", Visa).funding("debit"),
    nameless("GB", "5555558265554449", Mastercard),
    nameless("JP", "3530111333300000", Jcb),
    nameless("TH", "4000057640000008", Visa).funding("debit"),
];
