// What a shopper has to do after the server confirmed.

defineMethods({
  async handleNextAction({ clientSecret, hashedValue } = {}) {
    const where = 'stripe.handleNextAction()';
    if (clientSecret === undefined && hashedValue !== undefined) return notEmulated(`${where} with a hashedValue`);
    return handleAction(this, readClientSecret(clientSecret, where), where);
  },

  /** Leaves the second confirmation, of an intent with manual confirmation, to the server. */
  async handleCardAction(clientSecret) {
    const where = 'stripe.handleCardAction()';
    return handleAction(this, readClientSecret(clientSecret, where, 'pi'), where, (intent) => {
      if (intent.confirmation_method === 'manual') return;
      throw new IntegrationError(
        `${where}: the PaymentIntent is not confirmed manually on your server. Use stripe.handleNextAction().`,
      );
    });
  },
});

async function handleAction(stripe, reference, where, check = () => {}) {
  const { body: intent, error } = await retrieveIntent(stripe._caller, reference);
  if (error) return { error };
  check(intent);
  if (intent.status !== 'requires_action') {
    throw new IntegrationError(`${where}: the intent is not in the requires_action state, but in ${intent.status}.`);
  }
  const result = await runNextAction(stripe._caller, reference, intent);
  if (result.error?.type === 'card_error') stripe._showError(result.error);
  return result;
}
