// A browser without script: everything but the payment itself works, and the page says why that does not.
import { ADA, expect, test } from '../../fixtures/test.ts';

test.use({ expectedConsoleErrors: [{ matching: /status of 422/, because: 'a refused form is answered with 422' }] });

test('without script a shopper fills a cart and gives an address', async ({ page, shop, sandbox }) => {
  await shop.switchCurrency('EUR');
  await shop.addToCart('Pencil Cup');
  await shop.addToCart('Tape Dispenser');
  await page.getByLabel('Quantity of Pencil Cup').fill('3');
  await page.getByRole('listitem').filter({ hasText: 'Pencil Cup' }).getByRole('button', { name: 'Update' }).click();
  await expect(page.getByText('€86.00')).toBeVisible();
  await page.getByRole('listitem').filter({ hasText: 'Tape Dispenser' }).getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('region', { name: 'Total' })).toContainText('€60.00');

  await shop.checkout();
  await shop.enterDetails({ ...ADA, email: 'ada' });
  await expect(page.getByRole('alert')).toContainText('Enter an e-mail address like name@example.com.');
  await expect(page.getByLabel('Full name')).toHaveValue(ADA.name);
  await shop.enterDetails();

  // Playwright's searches by text pass over what stands in a `noscript`.
  const why = page.locator('noscript p');
  await expect(why).toBeVisible();
  await expect(why).toContainText('Payment needs JavaScript');
  await expect(shop.payButton).toBeHidden();
  await why.getByRole('link', { name: 'its own page' }).click();
  await expect(shop.orderHeading).toBeVisible();
  await expect(page.getByText('Waiting for payment')).toBeVisible();
  await expect(page.getByRole('row', { name: /^Total/ })).toContainText('€60.00');
  await expect(page.getByText(ADA.email)).toBeVisible();
  await sandbox.expectNothingCharged();
});
