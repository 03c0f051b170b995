// English: every text there is. Other languages have the same keys.

export default {
  direction: 'ltr',
  texts: {
    // Fields
    cardDetails: 'Card details',
    cardNumber: 'Card number',
    cardNumberPlaceholder: '1234 1234 1234 1234',
    expiry: 'Expiration date',
    expiryHint: ' MM / YY',
    expiryPlaceholder: 'MM / YY',
    securityCode: 'Security code',
    cvcPlaceholder: 'CVC',
    country: 'Country',
    zipCode: 'ZIP code',
    postalCode: 'Postal code',
    sandbox: 'Sandbox',

    // The Card Element, whose fields have no labels to see
    lineNumber: 'Credit or debit card number',
    lineExpiry: 'Credit or debit card expiration date',
    lineCvc: 'Credit or debit card CVC/CVV',
    lineNumberPlaceholder: 'Card number',
    linePostalPlaceholder: 'ZIP',

    // Errors of fields, by code
    incomplete_number: 'Your card number is incomplete.',
    invalid_number: 'Your card number is invalid.',
    incomplete_expiry: "Your card's expiration date is incomplete.",
    invalid_expiry_month: "Your card's expiration date is invalid.",
    invalid_expiry_month_past: "Your card's expiration date is in the past.",
    invalid_expiry_year: "Your card's expiration year is invalid.",
    invalid_expiry_year_past: "Your card's expiration year is in the past.",
    incomplete_cvc: "Your card's security code is incomplete.",
    incomplete_zip: 'Your postal code is incomplete.',
  },
};
