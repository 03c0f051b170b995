// A page that was not found said "Cart, 0 items" to a shopper with a full cart: it had not looked.
import { expect, test } from '../../fixtures/test.ts';

test.use({ expectedConsoleErrors: [{ matching: /status of 404/, because: 'what is not there is answered with 404' }] });

test('a page that is not found claims no empty cart', async ({ page, shop }) => {
  await shop.addToCart();
  await page.goto('/nowhere');
  await expect(page.getByRole('link', { name: 'Cart', exact: true })).toBeVisible();
});
