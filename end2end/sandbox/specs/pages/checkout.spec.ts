// A Checkout Session, made by Stripe's own client, paid on the sandbox's page in a browser.
import type { Page } from '@playwright/test';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Stripe from 'stripe';
import { expect, test as base } from '../test.ts';

// A shop: whatever is asked of it, it says thank you.
const test = base.extend<{ shop: string }>({
  shop: async ({}, use) => {
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'text/html').end('<title>Shop</title><h1>Thank you</h1>');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await use(`http://127.0.0.1:${port}`);
    server.closeAllConnections();
    server.close();
  },
});

function open(stripe: Stripe, shop: string, more: Stripe.Checkout.SessionCreateParams = {}) {
  return stripe.checkout.sessions.create({
    mode: 'payment',
    success_url: `${shop}/done?session={CHECKOUT_SESSION_ID}`,
    cancel_url: `${shop}/cart`,
    line_items: [
      {
        price_data: { currency: 'eur', unit_amount: 1999, product_data: { name: 'Shirt' } },
        quantity: 2,
      },
    ],
    ...more,
  });
}

async function enter(page: Page, number: string): Promise<void> {
  await page.getByLabel('Email').fill('jenny@example.com');
  await page.getByLabel('Card number').fill(number);
  await page.getByLabel('Expiry date').fill('12/34');
  await page.getByLabel('Security code').fill('123');
  await page.getByLabel('Name on card').fill('Jenny Rosen');
}

test('a shopper pays by card, without script', async ({ browser, stripe, shop }) => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  const session = await open(stripe, shop);
  await page.goto(session.url ?? '');
  await expect(page.getByText('Total due').locator('..')).toContainText('€39.98');
  await enter(page, '4242 4242 4242 4242');
  await page.getByRole('button', { name: 'Pay €39.98' }).click();
  await expect(page).toHaveURL(`${shop}/done?session=${session.id}`);
  const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['line_items', 'payment_intent'] });
  expect(paid).toMatchObject({ status: 'complete', payment_status: 'paid', amount_total: 3998 });
  expect(paid.payment_intent).toMatchObject({ status: 'succeeded' });
  await page.goto(session.url ?? '');
  await expect(page.getByText('This Checkout Session is complete.')).toBeVisible();
  await page.close();
});

test('a decline is told on the page, and another card pays', async ({ page, stripe, shop }) => {
  const session = await open(stripe, shop);
  await page.goto(session.url ?? '');
  await enter(page, '4000 0000 0000 9995');
  await page.getByRole('button', { name: 'Pay' }).click();
  await expect(page.getByRole('alert')).toHaveText('Your card has insufficient funds.');
  await expect(page.getByLabel('Email')).toHaveValue('jenny@example.com');
  await expect(page.getByLabel('Card number')).toHaveValue('');
  await enter(page, '4242 4242 4242 4242');
  await page.getByRole('button', { name: 'Pay' }).click();
  await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();
});

test('3-D Secure has a page of its own, and leads back', async ({ page, stripe, shop }) => {
  const session = await open(stripe, shop);
  await page.goto(session.url ?? '');
  await enter(page, '4000 0000 0000 3220');
  await page.getByRole('button', { name: 'Pay' }).click();
  await page.getByRole('button', { name: 'Fail test payment' }).click();
  await expect(page.getByRole('alert')).toContainText('We are unable to authenticate');
  await enter(page, '4000 0000 0000 3220');
  await page.getByRole('button', { name: 'Pay' }).click();
  await page.getByRole('button', { name: 'Authorize test payment' }).click();
  await expect(page).toHaveURL(`${shop}/done?session=${session.id}`);
});

test('a total changes with what is entered', async ({ page, stripe, shop }) => {
  const session = await open(stripe, shop, {
    automatic_tax: { enabled: true },
    allow_promotion_codes: true,
    shipping_address_collection: { allowed_countries: ['DE', 'AT'] },
    shipping_options: [4, 10].map((euros) => ({
      shipping_rate_data: {
        display_name: euros > 4 ? 'Express' : 'Post',
        type: 'fixed_amount',
        fixed_amount: { amount: euros * 100, currency: 'eur' },
      },
    })),
  });
  await page.goto(session.url ?? '');
  const shipping = page.getByRole('group', { name: 'Shipping' });
  await shipping.getByLabel('Name').fill('Jenny Rosen');
  await shipping.getByLabel('Address', { exact: true }).fill('Street 1');
  await shipping.getByLabel('Country or region').selectOption('Germany');
  await shipping.getByLabel('Shipping method').selectOption('Express: €10.00');
  await page.getByRole('button', { name: 'Update total' }).click();
  // 39.98 and 10.00, and 19 % of each.
  await enter(page, '4242 4242 4242 4242');
  await page.getByRole('button', { name: 'Pay €59.48' }).click();
  await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();
  const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['total_details.breakdown'] });
  expect(paid.total_details).toMatchObject({ amount_shipping: 1000, amount_tax: 950 });
});

test('a card is saved', async ({ page, stripe, shop }) => {
  const customer = await stripe.customers.create({ name: 'Jenny', email: 'jenny@example.com' });
  const session = await stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'eur',
    customer: customer.id,
    success_url: `${shop}/saved`,
  });
  await page.goto(session.url ?? '');
  await page.getByLabel('Card number').fill('4242 4242 4242 4242');
  await page.getByLabel('Expiry date').fill('12/34');
  await page.getByLabel('Security code').fill('123');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page).toHaveURL(`${shop}/saved`);
  const methods = await stripe.customers.listPaymentMethods(customer.id);
  expect(methods.data).toHaveLength(1);
});
