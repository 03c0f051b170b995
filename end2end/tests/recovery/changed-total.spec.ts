// The total changes in another tab while this one is about to pay: nobody pays what they did not see.
import { CARDS, expect, Shop, test } from '../../fixtures/test.ts';

test('a total that changed meanwhile is refused with words, and paid after another look', async ({
  context,
  page,
  shop,
  stripe,
  sandbox,
}) => {
  await shop.startPaying('Service Bell');
  await stripe.fillCard(CARDS.declined);
  await shop.payButton.click();
  await shop.expectRefusal(/^Your card was declined/);

  const other = new Shop(await context.newPage());
  await other.addToCart('Pencil Cup');
  await other.checkout();
  await expect(other.payButton).toHaveText('Pay $46.00');

  await stripe.fillCard(CARDS.pays);
  await shop.payButton.click();
  await expect(shop.alert).toHaveText(/^The total is now \$46\.00\. You have not been charged\./);
  await expect(shop.payButton).toBeDisabled();
  await sandbox.expectNothingCharged();

  await page.getByRole('link', { name: 'Look at the order again' }).click();
  await expect(shop.payButton).toHaveText('Pay $46.00');
  await expect(shop.payButton).toBeEnabled();
  await stripe.fillCard(CARDS.pays);
  await shop.payButton.click();
  await shop.expectPaid();
  const { intent, state } = await sandbox.expectOnePayment();
  expect(intent.amount).toBe(4600);
  expect(state.payment_intents).toHaveLength(1);
  await shop.expectEmptyCart();
});

test('a cart that changed without another checkout does not change the order', async ({ context, shop, stripe, sandbox, page }) => {
  await shop.startPaying('Service Bell');
  const other = new Shop(await context.newPage());
  await other.addToCart('Pencil Cup');
  await stripe.fillCard(CARDS.pays);
  await shop.payButton.click();
  await shop.expectPaid();
  const { intent } = await sandbox.expectOnePayment();
  expect(intent.amount).toBe(2400);
  // What was not ordered is still there.
  await page.goto('/cart');
  await expect(page.getByRole('heading', { name: 'Pencil Cup' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Service Bell' })).toHaveCount(0);
});
