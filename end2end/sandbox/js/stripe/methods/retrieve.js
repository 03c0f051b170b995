// Intents by their client secret.

defineMethods({
  async retrievePaymentIntent(clientSecret) {
    return retrieve(this, readClientSecret(clientSecret, 'stripe.retrievePaymentIntent()', 'pi'));
  },

  async retrieveSetupIntent(clientSecret) {
    return retrieve(this, readClientSecret(clientSecret, 'stripe.retrieveSetupIntent()', 'seti'));
  },
});

async function retrieve(stripe, reference) {
  const { body, error } = await retrieveIntent(stripe._caller, reference);
  return error ? { error } : intentResult(reference, body);
}
