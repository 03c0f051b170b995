// The countries a card can be billed in, and which of them need a postal code for a card payment. `label` is a key of texts.

import { currentLocale } from './texts.js';

/** ISO 3166-1 alpha-2. */
const CODES = (
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA ' +
  'CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA ' +
  'GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP ' +
  'KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS ' +
  'MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS ' +
  'RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW ' +
  'TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
).split(' ');

const POSTAL_CODES = {
  US: { label: 'zipCode', placeholder: '12345', pattern: /^\d{5}$/, inputMode: 'numeric', longest: 5 },
  CA: { label: 'postalCode', placeholder: 'M5T 1T4', pattern: /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/, inputMode: 'text', longest: 7 },
  GB: {
    label: 'postalCode',
    placeholder: 'WS11 1DB',
    pattern: /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/,
    inputMode: 'text',
    longest: 8,
  },
};

/** How a country writes its postal code, or undefined where a card payment does not need one. */
export function postalCodeOf(country) {
  return POSTAL_CODES[country];
}

/** By locale: naming and sorting them takes its time, and several forms ask. */
const LISTS = new Map();

/** `[{code, name}]`, sorted by name as the locale names and sorts them. */
export function listCountries(locale) {
  if (!LISTS.has(locale)) {
    const names = new Intl.DisplayNames([locale], { type: 'region' });
    const { compare } = new Intl.Collator(locale);
    LISTS.set(locale, CODES.map((code) => ({ code, name: names.of(code) })).sort((a, b) => compare(a.name, b.name)));
  }
  return LISTS.get(locale);
}

/** Whether it is one of the countries listed. */
export function isCountry(code) {
  return CODES.includes(code);
}

/**
 * Has a select of shared/select.js offer every country, and stand at `chosen`. Their names come an instant after the form:
 * the browser takes longer to look them up and to sort them than for all the rest of it.
 */
export function offerCountries(select, chosen) {
  const optionOf = ({ code, name }) => ({ value: code, name });
  const offerAll = (value) => select.setOptions(listCountries(currentLocale()).map(optionOf), value);
  if (LISTS.has(currentLocale())) return offerAll(chosen);
  select.setOptions([{ value: chosen, name: '' }], chosen);
  setTimeout(offerAll, 10);
}

/** The shopper's country as far as the browser's language tells, else the United States. */
export function guessCountry(language) {
  const region = new Intl.Locale(language || 'en-US').region;
  return CODES.includes(region) ? region : 'US';
}
