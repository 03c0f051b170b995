// What the event `carddetailschange` tells of a card, as far as its number says.

/** docs.stripe.com/testing: cards that are not credit cards. */
const FUNDING = {
  4000056655665556: 'debit', 5200828282828210: 'debit', 6011981111111113: 'debit', 5105105105105100: 'prepaid',
};

export function cardDetails(number, brand) {
  if (number.length < 6) return { brands: null, funding: null };
  return { brands: [brand], funding: number.length < 14 ? null : FUNDING[number] ?? 'credit' };
}
