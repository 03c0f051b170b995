// `initCheckoutElementsSdk`: a Checkout Session whose elements stand on the merchant's page. What the session comes to is
// the sandbox's to say; every call answers it anew.

const CONTACT = { name: orNull('string'), address: 'object' };
const CHECKOUT_OPTIONS = {
  adaptivePricing: { allowed: 'boolean' },
  defaultValues: { billingAddress: CONTACT, shippingAddress: CONTACT, email: 'string', phoneNumber: 'string' },
  elementsOptions: {
    appearance: 'object',
    fonts: 'list',
    loader: ['auto', 'always', 'never'],
    savedPaymentMethod: { enableSave: ['auto', 'never'], enableRedisplay: ['auto', 'never'] },
    syncAddressCheckbox: ['billing', 'shipping', 'none'],
  },
};

/** By the name in `create…Element` and `get…Element`: the type, and the mode of one that comes in two. */
const CHECKOUT_ELEMENTS = {
  BillingAddress: ['address', 'billing'],
  ContactDetails: ['contactDetails'],
  CurrencySelector: ['currencySelector'],
  ExpressCheckout: ['expressCheckout'],
  LinkSignup: ['linkSignup'],
  Payment: ['payment'],
  ShippingAddress: ['address', 'shipping'],
  TaxId: ['taxId'],
  Terms: ['terms'],
};

/** What a buyer's mistake is called; everything else has no name. */
const BUYER_CODES = ['incompleteEmail', 'invalidCode', 'invalidEmail'];

/** Elements that can be made before it is known what is to be paid. */
class CheckoutElements extends Elements {
  #loaded;

  constructor(stripe, options, loaded) {
    super(stripe, options);
    this.#loaded = loaded;
  }

  get _awaitsPayment() {
    return true;
  }

  async _describe() {
    const { error } = await this.#loaded;
    if (error) throw new LoadError({ type: 'invalid_request_error', message: error.message });
    return super._describe();
  }
}

class Checkout {
  #stripe;
  #secret;
  #group;
  #listeners = new Listeners();
  /** What the sandbox last said of the session. */
  #page;
  /** A promise of `{}` or `{error}`. */
  #loaded;
  #told = '';
  #isComplete = false;

  constructor(stripe, given) {
    const where = 'stripe.initCheckoutElementsSdk()';
    const { clientSecret, ...rest } = given ?? {};
    const { elementsOptions, defaultValues = {} } = checkOptions(rest, CHECKOUT_OPTIONS, where);
    const { savedPaymentMethod, ...options } = elementsOptions ?? {};
    this.#stripe = stripe;
    this.#loaded = this.#load(clientSecret, defaultValues, where);
    this.#loaded.catch(() => {});
    this.#group = new CheckoutElements(stripe, options, this.#loaded);
  }

  /** What the page gets. Frameworks copy its members into objects of their own, so that they are all its own. */
  get sdk() {
    const sdk = {
      on: (event, handler) => {
        if (event !== 'change') console.warn(`${event} is not an event of the checkout: this listener is never called.`);
        this.#listeners.add(event, handler);
      },
      loadActions: async () => {
        const { error } = await this.#loaded;
        if (error) return { type: 'error', error: { message: error.message, code: null } };
        return { type: 'success', actions: this.#actions };
      },
      changeAppearance: (appearance) => void this.#group.update({ appearance }),
      loadFonts: () => {},
    };
    for (const [name, [type, mode]] of Object.entries(CHECKOUT_ELEMENTS)) {
      sdk[`create${name}Element`] = (options) => this.#create(type, mode, options);
      sdk[`get${name}Element`] = () => this.#group.getElement(type, { mode });
    }
    return sdk;
  }

  get #actions() {
    const contact = (address) => address ?? '';
    return {
      getSession: () => this.#session,
      applyPromotionCode: (code) => this.#update({ promotion_code: code }),
      removePromotionCode: () => this.#update({ promotion_code: '' }),
      updateEmail: (email) => this.#updateEmail(email),
      updatePhoneNumber: (phone) => this.#update({ phone: phone ?? '' }),
      updateIndividualName: (name) => this.#update({ individual_name: name ?? '' }),
      updateBusinessName: (name) => this.#update({ business_name: name ?? '' }),
      updateBillingAddress: (address) => this.#update({ billing_address: contact(address) }),
      updateShippingAddress: (address) => this.#update({ shipping_address: contact(address) }),
      updateShippingOption: (rate) => this.#update({ shipping_rate: rate }),
      updateLineItemQuantity: ({ lineItem, quantity }) => this.#update({ line_item: { id: lineItem, quantity } }),
      updateTaxIdInfo: (info) =>
        this.#update({ tax_id: info ? { ...info.taxId, business_name: info.businessName } : '' }),
      addOptionalLineItem: async () => buyerError({ message: 'The session has no optional items.' }),
      removeOptionalLineItem: async () => buyerError({ message: 'The session has no optional items.' }),
      runServerUpdate: async (update) => {
        await update();
        return this.#ask();
      },
      validateElements: () => this.#validate(),
      confirm: (options) => this.#confirm(options),
    };
  }

  /** The session, with what is known here alone: whether the shopper has filled in how to pay. */
  get #session() {
    const { session } = this.#page;
    return { ...session, canConfirm: session.canConfirm && this.#isComplete };
  }

  get #path() {
    return `/v1/payment_pages/${this.#secret.split('_secret_')[0]}`;
  }

  async #load(clientSecret, { email, phoneNumber, billingAddress, shippingAddress }, where) {
    this.#secret = await clientSecret;
    if (!/^cs_\w+_secret_\w+$/.test(this.#secret)) {
      throw new IntegrationError(`${where}: clientSecret should be of the form cs_…_secret_…, or a promise of it.`);
    }
    const { error } = await this.#ask();
    if (error) return { error };
    const defaults = { email, phone: phoneNumber, billing_address: billingAddress, shipping_address: shippingAddress };
    if (Object.values(defaults).some(Boolean) && this.#page.session.status.type === 'open') await this.#update(defaults);
    return {};
  }

  #ask() {
    return this.#take(this.#stripe._call({ path: this.#path, query: { client_secret: this.#secret } }));
  }

  #update(form) {
    return this.#take(this.#stripe._call({ path: this.#path, form: { ...form, client_secret: this.#secret } }));
  }

  async #updateEmail(email) {
    if (email && !email.includes('@')) return buyerError({ code: 'incompleteEmail', message: 'This email is incomplete.' });
    return this.#update({ email: email ?? '' });
  }

  /** Takes what the sandbox says of the session, and tells the elements and the page what is new. */
  async #take(asked) {
    const { body, error } = await asked;
    if (error) return buyerError(error);
    const { types, setup_future_usage: usage, amount, currency, mode } = body.payment;
    const before = this.#page?.payment;
    this.#page = body;
    if (JSON.stringify(before) !== JSON.stringify(body.payment)) {
      // Nothing to pay is nothing to charge now, which a subscription may begin with.
      const options = { mode: amount === 0 ? 'subscription' : mode, allowedPaymentMethodTypes: types };
      if (currency) options.currency = currency;
      if (mode !== 'setup') options.amount = amount;
      if (usage) options.setupFutureUsage = usage;
      this.#group.update(options);
    }
    this.#tell();
    return { type: 'success', session: this.#session };
  }

  #tell() {
    const session = this.#session;
    const told = JSON.stringify(session);
    if (told === this.#told) return;
    this.#told = told;
    this.#listeners.emit('change', session);
  }

  async #validate() {
    const results = await this.#group._check();
    const wrong = results.filter(({ result }) => result.error);
    if (results.length > 0 && wrong.length === 0) return { type: 'success', session: this.#session };
    const errors = wrong.map(({ element, result }) => {
      const { mode } = element._options;
      const { type } = element.constructor;
      return { message: result.error.message, element: mode ? `${mode}Address` : type };
    });
    const message = errors[0]?.message ?? 'There is no mounted element to check.';
    const code = errors.length > 0 ? 'validation_error' : 'no_elements';
    return { type: 'error', error: { code, message, validation_errors: errors } };
  }

  async #confirm(given = {}) {
    const where = 'checkout.confirm()';
    const { redirect = 'always', returnUrl, paymentMethod, email, phoneNumber, billingAddress, shippingAddress } = given;
    checkShape(redirect, ['always', 'if_required'], `${where}: redirect`);
    const wayOut = returnUrl ?? this.#page.way_out;
    if (redirect === 'always' && !wayOut) {
      throw new IntegrationError(`${where} needs returnUrl, unless the session has a return_url or redirect is 'if_required'.`);
    }
    if (paymentMethod) return buyerError(notEmulated(`${where} with a saved paymentMethod`).error);
    const submitted = await this.#group.submit();
    if (submitted.error) return buyerError(submitted.error);
    const form = {
      client_secret: this.#secret,
      expected_amount: this.#page.session.total.total.minorUnitsAmount,
      email,
      phone: phoneNumber,
      billing_address: billingAddress,
      shipping_address: shippingAddress,
      return_url: wayOut,
    };
    const call = { path: `${this.#path}/confirm`, form, as: 'confirmation' };
    const sent = this.#group._send(call, { where, parameter: 'billingAddress', billingDetails: billingAddress });
    const { body, error } = await sent;
    if (error) return this.#failed(error);
    await this.#take(sent);
    const { intent } = body;
    if (intent?.status === 'requires_action') {
      const reference = readClientSecret(intent.client_secret, where);
      const ended = await runNextAction(this.#stripe._caller, reference, intent);
      if (ended.error) return this.#failed(ended.error);
      await this.#ask();
    }
    if (redirect === 'always') return leaveFor(wayOut.replaceAll('{CHECKOUT_SESSION_ID}', body.session.id));
    return { type: 'success', session: this.#session };
  }

  /** A payment that failed: the session tells of it, too. */
  async #failed(error) {
    if (error.type === 'card_error') this.#stripe._showError(error);
    await this.#ask();
    if (error.type !== 'card_error') return buyerError(error);
    const paymentFailed = { declineCode: error.decline_code ?? null };
    return { type: 'error', error: { message: error.message, code: 'paymentFailed', paymentFailed } };
  }

  /** An element, whose details go into the session as soon as they are complete. */
  #create(type, mode, options) {
    const element = this.#group.create(type, mode ? { ...options, mode } : options);
    if (element.constructor.isSubmitted) element.on('change', (told) => this.#follow(type, mode, told));
    const narrow = () => {
      const isThere = this.#group.getElement(type, { mode }) === element;
      if (isThere && this.#page?.ships_to) element.update({ allowedCountries: this.#page.ships_to });
    };
    if (mode === 'shipping') this.#loaded.then(narrow, () => {});
    return element;
  }

  #follow(type, mode, { complete, value }) {
    if (type === 'payment') {
      this.#isComplete = complete;
      if (this.#page) this.#tell();
    }
    if (!complete || this.#page?.session.status.type !== 'open') return;
    if (mode) this.#update({ [`${mode}_address`]: { name: value.name, address: value.address } });
    if (type === 'contactDetails') this.#update({ email: value.email });
  }
}

function buyerError({ message, code }) {
  return { type: 'error', error: { message, code: BUYER_CODES.includes(code) ? code : null } };
}

defineMethods({
  initCheckoutElementsSdk(options) {
    return new Checkout(this, options).sdk;
  },
});
