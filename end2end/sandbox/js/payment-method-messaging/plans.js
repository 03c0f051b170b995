// Who lets a shopper pay later, where, and in which parts. Pure. Amounts are in the currency's smallest unit.

export const NAMES = { klarna: 'Klarna', afterpay_clearpay: 'Afterpay', affirm: 'Affirm' };

/** `count` parts; `months` where they are monthly, with words of their own. */
const PLANS = {
  klarna: {
    currencies: ['AUD', 'CAD', 'CHF', 'CZK', 'DKK', 'EUR', 'GBP', 'NOK', 'NZD', 'PLN', 'RON', 'SEK', 'USD'],
    least: 1_000, most: 500_000, partsIn: (currency) => (['USD', 'CAD', 'AUD', 'NZD'].includes(currency) ? 4 : 3),
  },
  afterpay_clearpay: { currencies: ['AUD', 'CAD', 'GBP', 'NZD', 'USD'], least: 100, most: 120_000, partsIn: () => 4 },
  affirm: { currencies: ['CAD', 'USD'], least: 5_000, most: 3_000_000, partsIn: () => 12, isMonthly: true },
};

/** `[{type, count, part, isMonthly}]` in the page's order; empty where nobody offers this price. */
export function plansFor({ amount, currency, paymentMethodTypes, paymentMethods, paymentMethodOrder }) {
  const asked = paymentMethodTypes ?? paymentMethods ?? Object.keys(PLANS);
  const order = [...new Set([...(paymentMethodOrder ?? []), ...asked])].filter((type) => asked.includes(type));
  return order.flatMap((type) => {
    const { currencies, least, most, partsIn, isMonthly = false } = PLANS[type];
    if (!currencies.includes(currency) || amount < least || amount > most) return [];
    const count = partsIn(currency);
    return [{ type, count, part: Math.ceil(amount / count), isMonthly }];
  });
}
