// What a page makes of the details a shopper typed, for its server to use.

const OTHER_TOKENS = ['account', 'bank_account', 'person', 'pii'];

defineMethods({
  async createConfirmationToken({ elements, params } = {}) {
    const where = 'stripe.createConfirmationToken()';
    if (!(elements instanceof Elements)) {
      throw new IntegrationError(`${where} needs elements: the group that holds the payment Element.`);
    }
    const given = copyOptions(params, where);
    const context = await elements._clientContext();
    const call = {
      path: '/v1/confirmation_tokens',
      form: { ...given, setup_future_usage: context.setup_future_usage, client_context: context },
      as: 'confirmation token',
    };
    const { body, error } = await elements._send(call, {
      where,
      parameter: 'params.payment_method_data.billing_details',
      billingDetails: given.payment_method_data?.billing_details,
    });
    return error ? { error } : { confirmationToken: body };
  },

  /** Of a group, of one element, or of data in which an element may stand for the method's own details. */
  async createPaymentMethod(options) {
    const { body, error } = await sendPaymentMethod(this, options);
    return error ? { error } : { paymentMethod: body };
  },

  /** Of an element, or of a kind and its data. */
  async createToken(kind, data) {
    const { body, error } = await sendToken(this, kind, data);
    return error ? { error } : { token: body };
  },
});

function sendPaymentMethod(stripe, options) {
  const where = 'stripe.createPaymentMethod()';
  const path = '/v1/payment_methods';
  if (!isObject(options)) throw new IntegrationError(`${where} needs an object.`);
  const { elements, element, params } = options;
  if (elements !== undefined) {
    if (!(elements instanceof Elements)) {
      throw new IntegrationError(`${where}: elements must come from stripe.elements().`);
    }
    if (elements._options.paymentMethodCreation !== 'manual') {
      throw new IntegrationError(`${where} needs elements that were created with paymentMethodCreation: 'manual'.`);
    }
    const form = copyOptions(params, where);
    const names = { where, parameter: 'params.billing_details', billingDetails: form.billing_details };
    return elements._send({ path, form, as: 'payment method' }, names);
  }
  if (element !== undefined) {
    if (!(element instanceof StripeElement)) {
      throw new IntegrationError(`${where}: element must come from elements.create().`);
    }
    return element._send({ path, form: copyOptions(params, where), as: 'payment method' });
  }
  const { send, form } = readMethod(stripe, options, options.type, where);
  return send({ path, form, as: 'payment method' });
}

function sendToken(stripe, kind, data) {
  const where = 'stripe.createToken()';
  const path = '/v1/tokens';
  if (kind instanceof StripeElement) return kind._send({ path, form: copyOptions(data, where), as: 'token' });
  if (kind === 'cvc_update') {
    if (data?.constructor.type === 'cardCvc') return data._send({ path, form: {}, as: 'cvc update' });
    throw new IntegrationError(`${where}: a cvc_update token is made of a cardCvc Element.`);
  }
  if (!OTHER_TOKENS.includes(kind)) {
    throw new IntegrationError(`${where} needs an Element, or one of cvc_update, ${OTHER_TOKENS.join(', ')}.`);
  }
  return stripe._call({ path, form: { [kind]: copyOptions(data, where) } });
}
