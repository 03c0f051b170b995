// The options of `elements()` and of `elements.update()`: which there are, on which train, and what goes with what.

const ELEMENTS_OPTIONS = {
  adaptivePricing: 'object',
  allowedPaymentMethodTypes: 'list',
  amount: 'any',
  appearance: 'object',
  captureMethod: ['manual', 'automatic', 'automatic_async'],
  clientSecret: 'string',
  currency: 'any',
  customPaymentMethods: 'list',
  customerOptions: 'object',
  customerSessionClientSecret: 'string',
  excludedPaymentMethodTypes: 'list',
  externalPaymentMethodTypes: 'list',
  fonts: 'list',
  loader: ['auto', 'always', 'never'],
  locale: 'string',
  mode: ['payment', 'setup', 'subscription'],
  onBehalfOf: 'string',
  paymentMethodConfiguration: 'string',
  paymentMethodCreation: ['manual'],
  paymentMethodOptions: 'object',
  setupFutureUsage: ['off_session', 'on_session', null],
  syncAddressCheckbox: ['billing', 'shipping', 'none'],
};
if (!isSince('endive')) ELEMENTS_OPTIONS.paymentMethodTypes = 'list';

const UPDATABLE_ELEMENTS_OPTIONS = new Set([
  'allowedPaymentMethodTypes', 'amount', 'appearance', 'captureMethod', 'currency', 'customPaymentMethods',
  'customerSessionClientSecret', 'excludedPaymentMethodTypes', 'fonts', 'locale', 'mode', 'onBehalfOf',
  'paymentMethodConfiguration', 'setupFutureUsage', ...(isSince('endive') ? [] : ['paymentMethodTypes']),
]);

const ELEMENTS_ALIASES = {
  capture_method: 'captureMethod',
  on_behalf_of: 'onBehalfOf',
  payment_method_configuration: 'paymentMethodConfiguration',
  payment_method_options: 'paymentMethodOptions',
  payment_method_types: 'paymentMethodTypes',
  setup_future_usage: 'setupFutureUsage',
};

/** The options of `elements()`. `{}` is allowed, for a Card Element; a Payment Element then cannot be created. */
function checkElementsOptions(given) {
  const options = readElementsOptions(given, 'elements()');
  if (options.clientSecret !== undefined) {
    if (options.mode !== undefined) {
      throw new IntegrationError('elements() takes either a clientSecret or a mode, not both.');
    }
    readClientSecret(options.clientSecret, 'elements()');
  }
  checkAmount(options, 'elements()');
  return options;
}

/** The options after `elements.update(changes)`: merged shallowly. */
function mergeElementsOptions(current, given) {
  const changes = readElementsOptions(given, 'elements.update()');
  for (const name of Object.keys(changes)) {
    if (UPDATABLE_ELEMENTS_OPTIONS.has(name)) continue;
    console.warn(`elements.update(): ${name} cannot be changed any more and is ignored.`);
    delete changes[name];
  }
  const merged = { ...current, ...changes };
  checkAmount(merged, 'elements.update()');
  return merged;
}

function readElementsOptions(given, where) {
  const renamed = Object.entries(copyOptions(given, where)).map(([name, value]) => [ELEMENTS_ALIASES[name] ?? name, value]);
  const options = Object.fromEntries(renamed);
  if ('paymentMethodTypes' in options && isSince('endive')) {
    throw new IntegrationError(
      `${where} no longer takes paymentMethodTypes. Use allowedPaymentMethodTypes or excludedPaymentMethodTypes, or ` +
        'manage payment methods in the Dashboard.',
    );
  }
  return checkShape(options, ELEMENTS_OPTIONS, where);
}

function checkAmount({ mode, amount, currency }, where) {
  const paying = mode === 'payment' || mode === 'subscription';
  if (amount !== undefined || paying) {
    const least = mode === 'payment' ? 1 : 0;
    if (!Number.isInteger(amount) || amount < least) {
      const expected = `an integer of at least ${least}, in the currency's smallest unit`;
      throw invalidValue(`${where}: amount`, expected, amount ?? null);
    }
  }
  if (currency !== undefined || paying) {
    if (typeof currency !== 'string' || !/^[a-z]{3}$/.test(currency)) {
      throw invalidValue(`${where}: currency`, 'a three-letter ISO currency code in lowercase', currency ?? null);
    }
  }
}
