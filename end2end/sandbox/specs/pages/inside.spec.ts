// The look inside: what a developer sees of a world while a shop is at work in it.
import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../../../fixtures/scan.ts';
import { Receiver } from '../receiver.ts';
import { expect, test, type World } from '../test.ts';

const GOOD = { currency: 'usd', confirm: true, payment_method: 'pm_card_visa', return_url: 'https://shop.example/return' };

const nameOf = (world: World) => world.secretKey.replace('sk_test_', '');

async function open(page: Page, world: World, view = 'payments'): Promise<void> {
  await page.goto(`${world.url}/?world=${nameOf(world)}&view=${view}`);
  await expect(page.getByText('live', { exact: true })).toBeVisible();
}

/** What the browser complains of, where a test does not expect it. */
let complaints: string[] = [];

test.beforeEach(({ page }) => {
  complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
});

test.afterEach(() => expect(complaints).toEqual([]));

test('a payment appears while the page is open, and tells all that belongs to it', async ({ page, world, stripe }) => {
  await open(page, world);
  await expect(page.getByRole('heading', { name: 'No payments yet' })).toBeVisible();
  const loaded = await page.evaluate(() => performance.timeOrigin);

  const customer = await stripe.customers.create({ email: 'ada@example.com', name: 'Ada' });
  const intent = await stripe.paymentIntents.create({ ...GOOD, amount: 1999, customer: customer.id, metadata: { order: '7' } });
  const row = page.getByRole('row', { name: '$19.99' });
  await expect(row).toContainText('Succeeded');
  await expect(row).toContainText('Visa •••• 4242');
  await expect(row).toContainText('ada@example.com');
  await expect(page.getByRole('status').filter({ hasText: 'New: 1 payment' })).toBeAttached();

  await row.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('$19.99');
  for (const type of ['payment_intent.created', 'payment_intent.succeeded', 'charge.succeeded']) {
    await expect(page.getByRole('link', { name: type, exact: true })).toBeVisible();
  }
  await expect(page.getByRole('link', { name: 'POST /v1/payment_intents' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'PaymentIntent' })).toContainText(`"client_secret": "${intent.client_secret}"`);

  await stripe.refunds.create({ payment_intent: intent.id, amount: 500 });
  await expect(page.getByRole('table', { name: 'Refunds' })).toContainText('$5.00');
  await expect(page.getByText('Partly refunded')).toBeVisible();
  expect(await page.evaluate(() => performance.timeOrigin), 'the page was not loaded again').toBe(loaded);
});

test('a decline says why', async ({ page, world, stripe }) => {
  await stripe.paymentIntents.create({ ...GOOD, amount: 8900, payment_method: 'pm_card_visa_chargeDeclinedInsufficientFunds' }).catch(() => {});
  await open(page, world);
  const row = page.getByRole('row', { name: '$89.00' });
  await expect(row).toContainText('Failed');
  await expect(row).toContainText('insufficient_funds');
  await row.getByRole('link').click();
  await expect(page.getByText('Your card has insufficient funds.').first()).toBeVisible();
});

test('an event can be sent again', async ({ page, world, stripe }) => {
  await using receiver = await Receiver.start();
  await stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ['payment_intent.succeeded'] });
  await stripe.paymentIntents.create({ ...GOOD, amount: 1999 });
  await open(page, world, 'events');
  const event = page.getByRole('row', { name: 'payment_intent.succeeded' });
  await expect(event).toContainText('delivered');
  await event.getByRole('link').click();

  const deliveries = page.getByRole('table', { name: 'Deliveries' }).getByRole('row').filter({ hasText: receiver.url });
  await expect(deliveries).toHaveCount(1);
  await page.getByRole('button', { name: 'Send again' }).click();
  await expect(page.getByText('Sent again to 1 endpoint.')).toBeVisible();
  await expect(deliveries).toHaveCount(2);
  await expect(deliveries.filter({ hasText: '200' })).toHaveCount(2);
  expect(receiver.deliveries).toHaveLength(2);
  await expect(page.getByRole('button', { name: 'Send again' })).toBeFocused();
});

test('a request shows what was asked and answered, and no card number', async ({ page, world }) => {
  const body = new URLSearchParams({
    'payment_method_data[type]': 'card',
    'payment_method_data[card][number]': '4242424242424242',
    'payment_method_data[card][exp_month]': '12',
    'payment_method_data[card][exp_year]': '2034',
    'payment_method_data[card][cvc]': '987',
    'client_context[mode]': 'payment',
    'client_context[amount]': '1999',
    'client_context[currency]': 'usd',
  });
  await fetch(`${world.url}/v1/confirmation_tokens`, { method: 'POST', headers: { authorization: `Bearer ${world.publishableKey}` }, body });
  await open(page, world, 'requests');
  await page.getByRole('link', { name: 'POST /v1/confirmation_tokens' }).click();
  await expect(page.getByText('payment_method_data[card][number]')).toBeVisible();
  await expect(page.getByText('****4242')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Answer' })).toContainText('"object": "confirmation_token"');
  const shown = await page.locator('body').innerText();
  expect(shown).not.toContain('424242424242');
  expect(shown).not.toContain('987');
});

test('the clock moves, stops and goes on, and the world can be emptied', async ({ page, world, stripe, sandbox }) => {
  await stripe.paymentIntents.create({ ...GOOD, amount: 1999, capture_method: 'manual' });
  await open(page, world);
  await expect(page.getByRole('row', { name: '$19.99' })).toContainText('Uncaptured');
  const before = (await sandbox.clock()).now;
  const menu = page.getByText('live', { exact: true });
  await menu.click();
  await page.getByRole('button', { name: '7 days' }).click();
  await expect(page.getByRole('row', { name: '$19.99' })).toContainText('Canceled');
  expect((await sandbox.clock()).now - before).toBeGreaterThanOrEqual(7 * 86_400);
  await page.getByRole('button', { name: 'Stop the clock' }).click();
  await expect(page.getByText('stopped', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Let the clock go on' }).click();
  await expect(menu).toBeVisible();

  await page.getByRole('button', { name: 'Empty this world…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
  await expect(page.getByRole('row', { name: '$19.99' })).toBeVisible();
  await page.getByRole('button', { name: 'Empty this world…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Empty it' }).click();
  await expect(page.getByRole('heading', { name: 'No payments yet' })).toBeVisible();
});

test('what is not there is said, and the way on stays open', async ({ page, world }) => {
  await page.goto(`${world.url}/?world=${nameOf(world)}&view=payments&id=pi_none`);
  await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Events' }).click();
  await expect(page.getByRole('heading', { name: 'No events yet' })).toBeVisible();
  expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
  complaints = [];
});

test('a world is found among the others', async ({ page, world, stripe }) => {
  await stripe.customers.create();
  await page.goto(`${world.url}/?worlds`);
  await page.getByLabel('Name').fill('no such world');
  await expect(page.getByText('No world has “no such world” in its name.')).toBeVisible();
  await page.getByLabel('Name').fill(nameOf(world));
  await expect(page.getByRole('table', { name: 'Worlds' }).getByRole('row')).toHaveCount(2);
  await page.getByRole('link', { name: nameOf(world) }).click();
  await expect(page.getByRole('heading', { name: 'No payments yet' })).toBeVisible();
});

test('more than a page: fifty rows, and the way to the others', async ({ page, world }) => {
  for (let number = 0; number < 51; number += 1) {
    await fetch(`${world.url}/v1/customers/cus_${number}`, { headers: { authorization: `Bearer ${world.secretKey}` } });
  }
  await open(page, world, 'requests');
  const rows = page.getByRole('table', { name: 'Requests' }).getByRole('row').filter({ hasText: 'GET /v1' });
  await expect(rows).toHaveCount(50);
  await page.getByRole('link', { name: 'Older' }).click();
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('/v1/customers/cus_0');
  await page.getByRole('link', { name: 'Newest' }).click();
  await expect(rows).toHaveCount(50);
});

test('all of it works by keyboard, and news leave the focus where it is', async ({ page, world, stripe }) => {
  await stripe.paymentIntents.create({ ...GOOD, amount: 1999 });
  await open(page, world);
  const first = page.getByRole('row', { name: '$19.99' }).getByRole('link');
  await expect(first).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(first).toBeFocused();
  await stripe.paymentIntents.create({ ...GOOD, amount: 2500 });
  await expect(page.getByRole('row', { name: '$25.00' })).toBeVisible();
  await expect(first).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('$19.99');
  await page.goBack();
  await expect(page.getByRole('row', { name: '$25.00' })).toBeVisible();

  await page.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: '1 hour' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: '1 hour' })).toBeHidden();
  await expect(page.locator('summary')).toBeFocused();
});

test('a sandbox that is gone is said to be', async ({ page, world }) => {
  await open(page, world);
  await page.route('**/_control/**', (route) => route.abort());
  await expect(page.getByText('no answer', { exact: true })).toBeVisible();
  await page.unroute('**/_control/**');
  await expect(page.getByText('live', { exact: true })).toBeVisible();
  expect(complaints.filter((text) => !text.includes('net::ERR_FAILED'))).toEqual([]);
  complaints = [];
});

for (const [device, viewport] of Object.entries({ desktop: { width: 1280, height: 900 }, phone: { width: 360, height: 740 } })) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`on a ${device}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });

      test('no view has a barrier', async ({ page, world, stripe, sandbox }) => {
        await stripe.webhookEndpoints.create({ url: 'http://127.0.0.1:9/hook', enabled_events: ['*'] });
        await stripe.paymentIntents.create({ ...GOOD, amount: 1999, metadata: { order: 'a-name-without-any-space-in-it-that-is-very-long-indeed' } });
        const { id } = await stripe.paymentIntents.create({ ...GOOD, amount: 5000, payment_method: 'pm_card_createDispute' });
        await stripe.refunds.create({ payment_intent: id, amount: 100 });
        await stripe.paymentIntents.create({ ...GOOD, amount: 700, payment_method: 'pm_card_visa_chargeDeclined' }).catch(() => {});
        await sandbox.advance(60);
        const { events, requests } = await sandbox.state();
        const views = [
          'view=payments',
          'view=events',
          'view=deliveries',
          'view=requests',
          `view=payments&id=${id}`,
          `view=events&id=${events[0]?.id}`,
          `view=requests&id=${requests.at(-1)?.id}`,
        ];
        for (const view of views) {
          await page.goto(`${world.url}/?world=${nameOf(world)}&${view}`);
          await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
          await expect(page.getByText('live', { exact: true })).toBeVisible();
          await expectAccessible(page);
          await expectNoSidewaysScroll(page);
        }
        await page.locator('summary').click();
        await page.getByRole('button', { name: 'Empty this world…' }).click();
        await expectAccessible(page);
        await page.goto(`${world.url}/?worlds`);
        await expect(page.getByRole('table', { name: 'Worlds' })).toBeVisible();
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
      });
    });
  }
}
