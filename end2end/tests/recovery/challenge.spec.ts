// A challenge that is left open: the page is loaded again while the bank waits for its answer.
import { CARDS, expect, Shop, Stripe, test } from '../../fixtures/test.ts';

test.beforeEach(async ({ page, shop, stripe }) => {
  await shop.startPaying();
  await stripe.fillCard(CARDS.challenged);
  await shop.payButton.click();
  await stripe.expectChallenge();
  await page.reload();
  await expect(page.getByText('Your bank has not heard from you yet')).toBeVisible();
  await expect(shop.payButton).toBeEnabled();
});

test('the shopper continues with the bank, and has paid', async ({ page, shop, stripe, sandbox }) => {
  await page.getByRole('button', { name: 'Continue with your bank' }).click();
  await stripe.completeChallenge();
  await shop.expectPaid();
  const { state } = await sandbox.expectOnePayment();
  expect(state.payment_intents).toHaveLength(1);
});

test('the shopper continues, fails, and is told', async ({ page, shop, stripe, sandbox }) => {
  await page.getByRole('button', { name: 'Continue with your bank' }).click();
  await stripe.failChallenge();
  await shop.expectRefusal(/^Your bank did not confirm this payment\./);
  await sandbox.expectNothingCharged();
});

test('the shopper pays with another card: the first intent is cancelled, a fresh one paid', async ({
  shop,
  stripe,
  sandbox,
}) => {
  await stripe.fillCard(CARDS.pays);
  await shop.payButton.click();
  await shop.expectPaid();
  const { intent, state } = await sandbox.expectOnePayment();
  expect(state.payment_intents).toMatchObject([{ status: 'canceled' }, { id: intent.id, status: 'succeeded' }]);
  expect(state.charges).toHaveLength(1);
});

test('the other card may ask for the bank as well', async ({ shop, stripe, sandbox }) => {
  await stripe.fillCard(CARDS.challenged);
  await shop.payButton.click();
  await stripe.completeChallenge();
  await shop.expectPaid();
  const { state } = await sandbox.expectOnePayment();
  expect(state.payment_intents.map(({ status }) => status)).toEqual(['canceled', 'succeeded']);
});

test('a challenge passed in one tab after another card paid in the other charges nothing more', async ({
  page,
  context,
  shop,
  stripe,
  sandbox,
}) => {
  await page.getByRole('button', { name: 'Continue with your bank' }).click();
  await stripe.expectChallenge();
  const tab = await context.newPage();
  const other = { shop: new Shop(tab), stripe: new Stripe(tab) };
  await tab.goto(page.url());
  await expect(other.shop.payButton).toBeEnabled({ timeout: 30_000 });
  await other.stripe.fillCard(CARDS.pays);
  await other.shop.payButton.click();
  await other.shop.expectPaid();

  await stripe.completeChallenge();
  await shop.expectPaid();
  const { state } = await sandbox.expectOnePayment();
  expect(state.payment_intents.map(({ status }) => status)).toEqual(['canceled', 'succeeded']);
});

test('Checkout pressed meanwhile leads to the order that the bank is asked about', async ({ page, shop, sandbox }) => {
  const order = page.url().replace('/checkout/', '/orders/');
  await shop.addToCart('Pencil Cup');
  await page.getByRole('button', { name: 'Checkout' }).click();
  await expect(page).toHaveURL(order);
  await expect(page.getByText('Waiting for your bank')).toBeVisible();
  await expect(page.getByRole('row', { name: /^Total \$24\.00$/ })).toBeVisible();
  expect((await sandbox.expectNothingCharged()).payment_intents).toHaveLength(1);
});

test('the order’s page leads back to the bank, and shows the payment by itself when the bank is done', async ({
  page,
  context,
  shop,
  stripe,
  sandbox,
}) => {
  const waiting = await context.newPage();
  await waiting.goto(page.url().replace('/checkout/', '/orders/'));
  await expect(waiting.getByText('Waiting for your bank')).toBeVisible();
  await expect(waiting.getByRole('link', { name: 'Continue with your bank' })).toHaveAttribute('href', /^\/checkout\//);

  await page.getByRole('button', { name: 'Continue with your bank' }).click();
  await stripe.completeChallenge();
  await shop.expectPaid();
  await expect(waiting.getByText('Paid', { exact: true })).toBeVisible({ timeout: 30_000 });
  await sandbox.expectOnePayment();
});
