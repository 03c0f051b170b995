// GET /
import { expect, test } from '../../fixtures/test.ts';

test('every product has a picture, a price and a button', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveTitle('Everything · Till Supply');
  const products = page.getByRole('main').getByRole('listitem');
  expect(await products.count()).toBeGreaterThanOrEqual(6);
  for (const product of await products.all()) {
    await expect(product.getByRole('heading', { level: 2 })).not.toBeEmpty();
    await expect(product.getByText(/^\$\d+\.\d\d$/)).toBeVisible();
    await expect(product.getByRole('button', { name: 'Add to cart' })).toBeVisible();
    await expect(product.getByRole('img')).toHaveJSProperty('complete', true);
    await expect(product.getByRole('img')).not.toHaveJSProperty('naturalWidth', 0);
  }
});

test('prices change with the currency, and stay changed', async ({ page, context, shop }) => {
  await shop.switchCurrency('JPY');
  const bell = (tab: typeof page) => tab.getByRole('listitem').filter({ hasText: 'Service Bell' });
  await expect(bell(page)).toContainText('¥3,600');
  const other = await context.newPage();
  await other.goto('/');
  await expect(bell(other)).toContainText('¥3,600');
  await shop.switchCurrency('USD');
  await expect(bell(page)).toContainText('$24.00');
});

test('what is added is counted in every page’s header', async ({ page, shop }) => {
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Cart, 0 items' })).toBeVisible();
  await shop.addToCart('Service Bell');
  await expect(page.getByRole('link', { name: 'Cart, 1 item' })).toBeVisible();
  await shop.addToCart('Service Bell');
  await shop.addToCart('Pencil Cup');
  await page.goto('/');
  await page.getByRole('link', { name: 'Cart, 3 items' }).click();
  await expect(page.getByRole('heading', { name: 'Your cart' })).toBeVisible();
});

test('a cart is its browser’s own', async ({ shop, browser, baseURL }) => {
  await shop.addToCart();
  const elsewhere = await browser.newContext({ baseURL: baseURL ?? '' });
  const page = await elsewhere.newPage();
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Cart, 0 items' })).toBeVisible();
  await elsewhere.close();
});
