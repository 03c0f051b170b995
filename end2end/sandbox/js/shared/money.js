// Amounts as shoppers read them.

import { currentLocale } from './texts.js';

/** Currencies whose amounts Stripe counts in hundredths although people do not, or no longer. */
const HUNDREDTHS = ['HUF', 'ISK', 'TWD', 'UGX'];

/** `amount` is in the currency's smallest unit, as Stripe counts. */
export function money(amount, currency) {
  const code = currency.toUpperCase();
  const format = new Intl.NumberFormat(currentLocale(), { style: 'currency', currency: code });
  const digits = HUNDREDTHS.includes(code) ? 2 : format.resolvedOptions().maximumFractionDigits;
  return format.format(amount / 10 ** digits);
}
