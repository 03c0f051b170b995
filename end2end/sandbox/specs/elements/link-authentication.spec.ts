// The Link Authentication Element: an e-mail address, and where it goes.
import { expectAccessible } from '../../../fixtures/scan.ts';
import { PAYS, expect, test } from './shop.ts';

const DEFERRED = { mode: 'payment', amount: 1999, currency: 'usd' } as const;

test('its e-mail goes along with the payment, once it is one', async ({ shop, page, stripe }) => {
  await shop.open();
  await shop.mount('payment', DEFERRED);
  await shop.add('linkAuthentication');
  await expect(page.locator('iframe[title="Secure email input frame"]')).toHaveCount(1);
  const email = shop.frameIn('#second').getByRole('textbox', { name: 'Email', exact: true });
  await expect(email).toHaveAttribute('placeholder', 'you@example.com');
  await expect(email).toHaveAttribute('name', 'email');
  await shop.fillPayment({ number: PAYS });
  const submit = () => page.evaluate(() => window.elements.submit());
  expect(await submit()).toMatchObject({ error: { type: 'validation_error', code: 'incomplete_email' } });
  await expect(email).toBeFocused();
  await email.fill('ada@example');
  expect(await submit()).toMatchObject({ error: { code: 'invalid_email', message: 'Your email is invalid.' } });
  await expect(shop.frameIn('#second').getByText('Your email is invalid.')).toBeVisible();
  await expectAccessible(page, true);
  await email.fill('ada@example.com');
  expect(await submit()).toMatchObject({ selectedPaymentMethod: 'card' });
  const made = await page.evaluate(() => window.stripe.createConfirmationToken({ elements: window.elements }));
  const token = await stripe.confirmationTokens.retrieve(made.confirmationToken?.id ?? '');
  expect(token.payment_method_preview?.billing_details).toMatchObject({
    email: 'ada@example.com', address: { country: 'US', postal_code: '10001' },
  });
});

test('change tells the address; a default counts until something is typed', async ({ shop, page }) => {
  await shop.open();
  await shop.mount('linkAuthentication', {}, { defaultValues: { email: 'ada@example.com' } });
  const last = async (): Promise<unknown> => (await shop.events('change')).at(-1);
  await expect.poll(last).toEqual({
    elementType: 'linkAuthentication', empty: false, complete: true, value: { email: 'ada@example.com' },
  });
  await shop.field('email').fill('');
  await shop.field('email').pressSequentially('gr ace');
  await expect.poll(last).toMatchObject({ empty: false, complete: false, value: { email: 'grace' } });
  await page.evaluate(() => window.elements.getElement('linkAuthentication')?.clear());
  await expect.poll(last).toMatchObject({ empty: true, complete: false, value: { email: '' } });
});
