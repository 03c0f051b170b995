// "Load the form again" waited 15 s for the script tag that had failed, which never fires again, before it made a new
// one: the loader left its failed tags in the page.
import { expect, test } from '../../fixtures/test.ts';

test.use({ expectedConsoleErrors: [{ matching: /net::ERR_/, because: 'Stripe is cut off on purpose' }] });

test('loading the form again asks for Stripe.js at once', async ({ page, shop, stripe }) => {
  const letThrough = await stripe.block();
  await shop.addToCart();
  await shop.checkout();
  await shop.enterDetails();
  const again = page.getByRole('button', { name: 'Load the form again' });
  await expect(again).toBeVisible();
  await expect(page.locator('script[src*="stripe.js"]')).toHaveCount(0);
  await letThrough();
  const asked = page.waitForRequest('**/endive/stripe.js*', { timeout: 10_000 });
  await again.click();
  await asked;
  await expect(shop.payButton).toBeEnabled();
});
