// Checks of what a page passes to `Stripe()`, `elements()` and `create()`. Answers clean copies, throws on mistakes.

const ELEMENTS_OPTIONS = new Set([
  'adaptivePricing', 'allowedPaymentMethodTypes', 'amount', 'appearance', 'captureMethod', 'clientSecret', 'currency',
  'customPaymentMethods', 'customerOptions', 'customerSessionClientSecret', 'excludedPaymentMethodTypes',
  'externalPaymentMethodTypes', 'fonts', 'loader', 'locale', 'mode', 'onBehalfOf', 'paymentMethodConfiguration',
  'paymentMethodCreation', 'paymentMethodOptions', 'setupFutureUsage', 'syncAddressCheckbox',
]);

const ELEMENTS_UPDATE_OPTIONS = new Set([
  'allowedPaymentMethodTypes', 'amount', 'appearance', 'captureMethod', 'currency', 'customPaymentMethods',
  'customerSessionClientSecret', 'excludedPaymentMethodTypes', 'fonts', 'locale', 'mode', 'onBehalfOf',
  'paymentMethodConfiguration', 'setupFutureUsage',
]);

const ELEMENTS_ALIASES = {
  capture_method: 'captureMethod',
  on_behalf_of: 'onBehalfOf',
  payment_method_configuration: 'paymentMethodConfiguration',
  payment_method_options: 'paymentMethodOptions',
  setup_future_usage: 'setupFutureUsage',
};

const PAYMENT_OPTIONS = new Set([
  'applePay', 'business', 'defaultValues', 'fields', 'layout', 'paymentMethodOrder', 'readOnly', 'terms',
  'walletOptions', 'wallets',
]);

const ONE_OF = {
  mode: ['payment', 'setup', 'subscription'],
  setupFutureUsage: ['off_session', 'on_session', null],
  captureMethod: ['manual', 'automatic', 'automatic_async'],
  loader: ['auto', 'always', 'never'],
  paymentMethodCreation: ['manual'],
  syncAddressCheckbox: ['billing', 'shipping', 'none'],
};

function checkPublishableKey(key) {
  if (typeof key !== 'string') {
    throw new IntegrationError('Missing value for Stripe(): apiKey should be a string.');
  }
  if (key === '') {
    throw new IntegrationError('Stripe() was called with an empty string. Pass your publishable key.');
  }
  if (/^(sk|rk)_/.test(key)) {
    throw new IntegrationError(
      'Stripe() was called with a secret key, which must never reach a browser. Pass your publishable key instead.',
    );
  }
  if (key.startsWith('pk_live_')) {
    throw new IntegrationError(
      'This Stripe.js comes from a sandbox, where no real payment exists: it refuses live keys (pk_live_…). Pass a ' +
        'pk_test_ key, or load Stripe.js from https://js.stripe.com.',
    );
  }
  if (!key.startsWith('pk_test_')) {
    throw new IntegrationError('Stripe() was called with something that is not a publishable key (pk_test_…).');
  }
  return key;
}

/** Options are copied, so that a page that changes its object later changes nothing here, and frames can receive them. */
function copyOptions(options, where) {
  if (options === undefined) return {};
  if (options === null || typeof options !== 'object' || Array.isArray(options)) {
    throw invalidValue(`${where}: options`, 'an object', options);
  }
  return JSON.parse(JSON.stringify(options));
}

function renameAliases(options) {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [ELEMENTS_ALIASES[name] ?? name, value]));
}

function warnOfUnknown(options, known, where) {
  for (const name of Object.keys(options)) {
    if (known.has(name)) continue;
    console.warn(`Unrecognized ${where} parameter: ${name} is not a recognized parameter and is ignored.`);
  }
}

/** The options of `elements()`. `{}` is allowed, as in Stripe.js; only a Payment Element then cannot be created. */
function checkElementsOptions(given) {
  const options = renameAliases(copyOptions(given, 'elements()'));
  refuseRemoved(options, 'elements()');
  warnOfUnknown(options, ELEMENTS_OPTIONS, 'elements()');
  if (options.clientSecret !== undefined) {
    if (options.mode !== undefined) {
      throw new IntegrationError('elements() takes either a clientSecret or a mode, not both.');
    }
    throw new IntegrationError('elements({clientSecret}) is not emulated by the sandbox yet. Pass mode, amount and currency.');
  }
  checkElementsValues(options, 'elements()');
  return options;
}

/** The options after `elements.update(changes)`: merged shallowly. */
function mergeElementsOptions(current, given) {
  const changes = renameAliases(copyOptions(given, 'elements.update()'));
  refuseRemoved(changes, 'elements.update()');
  warnOfUnknown(changes, ELEMENTS_UPDATE_OPTIONS, 'elements.update()');
  const kept = Object.entries(changes).filter(([name]) => ELEMENTS_UPDATE_OPTIONS.has(name));
  const merged = { ...current, ...Object.fromEntries(kept) };
  checkElementsValues(merged, 'elements.update()');
  return merged;
}

function refuseRemoved(options, where) {
  if (!('paymentMethodTypes' in options)) return;
  throw new IntegrationError(
    `${where} no longer takes paymentMethodTypes. Use allowedPaymentMethodTypes or excludedPaymentMethodTypes, or ` +
      'manage payment methods in the Dashboard.',
  );
}

function checkElementsValues(options, where) {
  for (const [name, allowed] of Object.entries(ONE_OF)) {
    if (options[name] === undefined || allowed.includes(options[name])) continue;
    const list = allowed.filter((one) => one !== null).join(', ');
    throw invalidValue(`${where}: ${name}`, `one of the following strings: ${list}`, options[name]);
  }
  const { mode, amount, currency } = options;
  const paying = mode === 'payment' || mode === 'subscription';
  if (amount !== undefined || paying) {
    const least = mode === 'payment' ? 1 : 0;
    if (!Number.isInteger(amount) || amount < least) {
      throw invalidValue(`${where}: amount`, `an integer of at least ${least}, in the currency's smallest unit`, amount ?? null);
    }
  }
  if (currency !== undefined || paying) {
    if (typeof currency !== 'string' || !/^[a-z]{3}$/.test(currency)) {
      throw invalidValue(`${where}: currency`, 'a three-letter ISO currency code in lowercase', currency ?? null);
    }
  }
}

/** The options of the Payment Element, when created (`current` is `{}`) and when updated. */
function mergePaymentOptions(current, given, where) {
  const options = copyOptions(given, where);
  warnOfUnknown(options, PAYMENT_OPTIONS, where);
  return { ...current, ...options };
}
