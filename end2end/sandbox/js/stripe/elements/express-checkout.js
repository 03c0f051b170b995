// The Express Checkout Element: a button for each wallet, and the sheet that opens over the page.

const WALLET_OPTIONS = { applePay: ['auto', 'always', 'never'], googlePay: ['auto', 'always', 'never'] };
const RATES = listOf({ id: 'string', amount: 'number', displayName: 'string', deliveryEstimate: either('string', 'object') });
const LINE_ITEMS = listOf({ name: 'string', amount: 'number' });
const REQUIREMENTS = {
  billingAddressRequired: 'boolean', emailRequired: 'boolean', phoneNumberRequired: 'boolean',
  shippingAddressRequired: 'boolean',
};
const CHANGE_DETAILS = { applePay: 'object', lineItems: LINE_ITEMS, shippingRates: RATES };
const CLICK_DETAILS = {
  ...CHANGE_DETAILS, ...REQUIREMENTS, allowedShippingCountries: listOf('string'), business: { name: 'string' },
};
const FAILURES = [
  'fail', 'invalid_shipping_address', 'invalid_billing_address', 'invalid_payment_data', 'address_unserviceable',
];

/** How long a page may take to answer a click, and a change of address or rate. */
const CLICK_LIMIT_MS = 1_000;
const CHANGE_LIMIT_MS = 20_000;

const DEFAULT_BUTTON_HEIGHT = 44;
const BUTTON_GAP = 8;

class ExpressCheckoutElement extends StripeElement {
  static type = 'expressCheckout';
  static frame = { kind: 'elements-inner-express-checkout', title: 'Secure express checkout frame' };
  static options = {
    ...CLICK_DETAILS,
    buttonHeight: checkButtonHeight,
    buttonTheme: {
      applePay: ['black', 'white', 'white-outline'], googlePay: ['black', 'white'],
      paypal: ['gold', 'blue', 'silver', 'white', 'black'],
    },
    buttonType: { applePay: 'string', googlePay: 'string', paypal: 'string' },
    layout: { maxColumns: 'number', maxRows: 'number', overflow: ['auto', 'never'] },
    paymentMethodOrder: listOf('string'),
    paymentMethods: {
      ...WALLET_OPTIONS, ...Object.fromEntries(['amazonPay', 'klarna', 'link', 'paypal'].map((one) => [one, ['auto', 'never']])),
    },
    wallets: WALLET_OPTIONS,
  };
  static updatable = [
    ...Object.keys(REQUIREMENTS), 'allowedShippingCountries', 'buttonHeight', 'layout', 'paymentMethodOrder',
  ];
  static events = [
    'click', 'confirm', 'cancel', 'shippingaddresschange', 'shippingratechange', 'availablepaymentmethodschange',
  ];
  static needsIntent = true;

  static reservedHeight(groupOptions, options, width, { types, walletsAtHand }) {
    const payment = { ...groupOptions, paymentMethodTypes: types };
    const count = availableWallets(payment, groupOptions, options, walletsAtHand).length;
    const { maxColumns, maxRows } = options.layout ?? {};
    // As express-checkout/main.js lays them out.
    const rows = Math.ceil(count / (maxColumns || (width < 400 ? 1 : 2)));
    const shown = Math.min(rows, maxRows || rows);
    return shown * ((options.buttonHeight ?? DEFAULT_BUTTON_HEIGHT) + BUTTON_GAP) - (shown > 0 ? BUTTON_GAP : 0);
  }

  #available = [];
  #told = '';
  /** `{frame, close, type, isPaying, isUsed, isAnswered}` while a wallet is open. */
  #sheet = null;

  unmount() {
    this.#close();
    super.unmount();
  }

  destroy() {
    this.#close();
    super.destroy();
  }

  get _isPaying() {
    return this.#sheet?.isPaying === true;
  }

  _describe({ payment, group, options }) {
    this.#available = availableWallets(payment, group, options, this._group._known.walletsAtHand);
    return { wallets: this.#available.map(({ type }) => type) };
  }

  _readyDetails() {
    return { availablePaymentMethods: this.#flags((is) => is) };
  }

  /** What is asked of the payer is asked of the sheet. */
  _ask(type, body) {
    return this.#sheet ? this.#sheet.frame.ask(type, body) : super._ask(type, body);
  }

  async _send(call) {
    const sheet = this.#sheet;
    const answer = await super._send(call);
    if (sheet && !answer.error) sheet.isUsed = true;
    if (sheet?.isAnswered && sheet.isUsed) this.#close(sheet);
    return answer;
  }

  _receive() {
    return {
      click: (type) => this.#click(type),
      shown: () => {
        const paymentMethods = this.#flags((available) => ({ available }));
        if (JSON.stringify(paymentMethods ?? null) === this.#told) return;
        this.#told = JSON.stringify(paymentMethods ?? null);
        this._emit('availablepaymentmethodschange', { paymentMethods });
      },
    };
  }

  /** By the option's name; undefined where no wallet can be used. */
  #flags(flag) {
    if (this.#available.length === 0) return undefined;
    return Object.fromEntries(WALLETS.map((wallet) => [wallet.name, flag(this.#available.includes(wallet))]));
  }

  /** Resolves once the shopper is back at the buttons. */
  async #click(expressPaymentType) {
    if (this.#sheet) return;
    const details = await this.#askPage('click', { expressPaymentType }, CLICK_DETAILS, CLICK_LIMIT_MS);
    if (!details || this.#sheet || !this._mounted) return;
    const options = { ...this._options, ...details };
    if (options.shippingAddressRequired && !options.shippingRates?.length) {
      console.error('expressCheckout: shippingAddressRequired needs shippingRates. The payment interface stays closed.');
      return;
    }
    await this.#open(expressPaymentType, options);
  }

  /**
   * Tells the page and waits for its `resolve(details)` or `reject()`; answers the details, or null. Where nobody listens
   * nothing is changed.
   */
  async #askPage(event, body, shape, limit) {
    if (!this._listensTo(event)) return {};
    let late;
    const answer = new Promise((done) => {
      late = setTimeout(() => {
        console.error(`expressCheckout: resolve() or reject() was not called within ${limit / 1000} s of ${event}.`);
        done(null);
      }, limit);
      const resolve = (given) => {
        const where = `expressCheckout: resolve() of ${event}`;
        const details = checkOptions(given, shape, where);
        checkLineItems(details.lineItems, this._group._options.amount, where);
        done(details);
      };
      this._emit(event, { ...body, resolve, reject: () => done(null) });
    });
    const details = await answer;
    clearTimeout(late);
    return details;
  }

  /** Resolves once the sheet is gone. */
  async #open(type, options) {
    const change = async (event, body) => {
      const details = await this.#askPage(event, body, CHANGE_DETAILS, CHANGE_LIMIT_MS);
      return { details, payment: (await this._group._describe()).payment };
    };
    const sheet = openWallet(this._group, {
      type,
      options,
      receive: {
        shippingaddresschange: (body) => change('shippingaddresschange', body),
        shippingratechange: (body) => change('shippingratechange', body),
        confirm: (body) => this.#confirm(body),
        cancel: () => this.#cancel(),
      },
    });
    this.#sheet = Object.assign(sheet, { type, isPaying: false, isUsed: false, isAnswered: false });
    if ((await sheet.gone) === 'unreachable') this.#cancel();
  }

  /**
   * The sheet stays until the page has made something of it and its listener is done, as far as it answers a promise: so
   * that `paymentFailed` can be shown.
   */
  async #confirm(details) {
    const sheet = this.#sheet;
    if (!sheet || sheet.isPaying) return;
    Object.assign(sheet, { isPaying: true, isUsed: false, isAnswered: false });
    const paymentFailed = ({ reason = 'fail', message } = {}) => {
      checkShape(reason, FAILURES, 'expressCheckout: paymentFailed(): reason');
      if (this.#sheet !== sheet) return;
      Object.assign(sheet, { isPaying: false, isUsed: false });
      sheet.frame.send('payment failed', { reason, message });
    };
    const answers = this._emit('confirm', { ...details, expressPaymentType: sheet.type, paymentFailed });
    const settled = await Promise.allSettled(answers);
    for (const { reason } of settled.filter(({ status }) => status === 'rejected')) {
      setTimeout(() => {
        throw reason;
      });
    }
    sheet.isAnswered = true;
    if (sheet.isUsed) this.#close(sheet);
  }

  #cancel() {
    this.#close();
    this._emit('cancel');
  }

  #close(sheet = this.#sheet) {
    if (!sheet || this.#sheet !== sheet) return;
    this.#sheet = null;
    sheet.close('closed');
  }
}

registerElement(ExpressCheckoutElement);

/** In the page's order. Apple Pay is offered where it exists, or `always`. */
function availableWallets(payment, group, { paymentMethods, wallets, paymentMethodOrder = [] }, atHand) {
  const wanted = { ...wallets, ...paymentMethods };
  const rank = ({ type, name }) => {
    const at = paymentMethodOrder.findIndex((one) => one === type || one === name);
    return at < 0 ? WALLETS.length : at;
  };
  const isThere = ({ type, name }) =>
    name !== 'applePay' || wanted.applePay === 'always' || 'ApplePaySession' in window || atHand.includes(type);
  return walletsFor(payment, group)
    .filter((wallet) => wanted[wallet.name] !== 'never' && isThere(wallet))
    .sort((a, b) => rank(a) - rank(b));
}

function checkButtonHeight(height, where) {
  if (typeof height === 'number' && height >= 40 && height <= 55) return height;
  throw invalidValue(where, 'a number from 40 to 55', height);
}

function checkLineItems(items = [], amount, where) {
  const sum = items.reduce((total, item) => total + item.amount, 0);
  if (amount === undefined || sum <= amount) return;
  throw new IntegrationError(`${where}: the lineItems add up to ${sum}, which is more than the amount of ${amount}.`);
}
