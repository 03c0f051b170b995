// The server goes and comes back: what was ordered and paid is still there, and what was begun goes on.
import { CARDS, expect, Shop, test } from '../../fixtures/test.ts';

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`a paid order survives ${signal}`, async ({ page, shop, stripe, sandbox, world }) => {
    await shop.startPaying();
    await stripe.fillCard(CARDS.pays);
    await shop.payButton.click();
    await shop.expectPaid();
    const before = await sandbox.expectOnePayment();
    await expect.poll(() => world.saved()).toContain(before.charge.id);

    await world.restart(signal);
    await page.reload();
    await shop.expectPaid();
    const after = await sandbox.expectOnePayment();
    expect(after.intent.id).toBe(before.intent.id);
    await shop.expectEmptyCart();
  });
}

test('a page that was open when the server went pays when it is back', async ({ page, shop, stripe, sandbox, world }) => {
  await shop.startPaying();
  await stripe.fillCard(CARDS.declined);
  await shop.payButton.click();
  await shop.expectRefusal(/^Your card was declined/);
  await world.restart();
  await stripe.fillCard(CARDS.pays);
  await shop.payButton.click();
  await shop.expectPaid();
  const { state } = await sandbox.expectOnePayment();
  expect(state.payment_intents).toHaveLength(1);
  await expect(page).toHaveURL(/\/orders\//);
});

test('an attempt whose server died is taken up by the next one', async ({ context, page, shop, stripe, sandbox, world }) => {
  await sandbox.webhooks('off');
  await sandbox.fail({
    method: 'POST',
    path: '/v1/payment_intents',
    times: 100,
    fault: { kind: 'reset', after_commit: true },
  });
  await shop.startPaying();
  await stripe.fillCard(CARDS.pays);
  await shop.payButton.click();
  await expect.poll(() => world.saved()).toMatch(/"pi_\w+"/);
  const order = page.url().replace('/checkout/', '/orders/');
  await page.close();
  await world.restart('SIGKILL');

  const later = new Shop(await context.newPage());
  await later.page.goto(order);
  await later.expectPaid();
  await sandbox.expectOnePayment();
});
