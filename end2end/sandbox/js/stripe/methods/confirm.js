// `confirmPayment` and `confirmSetup`: of a group, or of a method or token that the page already has.

defineMethods({
  async confirmPayment(options) {
    return confirmFrom(this, options, 'stripe.confirmPayment()', 'pi');
  },

  async confirmSetup(options) {
    return confirmFrom(this, options, 'stripe.confirmSetup()', 'seti');
  },
});

async function confirmFrom(stripe, options, where, prefix) {
  const { elements, clientSecret, confirmParams, redirect = 'always' } = options ?? {};
  if (!['always', 'if_required'].includes(redirect)) {
    throw invalidValue(`${where}: redirect`, 'one of the following strings: always, if_required', redirect);
  }
  if (elements !== undefined && !(elements instanceof Elements)) {
    throw new IntegrationError(`${where}: elements must come from stripe.elements().`);
  }
  const secret = clientSecret ?? elements?._reference?.clientSecret;
  if (secret === undefined) {
    throw new IntegrationError(`${where} needs a clientSecret, or elements that were created with one.`);
  }
  const reference = readClientSecret(secret, where, prefix);
  const form = copyOptions(confirmParams, where);
  if (redirect === 'always' && typeof form.return_url !== 'string') {
    throw new IntegrationError(`${where} needs confirmParams.return_url, unless redirect is 'if_required'.`);
  }
  if (!elements && form.confirmation_token === undefined && form.payment_method === undefined) {
    throw new IntegrationError(`${where} needs elements, or confirmParams with a confirmation_token or a payment_method.`);
  }
  const names = {
    where,
    parameter: 'confirmParams.payment_method_data.billing_details',
    billingDetails: form.payment_method_data?.billing_details,
  };
  const send = (call) => (elements ? elements._send(call, names) : stripe._call(call));
  const result = await confirmIntent(stripe._caller, reference, { form, send });
  if (result.error) {
    if (result.error.type === 'card_error') stripe._showError(result.error);
    return result;
  }
  if (redirect === 'if_required') return result;
  return leaveFor(returnAddress(form.return_url, reference, result[reference.kind.result]));
}
