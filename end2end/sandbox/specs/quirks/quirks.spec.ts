// Quirks of real pages, on demand: each is seen to happen, and the driver that teams copy gets past it.
import type { Page } from '@playwright/test';
import { CARDS, Stripe } from '../../../fixtures/stripe.ts';
import { expect, test } from '../elements/shop.ts';

const DEFERRED = { mode: 'payment', amount: 1999, currency: 'usd' } as const;

/** What pressing Pay comes to. */
function makeToken(page: Page): Promise<string | undefined> {
  return page.evaluate(async () => {
    await window.elements.submit();
    const { confirmationToken, error } = await window.stripe.createConfirmationToken({ elements: window.elements });
    return confirmationToken?.object ?? error?.type;
  });
}

test('decoy frames have the title of the form, and come after it', async ({ shop, page, sandbox }) => {
  expect(await sandbox.misbehave({ decoy_frames: 2 })).toMatchObject({ decoy_frames: 2, remounts: 0 });
  await shop.open();
  await shop.mount('payment', DEFERRED);
  const frames = page.locator('#payment-element iframe[title="Secure payment input frame"]');
  await expect(frames).toHaveCount(3);
  expect(await frames.evaluateAll((all) => all.map((frame) => frame.ariaHidden))).toEqual([null, 'true', 'true']);
  await expect(frames.nth(1)).toBeHidden();
  await expect(frames.nth(1)).toHaveAttribute('src', /accessory-target/);
  await new Stripe(page).fillCard(CARDS.pays);
  await expect.poll(() => shop.events('change')).toContainEqual(expect.objectContaining({ complete: true }));

  await sandbox.reset();
  await shop.open();
  await shop.mount('payment', DEFERRED);
  await expect(frames).toHaveCount(1);
});

test('a form that is made anew forgets what was typed; the page hears of one form', async ({ shop, page, sandbox }) => {
  await sandbox.misbehave({ remounts: 1 });
  await shop.open();
  await shop.mount('payment', DEFERRED);
  const first = await page.locator('#payment-element iframe').getAttribute('name');
  await shop.field('number').fill(CARDS.pays);
  await expect(page.locator('#payment-element iframe')).not.toHaveAttribute('name', first ?? '');
  await expect(shop.field('number')).toHaveValue('');
  await shop.fillPayment({ number: CARDS.pays });
  await expect.poll(() => shop.events('change')).toContainEqual(expect.objectContaining({ complete: true }));
  expect([await shop.events('ready'), await shop.events('loaderstart')].map(({ length }) => length)).toEqual([1, 1]);

  await sandbox.misbehave({ remounts: 2 });
  await shop.open();
  await shop.mount('payment', DEFERRED);
  await new Stripe(page).fillCard(CARDS.pays);
  expect(await page.evaluate(() => window.elements.submit())).not.toHaveProperty('error');
});

test('a challenge slides in slowly, loses clicks, and is replaced', async ({ shop, page, sandbox, stripe }) => {
  await sandbox.misbehave({ slow_challenge_ms: 30_000, lost_clicks: 2, challenge_swaps: 1 });
  await shop.open();
  const challenge = async () => {
    const { client_secret: secret } = await stripe.paymentIntents.create({
      amount: 1999, currency: 'usd', confirm: true, payment_method: 'pm_card_threeDSecure2Required', use_stripe_sdk: true,
      return_url: 'https://shop.example/return',
    });
    return page.evaluate((clientSecret) => {
      const handled = window.stripe.handleNextAction({ clientSecret });
      Object.assign(window, { handled: handled.then(({ paymentIntent, error }) => paymentIntent?.status ?? error?.code) });
    }, secret ?? '');
  };
  const outcome = () => page.evaluate(() => (window as never as { handled: Promise<string> }).handled);
  const banks: string[] = [];
  page.on('requestfinished', (request) => {
    if (request.isNavigationRequest() && request.url().includes('3d_secure_2_test')) banks.push(request.url());
  });

  await challenge();
  const dialog = shop.challenge.contentFrame().locator('.LightboxModalContent');
  await expect(dialog).toBeVisible();
  expect(await dialog.evaluate((node) => node.getAnimations().map(({ effect }) => effect?.getTiming().duration))).toEqual([30_000]);
  await expect.poll(() => banks.length).toBe(2);
  await dialog.evaluate((node) => node.getAnimations().forEach((animation) => animation.finish()));
  for (let lost = 0; lost < 2; lost += 1) await shop.answerChallenge('Complete');
  await expect(shop.challenge).toHaveCount(1);
  await shop.answerChallenge('Complete');
  expect(await outcome()).toBe('succeeded');

  await sandbox.misbehave({ slow_challenge_ms: 300, lost_clicks: 1 });
  for (const [answer, expected] of [
    ['completeChallenge', 'succeeded'],
    ['failChallenge', 'payment_intent_authentication_failure'],
    ['cancelChallenge', 'payment_intent_authentication_failure'],
  ] as const) {
    await challenge();
    await new Stripe(page)[answer]();
    expect(await outcome(), answer).toBe(expected);
  }
});

test('the script is blocked, and comes when it is let through', async ({ shop, page, context }) => {
  const letThrough = await new Stripe(page).block();
  await expect(shop.open()).rejects.toThrow('the script is not there');
  await letThrough();
  await shop.open();
  await shop.mount('payment', DEFERRED);
  await context.setOffline(true);
  await new Stripe(page).fillCard(CARDS.pays);
  expect(await makeToken(page)).toBe('api_connection_error');
  await context.setOffline(false);
  expect(await makeToken(page)).toBe('confirmation_token');
});

test('the network is lost in the middle: while the form loads, and while it is paid', async ({ shop, page, sandbox }) => {
  // A browser asks again where a connection is cut that it has used before.
  const cut = { times: 50, fault: { kind: 'reset' } } as const;
  await sandbox.fail({ method: 'GET', path: '/v1/elements/sessions', ...cut });
  await shop.open();
  await shop.mount('payment', DEFERRED);
  expect(await shop.events('loaderror')).toMatchObject([{ error: { type: 'api_connection_error' } }]);

  await sandbox.reset();
  await sandbox.fail({ method: 'POST', path: '/v1/confirmation_tokens', ...cut });
  await shop.open();
  await shop.mount('payment', DEFERRED);
  await new Stripe(page).fillCard(CARDS.pays);
  expect(await makeToken(page)).toBe('api_connection_error');
  await sandbox.reset();
  expect(await makeToken(page)).toBe('confirmation_token');
});

test('a mistyped quirk is refused', async ({ sandbox }) => {
  for (const wrong of [{ decoys: 1 }, { remounts: 11 }, { slow_challenge_ms: 60_001 }]) {
    await expect(sandbox.misbehave(wrong as never)).rejects.toThrow(/400.*Invalid quirk/s);
  }
});
