// The straight line: pick something, pay with a card that works, find the order again.
import { ADA, CARDS, expect, Shop, test } from '../../fixtures/test.ts';

test('a card pays an order, and the cart is empty afterwards', async ({ page, shop, stripe, sandbox }) => {
  await shop.startPaying('Service Bell');
  await expect(shop.payButton).toHaveText('Pay $24.00');
  await stripe.fillCard(CARDS.pays);
  await shop.payButton.click();
  await shop.expectPaid();

  const key = page.url().split('/').at(-1);
  const { intent, state } = await sandbox.expectOnePayment();
  expect(intent).toMatchObject({
    amount: 2400,
    currency: 'usd',
    receipt_email: ADA.email,
    shipping: { name: ADA.name, address: { line1: ADA.address, city: ADA.city, state: ADA.state, country: 'US' } },
    metadata: { order_key: key },
  });
  expect(state.payment_intents).toHaveLength(1);
  expect(state.confirmation_tokens).toMatchObject([{ payment_intent: intent.id }]);
  await shop.expectEmptyCart();
});

test('the order stays where it is: after a reload, in a new tab, on another device', async ({
  page,
  shop,
  stripe,
  context,
  browser,
  sandbox,
}) => {
  await shop.startPaying();
  await stripe.fillCard(CARDS.pays);
  await shop.payButton.click();
  await shop.expectPaid();
  const heading = await shop.orderHeading.textContent();

  await page.reload();
  await shop.expectPaid();
  const elsewhere = await browser.newContext();
  for (const other of [await context.newPage(), await elsewhere.newPage()]) {
    await other.goto(page.url());
    await new Shop(other).expectPaid();
    await expect(other.getByRole('heading', { level: 1 })).toHaveText(heading ?? '');
  }
  await elsewhere.close();
  await sandbox.expectOnePayment();
});

test('the back button leads to no second payment', async ({ page, shop, stripe, sandbox }) => {
  await shop.startPaying();
  await stripe.fillCard(CARDS.pays);
  await shop.payButton.click();
  await shop.expectPaid();
  const order = page.url();

  await page.goBack();
  await shop.expectPaid();
  expect(page.url()).toBe(order);
  await expect(shop.payButton).toHaveCount(0);
  await sandbox.expectOnePayment();
});

test('an order of several things is paid as a whole', async ({ page, shop, stripe, sandbox }) => {
  await shop.addToCart('Night Shift Lamp');
  await shop.addToCart('Counter Notebook');
  await shop.addToCart('Counter Notebook');
  await shop.checkout();
  await shop.enterDetails();
  await stripe.fillCard(CARDS.pays);
  await expect(shop.payButton).toHaveText('Pay $165.00');
  await shop.payButton.click();
  await shop.expectPaid();

  await expect(page.getByRole('row', { name: /^Night Shift Lamp 1 \$129\.00$/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /^Counter Notebook \$18\.00 each 2 \$36\.00$/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /^Total \$165\.00$/ })).toBeVisible();
  const { intent } = await sandbox.expectOnePayment();
  expect(intent.amount).toBe(16_500);
});

test('what is put into the cart after a payment is another order', async ({ page, shop, stripe, sandbox }) => {
  const orders = new Set<string>();
  for (const product of ['Service Bell', 'Paid Stamp']) {
    await shop.startPaying(product);
    await stripe.fillCard(CARDS.pays);
    await shop.payButton.click();
    await shop.expectPaid();
    orders.add(page.url());
  }
  expect(orders.size).toBe(2);
  const { charges } = await sandbox.state();
  expect(charges).toMatchObject([
    { amount: 2400, status: 'succeeded' },
    { amount: 1600, status: 'succeeded' },
  ]);
});
