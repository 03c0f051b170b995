// Payments with the Payment Element, in both modes: tokens, confirmation in the page, next actions.
import { CHALLENGED, DECLINED, PAYS, expect, test } from './shop.ts';

const DEFERRED = { mode: 'payment', amount: 1999, currency: 'usd' } as const;
const INTENT = { amount: 1999, currency: 'usd' };

test('deferred: a token that the server confirms', async ({ shop, stripe }) => {
  await shop.open();
  await shop.mount('payment', DEFERRED);
  await shop.fillPayment({ number: PAYS });
  const token = await shop.page.evaluate(async () => {
    const submitted = await window.elements.submit();
    if (submitted.error) throw new Error(submitted.error.message);
    const made = await window.stripe.createConfirmationToken({
      elements: window.elements,
      params: { return_url: 'https://shop.example/return' },
    });
    return { selected: submitted.selectedPaymentMethod, ...made };
  });
  expect(token).toMatchObject({
    selected: 'card',
    confirmationToken: { object: 'confirmation_token', payment_method_preview: { type: 'card', card: { last4: '4242' } } },
  });
  const id = token.confirmationToken?.id ?? '';
  const intent = await stripe.paymentIntents.create({ ...INTENT, confirm: true, confirmation_token: id });
  expect(intent.status).toBe('succeeded');
});

test('deferred: the token agrees with what elements were told last', async ({ shop, stripe }) => {
  await shop.open();
  await shop.mount('payment', DEFERRED);
  await shop.fillPayment({ number: PAYS });
  const id = await shop.page.evaluate(async () => {
    const ended = new Promise<void>((resolve) => window.elements.on('update-end', resolve));
    await window.elements.update({ amount: 2500 });
    await ended;
    await window.elements.submit();
    const { confirmationToken } = await window.stripe.createConfirmationToken({ elements: window.elements });
    return confirmationToken?.id ?? '';
  });
  const confirm = (amount: number) =>
    stripe.paymentIntents.create({
      ...INTENT, amount, confirm: true, confirmation_token: id, return_url: 'https://shop.example/return',
    });
  await expect(confirm(1999)).rejects.toMatchObject({ type: 'StripeInvalidRequestError' });
  expect((await confirm(2500)).status).toBe('succeeded');
});

for (const mode of ['deferred', 'client secret'] as const) {
  test(`${mode}: confirmPayment in the page, declined, then paid`, async ({ shop, stripe, sandbox }) => {
    const { client_secret } = await stripe.paymentIntents.create(INTENT);
    const clientSecret = client_secret ?? '';
    await shop.open();
    await shop.mount('payment', mode === 'deferred' ? DEFERRED : { clientSecret });
    const pay = () =>
      shop.page.evaluate(async (clientSecret) => {
        await window.elements.submit();
        const confirmParams = { return_url: 'https://shop.example/return' };
        return window.stripe.confirmPayment({ elements: window.elements, clientSecret, confirmParams, redirect: 'if_required' });
      }, clientSecret);
    await shop.fillPayment({ number: DECLINED });
    expect(await pay()).toMatchObject({
      error: {
        type: 'card_error', code: 'card_declined', message: 'Your card was declined.',
        payment_intent: { status: 'requires_payment_method' },
      },
    });
    await expect(shop.frame.getByText('Your card was declined.')).toBeVisible();
    await shop.fillPayment({ number: PAYS });
    const paid = await pay();
    expect(paid).toMatchObject({ paymentIntent: { status: 'succeeded' } });
    // What only the holder of the secret key may see.
    expect(paid.paymentIntent).not.toHaveProperty('metadata');
    await sandbox.expectOnePayment();
  });
}

test('client secret: confirmPayment leaves for the return URL', async ({ shop, stripe }) => {
  const intent = await stripe.paymentIntents.create(INTENT);
  await shop.open();
  await shop.mount('payment', { clientSecret: intent.client_secret ?? '' });
  await shop.fillPayment({ number: PAYS });
  const left = shop.page.waitForURL(/\/done/);
  await shop.page.evaluate((returnUrl) => {
    void window.stripe.confirmPayment({ elements: window.elements, confirmParams: { return_url: returnUrl } });
  }, `${shop.url}/done?order=7`);
  await left;
  expect(Object.fromEntries(new URL(shop.page.url()).searchParams)).toEqual({
    order: '7',
    payment_intent: intent.id,
    payment_intent_client_secret: intent.client_secret,
    redirect_status: 'succeeded',
  });
});

test('client secret: fetchUpdates, and a token of an intent that was there first', async ({ shop, stripe }) => {
  const intent = await stripe.paymentIntents.create(INTENT);
  await shop.open();
  await shop.mount('payment', { clientSecret: intent.client_secret ?? '' });
  await shop.fillPayment({ number: PAYS });
  await stripe.paymentIntents.update(intent.id, { amount: 3000 });
  const token = await shop.page.evaluate(async () => {
    const fetched = await window.elements.fetchUpdates();
    if (fetched.error) throw new Error(fetched.error.message);
    await window.elements.submit();
    return window.stripe.createConfirmationToken({ elements: window.elements });
  });
  const confirmed = await stripe.paymentIntents.confirm(intent.id, {
    confirmation_token: token.confirmationToken?.id ?? '',
    return_url: 'https://shop.example/return',
  });
  expect(confirmed).toMatchObject({ status: 'succeeded', amount: 3000 });
});

test('client secret: one that is not there is a loaderror, and the error of every call', async ({ shop }) => {
  await shop.open();
  await shop.mount('payment', { clientSecret: 'pi_none_secret_none' });
  expect(await shop.events('loaderror')).toMatchObject([{ elementType: 'payment', error: { code: 'resource_missing' } }]);
  expect(await shop.events('ready')).toEqual([]);
  const submitted = await shop.page.evaluate(() => window.elements.submit());
  expect(submitted).toMatchObject({ error: { code: 'resource_missing' } });
});

for (const { answer, result } of [
  { answer: 'Complete', result: { paymentIntent: { status: 'succeeded' } } },
  {
    answer: 'Fail',
    result: {
      error: { code: 'payment_intent_authentication_failure', payment_intent: { status: 'requires_payment_method' } },
    },
  },
] as const) {
  test(`confirmPayment meets a challenge: ${answer}`, async ({ shop, stripe }) => {
    const { client_secret } = await stripe.paymentIntents.create(INTENT);
    await shop.open();
    await shop.mount('payment', { clientSecret: client_secret ?? '' });
    await shop.fillPayment({ number: CHALLENGED });
    const confirmed = shop.page.evaluate(() =>
      window.stripe.confirmPayment({
        elements: window.elements,
        confirmParams: { return_url: 'https://shop.example/return' },
        redirect: 'if_required',
      }),
    );
    await shop.answerChallenge(answer);
    expect(await confirmed).toMatchObject(result);
    await expect(shop.challenge).toHaveCount(0);
  });
}

test('a customer session is taken along; a shipping address and an e-mail go with the confirmation', async ({ shop, stripe }) => {
  const customer = await stripe.customers.create();
  const session = await stripe.customerSessions.create({
    customer: customer.id,
    components: { payment_element: { enabled: true } },
  });
  const intent = await stripe.paymentIntents.create({ ...INTENT, customer: customer.id });
  await shop.open();
  await shop.mount('payment', { clientSecret: intent.client_secret ?? '', customerSessionClientSecret: session.client_secret });
  await shop.fillPayment({ number: PAYS });
  const result = await shop.page.evaluate(() =>
    window.stripe.confirmPayment({
      elements: window.elements,
      confirmParams: {
        receipt_email: 'ada@example.com',
        shipping: { name: 'Ada', address: { line1: '12 Example Street', country: 'US', postal_code: '10001' } },
        payment_method_data: { billing_details: { name: 'Ada Lovelace' } },
      },
      redirect: 'if_required',
    }),
  );
  expect(result).toMatchObject({ paymentIntent: { status: 'succeeded' } });
  const paid = await stripe.paymentIntents.retrieve(intent.id, { expand: ['payment_method'] });
  expect(paid).toMatchObject({
    receipt_email: 'ada@example.com',
    shipping: { name: 'Ada', address: { line1: '12 Example Street' } },
    payment_method: { billing_details: { name: 'Ada Lovelace', address: { country: 'US', postal_code: '10001' } } },
  });
});

test('a browser may not say what only the server may', async ({ stripe, world }) => {
  const intent = await stripe.paymentIntents.create(INTENT);
  const confirm = (fields: Record<string, string>) =>
    fetch(`${world.url}/v1/payment_intents/${intent.id}/confirm`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${world.publishableKey}` },
      body: new URLSearchParams({ payment_method: 'pm_card_visa', ...fields }),
    }).then(async (response) => ({ status: response.status, ...(await response.json()) }));
  const secret = { client_secret: intent.client_secret ?? '' };
  expect(await confirm({})).toMatchObject({ status: 400, error: { param: 'client_secret' } });
  expect(await confirm({ client_secret: `${intent.id}_secret_guessed` })).toMatchObject({ status: 400 });
  for (const [name, value] of [['off_session', 'true'], ['capture_method', 'manual'], ['allowed_payment_method_types[]', 'card']] as const) {
    expect(await confirm({ ...secret, [name]: value }), name).toMatchObject({ status: 400, error: { param: name.replace('[]', '') } });
  }
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_payment_method');
});

test('confirmPayment with a token or a saved method needs no elements', async ({ shop, stripe }) => {
  const { client_secret } = await stripe.paymentIntents.create(INTENT);
  await shop.open();
  const result = await shop.page.evaluate(
    (clientSecret) =>
      window.stripe.confirmPayment({
        clientSecret,
        confirmParams: { payment_method: 'pm_card_visa', return_url: 'https://shop.example/return' },
        redirect: 'if_required',
      }),
    client_secret ?? '',
  );
  expect(result).toMatchObject({ paymentIntent: { status: 'succeeded' } });
});

test('handleNextAction after the server confirmed; handleCardAction where it confirms again', async ({ shop, stripe }) => {
  await shop.open();
  const confirmed = { ...INTENT, confirm: true, payment_method: 'pm_card_authenticationRequired', return_url: 'https://shop.example' };
  const automatic = await stripe.paymentIntents.create(confirmed);
  const handled = shop.page.evaluate((clientSecret) => window.stripe.handleNextAction({ clientSecret }), automatic.client_secret ?? '');
  await shop.answerChallenge('Complete');
  expect(await handled).toMatchObject({ paymentIntent: { status: 'succeeded' } });

  const manual = await stripe.paymentIntents.create({ ...confirmed, confirmation_method: 'manual' });
  const carded = shop.page.evaluate((secret) => window.stripe.handleCardAction(secret), manual.client_secret ?? '');
  await shop.answerChallenge('Complete');
  expect(await carded).toMatchObject({ paymentIntent: { status: 'requires_confirmation' } });
  expect((await stripe.paymentIntents.confirm(manual.id)).status).toBe('succeeded');

  const done = shop.page.evaluate((secret) => window.stripe.handleCardAction(secret), manual.client_secret ?? '');
  await expect(done).rejects.toThrow(/requires_action/);
});

test('createPaymentMethod of elements, for a server that confirms with it', async ({ shop, stripe }) => {
  await shop.open();
  await shop.mount('payment', { ...DEFERRED, paymentMethodCreation: 'manual' });
  await shop.fillPayment({ number: PAYS });
  const made = await shop.page.evaluate(async () => {
    await window.elements.submit();
    return window.stripe.createPaymentMethod({ elements: window.elements, params: { billing_details: { name: 'Ada' } } });
  });
  expect(made).toMatchObject({
    paymentMethod: { type: 'card', billing_details: { name: 'Ada', address: { country: 'US', postal_code: '10001' } } },
  });
  const payment_method = made.paymentMethod?.id ?? '';
  const intent = await stripe.paymentIntents.create({
    ...INTENT, confirm: true, payment_method, return_url: 'https://shop.example/return',
  });
  expect(intent.status).toBe('succeeded');
});

test('a method that redirects: confirmIdealPayment', async ({ shop, stripe }) => {
  const intent = await stripe.paymentIntents.create({ amount: 1999, currency: 'eur' });
  await shop.open();
  await shop.page.evaluate(
    ([secret, returnUrl]) => {
      void window.stripe.confirmIdealPayment(secret, {
        payment_method: { ideal: {}, billing_details: { name: 'Ada' } },
        return_url: returnUrl,
      });
    },
    [intent.client_secret ?? '', `${shop.url}/done`] as const,
  );
  await shop.page.getByRole('button', { name: /authorize test payment/i }).click();
  await expect(shop.page).toHaveURL(/\/done\?payment_intent=.*&redirect_status=succeeded$/);
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
});
