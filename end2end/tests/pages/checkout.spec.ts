// GET /checkout/{key}: the details, then the payment.
import { ADA, expect, Shop, test } from '../../fixtures/test.ts';

test('details are kept, shown beside the payment, and can be changed', async ({ page, shop }) => {
  await shop.startPaying('Service Bell');
  const details = page.getByRole('region', { name: 'Details' });
  for (const text of [ADA.email, ADA.name, ADA.address, 'United States']) await expect(details).toContainText(text);

  await page.getByRole('link', { name: 'Change details' }).click();
  await expect(page.getByLabel('E-mail')).toHaveValue(ADA.email);
  await expect(page.getByLabel('Country')).toHaveValue(ADA.country);
  await shop.enterDetails({ ...ADA, name: 'Grace Hopper' });
  await expect(details).toContainText('Grace Hopper');
  await expect(shop.payButton).toBeEnabled();
});

test('the summary shows what is bought', async ({ page, shop, isMobile }) => {
  await shop.addToCart('Service Bell');
  await shop.addToCart('Service Bell');
  await shop.checkout();
  // Folded where the form comes first.
  if (isMobile) await page.getByText('Order summary').click();
  await expect(page.getByRole('row', { name: /^Service Bell \$24\.00 each 2 \$48\.00$/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /^Total \$48\.00$/ })).toBeVisible();
});

test('/checkout by itself leads to the cart', async ({ page }) => {
  await page.goto('/checkout');
  await expect(page).toHaveURL(/\/cart$/);
});

test('an order that was begun waits for its details in a new tab', async ({ page, context, shop }) => {
  await shop.addToCart();
  await shop.checkout();
  const tab = new Shop(await context.newPage());
  await tab.page.goto(page.url());
  await tab.enterDetails();
  await expect(tab.payButton).toBeEnabled({ timeout: 30_000 });
});

test.describe('details that are missing or wrong', () => {
  test.use({ expectedConsoleErrors: [{ matching: /status of 422/, because: 'a refused form is answered with 422' }] });

  test('each is named beside its field and in a list that leads to it', async ({ page, shop }) => {
    await shop.addToCart();
    await shop.checkout();
    await page.getByRole('button', { name: 'Continue to payment' }).click();
    const summary = page.getByRole('alert');
    await expect(summary).toBeFocused();
    for (const label of ['E-mail', 'Full name', 'Country', 'Address', 'Postal code', 'Town or city']) {
      const field = page.getByLabel(label, { exact: true });
      await expect(field).toHaveAttribute('aria-invalid', 'true');
      await expect(field).toHaveAccessibleDescription(/^(Enter|Choose) /);
      await summary.getByRole('link', { name: `${label}:` }).click();
      await expect(field).toBeFocused();
    }
    await expect(page.getByLabel('State or province')).not.toHaveAttribute('aria-invalid');
  });

  for (const { what, details, words } of [
    { what: 'an e-mail address that is none', details: { ...ADA, email: 'ada@' }, words: 'Enter an e-mail address like name@example.com.' },
    { what: 'no state where one is needed', details: { ...ADA, state: ' ' }, words: 'Enter a state or province.' },
    { what: 'a postal code of a novel’s length', details: { ...ADA, postalCode: '1'.repeat(30) }, words: 'This is too long for a postal code.' },
  ]) {
    test(`${what} is told, and what was typed is kept`, async ({ page, shop }) => {
      await shop.addToCart();
      await shop.checkout();
      await shop.enterDetails(details);
      await expect(page.getByRole('alert')).toContainText(words);
      await expect(page.getByLabel('E-mail', { exact: true })).toHaveValue(details.email);
      await expect(page.getByLabel('Full name')).toHaveValue(ADA.name);
      await shop.enterDetails();
      await expect(shop.payButton).toBeEnabled({ timeout: 30_000 });
    });
  }
});

test('what a shopper types is text, on every page that shows it', async ({ page, shop }) => {
  const name = '<img src=x onerror=alert(1)> & "Söhne" 💶';
  await shop.addToCart();
  await shop.checkout();
  await shop.enterDetails({ ...ADA, name });
  await expect(page.getByRole('region', { name: 'Details' })).toContainText(name);
  await page.goto(page.url().replace('/checkout/', '/orders/'));
  await expect(page.getByRole('region', { name: 'Details' })).toContainText(name);
});
