// What no program can tell: why something is absent, and which options are read but change nothing.

export interface Known {
  /** By name, why it is not there. */
  absent?: Record<string, string>;
  /** Accepted and read, without an effect that a shopper or a page could see. */
  inert?: string[];
}

const FINANCIAL_CONNECTIONS = 'The API has no Financial Connections.';
const ISSUING = 'The API has no Issuing.';
const LINK = 'Nobody has a Link account here, and nobody can open one.';
const TERMS = 'No terms of a merchant are known here: there is no Dashboard.';
const ORDERS = "Stripe's Orders API was withdrawn.";

const NO_METHOD = 'The API does not have the method.';
const noDebits = (country: string) => `The API has no debits in ${country}.`;
const STARTED = "What stands in the form is the shopper's once it is made.";

/** By group of `coverage.spec.ts`. An entry that is not so, or is not needed, fails it. */
export const KNOWN: Record<string, Known> = {
  'Stripe: methods': {
    absent: {
      confirmAcssDebitPayment: noDebits('Canada'),
      confirmAcssDebitSetup: noDebits('Canada'),
      confirmAuBecsDebitPayment: noDebits('Australia'),
      confirmAuBecsDebitSetup: noDebits('Australia'),
      confirmBacsDebitSetup: noDebits('Britain'),
      confirmBlikPayment: 'The API has no BLIK.',
      confirmBlikSetup: 'The API has no BLIK.',
      confirmCustomerBalancePayment: 'The API has no bank transfers.',
      confirmGiropayPayment: NO_METHOD,
      confirmSofortPayment: NO_METHOD,
      confirmSofortSetup: NO_METHOD,
      collectBankAccountForPayment: FINANCIAL_CONNECTIONS,
      collectBankAccountForSetup: FINANCIAL_CONNECTIONS,
      collectBankAccountToken: FINANCIAL_CONNECTIONS,
      collectFinancialConnectionsAccounts: FINANCIAL_CONNECTIONS,
      createEmbeddedCheckoutPage: "Checkout's own page is not shown within another; the hosted one is.",
      createEphemeralKeyNonce: ISSUING,
      createRadarSession: 'The API has no Radar sessions.',
      initCheckoutFormSdk: 'Its form, all of Checkout in one element, is not made here.',
      initializePricing: 'Nothing in the API stands behind it.',
      paymentRequest: 'Endive removed its button; Express Checkout replaced it.',
      processOrder: ORDERS,
      retrieveOrder: ORDERS,
      verifyIdentity: 'The API has no Identity.',
    },
  },
  'elements(): options with a mode': { inert: ['paymentMethodOptions.*', 'paymentMethodOptions.card.setup_future_usage'] },
  Elements: {
    absent: {
      auBankAccount: noDebits('Australia'),
      issuingAddToWalletButton: ISSUING,
      issuingCardCopyButton: ISSUING,
      issuingCardCvcDisplay: ISSUING,
      issuingCardExpiryDisplay: ISSUING,
      issuingCardNumberDisplay: ISSUING,
      issuingCardPinDisplay: ISSUING,
      linkSignup: LINK,
      paymentForm: 'It is the form of initCheckoutFormSdk, which is not made here.',
      terms: TERMS,
    },
  },
  'initCheckoutElementsSdk(): methods': { absent: { createLinkSignupElement: LINK, createTermsElement: TERMS } },
  'address: what update() takes': { absent: { defaultValues: STARTED, mode: 'Another mode is another element.' } },
  'expressCheckout: options': { inert: ['applePay'] },
  'payment: options': { inert: ['applePay', 'wallets', 'defaultValues.card'] },
  'payment: what update() takes': { inert: ['applePay', 'defaultValues.card'] },
  'shippingAddress: what update() takes': { absent: { defaultValues: STARTED } },
  'taxId: what update() takes': { absent: { defaultValues: STARTED } },
};
