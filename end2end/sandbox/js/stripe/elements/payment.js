// The Payment Element, as the merchant's page sees it.

const FIELD = ['auto', 'never'];
const PAYMENT_BILLING_FIELDS = either(FIELD, {
  name: ['auto', 'never', 'always'],
  email: FIELD,
  phone: FIELD,
  address: either(['auto', 'never', 'if_required'], {
    country: FIELD, postalCode: FIELD, state: FIELD, city: FIELD, line1: FIELD, line2: FIELD,
  }),
});

const LAYOUT_TYPES = ['tabs', 'accordion', 'auto'];
const LAYOUT = either(LAYOUT_TYPES, {
  type: LAYOUT_TYPES,
  defaultCollapsed: 'boolean',
  radios: either(['auto', 'never', 'always', 'if_multiple'], 'boolean'),
  spacedAccordionItems: 'boolean',
  visibleAccordionItemsCount: 'number',
  paymentMethodLogoPosition: ['start', 'end'],
});
/** What of the layout stays as it was when the element was created. */
const FIXED_LAYOUT = ['defaultCollapsed', 'paymentMethodLogoPosition'];

/** In pixels, as payment/chooser.js and payment/page.css have them. */
const ACCORDION_BELOW = 420;
const ACCORDION_ROW = 48;
const SAVED_ROW = 44;

const TERM = ['auto', 'always', 'never'];
const TERMS = [
  'applePay', 'auBecsDebit', 'bancontact', 'card', 'cashapp', 'googlePay', 'ideal', 'klarna', 'paypal', 'sepaDebit', 'sofort',
  'usBankAccount',
];
/** Of stripe/wallets.js, those that have a place among the methods. */
const WALLET_NAMES = ['applePay', 'googlePay', 'link'];
const shapeOf = (names, shape) => Object.fromEntries(names.map((name) => [name, shape]));

class PaymentElement extends StripeElement {
  static type = 'payment';
  static frame = { kind: 'elements-inner-payment', title: 'Secure payment input frame' };
  static options = {
    applePay: 'object',
    business: { name: 'string' },
    defaultValues: 'object',
    fields: (fields, where) => checkPaymentFields(fields, where),
    layout: LAYOUT,
    paymentMethodOrder: 'list',
    readOnly: 'boolean',
    terms: shapeOf(TERMS, TERM),
    walletOptions: { emailRequired: 'boolean', phoneNumberRequired: 'boolean' },
    wallets: either(['auto', 'never'], shapeOf(WALLET_NAMES, ['auto', 'never'])),
  };
  static updatable = [
    'applePay', 'business', 'defaultValues', 'fields', 'paymentMethodOrder', 'readOnly', 'terms', 'walletOptions',
    ...(isSince('endive') ? ['layout'] : []),
  ];
  static events = [
    'availablepaymentmethodschange', 'carddetailschange', 'savedpaymentmethodremove', 'savedpaymentmethodupdate',
  ];
  static needsIntent = true;
  static isSubmitted = true;
  static collectsPayment = true;

  /** As shared/form.css and payment/page.css lay it out. Before the methods are known, several are awaited. */
  static reservedHeight(group, { fields, layout, wallets }, width, { types, savedCount, walletsAtHand }) {
    const { appearance, allowedPaymentMethodTypes } = group;
    const addressFields = fields?.billingDetails?.address ?? fields?.billingDetails;
    const rows = addressFields === 'never' ? 2 : 3;
    const fontSize = parseFloat(appearance?.variables?.fontSizeBase) || 16;
    const unit = parseFloat(appearance?.variables?.spacingUnit) || 4;
    const form = savedCount > 0 ? savedCount * SAVED_ROW : formHeight({ appearance }, rows);
    const known = types ?? allowedPaymentMethodTypes ?? ['card', 'card'];
    const offered = offeredWallets({ ...group, paymentMethodTypes: types }, group, wallets, walletsAtHand);
    const count = known.length + offered.length + Math.min(savedCount, 1);
    if (count === 1) return form;
    const { type = layout, visibleAccordionItemsCount: most = 5, spacedAccordionItems: spaced } = isObject(layout) ? layout : {};
    const isAccordion = type === 'accordion' || (type !== 'tabs' && width + 8 < ACCORDION_BELOW);
    if (!isAccordion) return Math.round(form + 2 + 6 + unit * 9 + fontSize * 0.93 * 1.3 + 16);
    const lines = count > most && most > 0 ? most + 1 : count;
    const between = spaced ? 2 * lines + unit * 2 * (lines - 1) : lines + 1;
    return Math.round(form + lines * ACCORDION_ROW + between + unit * 4);
  }

  /** The types of the wallets among its methods, and of the method that is chosen. */
  #wallets = [];
  #chosen;
  /** What a wallet's sheet handed over, for the next call. */
  #entered = null;
  /** The sheet that is open. */
  #sheet = null;

  unmount() {
    this.#sheet?.close('cancelled');
    super.unmount();
  }

  destroy() {
    this.#sheet?.close('cancelled');
    super.destroy();
  }

  update(options) {
    if (!isObject(options?.layout)) return super.update(options);
    const { layout: before } = this._options;
    const fixed = FIXED_LAYOUT.filter((name) => name in options.layout);
    for (const name of fixed) console.warn(`payment.update(): layout.${name} cannot be changed any more and is ignored.`);
    const kept = FIXED_LAYOUT.filter((name) => isObject(before) && name in before).map((name) => [name, before[name]]);
    const free = Object.entries(options.layout).filter(([name]) => !FIXED_LAYOUT.includes(name));
    return super.update({ ...options, layout: Object.fromEntries([...free, ...kept]) });
  }

  /** Closes the form of the chosen method. Where there is one method only, there is nothing to collapse. */
  collapse() {
    if (this._mounted) this._tell('collapse');
    return this;
  }

  _describe({ payment, group, options }) {
    const offered = offeredWallets(payment, group, options.wallets, this._group._known.walletsAtHand);
    this.#wallets = offered.map(({ type }) => type);
    return { wallets: this.#wallets };
  }

  _emit(event, body) {
    if (event === 'change' && body.value.type !== this.#chosen) {
      this.#chosen = body.value.type;
      this.#entered = null;
    }
    return super._emit(event, body);
  }

  /** Opens the sheet of the wallet that is chosen, and keeps what it hands over. */
  async _collect() {
    this.#entered = null;
    const type = this.#chosen;
    if (!this.#wallets.includes(type)) return {};
    const { walletOptions, business } = this._options;
    const sheet = openWallet(this._group, {
      type,
      options: { ...walletOptions, business },
      receive: {
        confirm: async () => {
          const { error, ...entered } = await sheet.frame.ask('hand over');
          if (error) return sheet.frame.send('payment failed', { reason: 'fail', message: error.message });
          this.#entered = entered;
          sheet.close('confirmed');
        },
        cancel: () => sheet.close('cancelled'),
      },
    });
    this.#sheet = sheet;
    const ending = await sheet.gone;
    this.#sheet = null;
    if (ending === 'confirmed') return {};
    if (ending === 'unreachable') return { error: connectionError() };
    return { error: { type: 'validation_error', code: 'wallet_cancelled', message: 'The wallet was closed before the payment was confirmed in it.' } };
  }

  /** With a client secret there need not have been a `submit()`: a wallet opens now. */
  async _send(call) {
    if (!this.#entered) {
      const { error } = await this._collect();
      if (error) return { error };
    }
    const wallet = this.#entered ?? undefined;
    // What it handed over is good for one call.
    this.#entered = null;
    return super._send({ ...call, wallet });
  }

  /** Details that the element was told never to ask for have to come from the page. */
  _requireWithheld(given, where, parameter) {
    for (const path of withheldDetails(this._options.fields?.billingDetails)) {
      const value = path.split('.').reduce((inner, name) => inner?.[name], given);
      if (value !== undefined) continue;
      throw new IntegrationError(
        `You specified "never" for fields.billing_details.${path} when creating the payment Element, but did not pass ` +
          `${parameter}.${path} when calling ${where}.`,
      );
    }
  }
}

registerElement(PaymentElement);

/** Of those that the shopper has, the ones that the payment can take and the page wants. */
function offeredWallets(payment, group, wanted, atHand) {
  const isWanted = (name) => (wanted?.[name] ?? wanted) !== 'never';
  return walletsFor(payment, group).filter(({ type, name }) => atHand.includes(type) && isWanted(name));
}

/** `billingDetails` for all, or under a payment method's type for that one. */
function checkPaymentFields(fields, where) {
  const shape = {};
  for (const name of Object.keys(copyOptions(fields, where))) {
    shape[name] = name === 'billingDetails' ? PAYMENT_BILLING_FIELDS : { billingDetails: PAYMENT_BILLING_FIELDS };
  }
  return checkShape(fields, shape, where);
}

function withheldDetails(fields) {
  const lines = {
    country: 'country', postalCode: 'postal_code', state: 'state', city: 'city', line1: 'line1', line2: 'line2',
  };
  const address = fields === 'never' ? 'never' : fields?.address;
  const contact = ['name', 'email', 'phone'].filter((one) => fields === 'never' || fields?.[one] === 'never');
  const withheld = Object.keys(lines).filter((line) => address === 'never' || address?.[line] === 'never');
  return [...contact, ...withheld.map((line) => `address.${lines[line]}`)];
}
