// Whether a card's field is complete, and if not, by Stripe's code why not. Pure: today's date is an argument.
//
// A check answers null for a complete field, else `{code, final}`, as shared/field.js takes it.

import { brandOf, passesLuhn } from './card-number.js';
import { postalCodeOf } from './countries.js';

/** No card lives longer than this; a year beyond it is a typing error. */
const LONGEST_LIFE_YEARS = 50;

const incomplete = (code) => ({ code, final: false });
const wrong = (code) => ({ code, final: true });

export function checkNumber(digits) {
  const { lengths } = brandOf(digits);
  if (lengths.includes(digits.length) && passesLuhn(digits)) return null;
  if (digits.length >= Math.max(...lengths)) return wrong('invalid_number');
  return incomplete('incomplete_number');
}

/** `digits` are MMYY; years are of this century. */
export function checkExpiry(digits, today) {
  if (digits.length < 4) return incomplete('incomplete_expiry');
  const { month, year } = parseExpiry(digits);
  if (month < 1 || month > 12) return wrong('invalid_expiry_month');
  const thisYear = today.getFullYear();
  if (year < thisYear) return wrong('invalid_expiry_year_past');
  if (year > thisYear + LONGEST_LIFE_YEARS) {
    return wrong('invalid_expiry_year');
  }
  if (year === thisYear && month < today.getMonth() + 1) {
    return wrong('invalid_expiry_month_past');
  }
  return null;
}

export function parseExpiry(digits) {
  return { month: Number(digits.slice(0, 2)), year: 2000 + Number(digits.slice(2)) };
}

export function checkCvc(digits, cardNumber) {
  const { cvcLength } = brandOf(cardNumber);
  const complete = cvcLength === null ? digits.length >= 3 : digits.length === cvcLength;
  return complete ? null : incomplete('incomplete_cvc');
}

/** Where a card payment needs no postal code, any will do. */
export function checkPostalCode(text, country) {
  const shape = postalCodeOf(country);
  return !shape || shape.pattern.test(text) ? null : incomplete('incomplete_zip');
}
