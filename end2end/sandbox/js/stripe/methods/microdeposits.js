// A bank account is verified by what was sent to it.

defineMethods({
  async verifyMicrodepositsForPayment(clientSecret, data) {
    return verifyMicrodeposits(this, clientSecret, data, 'stripe.verifyMicrodepositsForPayment()', 'pi');
  },

  async verifyMicrodepositsForSetup(clientSecret, data) {
    return verifyMicrodeposits(this, clientSecret, data, 'stripe.verifyMicrodepositsForSetup()', 'seti');
  },
});

async function verifyMicrodeposits(stripe, clientSecret, data, where, prefix) {
  const reference = readClientSecret(clientSecret, where, prefix);
  const form = { ...copyOptions(data, where), client_secret: clientSecret };
  const { body, error } = await stripe._call({ path: intentPath(reference, '/verify_microdeposits'), form });
  return error ? { error } : intentResult(reference, body);
}
