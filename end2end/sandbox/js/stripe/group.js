// An elements group: what `stripe.elements(options)` answers. Owns the elements, and what they share: the options, and
// what the sandbox says of the payment.

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
  /** A promise of `{body}` or `{error}`, as stripe/session.js reads it; null in a group that was told of no payment. */
  #session = null;
  /** The session once it is there. */
  #known = undefined;

  constructor(stripe, options) {
    this.#stripe = stripe;
    this.#options = checkElementsOptions(options);
    this.#ask();
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
    if (Class.needsIntent && !this._mode && !this._awaitsPayment) {
      throw new IntegrationError(`To create a ${type} Element, pass a clientSecret or a mode to elements().`);
    }
    const present = [...this.#elements].filter((element) => element instanceof Class);
    if (present.length >= Class.most) throw new IntegrationError(`Can only create one Element of type ${type}.`);
    const element = new Class(this, options);
    this.#elements.add(element);
    this.#stripe._note(this, true);
    return element;
  }

  /** With a `mode`, the Address Element of that mode. A component of React's names its type. */
  getElement(wanted, { mode } = {}) {
    const type = wanted?.__elementType ?? wanted;
    const isIt = (one) => one.constructor.type === type && (mode === undefined || one._options.mode === mode);
    return [...this.#elements].find(isIt) ?? null;
  }

  /** Resolves once the frames show the new options. A mistake in them is thrown at once, and nothing changes. */
  update(changes) {
    const before = this.#options;
    this.#options = mergeElementsOptions(before, changes);
    if (isOtherSession(before, this.#options)) this.#ask();
    return this.#tellElements().then(() => void this.#listeners.emit('update-end'));
  }

  /** Checks what the shopper entered. The first mistake is the `{error}`; every element shows its own. */
  async submit() {
    const asked = this.#asked;
    if (!asked.some((element) => element._isPaying || element.constructor.collectsPayment)) {
      throw new IntegrationError('elements.submit() needs a mounted payment Element.');
    }
    const results = (await this._check()).map(({ result }) => result);
    const wrong = results.find((result) => result.error);
    if (wrong) return { error: wrong.error };
    for (const element of asked) {
      const { error } = await element._collect();
      if (error) return { error };
    }
    this.#submitted = true;
    return { selectedPaymentMethod: results.find((result) => result.selectedPaymentMethod)?.selectedPaymentMethod };
  }

  /** Shows what the server changed of the intent. */
  async fetchUpdates() {
    if (!this._reference) {
      throw new IntegrationError('elements.fetchUpdates() works only with a group made from a clientSecret.');
    }
    const answer = await readSession(this.#stripe._caller, this.#options, this._reference);
    if (answer.error) return { error: answer.error };
    this.#ask(answer);
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

  /** What each element that is asked by `submit` says: `{element, result}`. */
  _check() {
    return Promise.all(this.#asked.map(async (element) => ({ element, result: await element._ask('submit') })));
  }

  /** Whether it will be told of a payment later on. */
  get _awaitsPayment() {
    return false;
  }

  get _options() {
    return this.#options;
  }

  get _locale() {
    return this.#options.locale ?? this.#stripe._options.locale ?? 'auto';
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

  /** The types that apply, undefined before they are known; how many saved methods are offered; and the shopper's wallets. */
  get _known() {
    return {
      types: this.#known?.payment_method_preference.ordered_payment_method_types,
      savedCount: this.#known?.customer?.payment_methods.length ?? 0,
      walletsAtHand: this.#known?.sandbox_quirks?.wallets ?? [],
    };
  }

  /** What a test wants to go wrong: stripe/quirks.js. */
  async _quirks() {
    return (await this.#session)?.body?.sandbox_quirks ?? {};
  }

  /** What every frame is told. Rejects with a `LoadError` if the session cannot be read. */
  async _describe() {
    const answer = await this.#session;
    if (answer?.error) throw new LoadError(answer.error);
    const { _caller: caller } = this.#stripe;
    const group = this.#options;
    const session = answer?.body;
    return {
      caller, locale: this._locale, group, payment: paymentOf(group, session), choices: choicesOf(group, session),
    };
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
    const answer = await this.#session;
    const payment = paymentOf(this.#options, answer?.body);
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
    if (this.#elements.size === 0) this.#stripe._note(this, false);
    if (element.constructor.collectsPayment) this.#submitted = false;
  }

  /** Has the sandbox say what applies to the payment that the options now tell of; or takes its answer. */
  #ask(answer) {
    if (!this._mode) return;
    const asked = Promise.resolve(answer ?? readSession(this.#stripe._caller, this.#options, this._reference));
    this.#session = asked;
    asked.then(({ body }) => {
      if (this.#session !== asked || !body) return;
      this.#known = body;
      if (body.customer_error) console.warn(`The customer session is left out: ${body.customer_error}`);
    });
  }

  /** The element in which the shopper pays right now, without the others. */
  get #paying() {
    return [...this.#elements].find((element) => element._isPaying);
  }

  get #asked() {
    return this.#paying ? [this.#paying] : this.#mounted((Class) => Class.isSubmitted);
  }

  #mounted(wanted) {
    return [...this.#elements].filter((element) => element._mounted && wanted(element.constructor));
  }

  async #tellElements() {
    await Promise.all([...this.#elements].map((element) => element._tellOptions()));
  }
}
