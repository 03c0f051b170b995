// GET /orders/{key}: what the shop knows, in every state a payment can be brought to here.
import { ADA, CARDS, expect, test } from '../../fixtures/test.ts';

const orderPage = (url: string) => url.replace('/checkout/', '/orders/');

test('an order that waits says so, and leads to its payment', async ({ page, shop }) => {
  await shop.startPaying('Service Bell');
  await page.goto(orderPage(page.url()));
  await expect(page.getByText('Waiting for payment')).toBeVisible();
  await expect(page.getByText('Nothing has been charged yet.')).toBeVisible();
  await page.getByRole('link', { name: 'Pay for this order' }).click();
  await expect(shop.payButton).toBeEnabled({ timeout: 30_000 });
});

test('a paid order shows what was bought and where it goes, and no way to pay', async ({ page, shop, stripe }) => {
  await shop.startPaying('Service Bell');
  await stripe.fillCard(CARDS.pays);
  await shop.payButton.click();
  await shop.expectPaid();
  await expect(page).toHaveTitle(/^Order [0-9A-Z]{4}-[0-9A-Z]{4} · Till Supply$/);
  await expect(page.getByRole('row', { name: /^Service Bell 1 \$24\.00$/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /^Total \$24\.00$/ })).toBeVisible();
  const details = page.getByRole('region', { name: 'Details' });
  for (const text of [ADA.email, ADA.name, ADA.address, ADA.city]) await expect(details).toContainText(text);
  await expect(page.getByRole('link', { name: /pay|bank/i })).toHaveCount(0);

  await page.goto(page.url().replace('/orders/', '/checkout/'));
  await expect(page).toHaveURL(/\/orders\//);
  await shop.expectPaid();
});

test('a decline is told here too', async ({ page, shop, stripe }) => {
  await shop.startPaying();
  await stripe.fillCard(CARDS.expired);
  await shop.payButton.click();
  await shop.expectRefusal(/^Your card has expired/);
  await page.goto(orderPage(page.url()));
  await expect(page.getByText('Your card has expired. Please try another card.')).toBeVisible();
  await expect(page.getByText('Waiting for payment')).toBeVisible();
});

test('what an address claims is not believed', async ({ page, shop }) => {
  await shop.startPaying();
  const claims = 'payment_intent=pi_1&payment_intent_client_secret=pi_1_secret_2&redirect_status=succeeded';
  await page.goto(`${orderPage(page.url())}?${claims}`);
  await expect(page.getByText('Waiting for payment')).toBeVisible();
  await expect(page.getByText('Paid', { exact: true })).toHaveCount(0);
});

test('nothing of an order is kept by the browser or anybody between', async ({ page, shop }) => {
  await shop.startPaying();
  for (const address of [page.url(), orderPage(page.url())]) {
    const response = await page.request.get(address);
    expect(response.headers()).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'strict-origin-when-cross-origin',
    });
  }
});
