// What the sandbox knows of a group's payment: the methods that apply, the intent, and what a customer has saved.

const SESSION_OPTIONS = [
  'allowedPaymentMethodTypes', 'amount', 'captureMethod', 'currency', 'customerSessionClientSecret',
  'excludedPaymentMethodTypes', 'mode', 'paymentMethodConfiguration', 'setupFutureUsage', 'paymentMethodTypes',
];

/** Answers `{body}` or `{error}`. `reference` names the intent of client-secret mode. */
function readSession(caller, options, reference) {
  const query = encodeForm({
    customer_session_client_secret: options.customerSessionClientSecret,
    ...(reference
      ? { type: reference.kind.error, client_secret: reference.clientSecret }
      : { type: 'deferred_intent', deferred_intent: declaredPayment(options) }),
  });
  return callApi(caller, { path: '/v1/elements/sessions', query });
}

function declaredPayment(options) {
  return {
    mode: options.mode,
    amount: options.amount,
    currency: options.currency,
    capture_method: options.captureMethod,
    setup_future_usage: options.setupFutureUsage,
    allowed_payment_method_types: options.allowedPaymentMethodTypes,
    excluded_payment_method_types: options.excludedPaymentMethodTypes,
    payment_method_types: options.paymentMethodTypes,
    payment_method_configuration: options.paymentMethodConfiguration,
  };
}

function isOtherSession(before, after) {
  return SESSION_OPTIONS.some((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

/** The payment in the words of deferred mode, whichever mode this is. */
function paymentOf({ mode, currency, amount, captureMethod, setupFutureUsage }, session) {
  const intent = session?.payment_intent ?? session?.setup_intent;
  const paymentMethodTypes = session?.payment_method_preference.ordered_payment_method_types;
  if (!intent) return { mode, currency, amount, captureMethod, setupFutureUsage, paymentMethodTypes };
  return {
    mode: session.payment_intent ? 'payment' : 'setup',
    currency: intent.currency,
    amount: intent.amount,
    captureMethod: intent.capture_method,
    setupFutureUsage: intent.setup_future_usage ?? intent.usage,
    paymentMethodTypes,
  };
}

/** What a frame needs of the session besides the payment. */
function choicesOf({ customerSessionClientSecret, paymentMethodOptions }, session) {
  if (!session) return undefined;
  const { customer, payment_method_specs: forms, payment_intent: intent } = session;
  const cardOptions = intent?.payment_method_options?.card ?? paymentMethodOptions?.card;
  return {
    forms,
    recollectsCvc: cardOptions?.require_cvc_recollection === true,
    customer: customer && {
      secret: customerSessionClientSecret,
      features: customer.customer_session.components.payment_element.features ?? {},
      methods: customer.payment_methods,
    },
  };
}
