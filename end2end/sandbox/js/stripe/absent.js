// Methods of the Stripe object without a file in `methods/`. They say so: those that answer an `{error}` by one, the others
// by throwing or rejecting. A method that has come to have a file is left alone.

const ABSENT_METHODS = [
  'collectBankAccountForPayment', 'collectBankAccountForSetup', 'collectBankAccountToken',
  'collectFinancialConnectionsAccounts', 'createEphemeralKeyNonce', 'createRadarSession', 'processOrder', 'retrieveOrder',
  'verifyIdentity',
];

/** Members that the types have beside their error. */
const UNDEFINED_MEMBERS = {
  collectBankAccountToken: { financialConnectionsSession: undefined, token: undefined },
  collectFinancialConnectionsAccounts: { financialConnectionsSession: undefined },
};

/** What they answer, or what the promise they answer is of, has no place for an error. */
const ABSENT_OBJECTS = ['initCheckoutFormSdk', 'paymentRequest'];
const ABSENT_PROMISES = ['createEmbeddedCheckoutPage', 'initializePricing'];

/** Methods that a train removed: with it they are no longer there at all. */
const REMOVED_METHODS = {
  clover: ['redirectToCheckout'],
  dahlia: ['createSource', 'initCheckout', 'initEmbeddedCheckout', 'retrieveSource'],
};
for (const [train, names] of Object.entries(REMOVED_METHODS)) {
  if (!isSince(train)) ABSENT_METHODS.push(...names);
}

const isAbsent = (name) => !Object.hasOwn(StripeSandbox.prototype, name);

for (const name of ABSENT_METHODS.filter(isAbsent)) {
  defineMethods({ [name]: async () => ({ ...UNDEFINED_MEMBERS[name], ...notEmulated(`stripe.${name}()`) }) });
}

for (const name of [...ABSENT_OBJECTS, ...ABSENT_PROMISES].filter(isAbsent)) {
  const refuse = () => {
    throw new IntegrationError(`stripe.${name}() is not emulated by the sandbox yet.`);
  };
  defineMethods({ [name]: ABSENT_PROMISES.includes(name) ? async () => refuse() : refuse });
}
