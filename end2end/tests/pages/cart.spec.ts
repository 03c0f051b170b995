// GET /cart
import { expect, test } from '../../fixtures/test.ts';

test('quantities are changed and lines removed, down to nothing', async ({ page, shop }) => {
  await shop.addToCart('Service Bell');
  await shop.addToCart('Pencil Cup');
  const total = page.getByRole('region', { name: 'Total' });
  const line = (name: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
  await expect(total).toContainText('$46.00');

  await page.getByLabel('Quantity of Service Bell').fill('20');
  await line('Service Bell').getByRole('button', { name: 'Update' }).click();
  await expect(line('Service Bell')).toContainText('$480.00');
  await expect(total).toContainText('$502.00');
  await expect(page.getByRole('link', { name: 'Cart, 21 items' })).toBeVisible();

  await line('Service Bell').getByRole('button', { name: 'Remove' }).click();
  await expect(total).toContainText('$22.00');
  await line('Pencil Cup').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('Nothing in it yet.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Checkout' })).toHaveCount(0);
});

test('a cart follows its currency until an order is started', async ({ page, shop }) => {
  await shop.addToCart('Service Bell');
  await page.getByRole('button', { name: 'EUR, Euro' }).click();
  await expect(page).toHaveURL(/\/cart$/);
  await expect(page.getByRole('region', { name: 'Total' })).toContainText('€22.00');

  await shop.checkout();
  await page.goto('/cart');
  await expect(page.getByText('The order you have started is in EUR, so prices stay in it.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'USD, US dollar' })).toBeDisabled();
  await expect(page.getByText('Checkout goes on with it.')).toBeVisible();
});

test('a started order takes up what the cart holds now', async ({ page, shop }) => {
  await shop.addToCart('Service Bell');
  await shop.checkout();
  const order = page.url();
  await shop.addToCart('Pencil Cup');
  await shop.checkout();
  expect(page.url()).toBe(order);
  await expect(page.getByText('$46.00').first()).toBeAttached();
});

test.describe('what makes no sense', () => {
  test.use({ expectedConsoleErrors: [{ matching: /status of 422/, because: 'a refused form is answered with 422' }] });

  test('a quantity that cannot be is refused with words, and the cart stays', async ({ page, shop }) => {
    await shop.addToCart('Service Bell');
    const quantity = page.getByLabel('Quantity of Service Bell');
    for (const count of ['0', '-1', '21', '99999999999', '']) {
      // As a browser would send it that checks nothing.
      await quantity.evaluate((input) => (input as HTMLInputElement).form?.setAttribute('novalidate', ''));
      await quantity.fill(count);
      await page.getByRole('button', { name: 'Update' }).click();
      await expect(page.getByRole('alert')).toHaveText('Choose a quantity from 1 to 20.');
      await expect(quantity).toHaveValue('1');
      await page.goto('/cart');
    }
  });

  test('an order below the least that can be charged is not begun', async ({ page, shop, sandbox }) => {
    await shop.addToCart('One Paper Clip');
    await page.getByRole('button', { name: 'Checkout' }).click();
    await expect(page.getByRole('alert')).toHaveText('The least we can charge is $0.50; please add something to your cart.');
    await expect(page.getByRole('heading', { name: 'Your cart' })).toBeVisible();
    await sandbox.expectNothingCharged();

    await page.getByLabel('Quantity of One Paper Clip').fill('2');
    await page.getByRole('button', { name: 'Update' }).click();
    await page.getByRole('button', { name: 'Checkout' }).click();
    await expect(page.getByRole('heading', { name: 'Checkout' })).toBeVisible();
  });

  test('an empty cart cannot be checked out from an old tab', async ({ page, context, shop }) => {
    await shop.addToCart('Service Bell');
    const other = await context.newPage();
    await other.goto('/cart');
    await other.getByRole('button', { name: 'Remove' }).click();
    await expect(other.getByText('Nothing in it yet.')).toBeVisible();
    await page.getByRole('button', { name: 'Checkout' }).click();
    await expect(page.getByRole('alert')).toHaveText('Your cart is empty.');
  });

  test('a product that is not sold is refused', async ({ page }) => {
    await page.goto('/');
    const response = await page.request.post('/cart', { form: { action: 'add', sku: 'time-machine' } });
    expect(response.status()).toBe(422);
    expect(await response.text()).toContain('We do not sell “time-machine”.');
  });
});
