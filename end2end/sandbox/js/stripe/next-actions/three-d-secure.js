// The next action `use_stripe_sdk`: the bank's challenge, in a frame over the page.

defineNextAction('use_stripe_sdk', async (caller, reference, action) => {
  const source = action.use_stripe_sdk.three_d_secure_2_source;
  const started = await callApi(caller, { path: '/v1/3ds2/authenticate', form: { source } });
  if (started.error) return { error: started.error };
  if (started.body.state !== 'challenge_required') return undefined;
  const ending = await showChallenge(started.body, caller.locale);
  if (ending === 'unreachable') return { error: connectionError() };
  if (ending === 'completed') return undefined;
  const form = { source, client_secret: reference.clientSecret };
  return callApi(caller, { path: intentPath(reference, '/source_cancel'), form });
});

/** Lays the challenge over the page; resolves to `completed`, `cancelled` or `unreachable` once it is gone again. */
function showChallenge({ acs_url: acs, sandbox_quirks: quirks = {} }, locale) {
  return showModal((end) => {
    const frame = createFrame({
      kind: 'three-ds-2-challenge',
      title: '3D Secure authentication',
      locale,
      parameters: { acs, quirks: JSON.stringify(quirks) },
      receive: {
        hello: () => frame.iframe.focus(),
        completed: () => end('completed'),
        cancelled: () => end('cancelled'),
      },
    });
    return frame;
  });
}
