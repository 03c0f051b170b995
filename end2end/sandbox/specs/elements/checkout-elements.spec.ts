// A Checkout Session with elements on the merchant's page: what the session comes to, and how it is paid there.
import type { StripeCheckoutElementsSdk, StripeCheckoutLoadActionsSuccess, StripeCheckoutSession } from '@stripe/stripe-js';
import Stripe from 'stripe';
import { connect } from '../client.ts';
import { CHALLENGED, DECLINED, PAYS, type Shop, expect, test as base } from './shop.ts';

// What the API answers is held against Stripe's types by other specs, which takes seconds.
const test = base.extend<{ stripe: Stripe }>({
  stripe: async ({ world }, use) => use(connect(world, { httpClient: Stripe.createNodeHttpClient() })),
});

declare global {
  interface Window {
    checkout: StripeCheckoutElementsSdk;
    actions: StripeCheckoutLoadActionsSuccess;
    changes: StripeCheckoutSession[];
  }
}

const RETURN = 'https://shop.example/return?session={CHECKOUT_SESSION_ID}';

async function createSession(stripe: Stripe, more: Partial<Stripe.Checkout.SessionCreateParams> = {}): Promise<Stripe.Checkout.Session> {
  return stripe.checkout.sessions.create({
    mode: 'payment', ui_mode: 'elements', return_url: RETURN, allowed_payment_method_types: ['card'],
    line_items: [{
      price_data: { currency: 'usd', unit_amount: 1999, product_data: { name: 'Tea', description: 'Green' } },
      quantity: 1, adjustable_quantity: { enabled: true, minimum: 1, maximum: 5 },
    }],
    ...more,
  });
}

/** Makes `window.checkout` before its secret is known, with a Payment Element, and then `window.actions`. */
async function open(shop: Shop, { client_secret: secret }: Stripe.Checkout.Session): Promise<void> {
  await shop.open();
  await shop.page.evaluate(async (secret) => {
    const clientSecret = new Promise<string>((resolve) => setTimeout(() => resolve(secret ?? '')));
    window.checkout = window.stripe.initCheckoutElementsSdk({ clientSecret });
    window.changes = [];
    window.checkout.on('change', (session) => window.changes.push(session));
    const element = window.checkout.createPaymentElement({ layout: 'accordion' });
    const ready = new Promise((resolve) => element.on('ready', resolve));
    element.mount('#payment-element');
    const loaded = await window.checkout.loadActions();
    if (loaded.type === 'error') throw new Error(loaded.error.message);
    window.actions = loaded.actions;
    await ready;
  }, secret);
}

const session = (shop: Shop) => shop.page.evaluate(() => window.actions.getSession());

test('the session is told in the words of the types, and changes by what the shopper tells', async ({ shop, page, stripe }) => {
  const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'once', name: 'Half' });
  await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'TEATIME' });
  const rate = await stripe.shippingRates.create({ display_name: 'Post', type: 'fixed_amount', fixed_amount: { amount: 500, currency: 'usd' } });
  const made = await createSession(stripe, {
    allow_promotion_codes: true, shipping_address_collection: { allowed_countries: ['US', 'GB'] },
    shipping_options: [{ shipping_rate: rate.id }], phone_number_collection: { enabled: true },
  });
  await open(shop, made);
  const before = await session(shop);
  expect(before).toMatchObject({
    id: made.id, currency: 'usd', minorUnitsAmountDivisor: 100, canConfirm: false, status: { type: 'open' }, email: null,
    lineItems: [{ name: 'Tea', description: 'Green', quantity: 1, unitAmount: { minorUnitsAmount: 1999, amount: '$19.99' }, adjustableQuantity: { minimum: 1, maximum: 5 } }],
    shippingOptions: [{ id: rate.id, displayName: 'Post', amount: '$5.00' }], discountAmounts: null,
  });
  const told = await page.evaluate(async (line) => {
    const { actions } = window;
    const address = { line1: '1 Orchard Street', city: 'London', postal_code: 'W1H 6HN', country: 'GB' };
    const results = [
      await actions.updateLineItemQuantity({ lineItem: line, quantity: 9 }),
      await actions.updateLineItemQuantity({ lineItem: line, quantity: 2 }),
      await actions.applyPromotionCode('COFFEE'),
      await actions.applyPromotionCode('teatime'),
      await actions.updateEmail('ada'),
      await actions.updateEmail('ada@shop'),
      await actions.updateEmail('ada@shop.example'),
      await actions.updatePhoneNumber('+15555550100'),
      await actions.updateShippingAddress({ name: 'Ada', address: { ...address, country: 'FR' } }),
      await actions.updateShippingAddress({ name: 'Ada', address }),
      await actions.updateBillingAddress({ name: 'Ada', address }),
      await actions.addOptionalLineItem('price_none'),
    ];
    return results.map((it) => (it.type === 'error' ? it.error.code ?? it.error.message : it.type));
  }, before.lineItems[0]?.id ?? '');
  expect(told).toEqual([
    'The quantity must be from 1 to 5.', 'success', 'invalidCode', 'success', 'incompleteEmail', 'invalidEmail', 'success',
    'success', 'The session does not ship to FR.', 'success', 'success', 'The session has no optional items.',
  ]);
  expect(await session(shop)).toMatchObject({
    email: 'ada@shop.example', phoneNumber: '+15555550100', shippingAddress: { name: 'Ada', address: { city: 'London' } },
    discountAmounts: [{ displayName: 'Half', promotionCode: 'TEATIME', percentOff: 50, minorUnitsAmount: 1999 }],
    total: { subtotal: { minorUnitsAmount: 3998 }, shippingRate: { amount: '$5.00' }, total: { amount: '$24.99' } },
  });
  await page.evaluate(() => window.actions.removePromotionCode());
  expect((await session(shop)).total.total.amount).toBe('$44.98');
  // A server that changes the session is heard of.
  await stripe.checkout.sessions.update(made.id, { metadata: { seen: 'yes' }, shipping_options: '' });
  expect(await page.evaluate(() => window.actions.runServerUpdate(async () => {}))).toMatchObject({ type: 'success', session: { shippingOptions: [] } });
  const changes = await page.evaluate(() => window.changes.map(({ total }) => total.total.amount));
  expect(new Set(changes)).toEqual(new Set(['$24.99', '$44.98', '$39.98']));
});

test('declined, challenged and failed, then paid', async ({ shop, page, stripe, sandbox }) => {
  const made = await createSession(stripe);
  await open(shop, made);
  await page.evaluate(() => window.actions.updateEmail('ada@shop.example'));
  const confirm = () => page.evaluate(() => window.actions.confirm({ redirect: 'if_required' }));
  expect(await confirm()).toMatchObject({ type: 'error', error: { code: null, message: expect.stringContaining('incomplete') } });
  await shop.fillPayment({ number: DECLINED });
  await expect.poll(async () => (await session(shop)).canConfirm).toBe(true);
  expect(await confirm()).toMatchObject({ type: 'error', error: { code: 'paymentFailed', paymentFailed: { declineCode: 'generic_decline' } } });
  await expect(shop.frame.getByText('Your card was declined.')).toBeVisible();
  expect(await session(shop)).toMatchObject({ lastPaymentError: { message: expect.stringContaining('declined') } });

  await shop.fillPayment({ number: CHALLENGED });
  const failed = confirm();
  await shop.answerChallenge('Fail');
  expect(await failed).toMatchObject({ type: 'error', error: { message: expect.stringContaining('unable to authenticate') } });
  const paid = confirm();
  await shop.answerChallenge('Complete');
  expect(await paid).toMatchObject({ type: 'success', session: { status: { type: 'complete', paymentStatus: 'paid' }, canConfirm: false } });
  const { intent } = await sandbox.expectOnePayment();
  expect(intent).toMatchObject({ amount: 1999 });
  expect(await stripe.checkout.sessions.retrieve(made.id)).toMatchObject({ status: 'complete', payment_status: 'paid', customer_details: { email: 'ada@shop.example' } });
  await expect(page.evaluate(() => window.actions.confirm())).resolves.toMatchObject({ type: 'error', error: { message: 'This Checkout Session is complete.' } });
});

test('other elements tell the session what was typed, and the page is left for the return URL', async ({ shop, page, stripe }) => {
  const made = await createSession(stripe, { shipping_address_collection: { allowed_countries: ['US'] }, billing_address_collection: 'required' });
  await page.route('https://shop.example/**', (route) => route.fulfill({ body: 'Thank you!' }));
  await open(shop, made);
  await page.evaluate(() => {
    window.checkout.createContactDetailsElement().mount('#second');
    window.checkout.createShippingAddressElement().mount('#third');
    const billing = document.body.appendChild(document.createElement('div'));
    billing.id = 'billing';
    window.checkout.createBillingAddressElement().mount('#billing');
    window.checkout.createCurrencySelectorElement();
  });
  const unchecked = await page.evaluate(() => window.actions.validateElements());
  expect(unchecked).toMatchObject({ type: 'error', error: { code: 'validation_error', validation_errors: [{ element: 'payment' }, { element: 'contactDetails' }, { element: 'shippingAddress' }, { element: 'billingAddress' }] } });
  await shop.frameIn('#second').locator('[name="email"]').fill('ada@shop.example');
  for (const container of ['#third', '#billing']) {
    const frame = shop.frameIn(container);
    await expect(frame.locator('[name="country"] option')).toHaveCount(container === '#third' ? 1 : await frame.locator('[name="country"] option').count());
    await frame.locator('[name="name"]').fill(container === '#third' ? 'Ada Lovelace' : 'Grace Hopper');
    await frame.locator('[name="country"]').selectOption('US');
    await frame.locator('[name="addressLine1"]').fill('100 Main Street');
    await frame.locator('[name="locality"]').fill('San Francisco');
    await frame.locator('[name="administrativeArea"]').selectOption('CA');
    await frame.locator('[name="postalCode"]').fill('94103');
  }
  await expect.poll(() => session(shop)).toMatchObject({
    email: 'ada@shop.example', shippingAddress: { name: 'Ada Lovelace' }, billingAddress: { name: 'Grace Hopper', address: { postal_code: '94103' } },
  });
  await shop.fillPayment({ number: PAYS });
  await page.evaluate(() => void window.actions.confirm());
  await page.waitForURL(`https://shop.example/return?session=${made.id}`);
  const done = await stripe.checkout.sessions.retrieve(made.id, { expand: ['payment_intent.latest_charge'] });
  expect(done).toMatchObject({
    status: 'complete', collected_information: { shipping_details: { name: 'Ada Lovelace' } },
    payment_intent: { shipping: { name: 'Ada Lovelace' }, latest_charge: { billing_details: { name: 'Grace Hopper', email: 'ada@shop.example' } } },
  });
});

test('what cannot be loaded is told by loadActions and by the elements', async ({ shop, page, stripe }) => {
  const hosted = await stripe.checkout.sessions.create({ mode: 'setup', currency: 'usd', ui_mode: 'form', return_url: RETURN });
  await shop.open();
  const told = await page.evaluate(async (secret) => {
    const wrong = window.stripe.initCheckoutElementsSdk({ clientSecret: 'pi_1_secret_1' }).loadActions().catch((error: Error) => error.name);
    const checkout = window.stripe.initCheckoutElementsSdk({ clientSecret: secret ?? '' });
    const element = checkout.createPaymentElement();
    const lost = new Promise<string | undefined>((resolve) => element.on('loaderror', ({ error }) => resolve(error.message)));
    element.mount('#payment-element');
    return [await wrong, await checkout.loadActions(), await lost];
  }, hosted.client_secret);
  const message = expect.stringContaining('`ui_mode` `elements`');
  expect(told).toEqual(['IntegrationError', { type: 'error', error: { message, code: null } }, message]);
});
