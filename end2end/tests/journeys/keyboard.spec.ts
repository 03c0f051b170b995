// Paying without a pointer: every step is reached with Tab, in an order that makes sense.
import type { Locator, Page } from '@playwright/test';
import { ADA, CARDS, expect, test } from '../../fixtures/test.ts';

/** Goes on until the focus is there; no page has more than so many stops. */
async function tabTo(page: Page, there: Locator): Promise<void> {
  for (let stops = 0; stops < 60; stops++) {
    if (await there.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(there).toBeFocused();
}

test('an order is placed and paid, bank included, with the keyboard alone', async ({ page, shop, stripe, sandbox }) => {
  const press = async (there: Locator) => {
    await tabTo(page, there);
    await page.keyboard.press('Enter');
  };
  const type = async (there: Locator, text: string) => {
    await tabTo(page, there);
    await page.keyboard.type(text);
  };
  await page.goto('/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await press(page.getByRole('button', { name: 'Add to cart' }).first());
  await press(page.getByRole('button', { name: 'Checkout' }));

  const field = (label: string) => page.getByLabel(label, { exact: true });
  await type(field('E-mail'), ADA.email);
  await type(field('Full name'), ADA.name);
  await type(field('Country'), 'United States');
  await type(field('Address'), ADA.address);
  await type(field('Postal code'), ADA.postalCode);
  await type(field('Town or city'), ADA.city);
  await type(field('State or province'), 'NY');
  await page.keyboard.press('Enter');

  await expect(shop.payButton).toBeEnabled();
  await type(stripe.form.locator('[name="number"]'), CARDS.challenged.replaceAll(' ', ''));
  await type(stripe.form.locator('[name="expiry"]'), '1234');
  await type(stripe.form.locator('[name="cvc"]'), '123');
  await press(shop.payButton);

  await stripe.expectChallenge();
  await press(stripe.bank.getByRole('button', { name: /^Complete$/ }));
  await shop.expectPaid();
  await sandbox.expectOnePayment();
});

test('the button keeps the focus while it works, and after a decline', async ({ page, shop, stripe }) => {
  await shop.startPaying();
  await stripe.fillCard(CARDS.declined);
  await shop.payButton.focus();
  await page.keyboard.press('Enter');
  await shop.expectRefusal(/^Your card was declined/);
  await expect(shop.payButton).toBeFocused();
});
