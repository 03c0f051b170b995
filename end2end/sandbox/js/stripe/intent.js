// PaymentIntents and SetupIntents as a page knows them: by a client secret.

const INTENT_KINDS = {
  pi: { path: 'payment_intents', result: 'paymentIntent', error: 'payment_intent', lastError: 'last_payment_error' },
  seti: { path: 'setup_intents', result: 'setupIntent', error: 'setup_intent', lastError: 'last_setup_error' },
};

/** What a client secret names: `{kind, id, clientSecret}`. With a `prefix` it must be of that kind. */
function readClientSecret(clientSecret, where, prefix) {
  const [, id, found] = /^((pi|seti)_\w+?)_secret_\w+$/.exec(clientSecret) ?? [];
  if (!found || (prefix && found !== prefix)) {
    const expected = (prefix ? [prefix] : ['pi', 'seti']).map((one) => `${one}_…_secret_…`).join(' or ');
    throw new IntegrationError(`Invalid value for ${where}: the client secret should be of the form ${expected}.`);
  }
  return { kind: INTENT_KINDS[found], id, clientSecret };
}

function intentPath({ kind, id }, call = '') {
  return `/v1/${kind.path}/${id}${call}`;
}

/** Answers `{body}` or `{error}`. */
function retrieveIntent(caller, reference) {
  return callApi(caller, { path: intentPath(reference), query: { client_secret: reference.clientSecret } });
}

/** `{paymentIntent}` or `{setupIntent}`. */
function intentResult({ kind }, intent) {
  return { [kind.result]: intent };
}

/** The error that the intent itself tells of, after an attempt that failed. */
function attemptError({ kind }, intent) {
  return { error: { ...intent[kind.lastError], [kind.error]: intent } };
}

/**
 * Confirms and does what the shopper then has to do. `send` makes the call, `{path, form}`, from wherever the payment
 * method is known. Resolves to `{paymentIntent}`, `{setupIntent}` or `{error}`; a redirect never resolves.
 */
async function confirmIntent(caller, reference, { form, send, handleActions = true }) {
  const { body: intent, error } = await send({
    path: intentPath(reference, '/confirm'),
    form: { ...form, client_secret: reference.clientSecret, use_stripe_sdk: true },
    as: 'confirmation',
  });
  if (error) return { error };
  if (intent.status === 'requires_action' && handleActions) return runNextAction(caller, reference, intent);
  return intentResult(reference, intent);
}

/** The page to come back to after a confirmation, with what Stripe adds to its address. */
function returnAddress(returnUrl, { kind, id, clientSecret }, { status }) {
  const url = new URL(returnUrl, window.location.href);
  url.searchParams.set(kind.error, id);
  url.searchParams.set(`${kind.error}_client_secret`, clientSecret);
  url.searchParams.set('redirect_status', ['processing', 'requires_action'].includes(status) ? 'pending' : 'succeeded');
  return url.href;
}

/** Leaves the page for good: what comes after is never reached. */
function leaveFor(url) {
  window.location.assign(url);
  return new Promise(() => {});
}
