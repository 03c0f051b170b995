// What can be told about an account from its IBAN alone: country, length, check digits. Pure.

/** How long IBANs of the SEPA countries are. */
const LENGTHS =
  'AD24 AL28 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GI23 GR27 HR21 HU28 IE22 IS26 IT27 LI21 ' +
  'LT20 LU20 LV21 MC27 MD24 ME22 MK19 MT31 NL18 NO15 PL28 PT25 RO24 RS22 SE24 SI19 SK24 SM27 VA22';
const LENGTH_OF = new Map(LENGTHS.split(' ').map((one) => [one.slice(0, 2), Number(one.slice(2))]));

/** Test accounts are at one bank. */
const TEST_BANK = 'STRIPE TEST BANK';

const final = (code) => ({ code, final: true });

/** A kind for shared/field.js. */
export const IBAN = {
  clean: (text) => text.toUpperCase().replace(/[^A-Z\d]/g, '').slice(0, LENGTH_OF.get(text.trim().slice(0, 2).toUpperCase()) ?? 34),
  format: (clean) => clean.replace(/(.{4})(?=.)/g, '$1 '),
  check(clean) {
    if (/^(\d|.\d)/.test(clean)) return final('invalid_iban_start');
    const country = countryOf(clean);
    if (clean.length >= 2 && !LENGTH_OF.has(country)) return final('invalid_iban_country_code');
    if (clean.length < 2 || clean.length < LENGTH_OF.get(country)) return { code: 'incomplete_iban', final: false };
    return remainder(clean) === 1 ? null : final('invalid_iban');
  },
};

export function countryOf(iban) {
  return iban.slice(0, 2);
}

export function bankOf(iban) {
  return IBAN.check(iban) === null ? TEST_BANK : '';
}

/** ISO 13616: the first four characters go last, letters are numbers from 10 on, and the whole leaves 1 over 97. */
function remainder(iban) {
  const digits = (iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0);
}

/** What an IBAN of the country looks like; without a country, a German one. */
export function exampleOf(country = 'DE') {
  const length = LENGTH_OF.get(country) ?? LENGTH_OF.get('DE');
  return IBAN.format(country.padEnd(length, '0'));
}
