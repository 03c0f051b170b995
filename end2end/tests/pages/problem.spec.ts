// What is shown instead of a page.
import { expect, test } from '../../fixtures/test.ts';

test.use({ expectedConsoleErrors: [{ matching: /status of 404/, because: 'what is not there is answered with 404' }] });

for (const address of [
  '/nowhere',
  '/orders/',
  '/orders/0',
  '/orders/00000000000000000000000000',
  '/orders/..%2f..%2fetc%2fpasswd',
  '/checkout/00000000000000000000000000',
  '/checkout/%00',
  '/images/nothing.svg',
]) {
  test(`${address} is not found, says so, and leads back`, async ({ page }) => {
    const response = await page.goto(address);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1, name: 'Not found' })).toBeVisible();
    await page.getByRole('link', { name: 'Back to the shop' }).click();
    await expect(page).toHaveURL(/:\d+\/$/);
  });
}

test('a script that is not there is no page, and not kept for ever', async ({ page }) => {
  const response = await page.request.get('/pkg/nothing.js');
  expect(response.status()).toBe(404);
  expect(response.headers()['cache-control'] ?? '').not.toContain('immutable');
});

test('a form that is too large or of another kind is refused by its kind', async ({ page, shop }) => {
  await shop.addToCart();
  await shop.checkout();
  const post = (options: object) => page.request.post(page.url(), options);
  expect((await post({ form: { email: 'a'.repeat(100_000) } })).status()).toBe(413);
  expect((await post({ data: { email: 'ada@example.com' } })).status()).toBe(415);
  expect((await page.request.put(page.url())).status()).toBe(405);
});

test('a form posted from another site changes nothing', async ({ page, shop }) => {
  await shop.addToCart('Service Bell');
  const headers = { origin: 'https://elsewhere.example' };
  const response = await page.request.post('/cart', { form: { action: 'remove', sku: 'service-bell' }, headers });
  expect(response.status()).toBe(403);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Service Bell' })).toBeVisible();
});
