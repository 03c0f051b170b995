// The driver of the shop's own suite (`fixtures/stripe.ts`), which is written for real Stripe.js, on Stripe.js alone.
import { CARDS, Stripe } from '../../../fixtures/stripe.ts';
import { expect, test } from './shop.ts';

test('it fills in the form, reads its errors, and passes, fails and cancels the challenge', async ({ shop, page, stripe }) => {
  const driver = new Stripe(page);
  await shop.open();
  await shop.mount('payment', { mode: 'payment', amount: 1999, currency: 'usd' });
  await driver.fillCard({ number: '4242 4242', cvc: '', postalCode: '' });
  const submitted = await page.evaluate(() => window.elements.submit());
  expect(submitted).toMatchObject({ error: { code: 'incomplete_number' } });
  await driver.expectMessage('Your card number is incomplete.');
  await driver.expectMessage("Your card's security code is incomplete.");
  await driver.expectMessage('Your postal code is incomplete.');

  for (const { answer, outcome } of [
    { answer: 'failChallenge', outcome: 'payment_intent_authentication_failure' },
    { answer: 'cancelChallenge', outcome: 'payment_intent_authentication_failure' },
    { answer: 'completeChallenge', outcome: 'succeeded' },
  ] as const) {
    await driver.fillCard(CARDS.challenged);
    const token = await page.evaluate(async () => {
      await window.elements.submit();
      return window.stripe.createConfirmationToken({
        elements: window.elements,
        params: { return_url: 'https://shop.example/return' },
      });
    });
    const intent = await stripe.paymentIntents.create({
      amount: 1999, currency: 'usd', confirm: true, confirmation_token: token.confirmationToken?.id ?? '',
    });
    const handled = page.evaluate(async (clientSecret) => {
      const { paymentIntent, error } = await window.stripe.handleNextAction({ clientSecret });
      return paymentIntent?.status ?? error?.code;
    }, intent.client_secret ?? '');
    await driver.expectChallenge();
    await driver[answer]();
    expect(await handled).toBe(outcome);
  }
});

test('it chooses a saved card, and closes what tells how to pay by voucher', async ({ shop, page, stripe }) => {
  const driver = new Stripe(page);
  const { id: customer } = await stripe.customers.create();
  for (const card of ['pm_card_visa', 'pm_card_mastercard']) await stripe.paymentMethods.attach(card, { customer });
  const session = await stripe.customerSessions.create({
    customer,
    components: {
      payment_element: {
        enabled: true,
        features: { payment_method_redisplay: 'enabled', payment_method_allow_redisplay_filters: ['unspecified'] },
      },
    },
  });
  await shop.open();
  await shop.mount('payment', { mode: 'payment', amount: 1999, currency: 'eur', customerSessionClientSecret: session.client_secret });
  await expect(driver.form.getByRole('radio', { name: /4444/ })).toBeChecked();
  await driver.chooseSaved('4242');
  await expect(driver.form.getByRole('radio', { name: /4242/ })).toBeChecked();

  const intent = await stripe.paymentIntents.create({
    amount: 1999, currency: 'eur', confirm: true, return_url: 'https://shop.example/return',
    payment_method_data: { type: 'multibanco', billing_details: { email: 'ada@shop.example' } },
  });
  const handled = page.evaluate(async (clientSecret) => {
    const { paymentIntent } = await window.stripe.handleNextAction({ clientSecret });
    return paymentIntent?.status;
  }, intent.client_secret ?? '');
  await driver.closeInstructions();
  expect(await handled).toBe('requires_action');
});
