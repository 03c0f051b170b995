// What the fields of a card take: kinds for shared/field.js.

import { checkCvc, checkExpiry, checkNumber, checkPostalCode } from './card-checks.js';
import { brandOf, cutNumber, formatNumber } from './card-number.js';
import { postalCodeOf } from './countries.js';

export const digitsOf = (text) => text.replace(/\D/g, '');

export const NUMBER = { clean: (text) => cutNumber(digitsOf(text)), format: formatNumber, check: checkNumber };

export const EXPIRY = {
  clean: cleanExpiry,
  format: formatExpiry,
  check: (digits) => checkExpiry(digits, new Date()),
};

/** `numberOf()` is the card's number as far as it is known: its brand says how long the code is. */
export function cvcOf(numberOf) {
  return {
    clean: (text) => digitsOf(text).slice(0, brandOf(numberOf()).cvcLength ?? 4),
    format: (digits) => digits,
    check: (digits) => checkCvc(digits, numberOf()),
  };
}

/** `countryOf()` says how the code is written. */
export function postalCodeIn(countryOf) {
  return {
    clean(text) {
      const { longest, inputMode } = postalCodeOf(countryOf()) ?? { longest: 10 };
      const kept = inputMode === 'numeric' ? digitsOf(text) : text.toUpperCase().replace(/[^A-Z\d -]/g, '').trimStart();
      return kept.slice(0, longest);
    },
    format: (text) => text,
    check: (text) => checkPostalCode(text.trim(), countryOf()),
  };
}

/** Typing the last digit of a number or a date leads on to the next field. */
export function advance(field, { number, expiry, cvc }) {
  if (field.problem || !field.typedToEnd) return;
  if (field === expiry) cvc.focus();
  if (field === number && field.value.length === Math.max(...brandOf(field.value).lengths)) expiry.focus();
}

/** The brand that icons and events name: `unknown` for a number that no brand's begins like. */
export function brandOfField(number) {
  return brandOf(number.value).name;
}

/** Takes `1234`, `12 / 34`, `1/34`, a wallet's `12/2034`, and a month that can only be one digit: `5` is `05`. */
function cleanExpiry(text) {
  const filled = /^\s*(\d{1,2})\s*[/-]\s*20(\d\d)\s*$/.exec(text);
  if (filled) return filled[1].padStart(2, '0') + filled[2];
  const [, short] = /^\s*([1-9])\s*\//.exec(text) ?? [];
  const digits = short ? `0${digitsOf(text)}` : digitsOf(text);
  return (/^([2-9]|1[3-9])/.test(digits) ? `0${digits}` : digits).slice(0, 4);
}

function formatExpiry(digits, { deleting }) {
  if (digits.length > 2) return `${digits.slice(0, 2)} / ${digits.slice(2)}`;
  return digits.length === 2 && !deleting ? `${digits} / ` : digits;
}
