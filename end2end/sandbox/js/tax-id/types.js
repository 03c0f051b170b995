// Kinds of tax IDs: docs.stripe.com/billing/customer/tax-ids. Pure, but for names of countries in a locale.

const TYPES = (
  'ae_trn al_tin am_tin ao_tin at_vat au_abn aw_tin az_tin ba_tin bb_tin bd_bin be_vat bf_ifu bg_vat bh_vat bj_ifu bs_tin ' +
  'by_tin ca_bn ca_gst_hst ca_pst_bc ca_pst_mb ca_pst_sk ca_qst cd_nif ch_vat cl_tin cm_niu cr_tin cv_nif cy_vat cz_vat ' +
  'de_vat dk_vat ec_ruc ee_vat eg_tin es_cif es_vat et_tin fi_vat fr_vat gb_vat ge_vat gn_nif gr_vat hr_vat hu_vat ic_nif ' +
  'ie_vat in_gst is_vat it_vat ke_pin kg_tin kh_tin kr_brn kz_bin la_tin li_vat lk_vat lt_vat lu_vat lv_vat ma_vat md_vat ' +
  'me_pib mk_vat mr_nif mt_vat mx_rfc ng_tin nl_vat no_vat np_pan nz_gst om_vat pe_ruc ph_tin pl_vat pt_vat ro_vat rs_pib ' +
  'ru_inn ru_kpp sa_vat se_vat sg_gst si_vat sk_vat sn_ninea sr_fin th_vat tj_tin tr_tin tw_vat tz_vat ua_vat ug_tin uy_ruc ' +
  'uz_tin uz_vat xi_vat za_vat zm_tin zw_tin'
).split(' ');

const EU = 'at be bg cy cz de dk ee es fi fr gr hr hu ie it lt lu lv mt nl pl pt ro se si sk'.split(' ');

/** What some look like; of the others anything of five characters is taken. */
const SHAPES = {
  au_abn: /^\d{11}$/, ca_bn: /^\d{9}$/, ch_vat: /^CHE\d{9}(MWST|TVA|IVA)?$/, gb_vat: /^(GB)?(\d{9}|\d{12}|(GD|HA)\d{3})$/,
  in_gst: /^\d{2}[A-Z\d]{13}$/, mx_rfc: /^[A-Z&Ñ]{3,4}\d{6}[A-Z\d]{3}$/, no_vat: /^\d{9}MVA$/, nz_gst: /^\d{8,9}$/,
  za_vat: /^4\d{9}$/,
};

/** `[{value, name}]`, by country as the locale names and sorts them. */
export function listTaxIdTypes(locale) {
  const countries = new Intl.DisplayNames([locale], { type: 'region' });
  const { compare } = new Intl.Collator(locale);
  const country = (code) => (code === 'XI' ? `${countries.of('GB')} (XI)` : countries.of(code));
  return TYPES.map((value) => {
    const [code, ...kind] = value.toUpperCase().split('_');
    return { value, name: `${country(code)}: ${kind.join(' ')}` };
  }).sort((a, b) => compare(a.name, b.name));
}

/** The kind as the API's `tax_ids` name it: countries of the European Union share one. */
export function externalType(type) {
  const [country, kind] = type.split('_');
  return kind === 'vat' && EU.includes(country) ? 'eu_vat' : type;
}

/** The first kind of a country, or undefined. */
export function typeOfCountry(country) {
  return TYPES.find((type) => type.startsWith(`${country.toLowerCase()}_`));
}

export function isTaxId(text, type) {
  const id = text.toUpperCase().replace(/[^A-ZÑ&\d]/g, '');
  const [country] = type.split('_');
  if (externalType(type) === 'eu_vat') {
    return new RegExp(`^${country === 'gr' ? 'EL' : country.toUpperCase()}[A-Z\\d]{8,12}$`).test(id);
  }
  return (SHAPES[type] ?? /^.{5,}$/).test(id);
}
