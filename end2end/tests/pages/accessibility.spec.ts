// axe on every page and in every state a shopper can bring it to, Stripe's frames included, light and dark; and
// nothing wider than the screen.
import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../../fixtures/scan.ts';
import { ADA, CARDS, expect, Shop, test } from '../../fixtures/test.ts';

test.use({ expectedConsoleErrors: [{ matching: /status of (404|422)/, because: 'a refusal has its status' }] });

async function scan(page: Page, inFrames = false): Promise<void> {
  await expectAccessible(page, inFrames);
  await expectNoSidewaysScroll(page);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('catalogue, cart and problem', async ({ page, shop }) => {
      await page.goto('/');
      await scan(page);
      await page.goto('/cart');
      await scan(page);
      await shop.addToCart('One Paper Clip');
      await scan(page);
      await page.getByRole('button', { name: 'Checkout' }).click();
      await expect(page.getByRole('alert')).toBeVisible();
      await scan(page);
      await shop.addToCart('Night Shift Lamp');
      await shop.checkout();
      await page.goto('/cart');
      await scan(page);
      await page.goto('/nowhere');
      await scan(page);
    });

    test('details', async ({ page, shop }) => {
      await shop.addToCart();
      await shop.checkout();
      await scan(page);
      await page.getByRole('button', { name: 'Continue to payment' }).click();
      await expect(page.getByRole('alert')).toBeVisible();
      await scan(page);
    });

    test('payment: ready, incomplete, declined', async ({ page, shop, stripe }) => {
      await shop.startPaying();
      await scan(page, true);
      await shop.payButton.click();
      await stripe.expectMessage('Your card number is incomplete.');
      await scan(page, true);
      await stripe.fillCard(CARDS.declined);
      await shop.payButton.click();
      await shop.expectRefusal(/^Your card was declined/);
      await scan(page, true);
    });

    test('payment: waited for, challenged, left open, done', async ({ page, context, shop, stripe }) => {
      await shop.startPaying();
      const order = new Shop(await context.newPage());
      await order.page.goto(page.url().replace('/checkout/', '/orders/'));
      await expect(order.page.getByText('Waiting for payment')).toBeVisible();
      await scan(order.page);

      await stripe.fillCard(CARDS.challenged);
      await shop.payButton.click();
      await stripe.expectChallenge();
      await scan(page, true);
      await page.reload();
      await expect(page.getByRole('button', { name: 'Continue with your bank' })).toBeVisible();
      await expect(shop.payButton).toBeEnabled();
      await scan(page, true);
      await order.page.reload();
      await expect(order.page.getByText('Waiting for your bank')).toBeVisible();
      await scan(order.page);

      await stripe.fillCard(CARDS.pays);
      await shop.payButton.click();
      await shop.expectPaid();
      await scan(page);
    });

    test('payment: under way', async ({ page, context, shop, stripe, sandbox }) => {
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
      await scan(page, true);

      await sandbox.webhooks('off');
      await sandbox.fail({ method: 'POST', path: '/v1/payment_intents', fault: { kind: 'delay', ms: 5_000 } });
      release();
      await expect.poll(async () => (await sandbox.state()).payment_intents.length).toBe(1);
      // The order's page loads itself again every few seconds: this one stays, to be looked at.
      const order = await context.newPage();
      await order.route('**/orders/*', async (route) => {
        const response = await route.fetch();
        const { refresh, ...headers } = response.headers();
        expect(refresh).toBe('3');
        await route.fulfill({ response, headers });
      });
      await order.goto(page.url().replace('/checkout/', '/orders/'));
      await expect(order.getByText('Checking your payment')).toBeVisible();
      await scan(order);
    });

    test('payment: refused, because the total changed', async ({ page, context, shop, stripe }) => {
      await shop.startPaying('Service Bell');
      const other = new Shop(await context.newPage());
      await other.addToCart('Pencil Cup');
      await other.checkout();
      await stripe.fillCard(CARDS.pays);
      await shop.payButton.click();
      await expect(page.getByRole('link', { name: 'Look at the order again' })).toBeVisible();
      await scan(page, true);
    });

    test('payment: without Stripe', async ({ page, context, shop }) => {
      await context.route('**/endive/stripe.js*', (route) => route.fulfill({ body: '', contentType: 'text/javascript' }));
      await shop.addToCart();
      await shop.checkout();
      await shop.enterDetails();
      await expect(page.getByRole('button', { name: 'Load the form again' })).toBeVisible();
      await scan(page);
    });
  });
}

test('nothing is wider than the smallest phone, however long the names', async ({ page, shop }) => {
  await page.setViewportSize({ width: 320, height: 568 });
  await shop.addToCart('Night Shift Lamp');
  await expectNoSidewaysScroll(page);
  await page.goto('/');
  await expectNoSidewaysScroll(page);
  await shop.checkout();
  await expectNoSidewaysScroll(page);
  await shop.enterDetails({ ...ADA, name: 'Wolfeschlegelsteinhausenbergerdorff'.repeat(4), email: `${'ada'.repeat(20)}@example.com` });
  await expect(shop.payButton).toBeEnabled({ timeout: 30_000 });
  await expectNoSidewaysScroll(page);
  await page.goto(page.url().replace('/checkout/', '/orders/'));
  await expectNoSidewaysScroll(page);
});
