// Wallets in the Payment Element, for a shopper who has some: where they stand, the sheet that paying opens, what it hands
// over, and the ways in which it comes to nothing.
import { expectAccessible } from '../../../fixtures/scan.ts';
import { type Shop, expect, test } from './shop.ts';

const DEFERRED = { mode: 'payment' as const, amount: 1999, currency: 'usd', allowedPaymentMethodTypes: ['card', 'klarna'] };
const RETURN = 'https://shop.example/return';
const ALL = ['apple_pay', 'google_pay', 'link'] as const;

const sheetOf = (shop: Shop) => shop.page.locator('iframe[title="Express checkout"]').contentFrame();
const sheets = (shop: Shop) => shop.page.locator('iframe[title="Express checkout"]');
const choose = (shop: Shop, type: string) => shop.frame.locator(`[data-testid="${type}"], [data-value="${type}"]`).click();
const lastChange = async (shop: Shop) => (await shop.events('change')).at(-1);

/** Presses Pay: what `submit()` answers, and the token that is made if it agrees, are told under these names. */
const pay = (shop: Shop) =>
  shop.page.evaluate((return_url) => {
    const told = (name: string, event: unknown) => window.told.push({ name, event });
    void (async () => {
      const submitted = await window.elements.submit();
      told('submitted', submitted);
      if (submitted.error) return;
      const { error, confirmationToken } = await window.stripe.createConfirmationToken({ elements: window.elements, params: { return_url } });
      told('made', error ?? confirmationToken.id);
    })();
  }, RETURN);

test('nobody has a wallet unless a test says so; then they stand with the other methods, as the page wants them', async ({ shop, sandbox }) => {
  await shop.open();
  await shop.mount('payment', { ...DEFERRED, allowedPaymentMethodTypes: ['card'] });
  await expect(shop.field('number')).toBeVisible();
  await expect(shop.frame.getByRole('tab')).toHaveCount(0);

  await sandbox.misbehave({ wallets: [...ALL] });
  for (const [options, tabs] of [
    [{}, ['Card', 'Apple Pay', 'Google Pay', 'Link', 'Klarna']],
    [{ wallets: { applePay: 'never', googlePay: 'auto', link: 'never' } }, ['Card', 'Google Pay', 'Klarna']],
    [{ paymentMethodOrder: ['google_pay', 'klarna'] }, ['Google Pay', 'Klarna', 'Card', 'Apple Pay', 'Link']],
  ] as const) {
    await shop.open();
    await shop.mount('payment', DEFERRED, { layout: 'tabs', ...options });
    await expect(shop.frame.getByRole('tab')).toHaveText([...tabs]);
  }
  await shop.page.evaluate(() => window.elements.update({ allowedPaymentMethodTypes: ['klarna'] }));
  await expect(shop.frame.getByRole('tab')).toHaveCount(0);
});

for (const layout of ['tabs', 'accordion'] as const) {
  test(`${layout}: Google Pay, by its sheet to a token whose card came out of it`, async ({ shop, page, stripe, sandbox }) => {
    await sandbox.misbehave({ wallets: ['google_pay'] });
    await shop.open();
    await shop.mount('payment', DEFERRED, { layout, walletOptions: { emailRequired: true, phoneNumberRequired: true }, terms: { googlePay: 'always' }, business: { name: 'Till Supply' } });
    await choose(shop, 'google_pay');
    await expect.poll(() => lastChange(shop)).toEqual({ elementType: 'payment', complete: true, empty: true, collapsed: false, value: { type: 'google_pay' } });
    await expect(shop.frame.getByText('You will confirm the payment in Google Pay')).toBeVisible();
    await expect(shop.frame.getByText('charge your Google Pay account')).toBeVisible();
    await expectAccessible(page, true);
    await pay(shop);
    const sheet = sheetOf(shop);
    await expect(sheet.getByRole('heading', { name: 'Google Pay' })).toBeVisible();
    await expect(sheet.getByText('Till Supply')).toBeVisible();
    await expect(sheet.getByText('ada@example.com')).toBeVisible();
    await sheet.getByRole('button', { name: 'Pay $19.99' }).click();
    await expect(sheets(shop)).toHaveCount(0);
    await expect.poll(() => shop.events('made')).toHaveLength(1);
    expect(await shop.events('submitted')).toEqual([{ selectedPaymentMethod: 'google_pay' }]);
    const [id] = await shop.events('made');
    const token = await stripe.confirmationTokens.retrieve(String(id));
    const wallet = { type: 'google_pay', google_pay: {}, dynamic_last4: '4242' };
    expect(token.payment_method_preview).toMatchObject({
      type: 'card', card: { last4: '4242', wallet }, billing_details: { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+14155550123' },
    });
    const intent = await stripe.paymentIntents.create({
      amount: 1999, currency: 'usd', confirm: true, confirmation_token: token.id, allowed_payment_method_types: ['card', 'klarna'], expand: ['latest_charge', 'payment_method'],
    });
    expect(intent).toMatchObject({
      status: 'succeeded', payment_method: { card: { wallet } }, latest_charge: { payment_method_details: { card: { wallet } } },
    });
  });
}

test('a sheet that is closed is an error of submit(), and the next one pays; one that is declined says so in the form', async ({ shop, page, sandbox, stripe }) => {
  await sandbox.misbehave({ wallets: ['link'] });
  const { client_secret } = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd' });
  await shop.open();
  await shop.mount('payment', { clientSecret: client_secret ?? '' }, { layout: 'tabs' });
  await choose(shop, 'link');
  await pay(shop);
  await sheetOf(shop).getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(() => shop.events('submitted')).toMatchObject([{ error: { type: 'validation_error', message: expect.stringContaining('closed') } }]);

  // Without `submit()`, as a client secret allows: the confirmation opens the sheet.
  const confirm = () =>
    page.evaluate((return_url) => {
      const paid = window.stripe.confirmPayment({ elements: window.elements, redirect: 'if_required', confirmParams: { return_url } });
      void paid.then(({ error, paymentIntent }) => window.told.push({ name: 'paid', event: error?.code ?? paymentIntent?.status }));
    }, RETURN);
  await confirm();
  await sheetOf(shop).getByRole('radio', { name: /0002/ }).check();
  await sheetOf(shop).getByRole('button', { name: 'Pay $19.99' }).click();
  await expect(shop.frame.getByRole('alert').filter({ hasText: 'Your card was declined.' })).toBeVisible();
  await expect(sheets(shop)).toHaveCount(0);
  await confirm();
  await sheetOf(shop).getByRole('radio', { name: /3184/ }).check();
  await sheetOf(shop).getByRole('button', { name: 'Pay $19.99' }).click();
  await shop.answerChallenge('Complete');
  await expect.poll(() => shop.events('paid')).toEqual(['card_declined', 'succeeded']);
});

test('the sheet waits for what else is wrong, and what it handed over goes when another method is chosen', async ({ shop, page, sandbox }) => {
  await sandbox.misbehave({ wallets: ['apple_pay'] });
  await shop.open();
  await shop.mount('payment', DEFERRED, { layout: 'tabs' });
  await shop.add('address', { mode: 'shipping', defaultValues: { address: { country: 'US' } } });
  await choose(shop, 'apple_pay');
  expect(await page.evaluate(() => window.elements.submit())).toMatchObject({ error: { type: 'validation_error' } });
  await expect(sheets(shop)).toHaveCount(0);
  await page.evaluate(() => window.elements.getElement('address')?.destroy());
  const submitted = page.evaluate(() => window.elements.submit());
  await sheetOf(shop).getByRole('button', { name: 'Pay $19.99' }).click();
  expect(await submitted).toEqual({ selectedPaymentMethod: 'apple_pay' });
  await choose(shop, 'card');
  await shop.fillPayment({ number: '5555555555554444' });
  const made = await page.evaluate(() => window.stripe.createConfirmationToken({ elements: window.elements }));
  expect(made).toMatchObject({ confirmationToken: { payment_method_preview: { card: { last4: '4444', wallet: null } } } });
});
