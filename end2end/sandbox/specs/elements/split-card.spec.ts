// A card in three elements, whose frames know of each other; and the code alone, of a saved card.
import { expectAccessible } from '../../../fixtures/scan.ts';
import { CHALLENGED, PAYS, type Shop, expect, test } from './shop.ts';

const INTENT = { amount: 1999, currency: 'usd' };

async function mountParts(shop: Shop): Promise<void> {
  await shop.open();
  await shop.mount('cardNumber', {}, { showIcon: true });
  await shop.add('cardExpiry', {}, '#second');
  await shop.add('cardCvc', { placeholder: 'Code' }, '#third');
}

async function fillParts(shop: Shop, { number, expiry = '12 / 34', cvc = '123' }: { number: string; expiry?: string; cvc?: string }) {
  await shop.field('cardnumber').fill(number);
  await shop.frameIn('#second').locator('[name="exp-date"]').fill(expiry);
  await shop.frameIn('#third').locator('[name="cvc"]').fill(cvc);
}

test('any of the three makes a payment method or token of the whole card', async ({ shop, page }) => {
  await mountParts(shop);
  await fillParts(shop, { number: PAYS });
  const made = await page.evaluate(async () => {
    const number = window.elements.getElement('cardNumber');
    const cvc = window.elements.getElement('cardCvc');
    const expiry = window.elements.getElement('cardExpiry');
    if (!number || !cvc || !expiry) throw new Error('parts are missing');
    return [
      await window.stripe.createPaymentMethod({ type: 'card', card: number, billing_details: { name: 'Ada' } }),
      // The types name the number alone; Stripe.js takes any part.
      await window.stripe.createToken(cvc as never),
      await window.stripe.createToken(expiry as never, { name: 'Ada' }),
    ];
  });
  expect(made).toMatchObject([
    { paymentMethod: { card: { last4: '4242', exp_month: 12, exp_year: 2034 }, billing_details: { name: 'Ada' } } },
    { token: { type: 'card', card: { last4: '4242' } } },
    { token: { type: 'card', card: { last4: '4242', name: 'Ada' } } },
  ]);
});

test('confirmCardPayment: the first mistake is the error and has the focus; then challenged and paid', async ({ shop, page, stripe, sandbox }) => {
  const { client_secret } = await stripe.paymentIntents.create(INTENT);
  await mountParts(shop);
  await fillParts(shop, { number: CHALLENGED, expiry: '12', cvc: '' });
  const pay = () =>
    page.evaluate((clientSecret) => {
      const number = window.elements.getElement('cardNumber');
      if (!number) throw new Error('no number');
      return window.stripe.confirmCardPayment(clientSecret, { payment_method: { card: number } });
    }, client_secret ?? '');
  expect(await pay()).toEqual({
    error: { type: 'validation_error', code: 'incomplete_expiry', message: "Your card's expiration date is incomplete." },
  });
  await expect(shop.frameIn('#second').locator('[name="exp-date"]')).toBeFocused();
  await expect(page.locator('#third')).toHaveClass(/StripeElement--invalid/);
  await expectAccessible(page, true);
  await fillParts(shop, { number: CHALLENGED });
  const paying = pay();
  await shop.answerChallenge('Complete');
  expect(await paying).toMatchObject({ paymentIntent: { status: 'succeeded' } });
  await sandbox.expectOnePayment();
});

test('the code has the length of the brand next to it; each part tells of itself', async ({ shop, page }) => {
  await mountParts(shop);
  const code = shop.frameIn('#third').locator('[name="cvc"]');
  await expect(code).toHaveAttribute('placeholder', 'Code');
  await shop.field('cardnumber').fill('378282246310005');
  await code.fill('12345');
  await expect(code).toHaveValue('1234');
  await shop.field('cardnumber').fill(PAYS);
  await expect(code).toHaveValue('123');
  await shop.frameIn('#second').locator('[name="exp-date"]').fill('0120');
  await expect.poll(() => shop.events('change')).toContainEqual(
    expect.objectContaining({ elementType: 'cardExpiry', complete: false, error: expect.objectContaining({ code: 'invalid_expiry_year_past' }) as unknown }),
  );
  const changes = await shop.events('change');
  expect(changes).toContainEqual(expect.objectContaining({ elementType: 'cardNumber', brand: 'amex', complete: true }));
  expect(changes).toContainEqual(expect.objectContaining({ elementType: 'cardCvc', complete: true, empty: false }));
  await page.evaluate(() => window.elements.getElement('cardCvc')?.update({ disabled: true, placeholder: '3 digits' }));
  await expect(code).toBeDisabled();
  await expect(code).toHaveAttribute('placeholder', '3 digits');
});

test('a part that cannot be loaded is the error, not a card without it', async ({ shop, page }) => {
  await page.route(/elements-inner-card-cvc/, (route) => route.abort());
  await mountParts(shop);
  await shop.field('cardnumber').fill(PAYS);
  await shop.frameIn('#second').locator('[name="exp-date"]').fill('12 / 34');
  const made = await page.evaluate(() => {
    const number = window.elements.getElement('cardNumber');
    if (!number) throw new Error('no number');
    return window.stripe.createToken(number);
  });
  expect(made).toMatchObject({ error: { type: 'api_connection_error' } });
  expect(await shop.events('loaderror')).toMatchObject([{ elementType: 'cardCvc' }]);
});

test("two groups on a page do not mix their cards", async ({ shop, page }) => {
  await mountParts(shop);
  await fillParts(shop, { number: PAYS, cvc: '1' });
  const made = await page.evaluate(async () => {
    const other = window.stripe.elements().create('cardNumber');
    const container = document.createElement('div');
    container.id = 'other';
    document.querySelector('main')?.append(container);
    other.mount(container);
    return window.stripe.createToken(other);
  });
  expect(made).toMatchObject({ error: { code: 'incomplete_number' } });
});

test("a saved card's code is asked for again", async ({ shop, page, stripe }) => {
  await shop.open();
  await shop.mount('cardCvc');
  const create = () =>
    page.evaluate(() => {
      const cvc = window.elements.getElement('cardCvc');
      if (!cvc) throw new Error('no code');
      return window.stripe.createToken('cvc_update', cvc);
    });
  expect(await create()).toMatchObject({ error: { code: 'incomplete_cvc' } });
  await shop.field('cvc').fill('123');
  expect(await create()).toMatchObject({ token: { type: 'cvc_update' } });
  const { client_secret } = await stripe.paymentIntents.create(INTENT);
  const result = await page.evaluate((secret) => {
    const cvc = window.elements.getElement('cardCvc');
    if (!cvc) throw new Error('no code');
    return window.stripe.confirmCardPayment(secret, {
      payment_method: 'pm_card_visa', payment_method_options: { card: { cvc } },
    });
  }, client_secret ?? '');
  expect(result).toMatchObject({ paymentIntent: { status: 'succeeded' } });
});
