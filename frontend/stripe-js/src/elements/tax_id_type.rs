//! What kinds of tax IDs the Tax ID Element knows.

use crate::names::open_enum;

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
