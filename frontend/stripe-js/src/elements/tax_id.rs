//! The Tax ID Element: a business's name and its number with the tax office.

use super::address::Ask;
use super::element::element;
use crate::calls::{calls, reply};
use crate::extra::Extra;
use crate::names::{closed_enum, open_enum};
use crate::options::options;
use crate::payload::payload;

element! {
    /// The Tax ID Element. Stripe has to open it for an account.
    ///
    /// See <https://docs.stripe.com/js/custom_checkout/tax_id_element>.
    TaxId = "taxId", TaxIdElement(TaxIdElementOptions) {
        update(TaxIdElementOptions),
        methods [focus, blur, clear],
        events [ready, focus, blur, escape, loaderror, loaderstart],
        /// What the shopper filled in changed.
        ///
        /// See <https://docs.stripe.com/js/element/events/on_change>.
        on on_change = "change"(TaxIdChange),
    }
}

calls! {
    impl TaxIdElement("taxId") {
        /// What is filled in, also where it is not complete.
        ///
        /// See <https://docs.stripe.com/js/custom_checkout/tax_id_element>.
        fn get_value = "getValue"() -> TaxIdChange;
    }
}

reply! { TaxIdChange; }

options! {
    /// The options of the Tax ID Element; all of them can change.
    #[serde(rename_all = "camelCase")]
    pub struct TaxIdElementOptions {
        /// Whether the element is shown.
        visibility: Ask,
        /// Which fields are shown.
        fields: TaxIdFields,
        /// What has to be filled in.
        validation: TaxIdValidation,
        /// What is looked up.
        verification: TaxIdVerification,
        /// What is known already.
        default_values: TaxIdDefaults,
        ../// Options that these types do not know.
        extra: Extra,
    }
}

options! {
    /// Which fields the Tax ID Element shows.
    #[serde(rename_all = "camelCase")]
    pub struct TaxIdFields {
        /// The business's name.
        business_name: Ask,
    }
}

options! {
    /// What has to be filled in.
    #[serde(rename_all = "camelCase")]
    pub struct TaxIdValidation {
        /// The business's name.
        business_name: Required,
        /// The number.
        tax_id: Required,
    }
}

options! {
    /// Whether a field has to be filled in.
    pub struct Required {
        /// Whether it has to.
        required: Ask,
    }
}

options! {
    /// What is looked up.
    #[serde(rename_all = "camelCase")]
    pub struct TaxIdVerification {
        /// The number.
        tax_id: Verification,
    }
}

options! {
    /// Whether a number is looked up.
    pub struct Verification {
        /// When.
        mode: VerificationMode,
    }
}

closed_enum! {
    /// When a number is looked up.
    pub enum VerificationMode {
        /// Where its country has a register.
        IfSupported = "if_supported",
        /// Never.
        Never = "never",
    }
}

options! {
    /// What is known of a tax ID already.
    #[serde(rename_all = "camelCase")]
    pub struct TaxIdDefaults {
        /// The business's name.
        business_name: String,
        /// What kind of number.
        tax_id_type: TaxIdType,
        /// The number.
        tax_id: String,
    }
}

payload! {
    /// What a Tax ID Element holds.
    pub struct TaxIdChange {
        /// Nothing is filled in.
        empty: bool = "empty",
        /// Everything is filled in.
        complete: bool = "complete",
        /// The element is shown.
        visible: bool = "visible",
        /// What is filled in.
        value: TaxIdFilled = "value",
        /// What was looked up.
        verification: Option<TaxIdVerified> = "verification",
    }
}

payload! {
    /// What is filled into a Tax ID Element.
    pub struct TaxIdFilled {
        /// The business's name.
        business_name: String = "businessName",
        /// The number.
        tax_id: String = "taxId",
        /// What kind of number the element asked for.
        tax_id_type: TaxIdType = "taxIdType",
        /// The same, as Stripe's API calls it: `eu_vat` for every country of the Union.
        external_tax_id_type: String = "externalTaxIdType",
    }
}

payload! {
    /// What was looked up.
    pub struct TaxIdVerified {
        /// The number.
        tax_id: Option<Verified> = "taxId",
    }
}

payload! {
    /// How looking a number up ended.
    pub struct Verified {
        /// Where it stands.
        status: VerificationStatus = "status",
    }
}

open_enum! {
    /// Where looking a number up stands.
    pub enum VerificationStatus {
        /// Not known yet.
        Pending = "pending",
        /// It is in the register.
        Verified = "verified",
        /// It is not.
        Unverified = "unverified",
        /// The register does not answer.
        Unavailable = "unavailable",
    }
}

open_enum! {
    /// What kind of number: the country's two letters and its name there.
    /// See <https://docs.stripe.com/billing/customer/tax-ids>.
    pub enum TaxIdType {
        /// `al_tin`.
        AlTin = "al_tin",
        /// `am_tin`.
        AmTin = "am_tin",
        /// `ao_tin`.
        AoTin = "ao_tin",
        /// `at_vat`.
        AtVat = "at_vat",
        /// `ba_tin`.
        BaTin = "ba_tin",
        /// `bb_tin`.
        BbTin = "bb_tin",
        /// `be_vat`.
        BeVat = "be_vat",
        /// `bg_vat`.
        BgVat = "bg_vat",
        /// `bs_tin`.
        BsTin = "bs_tin",
        /// `cd_nif`.
        CdNif = "cd_nif",
        /// `cl_tin`.
        ClTin = "cl_tin",
        /// `tr_tin`.
        TrTin = "tr_tin",
        /// `cy_vat`.
        CyVat = "cy_vat",
        /// `cz_vat`.
        CzVat = "cz_vat",
        /// `de_vat`.
        DeVat = "de_vat",
        /// `dk_vat`.
        DkVat = "dk_vat",
        /// `ee_vat`.
        EeVat = "ee_vat",
        /// `es_vat`.
        EsVat = "es_vat",
        /// `fi_vat`.
        FiVat = "fi_vat",
        /// `fr_vat`.
        FrVat = "fr_vat",
        /// `gn_nif`.
        GnNif = "gn_nif",
        /// `gr_vat`.
        GrVat = "gr_vat",
        /// `hr_vat`.
        HrVat = "hr_vat",
        /// `th_vat`.
        ThVat = "th_vat",
        /// `ie_vat`.
        IeVat = "ie_vat",
        /// `it_vat`.
        ItVat = "it_vat",
        /// `kh_tin`.
        KhTin = "kh_tin",
        /// `lt_vat`.
        LtVat = "lt_vat",
        /// `lk_vat`.
        LkVat = "lk_vat",
        /// `lu_vat`.
        LuVat = "lu_vat",
        /// `lv_vat`.
        LvVat = "lv_vat",
        /// `me_pib`.
        MePib = "me_pib",
        /// `mk_vat`.
        MkVat = "mk_vat",
        /// `mr_nif`.
        MrNif = "mr_nif",
        /// `mt_vat`.
        MtVat = "mt_vat",
        /// `nl_vat`.
        NlVat = "nl_vat",
        /// `np_pan`.
        NpPan = "np_pan",
        /// `pe_ruc`.
        PeRuc = "pe_ruc",
        /// `pl_vat`.
        PlVat = "pl_vat",
        /// `pt_vat`.
        PtVat = "pt_vat",
        /// `ro_vat`.
        RoVat = "ro_vat",
        /// `se_vat`.
        SeVat = "se_vat",
        /// `sa_vat`.
        SaVat = "sa_vat",
        /// `si_vat`.
        SiVat = "si_vat",
        /// `sk_vat`.
        SkVat = "sk_vat",
        /// `sn_ninea`.
        SnNinea = "sn_ninea",
        /// `sr_fin`.
        SrFin = "sr_fin",
        /// `tj_tin`.
        TjTin = "tj_tin",
        /// `ug_tin`.
        UgTin = "ug_tin",
        /// `uy_ruc`.
        UyRuc = "uy_ruc",
        /// `xi_vat`.
        XiVat = "xi_vat",
        /// `zm_tin`.
        ZmTin = "zm_tin",
        /// `zw_tin`.
        ZwTin = "zw_tin",
        /// `gb_vat`.
        GbVat = "gb_vat",
        /// `nz_gst`.
        NzGst = "nz_gst",
        /// `au_abn`.
        AuAbn = "au_abn",
        /// `no_vat`.
        NoVat = "no_vat",
        /// `ch_vat`.
        ChVat = "ch_vat",
        /// `mx_rfc`.
        MxRfc = "mx_rfc",
        /// `hu_vat`.
        HuVat = "hu_vat",
        /// `ca_bn`.
        CaBn = "ca_bn",
        /// `ca_qst`.
        CaQst = "ca_qst",
        /// `ca_gst_hst`.
        CaGstHst = "ca_gst_hst",
        /// `ca_pst_bc`.
        CaPstBc = "ca_pst_bc",
        /// `ca_pst_mb`.
        CaPstMb = "ca_pst_mb",
        /// `ca_pst_sk`.
        CaPstSk = "ca_pst_sk",
        /// `sg_gst`.
        SgGst = "sg_gst",
        /// `za_vat`.
        ZaVat = "za_vat",
        /// `ru_inn`.
        RuInn = "ru_inn",
        /// `ru_kpp`.
        RuKpp = "ru_kpp",
        /// `ae_trn`.
        AeTrn = "ae_trn",
        /// `is_vat`.
        IsVat = "is_vat",
        /// `in_gst`.
        InGst = "in_gst",
        /// `kr_brn`.
        KrBrn = "kr_brn",
        /// `es_cif`.
        EsCif = "es_cif",
        /// `ic_nif`.
        IcNif = "ic_nif",
        /// `bh_vat`.
        BhVat = "bh_vat",
        /// `kz_bin`.
        KzBin = "kz_bin",
        /// `ng_tin`.
        NgTin = "ng_tin",
        /// `om_vat`.
        OmVat = "om_vat",
        /// `ge_vat`.
        GeVat = "ge_vat",
        /// `ke_pin`.
        KePin = "ke_pin",
        /// `eg_tin`.
        EgTin = "eg_tin",
        /// `tw_vat`.
        TwVat = "tw_vat",
        /// `ua_vat`.
        UaVat = "ua_vat",
        /// `ec_ruc`.
        EcRuc = "ec_ruc",
        /// `cr_tin`.
        CrTin = "cr_tin",
        /// `tz_vat`.
        TzVat = "tz_vat",
        /// `rs_pib`.
        RsPib = "rs_pib",
        /// `uz_vat`.
        UzVat = "uz_vat",
        /// `uz_tin`.
        UzTin = "uz_tin",
        /// `md_vat`.
        MdVat = "md_vat",
        /// `ma_vat`.
        MaVat = "ma_vat",
        /// `by_tin`.
        ByTin = "by_tin",
        /// `li_vat`.
        LiVat = "li_vat",
        /// `aw_tin`.
        AwTin = "aw_tin",
        /// `az_tin`.
        AzTin = "az_tin",
        /// `bd_bin`.
        BdBin = "bd_bin",
        /// `bj_ifu`.
        BjIfu = "bj_ifu",
        /// `et_tin`.
        EtTin = "et_tin",
        /// `kg_tin`.
        KgTin = "kg_tin",
        /// `la_tin`.
        LaTin = "la_tin",
        /// `cm_niu`.
        CmNiu = "cm_niu",
        /// `cv_nif`.
        CvNif = "cv_nif",
        /// `bf_ifu`.
        BfIfu = "bf_ifu",
        /// `ph_tin`.
        PhTin = "ph_tin",
    }
}
