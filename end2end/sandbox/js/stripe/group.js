// An elements group: what `stripe.elements(options)` answers. Owns the elements, and what they share: the options, and
// in client-secret mode the intent.

/** Every element of the official types. One without a file in `elements/` is not emulated yet. */
const ELEMENT_TYPES = new Set([
  'address', 'auBankAccount', 'card', 'cardCvc', 'cardExpiry', 'cardNumber', 'contactDetails', 'currencySelector',
  'expressCheckout', 'iban', 'issuingAddToWalletButton', 'issuingCardCopyButton', 'issuingCardCvcDisplay',
  'issuingCardExpiryDisplay', 'issuingCardNumberDisplay', 'issuingCardPinDisplay', 'linkAuthentication', 'linkSignup',
  'payment', 'paymentForm', 'paymentMethodMessaging', 'shippingAddress', 'taxId', 'terms',
]);

/** Methods that start with an underscore are for the elements and the Stripe object of the same page. */
class Elements {
  #stripe;
  #options;
  #elements = new Set();
  #submitted = false;
  #word = randomWord();
  #listeners = new Listeners();
  /** In client-secret mode a promise of `{body}` or `{error}`. */
  #intent = null;

  constructor(stripe, options) {
    this.#stripe = stripe;
    this.#options = checkElementsOptions(options);
    if (this._reference) this.#intent = retrieveIntent(stripe._caller, this._reference);
  }

  create(type, options) {
    if (type === 'paymentRequestButton' && isSince('endive')) {
      throw new IntegrationError('The paymentRequestButton Element was removed. Use the expressCheckout Element.');
    }
    const Class = ELEMENT_CLASSES.get(type);
    if (!Class && (ELEMENT_TYPES.has(type) || type === 'paymentRequestButton')) {
      throw new IntegrationError(`The ${type} Element is not emulated by the sandbox yet.`);
    }
    if (!Class) throw new IntegrationError(`A valid Element name must be provided. You specified: ${type}.`);
    if (Class.needsIntent && !this._mode) {
      throw new IntegrationError(`To create a ${type} Element, pass a clientSecret or a mode to elements().`);
    }
    const present = [...this.#elements].filter((element) => element instanceof Class);
    if (present.length >= Class.most) throw new IntegrationError(`Can only create one Element of type ${type}.`);
    const element = new Class(this, options);
    this.#elements.add(element);
    return element;
  }

  /** With a `mode`, the Address Element of that mode. */
  getElement(type, { mode } = {}) {
    const isIt = (one) => one.constructor.type === type && (mode === undefined || one._options.mode === mode);
    return [...this.#elements].find(isIt) ?? null;
  }

  /** Resolves once the frames show the new options. A mistake in them is thrown at once, and nothing changes. */
  update(changes) {
    this.#options = mergeElementsOptions(this.#options, changes);
    return this.#tellElements().then(() => this.#listeners.emit('update-end', {}));
  }

  /** Checks what the shopper entered. The first mistake is the `{error}`; every element shows its own. */
  async submit() {
    const asked = this.#paying ? [this.#paying] : this.#mounted((Class) => Class.isSubmitted);
    if (!asked.some((element) => element._isPaying || element.constructor.collectsPayment)) {
      throw new IntegrationError('elements.submit() needs a mounted payment Element.');
    }
    const results = await Promise.all(asked.map((element) => element._ask('submit')));
    const wrong = results.find((result) => result.error);
    if (wrong) return { error: wrong.error };
    this.#submitted = true;
    return { selectedPaymentMethod: results.find((result) => result.selectedPaymentMethod)?.selectedPaymentMethod };
  }

  /** Shows what the server changed of the intent. */
  async fetchUpdates() {
    if (!this._reference) {
      throw new IntegrationError('elements.fetchUpdates() works only with a group made from a clientSecret.');
    }
    const answer = await retrieveIntent(this.#stripe._caller, this._reference);
    if (answer.error) return { error: answer.error };
    this.#intent = Promise.resolve(answer);
    await this.#tellElements();
    return {};
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

  get _options() {
    return this.#options;
  }

  /** The word by which the frames of this group find each other: shared/siblings.js. */
  get _word() {
    return this.#word;
  }

  /** The intent of client-secret mode, as `readClientSecret` answers it; in deferred mode undefined. */
  get _reference() {
    const { clientSecret } = this.#options;
    return clientSecret === undefined ? undefined : readClientSecret(clientSecret, 'elements()');
  }

  /** `payment`, `setup` or `subscription`; undefined in a group that was told of no payment. */
  get _mode() {
    if (this._reference) return this._reference.kind === INTENT_KINDS.pi ? 'payment' : 'setup';
    return this.#options.mode;
  }

  /** What every frame is told. Rejects with a `LoadError` if the intent cannot be read. */
  async _describe() {
    const answer = await this.#intent;
    if (answer?.error) throw new LoadError(answer.error);
    const { _caller: caller, _locale: locale } = this.#stripe;
    return { caller, locale: this.#options.locale ?? locale, group: this.#options, payment: this.#payment(answer?.body) };
  }

  /**
   * Has the frame that collects the payment make a call. Details of other elements are put under the page's own.
   * `where` and `given` are for the message about details that were withheld from the element.
   */
  async _send(call, { where, parameter, billingDetails }) {
    const paying = this.#paying;
    const element = paying ?? this.#mounted((Class) => Class.collectsPayment)[0];
    if (!element) throw new IntegrationError(NOT_MOUNTED);
    if (!this._reference && !this.#submitted) {
      throw new IntegrationError(
        `elements.submit() must be called before ${where}, as soon as your customer presses pay.`,
      );
    }
    element._requireWithheld?.(billingDetails, where, parameter);
    const contributions = await Promise.all(
      this.#mounted((Class) => Class.contributes && !paying).map((one) => one._ask('contribute', call.as)),
    );
    const wrong = contributions.find((one) => one.error);
    if (wrong) return wrong;
    const form = contributions.reduceRight((over, under) => mergeForms(under, over), call.form);
    return element._send({ ...call, form });
  }

  /** What was declared here, for the server to compare with the intent that uses the token. */
  async _clientContext() {
    const answer = await this.#intent;
    const payment = this.#payment(answer?.body);
    const { allowedPaymentMethodTypes, excludedPaymentMethodTypes } = this.#options;
    return {
      mode: payment.mode,
      currency: payment.currency,
      amount: payment.amount,
      capture_method: payment.captureMethod,
      setup_future_usage: payment.setupFutureUsage,
      allowed_payment_method_types: allowedPaymentMethodTypes,
      excluded_payment_method_types: excludedPaymentMethodTypes,
    };
  }

  _showError(error) {
    for (const element of this.#elements) element._showError(error);
  }

  _forget(element) {
    this.#elements.delete(element);
    if (element.constructor.collectsPayment) this.#submitted = false;
  }

  /** The payment in the words of deferred mode, whichever mode this is. */
  #payment(intent) {
    const { mode, currency, amount, captureMethod, setupFutureUsage } = this.#options;
    if (!intent) return { mode, currency, amount, captureMethod, setupFutureUsage };
    return {
      mode: this._mode,
      currency: intent.currency,
      amount: intent.amount,
      captureMethod: intent.capture_method,
      setupFutureUsage: intent.setup_future_usage ?? intent.usage,
      paymentMethodTypes: intent.payment_method_types,
    };
  }

  /** The element in which the shopper pays right now, without the others. */
  get #paying() {
    return [...this.#elements].find((element) => element._isPaying);
  }

  #mounted(wanted) {
    return [...this.#elements].filter((element) => element._mounted && wanted(element.constructor));
  }

  async #tellElements() {
    await Promise.all([...this.#elements].map((element) => element._tellOptions()));
  }
}
