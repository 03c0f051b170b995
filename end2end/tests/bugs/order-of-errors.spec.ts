// The list of what is wrong with the details had another order than the form it leads to.
import { expect, test } from '../../fixtures/test.ts';

test.use({ expectedConsoleErrors: [{ matching: /status of 422/, because: 'a refused form is answered with 422' }] });

test('what is wrong is listed in the order of the form', async ({ page, shop }) => {
  await shop.addToCart();
  await shop.checkout();
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  const listed = page.getByRole('alert').getByRole('link');
  await expect(listed).toHaveText([/^E-mail/, /^Full name/, /^Country/, /^Address/, /^Postal code/, /^Town or city/]);
});
