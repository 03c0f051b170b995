// A shopper who clicks twice, or pays in two tabs: one order, one charge.
import { CARDS, expect, Shop, Stripe, test } from '../../fixtures/test.ts';

test('a double click pays once', async ({ shop, stripe, sandbox }) => {
  await shop.startPaying();
  await stripe.fillCard(CARDS.pays);
  await shop.payButton.dblclick();
  await shop.expectPaid();
  const { state } = await sandbox.expectOnePayment();
  expect(state.confirmation_tokens).toHaveLength(1);
});

test('a click while the payment is under way does nothing', async ({ page, shop, stripe, sandbox }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/api/confirm_order*', async (route) => {
    await held;
    await route.continue();
  });
  await shop.startPaying();
  await stripe.fillCard(CARDS.pays);
  await shop.payButton.click();
  await expect(page.getByText('Paying… Please keep this page open.')).toBeVisible();
  await expect(shop.payButton).toBeDisabled();
  await shop.payButton.click({ force: true });
  await shop.payButton.press('Enter');
  release();
  await shop.expectPaid();
  const { state } = await sandbox.expectOnePayment();
  expect(state.confirmation_tokens).toHaveLength(1);
});

test('two tabs that both press Checkout get the same order, and both pay it once', async ({ context, shop, sandbox }) => {
  await shop.addToCart();
  await shop.checkout();
  await shop.enterDetails();
  const tabs = await Promise.all(
    [0, 1].map(async () => {
      const page = await context.newPage();
      const tab = { page, shop: new Shop(page), stripe: new Stripe(page) };
      await tab.shop.checkout();
      await expect(tab.shop.payButton).toBeEnabled({ timeout: 30_000 });
      await tab.stripe.fillCard(CARDS.pays);
      return tab;
    }),
  );
  expect(new Set(tabs.map(({ page }) => page.url())).size).toBe(1);

  await Promise.all(tabs.map((tab) => tab.shop.payButton.click()));
  await Promise.all(tabs.map((tab) => tab.shop.expectPaid()));
  const { state } = await sandbox.expectOnePayment();
  expect(state.payment_intents).toHaveLength(1);
  expect(state.charges).toHaveLength(1);
  await shop.expectEmptyCart();
});

test('a tab left open pays no second time', async ({ context, page, shop, stripe, sandbox }) => {
  await shop.startPaying();
  const second = await context.newPage();
  const left = { shop: new Shop(second), stripe: new Stripe(second) };
  await second.goto(page.url());
  await expect(left.shop.payButton).toBeEnabled({ timeout: 30_000 });
  await left.stripe.fillCard(CARDS.pays);

  await stripe.fillCard(CARDS.pays);
  await shop.payButton.click();
  await shop.expectPaid();
  await left.shop.payButton.click();
  await left.shop.expectPaid();
  await sandbox.expectOnePayment();
});
