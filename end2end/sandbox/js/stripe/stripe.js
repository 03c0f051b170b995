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
  /** Those that have an element: one that a page has let go of must not be kept here. */
  #groups = new Set();
  #lastGroup;

  constructor(apiKey, options) {
    this.#apiKey = checkPublishableKey(apiKey);
    this.#options = checkOptions(options, STRIPE_OPTIONS, 'Stripe()');
  }

  elements(options) {
    this.#lastGroup = new Elements(this, options);
    return this.#lastGroup;
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
    return { origin: API_ORIGIN, apiKey: this.#apiKey, stripeAccount, locale: this.#lastGroup?._locale ?? locale };
  }

  /** A call of which the page knows everything. Answers `{body}` or `{error}`. */
  _call(call) {
    return callApi(this._caller, call);
  }

  /** A group tells whether it has elements. */
  _note(group, hasElements) {
    if (hasElements) this.#groups.add(group);
    else this.#groups.delete(group);
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
