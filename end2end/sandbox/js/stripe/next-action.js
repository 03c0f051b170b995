// What a shopper still has to do after the server confirmed: 3-D Secure in a frame over the page, or a redirect.

/** Runs the intent's next action. Resolves to `{paymentIntent}` or `{error}`; a redirect never resolves. */
async function runNextAction(apiKey, clientSecret) {
  const { body: intent, error } = await retrieveIntent(apiKey, clientSecret);
  if (error) return { error };
  if (intent.status !== 'requires_action') {
    throw new IntegrationError('stripe.handleNextAction(): the PaymentIntent is not in the requires_action state.');
  }
  const action = intent.next_action;
  switch (action?.type) {
    case 'use_stripe_sdk':
      return authenticate(apiKey, clientSecret, action.use_stripe_sdk.three_d_secure_2_source);
    case 'redirect_to_url':
      window.location.assign(action.redirect_to_url.url);
      return new Promise(() => {});
    default:
      return notEmulated(`The next action ${action?.type}`);
  }
}

async function authenticate(apiKey, clientSecret, source) {
  const started = await callApi({ origin: SANDBOX_ORIGIN, apiKey, path: '/v1/3ds2/authenticate', form: { source } });
  if (started.error) return { error: started.error };
  if (started.body.state === 'challenge_required') {
    const ending = await showChallenge(started.body.acs_url);
    if (ending === 'unreachable') return { error: connectionError() };
    if (ending === 'cancelled') {
      const path = `/v1/payment_intents/${intentIdOf(clientSecret)}/source_cancel`;
      const form = { source, client_secret: clientSecret };
      const { error } = await callApi({ origin: SANDBOX_ORIGIN, apiKey, path, form });
      if (error) return { error };
    }
  }
  const { body: intent, error } = await retrieveIntent(apiKey, clientSecret);
  if (error) return { error };
  if (intent.status !== 'requires_payment_method') return { paymentIntent: intent };
  return { error: { ...intent.last_payment_error, payment_intent: intent } };
}

/** Lays the challenge over the page; resolves to `completed`, `cancelled` or `unreachable` once it is gone again. */
function showChallenge(acsUrl) {
  return new Promise((resolve) => {
    const returnFocusTo = document.activeElement;
    const layer = document.createElement('div');
    const end = (ending) => {
      frame.remove(new Error('the challenge has ended'));
      layer.remove();
      unlockScroll();
      returnFocusTo?.focus?.({ preventScroll: true });
      resolve(ending);
    };
    const frame = createFrame({
      kind: 'three-ds-2-challenge',
      title: '3D Secure authentication',
      parameters: { acs: acsUrl },
      receive: {
        hello: () => frame.iframe.focus(),
        completed: () => end('completed'),
        cancelled: () => end('cancelled'),
      },
    });
    frame.ready.catch(() => end('unreachable'));
    setStyles(layer, { position: 'fixed', inset: '0px', margin: '0px', padding: '0px', 'z-index': '2147483647' });
    setStyles(frame.iframe, {
      'color-scheme': 'light only',
      display: 'block', border: '0px', margin: '0px', padding: '0px', width: '100%', height: '100%',
    });
    layer.append(frame.iframe);
    const unlockScroll = lockScroll();
    document.body.prepend(layer);
  });
}

/** Keeps the page behind a modal from scrolling; answers how to undo it. */
function lockScroll() {
  const { style } = document.documentElement;
  const before = style.overflow;
  style.overflow = 'hidden';
  return () => {
    style.overflow = before;
  };
}

function intentIdOf(clientSecret) {
  return clientSecret.split('_secret_')[0];
}

function retrieveIntent(apiKey, clientSecret) {
  return callApi({
    origin: SANDBOX_ORIGIN,
    apiKey,
    path: `/v1/payment_intents/${intentIdOf(clientSecret)}`,
    query: { client_secret: clientSecret },
  });
}
