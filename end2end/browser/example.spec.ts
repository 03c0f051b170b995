// The example without a framework: it pays, it says what went wrong, and it costs only what it uses.
import type { Page } from '@playwright/test';
import { expect, test as base } from '../sandbox/specs/test.ts';
import { type Built, buildExample, serveShop } from './example.ts';

/** What the bindings and the example together may add to a page that wasm-bindgen made of nothing. */
const LIMIT_BYTES = 25_000;

const test = base.extend<{ shop: string }, { built: Built }>({
  // Compiled first, if it has changed.
  built: [async ({}, use) => use(buildExample('payment')), { scope: 'worker', timeout: 600_000 }],

  shop: async ({ built, world, stripe }, use) => {
    const { url, server } = await serveShop(built, world, stripe);
    await use(url);
    server.close();
    server.closeAllConnections();
  },
});

// One worker builds.
test.describe.configure({ mode: 'serial' });

async function fillCard(page: Page, number: string): Promise<void> {
  const form = page.locator('#payment iframe[name^="__privateStripeFrame"]:not([aria-hidden="true"])').contentFrame();
  const field = (name: string) => form.locator(`[name="${name}"]`);
  await field('number').fill(number);
  await field('expiry').fill('12 / 40');
  await field('cvc').fill('123');
  await field('country').selectOption('US');
  await field('postalCode').fill('10001');
}

test('an empty form, a declined card and the bank’s question, until it is paid', async ({ page, shop }) => {
  const uncaught: Error[] = [];
  page.on('pageerror', (error) => uncaught.push(error));
  await page.goto(shop);
  const pay = page.getByRole('button', { name: 'Pay' });
  const words = page.getByRole('alert');

  await pay.click();
  await expect(words).toHaveText('Your card number is incomplete.');

  await fillCard(page, '4000000000000002');
  await pay.click();
  await expect(words).toHaveText('Your card was declined.');

  await fillCard(page, '4000002760003184');
  await pay.click();
  const challenge = page.locator('iframe[src*="three-ds-2-challenge"]').contentFrame();
  const bank = challenge.locator('iframe[name="stripe-challenge-frame"]').contentFrame();
  await expect(words).toBeEmpty();
  await bank.getByRole('button', { name: 'Complete', exact: true }).click();
  await page.waitForURL('**/order');
  await expect(page.locator('body')).toHaveText('succeeded');
  expect(uncaught).toEqual([]);
});

test('without Stripe.js it says so, and nothing can be pressed', async ({ page, shop, world }) => {
  await page.route(`${world.url}/endive/stripe.js`, (route) => route.abort());
  await page.goto(shop);
  await expect(page.getByRole('alert')).toHaveText('script_blocked');
  await expect(page.getByRole('button', { name: 'Pay' })).toBeDisabled();
});

test('it costs only what it uses', ({ built }) => {
  test.setTimeout(600_000);
  const empty = buildExample('empty');
  const over = built.bytes - empty.bytes;
  console.log(`the page with a payment ${built.bytes} B brotli, an empty one ${empty.bytes} B: ${over} B over it`);
  expect(over).toBeLessThanOrEqual(LIMIT_BYTES);
});
