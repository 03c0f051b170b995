// A shopper who leaves while the payment is under way: the shop finishes it.
import { CARDS, expect, Shop, test } from '../../fixtures/test.ts';

test('a page loaded again while paying ends on the order’s page, paid', async ({ page, shop, stripe, sandbox }) => {
  await sandbox.webhooks('off');
  await sandbox.fail({ method: 'POST', path: '/v1/payment_intents', fault: { kind: 'delay', ms: 2_000 } });
  await shop.startPaying();
  await stripe.fillCard(CARDS.pays);
  await shop.payButton.click();
  await expect.poll(async () => (await sandbox.state()).payment_intents.length).toBe(1);
  await page.reload();
  await expect(page).toHaveURL(/\/orders\//);
  await shop.expectPaid();
  await sandbox.expectOnePayment();
});

for (const { how, webhooks, times } of [
  // Every answer is lost: only the webhook can tell.
  { how: 'a webhook', webhooks: 'on', times: 100 },
  // Once is enough to lose the answer; the shop asks again by itself.
  { how: 'the shop, without any webhook', webhooks: 'off', times: 1 },
] as const) {
  test(`a tab closed after Pay: ${how} finishes the order`, async ({ context, page, shop, stripe, sandbox }) => {
    await sandbox.webhooks(webhooks);
    await sandbox.fail({
      method: 'POST',
      path: '/v1/payment_intents',
      times,
      fault: { kind: 'reset', after_commit: true },
    });
    await shop.startPaying();
    await stripe.fillCard(CARDS.pays);
    await shop.payButton.click();
    await expect.poll(async () => (await sandbox.state()).payment_intents.length).toBe(1);
    const order = page.url().replace('/checkout/', '/orders/');
    await page.close();

    // The cart asks nobody: that it is empty means that the shop knows already.
    const cart = async () => (await context.request.get(new URL('/cart', order).href)).text();
    await expect.poll(cart, { timeout: 30_000 }).toContain('Nothing in it yet.');
    const later = new Shop(await context.newPage());
    await later.page.goto(order);
    await later.expectPaid();
    const { state } = await sandbox.expectOnePayment();
    const told = state.deliveries.filter(({ type, status }) => type === 'payment_intent.succeeded' && status === 'delivered');
    expect(told).toHaveLength(webhooks === 'on' ? 1 : 0);
  });
}

test('a tab closed before the bank was asked leaves an order that can be paid', async ({
  context,
  page,
  shop,
  stripe,
  sandbox,
}) => {
  await shop.startPaying();
  await stripe.fillCard(CARDS.challenged);
  await shop.payButton.click();
  await stripe.expectChallenge();
  await page.close();

  const later = new Shop(await context.newPage());
  await later.page.goto('/cart');
  await later.page.getByRole('link', { name: /-/ }).click();
  await expect(later.page.getByText('Waiting for your bank')).toBeVisible();
  await later.page.getByRole('link', { name: 'Continue with your bank' }).click();
  await expect(later.payButton).toBeEnabled();
  await sandbox.expectNothingCharged();
});
