// Paying with other methods than cards in the Payment Element: redirects, debits, vouchers, codes.
import { expectAccessible } from '../../../fixtures/scan.ts';
import { expect, test, type Shop } from './shop.ts';

const AMOUNT = 6000;
const IBAN = 'DE89370400440532013000';

/** Mounts with this method alone, which then lies flat. */
async function mount(shop: Shop, type: string, currency: string, options: object = {}) {
  await shop.open();
  await shop.mount('payment', { mode: 'payment', amount: AMOUNT, currency, allowedPaymentMethodTypes: [type] }, options);
}

const submit = (shop: Shop) => shop.page.evaluate(() => window.elements.submit());

/** A token of what was entered. */
async function token(shop: Shop) {
  const made = await shop.page.evaluate(async (returnUrl) => {
    const submitted = await window.elements.submit();
    if (submitted.error) return submitted;
    return window.stripe.createConfirmationToken({ elements: window.elements, params: { return_url: returnUrl } });
  }, `${shop.url}/done`);
  if (!('confirmationToken' in made) || !made.confirmationToken) throw new Error(JSON.stringify(made));
  return made.confirmationToken;
}

for (const { type, currency } of [
  { type: 'klarna', currency: 'usd' },
  { type: 'alipay', currency: 'usd' },
  { type: 'bancontact', currency: 'eur' },
] as const) {
  for (const ending of ['succeeded', 'failed'] as const) {
    test(`${type}: leaves, and comes back ${ending}`, async ({ shop, page, stripe }) => {
      const intent = await stripe.paymentIntents.create({ amount: AMOUNT, currency, allowed_payment_method_types: [type] });
      await shop.open();
      await shop.mount('payment', { clientSecret: intent.client_secret ?? '' });
      if (type === 'bancontact') await shop.field('name').fill('Ada Lovelace');
      await page.evaluate((return_url) => {
        void window.stripe.confirmPayment({ elements: window.elements, confirmParams: { return_url } });
      }, `${shop.url}/done`);
      await page.getByRole('button', { name: ending === 'succeeded' ? /authorize test payment/i : /fail test payment/i }).click();
      await expect(page).toHaveURL(/\/done\?/);
      expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject({
        payment_intent: intent.id, payment_intent_client_secret: intent.client_secret, redirect_status: ending,
      });
      expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe(ending === 'succeeded' ? 'succeeded' : 'requires_payment_method');
    });
  }
}

test('a bank redirect by a token that the server confirms', async ({ shop, page, stripe }) => {
  await mount(shop, 'ideal', 'eur');
  const made = await token(shop);
  expect(made).toMatchObject({ payment_method_preview: { type: 'ideal' } });
  const intent = await stripe.paymentIntents.create({
    amount: AMOUNT, currency: 'eur', confirm: true, confirmation_token: made.id, allowed_payment_method_types: ['ideal'],
  });
  expect(intent).toMatchObject({ status: 'requires_action', next_action: { type: 'redirect_to_url' } });
  await page.evaluate((clientSecret) => void window.stripe.handleNextAction({ clientSecret }), intent.client_secret ?? '');
  await page.getByRole('button', { name: /authorize test payment/i }).click();
  await expect(page).toHaveURL(/redirect_status=succeeded/);
});

test('SEPA debit: the IBAN is checked, the mandate is agreed to, the money comes later', async ({ shop, stripe, sandbox }) => {
  await mount(shop, 'sepa_debit', 'eur', { business: { name: 'Ada’s Shop' } });
  await expect(shop.frame.getByText('You allow Ada’s Shop to collect this payment')).toBeVisible();
  expect(await submit(shop)).toMatchObject({ error: { type: 'validation_error', code: 'incomplete_iban' } });
  await shop.field('iban').fill('DE89 3704 0044 0532 0130 01');
  await expect(shop.frame.getByText('Your IBAN is invalid.')).toBeVisible();
  await shop.field('iban').fill(IBAN);
  await shop.field('name').fill('Ada Lovelace');
  await shop.field('email').fill('ada');
  expect(await submit(shop)).toMatchObject({ error: { code: 'invalid_email' } });
  await shop.field('email').fill('ada@shop.example');
  const made = await token(shop);
  expect(made).toMatchObject({ payment_method_preview: { type: 'sepa_debit', sepa_debit: { last4: '3000' }, billing_details: { name: 'Ada Lovelace', email: 'ada@shop.example' } } });
  const intent = await stripe.paymentIntents.create({
    amount: AMOUNT, currency: 'eur', confirm: true, confirmation_token: made.id, allowed_payment_method_types: ['sepa_debit'],
  });
  expect(intent.status).toBe('processing');
  await sandbox.advance(60);
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
});

for (const { way, status } of [{ way: 'linked', status: 'processing' }, { way: 'manual', status: 'requires_action' }] as const) {
  test(`US bank account, ${way}`, async ({ shop, stripe, page }) => {
    const intent = await stripe.paymentIntents.create({ amount: AMOUNT, currency: 'usd', allowed_payment_method_types: ['us_bank_account'] });
    await shop.open();
    await shop.mount('payment', { clientSecret: intent.client_secret ?? '' });
    await shop.field('name').fill('Ada Lovelace');
    await shop.field('email').fill('ada@shop.example');
    await shop.field('bank').selectOption(way);
    if (way === 'manual') {
      await shop.field('routingNumber').fill('110000000');
      await shop.field('accountNumber').fill('000123456789');
    }
    const result = await page.evaluate(() => window.stripe.confirmPayment({
      elements: window.elements, redirect: 'if_required', confirmParams: { return_url: 'https://shop.example/return' },
    }));
    expect(result).toMatchObject({ paymentIntent: { status } });
  });
}

test('a voucher: its numbers over the page, then the return address says pending', async ({ shop, page, stripe }) => {
  const intent = await stripe.paymentIntents.create({ amount: AMOUNT, currency: 'mxn', allowed_payment_method_types: ['oxxo'] });
  await shop.open();
  await shop.mount('payment', { clientSecret: intent.client_secret ?? '' });
  await shop.field('name').fill('Ada');
  await shop.field('email').fill('ada@shop.example');
  expect(await submit(shop)).toMatchObject({ error: { code: 'incomplete_full_name' } });
  await shop.field('name').fill('Ada Lovelace');
  await page.evaluate((return_url) => {
    void window.stripe.confirmPayment({ elements: window.elements, confirmParams: { return_url } });
  }, `${shop.url}/done`);
  const modal = page.locator('body > div > iframe[src*="payment-instructions"]').contentFrame();
  await expect(modal.getByRole('dialog', { name: 'Your OXXO voucher' })).toBeVisible();
  await expect(modal.getByText('MX$60.00')).toBeVisible();
  await expect(modal.getByText(/^\d{30}$/)).toBeVisible();
  await expectAccessible(page, true);
  await modal.getByRole('button', { name: 'Close' }).click();
  await expect(page).toHaveURL(/\/done\?.*redirect_status=pending/);
});

test('a code: paid on the test page, the dialog closes by itself', async ({ shop, page, context, stripe }) => {
  const intent = await stripe.paymentIntents.create({ amount: AMOUNT, currency: 'usd', allowed_payment_method_types: ['cashapp'] });
  await shop.open();
  await shop.mount('payment', { clientSecret: intent.client_secret ?? '' });
  const confirmed = page.evaluate(() => window.stripe.confirmPayment({
    elements: window.elements, redirect: 'if_required', confirmParams: { return_url: 'https://shop.example/return' },
  }));
  const frame = page.locator('body > div > iframe[src*="payment-instructions"]');
  const modal = frame.contentFrame();
  await expect(modal.getByRole('img', { name: 'A code to scan' })).toBeVisible();
  const opened = context.waitForEvent('page');
  await modal.getByRole('link', { name: /test page/ }).click();
  const payer = await opened;
  await payer.route('https://shop.example/**', (route) => route.fulfill({ body: 'back' }));
  await payer.getByRole('button', { name: /authorize test payment/i }).click();
  expect(await confirmed).toMatchObject({ paymentIntent: { status: 'succeeded' } });
  await expect(frame).toHaveCount(0);
});

test('a code that is closed leaves the intent as it is', async ({ shop, page, stripe }) => {
  const intent = await stripe.paymentIntents.create({ amount: AMOUNT, currency: 'brl', allowed_payment_method_types: ['pix'] });
  await shop.open();
  await shop.mount('payment', { clientSecret: intent.client_secret ?? '' });
  const confirmed = page.evaluate(() => window.stripe.confirmPayment({
    elements: window.elements, redirect: 'if_required', confirmParams: { return_url: 'https://shop.example/return' },
  }));
  const modal = page.locator('body > div > iframe[src*="payment-instructions"]').contentFrame();
  await expect(modal.getByRole('dialog', { name: 'Pay with Pix' })).toBeVisible();
  await page.keyboard.press('Escape');
  expect(await confirmed).toMatchObject({ paymentIntent: { status: 'requires_action' } });
});

test('an address where a method needs one; fields "never" are not asked for', async ({ shop, page }) => {
  await mount(shop, 'boleto', 'brl', { defaultValues: { billingDetails: { name: 'Ada Lovelace', address: { city: 'Recife', country: 'BR' } } } });
  await expect(shop.field('name')).toHaveValue('Ada Lovelace');
  await expect(shop.field('locality')).toHaveValue('Recife');
  await expect(shop.field('country')).toHaveValue('BR');
  await expect(shop.field('tax_id')).toBeVisible();
  await page.evaluate(() => window.elements.getElement('payment')?.update({ fields: { boleto: { billingDetails: { address: 'never', name: 'never' } } } }));
  await expect(shop.field('locality')).toBeHidden();
  await expect(shop.field('email')).toBeVisible();
  await expect(shop.field('name')).toBeHidden();
});
