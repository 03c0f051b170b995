// Saving a card: with the Payment Element in both modes, and with the Card Element.
import { CHALLENGED, DECLINED, PAYS, expect, test } from './shop.ts';

for (const mode of ['deferred', 'client secret'] as const) {
  test(`${mode}: confirmSetup in the page`, async ({ shop, stripe }) => {
    const customer = await stripe.customers.create();
    const intent = await stripe.setupIntents.create({ customer: customer.id });
    const clientSecret = intent.client_secret ?? '';
    await shop.open();
    await shop.mount('payment', mode === 'deferred' ? { mode: 'setup', currency: 'usd' } : { clientSecret });
    await shop.fillPayment({ number: PAYS });
    const result = await shop.page.evaluate(async (clientSecret) => {
      await window.elements.submit();
      return window.stripe.confirmSetup({
        elements: window.elements,
        clientSecret,
        confirmParams: { return_url: 'https://shop.example/return' },
        redirect: 'if_required',
      });
    }, clientSecret);
    expect(result).toMatchObject({ setupIntent: { id: intent.id, status: 'succeeded' } });
    const saved = await stripe.customers.listPaymentMethods(customer.id);
    expect(saved.data).toMatchObject([{ type: 'card', card: { last4: '4242' } }]);
  });
}

test('deferred: a token that the server confirms, with a challenge for handleNextAction', async ({ shop, stripe }) => {
  await shop.open();
  await shop.mount('payment', { mode: 'setup', currency: 'usd' });
  await shop.fillPayment({ number: CHALLENGED });
  const token = await shop.page.evaluate(async () => {
    await window.elements.submit();
    return window.stripe.createConfirmationToken({ elements: window.elements });
  });
  const intent = await stripe.setupIntents.create({
    confirm: true,
    confirmation_token: token.confirmationToken?.id ?? '',
    return_url: 'https://shop.example/return',
  });
  expect(intent.status).toBe('requires_action');
  const handled = shop.page.evaluate((clientSecret) => window.stripe.handleNextAction({ clientSecret }), intent.client_secret ?? '');
  await shop.answerChallenge('Complete');
  expect(await handled).toMatchObject({ setupIntent: { status: 'succeeded' } });
});

test('confirmCardSetup: declined, challenged and failed, then saved', async ({ shop, stripe }) => {
  const { client_secret } = await stripe.setupIntents.create();
  await shop.open();
  await shop.mount('card');
  const save = () =>
    shop.page.evaluate((clientSecret) => {
      const card = window.elements.getElement('card');
      if (!card) throw new Error('no Card Element');
      return window.stripe.confirmCardSetup(clientSecret, { payment_method: { card } });
    }, client_secret ?? '');
  await shop.fillCard({ number: DECLINED });
  expect(await save()).toMatchObject({
    error: { code: 'card_declined', setup_intent: { status: 'requires_payment_method' } },
  });
  await shop.fillCard({ number: CHALLENGED });
  const failing = save();
  await shop.answerChallenge('Fail');
  expect(await failing).toMatchObject({ error: { code: 'setup_intent_authentication_failure' } });
  const passing = save();
  await shop.answerChallenge('Complete');
  expect(await passing).toMatchObject({ setupIntent: { status: 'succeeded' } });
  const retrieved = await shop.page.evaluate((secret) => window.stripe.retrieveSetupIntent(secret), client_secret ?? '');
  expect(retrieved).toMatchObject({ setupIntent: { status: 'succeeded' } });
});
