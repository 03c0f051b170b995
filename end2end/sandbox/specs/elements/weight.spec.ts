// What a page has to load: Stripe.js itself, and what an element's frame takes before its first field is there.
import { gzipSync } from 'node:zlib';
import { expect, test } from './shop.ts';

test('Stripe.js is under 40 KB compressed, and loads nothing else by itself', async ({ shop, page, world }) => {
  const requested: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  await shop.open();
  await page.evaluate(() => void window.stripe.elements());
  await page.waitForLoadState('networkidle');
  expect(requested).toEqual([expect.stringContaining(shop.url), `${world.url}/endive/stripe.js`]);
  const script = Buffer.from(await (await fetch(`${world.url}/endive/stripe.js`)).arrayBuffer());
  expect(gzipSync(script).length).toBeLessThan(40_000);
});

test('a frame is there after one request', async ({ shop, page, world }) => {
  const requested: string[] = [];
  page.on('request', (request) => request.url().startsWith(world.url) && requested.push(new URL(request.url()).pathname));
  await shop.open();
  requested.length = 0;
  await shop.mount('payment', { mode: 'payment', amount: 1999, currency: 'usd' });
  const ofFrame = requested.filter((path) => !path.startsWith('/v1/')).map((path) => path.replace(/-\w{32}\./, '-….'));
  expect(ofFrame).toEqual(['/v3/elements-inner-payment-….html']);
});
