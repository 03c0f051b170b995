// The next action `use_stripe_sdk`: the bank's challenge, in a frame over the page.

defineNextAction('use_stripe_sdk', async (caller, reference, action) => {
  const source = action.use_stripe_sdk.three_d_secure_2_source;
  const started = await callApi(caller, { path: '/v1/3ds2/authenticate', form: { source } });
  if (started.error) return { error: started.error };
  if (started.body.state !== 'challenge_required') return undefined;
  const ending = await showChallenge(started.body.acs_url);
  if (ending === 'unreachable') return { error: connectionError() };
  if (ending === 'completed') return undefined;
  const form = { source, client_secret: reference.clientSecret };
  return callApi(caller, { path: intentPath(reference, '/source_cancel'), form });
});

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
