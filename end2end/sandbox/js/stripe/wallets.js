// The wallets: which of them a payment can take, and the sheet that opens over the page. Knows neither of the elements that
// offer them.

/** `name` is the option's, `pays` the payment method's type; without currencies all will do. */
const WALLETS = [
  { type: 'apple_pay', name: 'applePay', pays: 'card' },
  { type: 'google_pay', name: 'googlePay', pays: 'card' },
  { type: 'link', name: 'link', pays: 'card' },
  { type: 'paypal', name: 'paypal', pays: 'paypal', currencies: 'aud cad chf czk dkk eur gbp hkd nok nzd pln sek sgd usd' },
  { type: 'amazon_pay', name: 'amazonPay', pays: 'amazon_pay', currencies: 'aud chf dkk eur gbp hkd jpy nok nzd sek usd zar' },
  { type: 'klarna', name: 'klarna', pays: 'klarna', currencies: 'aud cad chf czk dkk eur gbp nok nzd pln ron sek usd' },
];

/** Those that the payment can take. */
function walletsFor({ currency = 'usd', paymentMethodTypes }, group) {
  const types = paymentMethodTypes ?? group.allowedPaymentMethodTypes ?? group.paymentMethodTypes;
  return WALLETS.filter(({ pays, currencies }) => {
    if (types && !types.includes(pays)) return false;
    if (group.excludedPaymentMethodTypes?.includes(pays)) return false;
    return !currencies || currencies.includes(currency);
  });
}

/** A bank's challenge lies above it. */
const SHEET_LEVEL = 1;

/**
 * Opens the sheet of a wallet. `options` are what it asks the shopper for, as Express Checkout has them; `receive` are the
 * answers to what the sheet asks. Answers `{frame, close, gone}`: `gone` resolves once it is closed, to what `close` was called
 * with, or to `unreachable`.
 */
function openWallet(group, { type, options, receive }) {
  const sheet = {};
  sheet.gone = showModal((close) => {
    const frame = createFrame({
      kind: 'express-checkout-sheet',
      title: 'Express checkout',
      receive: {
        hello: async (send) => {
          send('start', { ...(await group._describe()), options, type });
          frame.iframe.focus();
        },
        ...receive,
      },
    });
    Object.assign(sheet, { frame, close });
    return frame;
  }, SHEET_LEVEL);
  return sheet;
}
