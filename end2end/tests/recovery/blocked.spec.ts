// Stripe cannot be reached from the browser: words, nothing lost, and a second try when it can.
import { CARDS, expect, test } from '../../fixtures/test.ts';

test.use({
  expectedConsoleErrors: [
    { matching: /net::ERR_|Failed to (load Stripe\.js|fetch)/, because: 'the connection is cut on purpose' },
  ],
});

test('without Stripe.js the page says so, and loads it again when asked', async ({ page, shop, stripe, sandbox }) => {
  await shop.addToCart();
  await shop.checkout();
  const letThrough = await stripe.block();
  await shop.enterDetails();
  await expect(shop.alert).toHaveText(/^The payment form did not load\. Your order is safe and you have not been charged\./);
  await expect(shop.payButton).toBeDisabled();

  await letThrough();
  await page.getByRole('button', { name: 'Load the form again' }).click();
  await expect(shop.payButton).toBeEnabled({ timeout: 30_000 });
  await expect(shop.alert).toHaveCount(0);
  await stripe.fillCard(CARDS.pays);
  await shop.payButton.click();
  await shop.expectPaid();
  await sandbox.expectOnePayment();
});

test('a token that cannot be made is told, and made at the next try', async ({ context, shop, stripe, sandbox }) => {
  await shop.startPaying();
  await stripe.fillCard(CARDS.pays);
  await context.route('**/v1/confirmation_tokens', (route) => route.abort('connectionreset'), { times: 1 });
  await shop.payButton.click();
  await shop.expectRefusal(/^We could not reach Stripe\. You have not been charged\./);
  await sandbox.expectNothingCharged();
  await shop.payButton.click();
  await shop.expectPaid();
  await sandbox.expectOnePayment();
});

test('without its WebAssembly the page says so', async ({ page, shop }) => {
  await page.route('**/*.wasm', (route) => route.abort('connectionreset'));
  await shop.addToCart();
  await shop.checkout();
  await shop.enterDetails();
  await expect(shop.alert).toHaveText(/^The payment form could not be loaded\. Please load this page again\./);
  await expect(shop.payButton).toBeHidden();
});
