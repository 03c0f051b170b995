// The IBAN Element: how it is typed, what it tells, and a debit with it.
import { expectAccessible } from '../../../fixtures/scan.ts';
import { expect, test } from './shop.ts';

const SETTLES = 'DE89370400440532013000';
const OPTIONS = { supportedCountries: ['SEPA'], placeholderCountry: 'FR' };

test('a debit is confirmed with it, and a payment method made of it', async ({ shop, page, stripe }) => {
  const { client_secret } = await stripe.paymentIntents.create({ amount: 1999, currency: 'eur' });
  await shop.open();
  await shop.mount('iban', {}, OPTIONS);
  const frame = page.locator('#payment-element iframe[name^="__privateStripeFrame"][title*="IBAN"]').contentFrame();
  await expect(frame.getByRole('textbox', { name: 'IBAN' })).toHaveAttribute('placeholder', /^FR00 0000/);
  const confirm = () =>
    page.evaluate((secret) => {
      const iban = window.elements.getElement('iban');
      if (!iban) throw new Error('no iban');
      return window.stripe.confirmSepaDebitPayment(secret, {
        payment_method: { sepa_debit: iban, billing_details: { name: 'Ada', email: 'ada@example.com' } },
      });
    }, client_secret ?? '');
  expect(await confirm()).toMatchObject({ error: { code: 'incomplete_iban', message: 'Your IBAN is incomplete.' } });
  await expectAccessible(page, true);
  await frame.locator('[name="iban"]').fill(SETTLES);
  expect(await confirm()).toMatchObject({ paymentIntent: { status: 'processing' } });
  const made = await page.evaluate(() => {
    const iban = window.elements.getElement('iban');
    if (!iban) throw new Error('no iban');
    return window.stripe.createPaymentMethod({
      type: 'sepa_debit', sepa_debit: iban, billing_details: { name: 'Ada', email: 'ada@example.com' },
    });
  });
  expect(made).toMatchObject({ paymentMethod: { type: 'sepa_debit', sepa_debit: { last4: '3000', country: 'DE' } } });
});

test('it is grouped while it is typed, and tells its country, bank and mistakes', async ({ shop }) => {
  await shop.open();
  await shop.mount('iban', {}, OPTIONS);
  const last = async (): Promise<unknown> => (await shop.events('change')).at(-1);
  await shop.field('iban').pressSequentially(SETTLES.toLowerCase());
  await expect(shop.field('iban')).toHaveValue('DE89 3704 0044 0532 0130 00');
  await expect.poll(last).toEqual({
    elementType: 'iban', empty: false, complete: true, country: 'DE', bankName: 'STRIPE TEST BANK',
  });
  for (const [typed, code] of [
    ['12', 'invalid_iban_start'], ['US12', 'invalid_iban_country_code'], ['DE89370400440532013001', 'invalid_iban'],
  ]) {
    await shop.field('iban').fill(typed ?? '');
    await expect.poll(last).toMatchObject({ complete: false, bankName: '', error: { type: 'validation_error', code } });
  }
});

test('it has to be told that it is for SEPA', async ({ shop, page }) => {
  await shop.open();
  const thrown = await page.evaluate(() => {
    try {
      return String(window.stripe.elements().create('iban', {}));
    } catch (error) {
      return String(error);
    }
  });
  expect(thrown).toContain("supportedCountries: ['SEPA']");
});
