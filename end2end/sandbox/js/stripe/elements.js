// An elements group: what `stripe.elements(options)` answers. Owns at most one Payment Element.

const NOT_YET_ELEMENTS = new Set([
  'address', 'auBankAccount', 'card', 'cardCvc', 'cardExpiry', 'cardNumber', 'contactDetails', 'currencySelector',
  'expressCheckout', 'iban', 'linkAuthentication', 'linkSignup', 'paymentMethodMessaging', 'shippingAddress', 'taxId',
  'terms',
]);

/** Methods that start with an underscore are for the elements and the Stripe object of the same page. */
class Elements {
  #apiKey;
  #options;
  #payment = null;
  #submitted = false;
  #listeners = new Listeners();

  constructor(apiKey, options) {
    this.#apiKey = apiKey;
    this.#options = checkElementsOptions(options);
  }

  create(type, options) {
    if (type === 'paymentRequestButton') {
      throw new IntegrationError('The paymentRequestButton Element was removed. Use the expressCheckout Element.');
    }
    if (NOT_YET_ELEMENTS.has(type)) {
      throw new IntegrationError(`The ${type} Element is not emulated by the sandbox yet.`);
    }
    if (type !== 'payment') {
      throw new IntegrationError(`A valid Element name must be provided. You specified: ${type}.`);
    }
    if (this.#options.mode === undefined) {
      throw new IntegrationError('To create a payment Element, pass a clientSecret or a mode to elements().');
    }
    if (this.#payment) throw new IntegrationError('Can only create one Element of type payment.');
    this.#payment = new PaymentElement(this, options);
    return this.#payment;
  }

  getElement(type) {
    return type === 'payment' ? this.#payment : null;
  }

  /** Resolves once the frame shows the new options. A mistake in them is thrown at once, and nothing changes. */
  update(changes) {
    this.#options = mergeElementsOptions(this.#options, changes);
    return Promise.resolve(this.#payment?._tellOptions()).then(() => this.#listeners.emit('update-end', {}));
  }

  async submit() {
    if (!this.#payment?._mounted) {
      throw new IntegrationError('elements.submit() needs a mounted payment Element.');
    }
    const result = await this.#payment._ask('submit');
    if (!result.error) this.#submitted = true;
    return result;
  }

  async fetchUpdates() {
    throw new IntegrationError('elements.fetchUpdates() works only with a group made from a clientSecret.');
  }

  on(event, handler) {
    this.#listeners.add(event, handler);
    return this;
  }

  once(event, handler) {
    this.#listeners.add(event, handler, { once: true });
    return this;
  }

  off(event, handler) {
    this.#listeners.remove(event, handler);
    return this;
  }

  get _apiKey() {
    return this.#apiKey;
  }

  get _options() {
    return this.#options;
  }

  /** The frame makes the token, because only the frame knows the card. */
  async _createConfirmationToken(params) {
    if (!this.#payment?._mounted) throw new IntegrationError(NOT_MOUNTED);
    if (!this.#submitted) {
      throw new IntegrationError(
        'elements.submit() must be called before stripe.createConfirmationToken(), as soon as your customer presses pay.',
      );
    }
    requireWithheldDetails(this.#payment._options.fields, params);
    return this.#payment._ask('create confirmation token', { params, context: this.#clientContext() });
  }

  _showError(error) {
    this.#payment?._showError(error);
  }

  _forget() {
    this.#payment = null;
    this.#submitted = false;
  }

  /** What was declared here, for the server to compare with the intent that uses the token. */
  #clientContext() {
    const { mode, currency, amount, captureMethod, setupFutureUsage } = this.#options;
    const { allowedPaymentMethodTypes, excludedPaymentMethodTypes } = this.#options;
    return {
      mode,
      currency,
      amount,
      capture_method: captureMethod,
      setup_future_usage: setupFutureUsage,
      allowed_payment_method_types: allowedPaymentMethodTypes,
      excluded_payment_method_types: excludedPaymentMethodTypes,
    };
  }
}

/** Details that the element was told never to ask for have to come from the page. */
function requireWithheldDetails(fields, params) {
  const given = params?.payment_method_data?.billing_details;
  for (const path of withheldDetails(fields?.billingDetails)) {
    const value = path.split('.').reduce((inner, name) => inner?.[name], given);
    if (value !== undefined) continue;
    throw new IntegrationError(
      `You specified "never" for fields.billing_details.${path} when creating the payment Element, but did not pass ` +
        `params.payment_method_data.billing_details.${path} when calling stripe.createConfirmationToken().`,
    );
  }
}

function withheldDetails(fields) {
  const lines = { country: 'country', postalCode: 'postal_code', state: 'state', city: 'city', line1: 'line1', line2: 'line2' };
  const address = fields === 'never' ? 'never' : fields?.address;
  const contact = ['name', 'email', 'phone'].filter((one) => fields === 'never' || fields?.[one] === 'never');
  const withheld = Object.keys(lines).filter((line) => address === 'never' || address?.[line] === 'never');
  return [...contact, ...withheld.map((line) => `address.${lines[line]}`)];
}
