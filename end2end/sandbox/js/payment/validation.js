// Whether a field is complete, and if not, in Stripe's words why. Pure: today's date is an argument.
//
// A check answers null for a complete field, else `{code, message, final}`. `final` means that more typing cannot mend
// it, so it is shown at once; anything else is shown when the shopper leaves the field or submits.

import { brandOf, passesLuhn } from './card.js';
import { postalCodeOf } from './countries.js';

/** No card lives longer than this; a year beyond it is a typing error. */
const LONGEST_LIFE_YEARS = 50;

const incomplete = (code, message) => ({ code, message, final: false });
const wrong = (code, message) => ({ code, message, final: true });

export function checkNumber(digits) {
  const { lengths } = brandOf(digits);
  if (lengths.includes(digits.length) && passesLuhn(digits)) return null;
  if (digits.length >= Math.max(...lengths)) return wrong('invalid_number', 'Your card number is invalid.');
  return incomplete('incomplete_number', 'Your card number is incomplete.');
}

/** `digits` are MMYY; years are of this century. */
export function checkExpiry(digits, today) {
  if (digits.length < 4) return incomplete('incomplete_expiry', "Your card's expiration date is incomplete.");
  const { month, year } = parseExpiry(digits);
  if (month < 1 || month > 12) return wrong('invalid_expiry_month', "Your card's expiration date is invalid.");
  const thisYear = today.getFullYear();
  if (year < thisYear) return wrong('invalid_expiry_year_past', "Your card's expiration year is in the past.");
  if (year > thisYear + LONGEST_LIFE_YEARS) {
    return wrong('invalid_expiry_year', "Your card's expiration year is invalid.");
  }
  if (year === thisYear && month < today.getMonth() + 1) {
    return wrong('invalid_expiry_month_past', "Your card's expiration date is in the past.");
  }
  return null;
}

export function parseExpiry(digits) {
  return { month: Number(digits.slice(0, 2)), year: 2000 + Number(digits.slice(2)) };
}

export function checkCvc(digits, cardNumber) {
  const { cvcLength } = brandOf(cardNumber);
  const complete = cvcLength === null ? digits.length >= 3 : digits.length === cvcLength;
  return complete ? null : incomplete('incomplete_cvc', "Your card's security code is incomplete.");
}

export function checkPostalCode(text, country) {
  if (postalCodeOf(country).pattern.test(text)) return null;
  return incomplete('incomplete_zip', 'Your postal code is incomplete.');
}
