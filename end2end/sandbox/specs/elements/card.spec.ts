// The Card Element: its fields by Stripe's names, its events, and all that can be made of it.
import { CHALLENGED, DECLINED, PAYS, expect, test } from './shop.ts';

const INTENT = { amount: 1999, currency: 'usd' };

test('createPaymentMethod, for a server that confirms by hand', async ({ shop, stripe }) => {
  await shop.open();
  await shop.mount('card');
  await shop.fillCard({ number: PAYS });
  const made = await shop.page.evaluate(() => {
    const card = window.elements.getElement('card');
    if (!card) throw new Error('no Card Element');
    return window.stripe.createPaymentMethod({ type: 'card', card, billing_details: { name: 'Ada' } });
  });
  expect(made).toMatchObject({
    paymentMethod: { card: { brand: 'visa', last4: '4242' }, billing_details: { name: 'Ada', address: { postal_code: '10001' } } },
  });
  const intent = await stripe.paymentIntents.create({
    ...INTENT,
    payment_method: made.paymentMethod?.id ?? '',
    confirm: true,
    confirmation_method: 'manual',
    return_url: 'https://shop.example/return',
  });
  expect(intent.status).toBe('succeeded');
});

test('createToken carries what the page adds', async ({ shop, stripe }) => {
  await shop.open();
  await shop.mount('card');
  await shop.fillCard({ number: PAYS });
  const made = await shop.page.evaluate(() => {
    const card = window.elements.getElement('card');
    if (!card) throw new Error('no Card Element');
    return window.stripe.createToken(card, { name: 'Ada Lovelace' });
  });
  expect(made).toMatchObject({ token: { type: 'card', card: { last4: '4242', name: 'Ada Lovelace', address_zip: '10001' } } });
  const method = await stripe.paymentMethods.create({ type: 'card', card: { token: made.token?.id ?? '' } });
  expect(method).toMatchObject({ card: { last4: '4242' } });
});

test('confirmCardPayment: declined, then challenged and failed, then paid', async ({ shop, stripe, sandbox }) => {
  const { client_secret } = await stripe.paymentIntents.create(INTENT);
  await shop.open();
  await shop.mount('card');
  const pay = () =>
    shop.page.evaluate((clientSecret) => {
      const card = window.elements.getElement('card');
      if (!card) throw new Error('no Card Element');
      return window.stripe.confirmCardPayment(clientSecret, { payment_method: { card, billing_details: { name: 'Ada' } } });
    }, client_secret ?? '');
  await shop.fillCard({ number: DECLINED });
  expect(await pay()).toMatchObject({
    error: { type: 'card_error', code: 'card_declined', payment_intent: { status: 'requires_payment_method' } },
  });
  await shop.fillCard({ number: CHALLENGED });
  const failing = pay();
  await shop.answerChallenge('Fail');
  expect(await failing).toMatchObject({
    error: { code: 'payment_intent_authentication_failure', payment_intent: { status: 'requires_payment_method' } },
  });
  const passing = pay();
  await shop.answerChallenge('Complete');
  expect(await passing).toMatchObject({ paymentIntent: { status: 'succeeded' } });
  await sandbox.expectOnePayment();
});

test('confirmCardPayment with handleActions: false leaves the challenge to the page', async ({ shop, stripe }) => {
  const { client_secret } = await stripe.paymentIntents.create(INTENT);
  await shop.open();
  const result = await shop.page.evaluate(
    (secret) =>
      window.stripe.confirmCardPayment(secret, { payment_method: 'pm_card_authenticationRequired' }, { handleActions: false }),
    client_secret ?? '',
  );
  expect(result).toMatchObject({ paymentIntent: { status: 'requires_action' } });
  await expect(shop.challenge).toHaveCount(0);
});

test('change tells brand, completeness and what is wrong', async ({ shop }) => {
  await shop.open();
  await shop.mount('card');
  const container = shop.page.locator('#payment-element');
  await expect(container).toHaveClass('StripeElement StripeElement--empty');
  await shop.field('cardnumber').fill('5555');
  const changes = () => shop.events('change');
  await expect.poll(async () => (await changes()).at(-1)).toMatchObject({
    elementType: 'card', brand: 'mastercard', empty: false, complete: false, value: { postalCode: '' },
  });
  await shop.field('exp-date').focus();
  await expect.poll(async () => (await changes()).at(-1)).toMatchObject({
    error: { type: 'validation_error', code: 'incomplete_number', message: 'Your card number is incomplete.' },
  });
  await expect(container).toHaveClass(/StripeElement--focus/);
  await expect(container).toHaveClass(/StripeElement--invalid/);
  await shop.fillCard({ number: PAYS });
  await expect.poll(async () => (await changes()).at(-1)).toMatchObject({ brand: 'visa', complete: true, value: { postalCode: '10001' } });
  await expect(container).toHaveClass(/StripeElement--complete/);
  await expect(container).not.toHaveClass(/StripeElement--invalid/);
});

test('an incomplete card is an error of every call, and is sent nowhere', async ({ shop, stripe, sandbox }) => {
  const { client_secret } = await stripe.paymentIntents.create(INTENT);
  await shop.open();
  await shop.mount('card');
  await shop.fillCard({ number: PAYS, cvc: '1' });
  const results = await shop.page.evaluate(async (secret) => {
    const card = window.elements.getElement('card');
    if (!card) throw new Error('no Card Element');
    return Promise.all([
      window.stripe.createToken(card),
      window.stripe.createPaymentMethod({ type: 'card', card }),
      window.stripe.confirmCardPayment(secret, { payment_method: { card } }),
    ]);
  }, client_secret ?? '');
  for (const result of results) {
    expect(result).toEqual({
      error: { type: 'validation_error', code: 'incomplete_cvc', message: "Your card's security code is incomplete." },
    });
  }
  await sandbox.expectNothingCharged();
});

test('typing runs through the line; options paint and shorten it', async ({ shop, page }) => {
  await shop.open();
  await shop.mount('card', {}, {
    hidePostalCode: true,
    style: { base: { color: 'rgb(1, 2, 3)', '::placeholder': { color: 'rgb(4, 5, 6)' } }, invalid: { color: 'rgb(7, 8, 9)' } },
  });
  await expect(shop.field('postal')).toBeHidden();
  await shop.field('cardnumber').click();
  await page.keyboard.type(`${PAYS}1234123`);
  await expect(shop.field('cvc')).toHaveValue('123');
  await expect(shop.field('cardnumber')).toHaveCSS('color', 'rgb(1, 2, 3)');
  await shop.field('cardnumber').fill('4242424242424241');
  await expect(shop.field('cardnumber')).toHaveCSS('color', 'rgb(7, 8, 9)');
  await page.evaluate(() => window.elements.getElement('card')?.update({ disabled: true, hidePostalCode: false }));
  await expect(shop.field('postal')).toBeVisible();
  await expect(shop.field('cardnumber')).toBeDisabled();
});
