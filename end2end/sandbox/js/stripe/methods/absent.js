// Methods of the Stripe object that the sandbox does not have yet. They say so: those that answer a promise by an
// `{error}`, the others by throwing.

const ABSENT_METHODS = [
  'collectBankAccountForPayment', 'collectBankAccountForSetup', 'collectBankAccountToken',
  'collectFinancialConnectionsAccounts', 'createEmbeddedCheckoutPage', 'createEphemeralKeyNonce', 'createRadarSession',
  'initializePricing', 'processOrder', 'retrieveOrder', 'verifyIdentity',
];

const ABSENT_OBJECTS = ['initCheckoutElementsSdk', 'initCheckoutFormSdk', 'paymentRequest'];

/** Methods that a train removed: with it they are no longer there at all. */
const REMOVED_METHODS = {
  clover: ['redirectToCheckout'],
  dahlia: ['createSource', 'initCheckout', 'initEmbeddedCheckout', 'retrieveSource'],
};
for (const [train, names] of Object.entries(REMOVED_METHODS)) {
  if (!isSince(train)) ABSENT_METHODS.push(...names);
}

for (const name of ABSENT_METHODS) {
  defineMethods({ [name]: async () => notEmulated(`stripe.${name}()`) });
}

for (const name of ABSENT_OBJECTS) {
  defineMethods({
    [name]() {
      throw new IntegrationError(`stripe.${name}() is not emulated by the sandbox yet.`);
    },
  });
}
