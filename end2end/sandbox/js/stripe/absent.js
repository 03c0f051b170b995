// Methods of the Stripe object without a file in `methods/`. They say so: those that answer a promise by an `{error}`, the
// others by throwing. A method that has come to have a file is left alone.

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

const isAbsent = (name) => !Object.hasOwn(StripeSandbox.prototype, name);

for (const name of ABSENT_METHODS.filter(isAbsent)) {
  defineMethods({ [name]: async () => notEmulated(`stripe.${name}()`) });
}

for (const name of ABSENT_OBJECTS.filter(isAbsent)) {
  defineMethods({
    [name]() {
      throw new IntegrationError(`stripe.${name}() is not emulated by the sandbox yet.`);
    },
  });
}
