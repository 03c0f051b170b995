// The components of the crate `leptos-stripe` in a page that is rendered in the browser: what its README shows pays, and
// what changes is shown, named, or gone.
//
//   npx playwright test --config browser/playwright.config.ts leptos
import { isDeepStrictEqual } from 'node:util';
import type { Page } from '@playwright/test';
import { CARDS } from '../fixtures/stripe.ts';
import { expect, test } from './leptos.ts';

declare global {
  interface Window {
    wasm?: { memory: WebAssembly.Memory };
  }
}

const STRIPE_JS = 'https://js.stripe.com/endive/stripe.js';
const FRAMES = 'iframe[name^="__privateStripeFrame"]';

for (const example of ['pay', 'hydrated']) {
  test.describe(example === 'pay' ? 'the page of the README' : 'the same, rendered by a server and hydrated', () => {
    test.beforeEach(async ({ shop, stripe }) => {
      let intent = '';
      shop.answer('/pay', async (token) => {
        const made = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd', confirm: true, confirmation_token: token });
        intent = made.id;
        return made.status === 'requires_action' ? { status: 202, text: made.client_secret ?? '' } : { text: '' };
      });
      shop.answer('/order', async () => ({ text: (await stripe.paymentIntents.retrieve(intent)).status }));
      await shop.open(example);
    });

    test('pays', async ({ shop, page, driver, sandbox, said }) => {
      await driver.fillCard(CARDS.pays);
      await expect(page.locator('form')).toHaveCount(1);
      await shop.click('Pay $19.99');
      await shop.expectWords('succeeded');
      expect((await sandbox.expectOnePayment()).intent).toMatchObject({ amount: 1999 });
      expect(said).toEqual([]);
    });

    test('asks the bank, and leaves gaps to the form', async ({ shop, driver, sandbox }) => {
      await shop.click('Pay $19.99');
      await driver.expectMessage('Your card number is incomplete.');
      await driver.fillCard(CARDS.challenged);
      await shop.click('Pay $19.99');
      await driver.completeChallenge();
      await shop.expectWords('succeeded');
      await sandbox.expectOnePayment();
    });
  });
}

test.describe('a page that changes', () => {
  // It loads Stripe.js, and forms, several times.
  test.describe.configure({ timeout: 180_000 });

  test('what can change is shown, and what cannot is named on the console', async ({ shop, page, driver, said }) => {
    await shop.open('change');
    await driver.fillCard(CARDS.pays);
    await shop.expectWords('Complete: true');
    const number = driver.form.locator('[name="number"]');

    const asked = page.waitForRequest((request) => request.url().includes('/v1/elements/sessions'), { timeout: 0 });
    await shop.click('Add tea');
    expect(new URL((await asked).url()).searchParams.get('deferred_intent[amount]')).toBe('2499');
    await shop.click('Deutsch');
    await expect(driver.form.getByText('Kartennummer')).toBeVisible();
    await shop.click('Deutsch');
    await expect(driver.form.getByText('Card number')).toBeVisible();
    await shop.click('Lock');
    await expect(number).toHaveAttribute('readonly');
    await shop.click('Lock');
    await expect(number).not.toHaveAttribute('readonly');
    // The element is the same one.
    await expect(number).toHaveValue(CARDS.pays);
    expect(said).toEqual([]);

    await shop.click('Skeleton');
    await expect.poll(() => said).toEqual([
      'leptos-stripe: `loader` of Elements cannot change once it is there, and stays as it was',
    ]);
  });

  test('shown and hidden a hundred times, nothing is left', async ({ shop, page, said }) => {
    await shop.open('change');
    await shop.expectWords('Complete: false');
    await toggle(page, 'Show or hide', 10);
    await toggle(page, 'Leave or come', 10);
    const before = await settled(page);
    await toggle(page, 'Show or hide', 50);
    await toggle(page, 'Leave or come', 50);
    expect(await settled(page)).toEqual(before);
    expect(await page.locator('script[src^="https://js.stripe.com"]').count()).toBe(1);
    expect(said).toEqual([]);
  });

  test('hidden while the script is on its way', async ({ shop, page, context, said }) => {
    const pay = page.getByRole('button', { name: 'Pay' });
    const asked = page.waitForRequest(STRIPE_JS, { timeout: 0 });
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    await context.route(STRIPE_JS, async (route) => {
      await arrived;
      await route.fallback();
    });
    await shop.open('change');
    await asked;
    await shop.click('Leave or come');
    await shop.click('Leave or come');
    await shop.click('Show or hide');
    await shop.click('Leave or come');
    arrive();
    await page.waitForFunction(() => 'Stripe' in window);
    await expect(pay).toBeDisabled();
    await shop.click('Leave or come');
    await expect(page.locator(FRAMES)).toHaveCount(0);
    await expect(pay).toBeDisabled();
    await shop.click('Show or hide');
    await shop.expectWords('Complete: false');
    await expect(page.locator(`#payment-element ${FRAMES}`)).toHaveCount(1);
    // The page's own handles see what comes, and that it goes.
    await expect(pay).toBeEnabled();
    await shop.click('Leave or come');
    await expect(pay).toBeDisabled();
    expect(await page.locator('script[src^="https://js.stripe.com"]').count()).toBe(1);
    expect(said).toEqual([]);
  });

  test('a script that does not come, and a form that does not, come when asked again', async ({ shop, page, context, sandbox, driver }) => {
    await context.route(STRIPE_JS, (route) => route.abort(), { times: 2 });
    await shop.open('change');
    await shop.expectWords(/^It did not load: /);
    await expect(page.locator(FRAMES)).toHaveCount(0);
    await shop.click('Again');
    await shop.expectWords('Complete: false');

    await sandbox.fail({ method: 'GET', path: '/v1/elements/sessions', fault: { kind: 'status', status: 500 } });
    await shop.click('Again');
    await shop.expectWords(/^It did not load: /);
    await shop.click('Again');
    await shop.expectWords('Complete: false');
    await driver.fillCard(CARDS.pays);
    await shop.expectWords('Complete: true');
    await expect(page.locator(`#payment-element ${FRAMES}`)).toHaveCount(1);
  });
});

/** Hides what the button hides, and shows it again: every other time it is hidden before it has begun to load. */
async function toggle(page: Page, name: string, times: number): Promise<void> {
  await page.evaluate(
    async ([name, times, frames]) => {
      const button = [...document.querySelectorAll('button')].find((it) => it.textContent === name);
      const until = async (shown: boolean) => {
        while ((document.querySelector(frames) !== null) !== shown) await new Promise((resolve) => setTimeout(resolve));
      };
      for (let round = 0; round < times; round += 1) {
        button?.click();
        await until(false);
        button?.click();
        if (round % 2) await until(true);
      }
    },
    [name, times, FRAMES] as const,
  );
}

/** What is held once that does not change any more: a request under way lets go of its form only when it is answered. */
async function settled(page: Page) {
  let last = await held(page);
  for (;;) {
    const next = await held(page);
    if (isDeepStrictEqual(next, last)) return next;
    last = next;
  }
}

/** What the browser and the WebAssembly hold while the form is hidden and the garbage gone. */
async function held(page: Page) {
  await page.getByRole('button', { name: 'Show or hide' }).click();
  await expect(page.locator(FRAMES)).toHaveCount(0);
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('Performance.enable');
  // An element that Stripe.js has destroyed is garbage only when the page has let go of it, too.
  const objects: Record<string, number> = {};
  for (const kind of ['stripe', 'group', 'element']) {
    const { result } = await session.send('Runtime.evaluate', { expression: `(${prototypes})().${kind}` });
    const { objects: living } = await session.send('Runtime.queryObjects', { prototypeObjectId: result.objectId ?? '', objectGroup: 'living' });
    const count = { objectId: living.objectId ?? '', functionDeclaration: 'function () { return this.length; }', returnByValue: true };
    objects[kind] = (await session.send('Runtime.callFunctionOn', count)).result.value;
    await session.send('Runtime.releaseObjectGroup', { objectGroup: 'living' });
  }
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const { Frames, JSEventListeners, Documents, Nodes } = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  const memory = await page.evaluate(() => window.wasm?.memory.buffer.byteLength);
  await session.detach();
  await page.getByRole('button', { name: 'Show or hide' }).click();
  await expect(page.locator(FRAMES)).toHaveCount(1);
  return { objects, Frames, JSEventListeners, Documents, Nodes, memory };
}

function prototypes() {
  const stripe = window.Stripe?.('pk_test_example');
  const group = stripe?.elements({ mode: 'setup' });
  const element = group?.create('payment');
  element?.destroy();
  return { stripe: Object.getPrototypeOf(stripe), group: Object.getPrototypeOf(group), element: Object.getPrototypeOf(element) };
}
