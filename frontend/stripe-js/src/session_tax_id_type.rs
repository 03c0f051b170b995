//! What kinds of tax IDs a Checkout Session knows.

use crate::names::open_enum;

open_enum! {
    /// What kind of tax ID, as Stripe's API calls it.
    pub enum SessionTaxIdType {
        /// `ad_nrt`.
        AdNrt = "ad_nrt",
        /// `ae_trn`.
        AeTrn = "ae_trn",
        /// `al_tin`.
        AlTin = "al_tin",
        /// `am_tin`.
        AmTin = "am_tin",
        /// `ao_tin`.
        AoTin = "ao_tin",
        /// `ar_cuit`.
        ArCuit = "ar_cuit",
        /// `au_abn`.
        AuAbn = "au_abn",
        /// `au_arn`.
        AuArn = "au_arn",
        /// `ba_tin`.
        BaTin = "ba_tin",
        /// `bb_tin`.
        BbTin = "bb_tin",
        /// `bg_uic`.
        BgUic = "bg_uic",
        /// `bh_vat`.
        BhVat = "bh_vat",
        /// `bo_tin`.
        BoTin = "bo_tin",
        /// `br_cnpj`.
        BrCnpj = "br_cnpj",
        /// `br_cpf`.
        BrCpf = "br_cpf",
        /// `bs_tin`.
        BsTin = "bs_tin",
        /// `by_tin`.
        ByTin = "by_tin",
        /// `ca_bn`.
        CaBn = "ca_bn",
        /// `ca_gst_hst`.
        CaGstHst = "ca_gst_hst",
        /// `ca_pst_bc`.
        CaPstBc = "ca_pst_bc",
        /// `ca_pst_mb`.
        CaPstMb = "ca_pst_mb",
        /// `ca_pst_sk`.
        CaPstSk = "ca_pst_sk",
        /// `ca_qst`.
        CaQst = "ca_qst",
        /// `cd_nif`.
        CdNif = "cd_nif",
        /// `ch_uid`.
        ChUid = "ch_uid",
        /// `ch_vat`.
        ChVat = "ch_vat",
        /// `cl_tin`.
        ClTin = "cl_tin",
        /// `cn_tin`.
        CnTin = "cn_tin",
        /// `co_nit`.
        CoNit = "co_nit",
        /// `cr_tin`.
        CrTin = "cr_tin",
        /// `de_stn`.
        DeStn = "de_stn",
        /// `do_rcn`.
        DoRcn = "do_rcn",
        /// `ec_ruc`.
        EcRuc = "ec_ruc",
        /// `eg_tin`.
        EgTin = "eg_tin",
        /// `es_cif`.
        EsCif = "es_cif",
        /// `eu_oss_vat`.
        EuOssVat = "eu_oss_vat",
        /// `eu_vat`.
        EuVat = "eu_vat",
        /// `gb_vat`.
        GbVat = "gb_vat",
        /// `ge_vat`.
        GeVat = "ge_vat",
        /// `gn_nif`.
        GnNif = "gn_nif",
        /// `hk_br`.
        HkBr = "hk_br",
        /// `hr_oib`.
        HrOib = "hr_oib",
        /// `hu_tin`.
        HuTin = "hu_tin",
        /// `ic_nif`.
        IcNif = "ic_nif",
        /// `id_npwp`.
        IdNpwp = "id_npwp",
        /// `il_vat`.
        IlVat = "il_vat",
        /// `in_gst`.
        InGst = "in_gst",
        /// `is_vat`.
        IsVat = "is_vat",
        /// `jp_cn`.
        JpCn = "jp_cn",
        /// `jp_rn`.
        JpRn = "jp_rn",
        /// `jp_trn`.
        JpTrn = "jp_trn",
        /// `ke_pin`.
        KePin = "ke_pin",
        /// `kh_tin`.
        KhTin = "kh_tin",
        /// `kr_brn`.
        KrBrn = "kr_brn",
        /// `kz_bin`.
        KzBin = "kz_bin",
        /// `li_uid`.
        LiUid = "li_uid",
        /// `li_vat`.
        LiVat = "li_vat",
        /// `lk_vat`.
        LkVat = "lk_vat",
        /// `ma_vat`.
        MaVat = "ma_vat",
        /// `md_vat`.
        MdVat = "md_vat",
        /// `me_pib`.
        MePib = "me_pib",
        /// `mk_vat`.
        MkVat = "mk_vat",
        /// `mr_nif`.
        MrNif = "mr_nif",
        /// `mx_rfc`.
        MxRfc = "mx_rfc",
        /// `my_frp`.
        MyFrp = "my_frp",
        /// `my_itn`.
        MyItn = "my_itn",
        /// `my_sst`.
        MySst = "my_sst",
        /// `ng_tin`.
        NgTin = "ng_tin",
        /// `no_vat`.
        NoVat = "no_vat",
        /// `no_voec`.
        NoVoec = "no_voec",
        /// `np_pan`.
        NpPan = "np_pan",
        /// `nz_gst`.
        NzGst = "nz_gst",
        /// `om_vat`.
        OmVat = "om_vat",
        /// `pe_ruc`.
        PeRuc = "pe_ruc",
        /// `ph_tin`.
        PhTin = "ph_tin",
        /// `ro_tin`.
        RoTin = "ro_tin",
        /// `rs_pib`.
        RsPib = "rs_pib",
        /// `ru_inn`.
        RuInn = "ru_inn",
        /// `ru_kpp`.
        RuKpp = "ru_kpp",
        /// `sa_vat`.
        SaVat = "sa_vat",
        /// `sg_gst`.
        SgGst = "sg_gst",
        /// `sg_uen`.
        SgUen = "sg_uen",
        /// `si_tin`.
        SiTin = "si_tin",
        /// `sn_ninea`.
        SnNinea = "sn_ninea",
        /// `sr_fin`.
        SrFin = "sr_fin",
        /// `sv_nit`.
        SvNit = "sv_nit",
        /// `th_vat`.
        ThVat = "th_vat",
        /// `tj_tin`.
        TjTin = "tj_tin",
        /// `tr_tin`.
        TrTin = "tr_tin",
        /// `tw_vat`.
        TwVat = "tw_vat",
        /// `tz_vat`.
        TzVat = "tz_vat",
        /// `ua_vat`.
        UaVat = "ua_vat",
        /// `ug_tin`.
        UgTin = "ug_tin",
        /// `us_ein`.
        UsEin = "us_ein",
        /// `uy_ruc`.
        UyRuc = "uy_ruc",
        /// `uz_tin`.
        UzTin = "uz_tin",
        /// `uz_vat`.
        UzVat = "uz_vat",
        /// `ve_rif`.
        VeRif = "ve_rif",
        /// `vn_tin`.
        VnTin = "vn_tin",
        /// `za_vat`.
        ZaVat = "za_vat",
        /// `zm_tin`.
        ZmTin = "zm_tin",
        /// `zw_tin`.
        ZwTin = "zw_tin",
    }
}
