// The Stripe object: who calls, its groups of elements, and its smallest methods. The others are the files of `methods/`.

const STRIPE_OPTIONS = {
  apiVersion: 'string',
  betas: 'list',
  developerTools: 'object',
  locale: 'string',
  stripeAccount: 'string',
};

/** Methods that start with an underscore are for Stripe.js itself. */
class StripeSandbox {
  #apiKey;
  #options;
  #groups = [];

  constructor(apiKey, options) {
    this.#apiKey = checkPublishableKey(apiKey);
    this.#options = checkOptions(options, STRIPE_OPTIONS, 'Stripe()');
  }

  elements(options) {
    const group = new Elements(this, options);
    this.#groups.push(group);
    return group;
  }

  registerAppInfo(wrapper) {
    if (typeof wrapper?.name !== 'string' || wrapper.name === '' || wrapper.name.length > 30) {
      throw new IntegrationError('stripe.registerAppInfo() needs a name of at most 30 characters.');
    }
  }

  /** Called by the loaders that wrap Stripe.js; the sandbox has no statistics to add it to. */
  _registerWrapper() {}

  get _options() {
    return this.#options;
  }

  /** Who calls the API, the first argument of `callApi`; and the locale of what is laid over the page for them. */
  get _caller() {
    const { stripeAccount, locale = 'auto' } = this.#options;
    return { origin: API_ORIGIN, apiKey: this.#apiKey, stripeAccount, locale: this.#groups.at(-1)?._locale ?? locale };
  }

  /** A call of which the page knows everything. Answers `{body}` or `{error}`. */
  _call(call) {
    return callApi(this._caller, call);
  }

  /** Shows a decline where the card was typed. */
  _showError(error) {
    for (const group of this.#groups) group._showError(error);
  }
}

/** Adds methods to every Stripe object. */
function defineMethods(methods) {
  Object.assign(StripeSandbox.prototype, methods);
}
