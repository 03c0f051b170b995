// The Express Checkout Element: which buttons there are, a wallet's sheet from the click to the payment, and all the ways
// in which it ends otherwise.
import type { StripeExpressCheckoutElementOptions } from '@stripe/stripe-js';
import { expectAccessible, expectNoSidewaysScroll } from '../../../fixtures/scan.ts';
import { type Shop, expect, test } from './shop.ts';

const DEFERRED = { mode: 'payment', amount: 1999, currency: 'usd' } as const;
const RATES = [
  { id: 'standard', amount: 500, displayName: 'Standard', deliveryEstimate: '3 days' },
  { id: 'express', amount: 1500, displayName: 'Express' },
];
const SHIPS: StripeExpressCheckoutElementOptions = {
  shippingAddressRequired: true, allowedShippingCountries: ['US', 'GB', 'DE'], shippingRates: RATES, emailRequired: true,
  phoneNumberRequired: true,
};

const sheetOf = (shop: Shop) => shop.page.locator('iframe[title="Express checkout"]').contentFrame();
const button = (shop: Shop, name: string) => shop.frame.getByRole('button', { name, exact: true });
const told = (shop: Shop) =>
  shop.page.evaluate(() => window.told.map(({ name, event }) => ({ name, event: JSON.parse(JSON.stringify(event)) as unknown })));

/** Mounts the element in a page that pays as the documentation shows it, and keeps what it is told. */
async function mountExpress(shop: Shop, options: object = {}, group: object = DEFERRED): Promise<void> {
  await shop.open();
  await shop.page.evaluate(
    async ([group, options]) => {
      window.elements = window.stripe.elements(group as never);
      const element = window.elements.create('expressCheckout', options);
      for (const name of ['ready', 'cancel', 'availablepaymentmethodschange'] as const) {
        element.on(name as 'ready', (event) => window.told.push({ name, event }));
      }
      element.on('confirm', async (event) => {
        window.told.push({ name: 'confirm', event });
        const submitted = await window.elements.submit();
        window.told.push({ name: 'submitted', event: submitted });
        const made = await window.stripe.createConfirmationToken({
          elements: window.elements, params: { return_url: 'https://shop.example/return' },
        });
        window.told.push({ name: 'made', event: made });
      });
      const ready = new Promise((resolve) => element.on('ready', resolve));
      element.mount('#payment-element');
      await ready;
    },
    [group, options] as const,
  );
}

test('ready tells which wallets can be used, in the order and as far as the page wants them', async ({ shop, page }) => {
  await mountExpress(shop, {
    paymentMethods: { applePay: 'always', klarna: 'never' }, paymentMethodOrder: ['paypal', 'link'],
    buttonType: { googlePay: 'buy' },
  });
  const available = { applePay: true, googlePay: true, link: true, paypal: true, amazonPay: true, klarna: false };
  const [ready, change] = await told(shop);
  expect(ready).toEqual({ name: 'ready', event: { elementType: 'expressCheckout', availablePaymentMethods: available } });
  expect(change).toMatchObject({ name: 'availablepaymentmethodschange', event: { paymentMethods: { klarna: { available: false }, link: { available: true } } } });
  await expect(shop.frame.getByRole('button')).toHaveText(['PayPal', 'Pay with Link', 'Apple Pay', 'Buy with Google Pay', 'Amazon Pay']);
  await expect(page.locator('iframe[title="Secure express checkout frame"]')).toHaveAttribute('src', /elements-inner-express-checkout-/);
  await page.evaluate(() => window.elements.update({ currency: 'brl' }));
  await expect(shop.frame.getByRole('button')).toHaveText(['Pay with Link', 'Apple Pay', 'Buy with Google Pay']);
  expect((await told(shop)).at(-1)).toMatchObject({ event: { paymentMethods: { paypal: { available: false } } } });
});

test('where no wallet can be used, ready says so', async ({ shop }) => {
  await mountExpress(shop, {}, { ...DEFERRED, currency: 'eur', allowedPaymentMethodTypes: ['sepa_debit'] });
  expect(await shop.page.evaluate(() => window.told[0]?.event)).toEqual({ elementType: 'expressCheckout', availablePaymentMethods: undefined });
  await expect(shop.frame.getByRole('button')).toHaveCount(0);
});

test('Google Pay, with address and rate, to a token that pays', async ({ shop, page, stripe, sandbox }) => {
  await mountExpress(shop, SHIPS);
  await page.evaluate(() => {
    const element = window.elements.getElement('expressCheckout');
    const costs = (rate: number) => {
      const amount = 1999 + rate;
      window.elements.update({ amount });
      return { lineItems: [{ name: 'Tea', amount: 1999 }, { name: 'Shipping', amount: rate }] };
    };
    element?.on('shippingaddresschange', ({ name, address, resolve, reject }) => {
      window.told.push({ name: 'address', event: { name, address } });
      if (address.country === 'DE') reject();
      else resolve(costs(500));
    });
    element?.on('shippingratechange', ({ shippingRate, resolve }) => {
      window.told.push({ name: 'rate', event: shippingRate });
      resolve(costs(shippingRate.amount));
    });
  });
  await button(shop, 'Google Pay').click();
  const sheet = sheetOf(shop);
  await expect(sheet.getByRole('heading', { name: 'Google Pay' })).toBeVisible();
  await expect(sheet.getByRole('button', { name: 'Pay $24.99' })).toHaveAttribute('aria-disabled', 'false');
  await expect(sheet.getByRole('radio', { name: /Toronto/ })).toHaveCount(0);
  await expectAccessible(page, true);
  expect(await told(shop)).toContainEqual({
    name: 'address',
    event: { name: 'Ada Lovelace', address: { city: 'San Francisco', state: 'CA', postal_code: '94103', country: 'US' } },
  });
  await sheet.getByRole('radio', { name: /Berlin/ }).check();
  await expect(sheet.getByText('The shop does not deliver to this address.')).toBeVisible();
  await expect(sheet.getByRole('button', { name: /^Pay/ })).toHaveAttribute('aria-disabled', 'true');
  await sheet.getByRole('radio', { name: /London/ }).check();
  await sheet.getByRole('radio', { name: /Express: \$15.00/ }).check();
  await sheet.getByRole('button', { name: 'Pay $34.99' }).click();
  await expect(page.locator('iframe[title="Express checkout"]')).toHaveCount(0);
  const events = await told(shop);
  const confirm = events.find(({ name }) => name === 'confirm')?.event;
  expect(confirm).toMatchObject({
    expressPaymentType: 'google_pay',
    billingDetails: { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+14155550123' },
    shippingAddress: { name: 'Ada Lovelace', address: { line1: '1 Orchard Street', city: 'London', country: 'GB' } },
    shippingRate: { id: 'express' },
  });
  expect(events).toContainEqual({ name: 'submitted', event: { selectedPaymentMethod: 'google_pay' } });
  const made = await page.evaluate(() => window.told.find(({ name }) => name === 'made')?.event as { confirmationToken: { id: string } });
  const token = await stripe.confirmationTokens.retrieve(made.confirmationToken.id);
  expect(token).toMatchObject({
    shipping: { name: 'Ada Lovelace', address: { city: 'London' }, phone: '+14155550123' },
    payment_method_preview: { type: 'card', card: { last4: '4242', wallet: { type: 'google_pay' } }, billing_details: { email: 'ada@example.com' } },
  });
  const intent = await stripe.paymentIntents.create({
    amount: 3499, currency: 'usd', confirm: true, confirmation_token: token.id, return_url: 'https://shop.example/return',
  });
  expect(intent.status).toBe('succeeded');
  await sandbox.expectOnePayment();
});

test('confirmPayment in the sheet: declined, told by paymentFailed, then challenged over the sheet, and paid', async ({ shop, page, stripe }) => {
  const { client_secret } = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd' });
  await shop.open();
  await shop.mount('payment', DEFERRED);
  await shop.page.evaluate(async (clientSecret) => {
    window.elements.getElement('payment')?.destroy();
    const element = window.elements.create('expressCheckout');
    element.on('confirm', async ({ paymentFailed }) => {
      await window.elements.submit();
      const { error, paymentIntent } = await window.stripe.confirmPayment({
        elements: window.elements, clientSecret, redirect: 'if_required', confirmParams: { return_url: 'https://shop.example/return' },
      });
      window.told.push({ name: 'paid', event: paymentIntent?.status ?? error?.code });
      if (error) paymentFailed({ reason: 'invalid_payment_data', ...(error.message && { message: error.message }) });
    });
    const ready = new Promise((resolve) => element.on('ready', resolve));
    element.mount('#payment-element');
    await ready;
  }, client_secret ?? '');
  await button(shop, 'Pay with Link').click();
  const sheet = sheetOf(shop);
  await sheet.getByRole('radio', { name: /0002/ }).check();
  await sheet.getByRole('button', { name: 'Pay $19.99' }).click();
  await expect(sheet.getByText('Your card was declined.')).toBeVisible();
  await sheet.getByRole('radio', { name: /3184/ }).check();
  await sheet.getByRole('button', { name: 'Pay $19.99' }).click();
  // The bank's challenge is what suites for real Stripe look for: in the first `div` of the page.
  await expect(page.locator('body > div').first().locator('iframe')).toHaveAttribute('src', /three-ds-2-challenge/);
  await expect(page.locator('html')).toHaveCSS('overflow', 'hidden');
  await shop.answerChallenge('Complete');
  await expect(page.locator('iframe[title="Express checkout"]')).toHaveCount(0);
  await expect(page.locator('html')).toHaveCSS('overflow', 'visible');
  expect((await told(shop)).filter(({ name }) => name === 'paid')).toEqual([
    { name: 'paid', event: 'card_declined' }, { name: 'paid', event: 'succeeded' },
  ]);
});

test('with a client secret the wallets are those of the intent, and confirmPayment needs no other', async ({ shop, page, stripe }) => {
  const { client_secret } = await stripe.paymentIntents.create({
    amount: 1999, currency: 'usd', excluded_payment_method_types: ['paypal', 'klarna', 'amazon_pay'],
  });
  await shop.open();
  await page.evaluate(async (clientSecret) => {
    window.elements = window.stripe.elements({ clientSecret });
    const element = window.elements.create('expressCheckout');
    const ready = new Promise((resolve) => element.on('ready', resolve));
    element.on('confirm', async () => {
      const { paymentIntent, error } = await window.stripe.confirmPayment({
        elements: window.elements, redirect: 'if_required', confirmParams: { return_url: 'https://shop.example/return' },
      });
      window.told.push({ name: 'paid', event: paymentIntent?.status ?? error?.code });
    });
    element.mount('#payment-element');
    await ready;
  }, client_secret ?? '');
  await expect(shop.frame.getByRole('button')).toHaveText(['Google Pay', 'Pay with Link']);
  await button(shop, 'Google Pay').press('Enter');
  await sheetOf(shop).getByRole('button', { name: 'Pay $19.99' }).press('Enter');
  await expect(page.locator('iframe[title="Express checkout"]')).toHaveCount(0);
  expect(await told(shop)).toContainEqual({ name: 'paid', event: 'succeeded' });
});

test('PayPal leaves for its page with the method of that name', async ({ shop, page, stripe }) => {
  await mountExpress(shop);
  await button(shop, 'PayPal').click();
  await sheetOf(shop).getByRole('button', { name: 'Pay $19.99' }).click();
  await expect(page.locator('iframe[title="Express checkout"]')).toHaveCount(0);
  const made = await page.evaluate(() => window.told.find(({ name }) => name === 'made')?.event as { confirmationToken: { id: string } });
  const intent = await stripe.paymentIntents.create({
    amount: 1999, currency: 'usd', confirm: true, confirmation_token: made.confirmationToken.id,
  });
  expect(intent).toMatchObject({ status: 'requires_action', next_action: { type: 'redirect_to_url' } });
});

test('a click is answered by resolve with more details, by reject, or too late', async ({ shop, page }) => {
  await mountExpress(shop);
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.evaluate(() => {
    const answers = ['resolve', 'reject', 'wait', 'too much'];
    window.elements.getElement('expressCheckout')?.on('click', ({ expressPaymentType, resolve, reject }) => {
      window.told.push({ name: 'click', event: expressPaymentType });
      const answer = answers.shift();
      if (answer === 'reject') reject();
      if (answer === 'resolve') resolve({ lineItems: [{ name: 'Tea', amount: 1999 }], emailRequired: true });
      if (answer !== 'too much') return;
      try {
        resolve({ lineItems: [{ name: 'Tea', amount: 2000 }] });
      } catch (error) {
        window.told.push({ name: 'thrown', event: String(error) });
        reject();
      }
    });
  });
  const frame = page.locator('iframe[title="Express checkout"]');
  await button(shop, 'Google Pay').click();
  await expect(sheetOf(shop).getByText('Tea')).toBeVisible();
  await expect(sheetOf(shop).getByText('ada@example.com')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(frame).toHaveCount(0);
  await expect(button(shop, 'Google Pay')).toBeFocused();
  expect((await told(shop)).filter(({ name }) => name === 'cancel')).toHaveLength(1);

  await button(shop, 'Google Pay').click();
  await expect.poll(async () => (await told(shop)).filter(({ name }) => name === 'click')).toHaveLength(2);
  await button(shop, 'Google Pay').click();
  await expect.poll(() => errors).toContainEqual(expect.stringContaining('was not called within 1 s of click'));
  await button(shop, 'Google Pay').click();
  await expect.poll(async () => (await told(shop)).find(({ name }) => name === 'thrown')?.event).toContain('more than the amount of 1999');
  await expect(frame).toHaveCount(0);
});

test('layout: room is kept, rows are limited, options are updated, and mistakes thrown', async ({ shop, page }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await mountExpress(shop, { layout: { maxColumns: 1, maxRows: 2 }, buttonHeight: 50 });
  await expect(shop.frame.getByRole('button')).toHaveText(['Google Pay', 'Pay with Link', 'Show more']);
  await expectAccessible(page, true);
  await shop.frame.getByRole('button', { name: 'Show more' }).click();
  await expect(shop.frame.getByRole('button')).toHaveText(['Google Pay', 'Pay with Link', 'PayPal', 'Amazon Pay', 'Klarna']);
  await expect(button(shop, 'PayPal')).toBeFocused();
  expect((await button(shop, 'PayPal').boundingBox())?.height).toBe(50);
  await page.evaluate(() => window.elements.getElement('expressCheckout')?.update({ buttonHeight: 40 }));
  await expect(button(shop, 'PayPal')).toHaveCSS('height', '40px');
  await button(shop, 'PayPal').click();
  await expectNoSidewaysScroll(page);
  await sheetOf(shop).getByRole('button', { name: 'Cancel' }).click();
  const { reserved, thrown } = await page.evaluate(() => {
    window.elements.getElement('expressCheckout')?.destroy();
    let thrown = '';
    try {
      window.elements.create('expressCheckout', { buttonHeight: 12 });
    } catch (error) {
      thrown = String(error);
    }
    window.elements.create('expressCheckout', {}).mount('#second');
    return { reserved: document.querySelector('#second')?.getBoundingClientRect().height ?? 0, thrown };
  });
  expect(thrown).toMatch(/buttonHeight should be a number from 40 to 55/);
  await expect(shop.frameIn('#second').getByRole('button', { name: 'Klarna' })).toBeVisible();
  const height = await page.locator('#second').evaluate((node) => node.getBoundingClientRect().height);
  expect(Math.abs(height - reserved)).toBeLessThanOrEqual(2);
});
