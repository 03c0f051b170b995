// What the test wallets of this sandbox hold: a shopper's addresses and cards.

export const EMAIL = 'ada@example.com';
export const PHONE = '+14155550123';

export const ADDRESSES = [
  {
    name: 'Ada Lovelace',
    address: { line1: '100 Main Street', line2: null, city: 'San Francisco', state: 'CA', postal_code: '94103', country: 'US' },
  },
  {
    name: 'Ada Lovelace',
    address: { line1: '10 Maple Avenue', line2: null, city: 'Toronto', state: 'ON', postal_code: 'M5T 1T4', country: 'CA' },
  },
  {
    name: 'Ada Lovelace',
    address: { line1: '1 Orchard Street', line2: null, city: 'London', state: '', postal_code: 'N1 1AA', country: 'GB' },
  },
  {
    name: 'Ada Lovelace',
    address: { line1: 'Lindenweg 1', line2: null, city: 'Berlin', state: '', postal_code: '10115', country: 'DE' },
  },
];

/** `note` is a key of texts. */
export const CARDS = [
  { name: 'Visa •••• 4242', number: '4242424242424242', note: 'cardPays' },
  { name: 'Visa •••• 3184', number: '4000002760003184', note: 'cardIsChallenged' },
  { name: 'Visa •••• 0002', number: '4000000000000002', note: 'cardIsDeclined' },
];

/** Wallets whose payment method is not a card. */
export const METHODS = { paypal: 'paypal', amazon_pay: 'amazon_pay', klarna: 'klarna' };
