// Payment Method Messaging, Tax ID, Currency Selector, and the forerunners of other elements.
import { expectAccessible } from '../../../fixtures/scan.ts';
import { PAYS, expect, test } from './shop.ts';

const DEFERRED = { mode: 'payment', amount: 1999, currency: 'usd' } as const;

test('messaging says in which parts a price can be paid, and nothing where it cannot', async ({ shop, page }) => {
  await shop.open();
  await shop.mount('paymentMethodMessaging', { appearance: { variables: { colorText: '#222233' } } }, {
    amount: 9900, currency: 'USD', countryCode: 'US', paymentMethodOrder: ['afterpay_clearpay', 'klarna'],
  });
  const message = shop.frame.locator('p');
  await expect(message).toHaveText('4 interest-free payments of $24.75 with Afterpay. Learn more');
  await expect(message).toHaveCSS('color', 'rgb(34, 34, 51)');
  await shop.frame.getByRole('button', { name: 'Learn more' }).click();
  await expect(shop.frame.getByRole('listitem')).toHaveText([
    /Afterpay/, '4 interest-free payments of $24.75 with Klarna.', 'As low as $8.25 a month with Affirm.',
  ]);
  await expectAccessible(page, true);
  await page.evaluate(() => window.elements.getElement('paymentMethodMessaging')?.update({ currency: 'EUR', amount: 3000 }));
  await expect(message).toHaveText('3 interest-free payments of €10.00 with Klarna. Learn more');
  await page.evaluate(() => window.elements.getElement('paymentMethodMessaging')?.update({ amount: 10 }));
  await expect(message).toBeHidden();
  await expect.poll(() => page.locator('#payment-element').evaluate((node) => node.getBoundingClientRect().height)).toBe(0);
});

test('a tax ID is checked by its type, and shown or required as the page wants', async ({ shop, page }) => {
  await shop.open();
  await shop.mount('taxId', {}, {
    defaultValues: { businessName: 'Till', taxIdType: 'de_vat' }, validation: { taxId: { required: 'always' } },
  });
  const last = async (): Promise<unknown> => (await shop.events('change')).at(-1);
  await expect.poll(last).toMatchObject({ elementType: 'taxId', empty: false, complete: false, visible: true });
  const value = await page.evaluate(() => window.elements.getElement('taxId')?.getValue());
  expect(value).toMatchObject({ elementType: 'taxId', complete: false, value: { businessName: 'Till', taxId: '' } });
  await expect(shop.frame.getByText('This field is incomplete.')).toBeVisible();
  await expectAccessible(page, true);
  await shop.frame.getByLabel('Tax ID', { exact: true }).fill('DE12');
  await shop.frame.getByLabel('Business name').focus();
  await expect(shop.frame.getByText('The tax ID is invalid.')).toBeVisible();
  await shop.frame.getByLabel('Tax ID', { exact: true }).fill('DE123456789');
  await expect.poll(last).toMatchObject({
    complete: true,
    value: { businessName: 'Till', taxId: 'DE123456789', taxIdType: 'de_vat', externalTaxIdType: 'eu_vat' },
  });
  await shop.frame.getByLabel('Tax ID type').selectOption('au_abn');
  await expect.poll(last).toMatchObject({ complete: false, value: { taxIdType: 'au_abn', externalTaxIdType: 'au_abn' } });
  await page.evaluate(() => window.elements.getElement('taxId')?.update({ visibility: 'never' }));
  await expect.poll(last).toMatchObject({ visible: false, complete: true });
  await expect(shop.field('taxId')).toBeHidden();
});

test('the currency selector shows the currency there is, and follows the amount', async ({ shop, page }) => {
  await shop.open();
  await shop.mount('currencySelector', DEFERRED);
  await expect(page.locator('iframe[title="Secure currency selector"]')).toHaveCount(1);
  await expect(shop.frame.getByRole('radio', { name: 'USD $19.99' })).toBeChecked();
  await expectAccessible(page, true);
  await page.evaluate(() => window.elements.update({ amount: 2500, currency: 'jpy' }));
  await expect(shop.frame.getByRole('radio', { name: 'JPY ¥2,500' })).toBeChecked();
});

test('the shippingAddress and contactDetails Elements do what address and linkAuthentication do', async ({ shop, page, stripe }) => {
  await shop.open();
  await shop.mount('payment', DEFERRED);
  await shop.add('shippingAddress', {
    defaultValues: { name: 'Ada', address: { line1: '1 Lane', city: 'London', postal_code: 'N1 1AA', country: 'GB' } },
  });
  await shop.add('contactDetails', { defaultValues: { email: 'ada@example.com' } }, '#third');
  await expect(page.locator('iframe[title*="shipping address input frame"]')).toHaveCount(1);
  await shop.fillPayment({ number: PAYS });
  const made = await page.evaluate(async () => {
    await window.elements.submit();
    return window.stripe.createConfirmationToken({ elements: window.elements });
  });
  const token = await stripe.confirmationTokens.retrieve(made.confirmationToken?.id ?? '');
  expect(token).toMatchObject({
    shipping: { name: 'Ada', address: { city: 'London', country: 'GB' } },
    payment_method_preview: { billing_details: { email: 'ada@example.com' } },
  });
});

for (const [type, options] of [
  ['address', { mode: 'shipping' }], ['linkAuthentication', {}], ['expressCheckout', {}], ['currencySelector', {}], ['taxId', {}],
] as const) {
  test(`${type}: a client secret of nothing is a loaderror`, async ({ shop }) => {
    await shop.open();
    await shop.mount(type, { clientSecret: 'pi_1_secret_1' }, options);
    expect(await shop.events('loaderror')).toMatchObject([{ elementType: type, error: { type: 'invalid_request_error' } }]);
  });
}

test('what cannot be updated is named and left', async ({ shop, page }) => {
  await shop.open();
  await shop.mount('address', {}, { mode: 'shipping' });
  const warned: string[] = [];
  page.on('console', (message) => message.type() === 'warning' && warned.push(message.text()));
  await page.evaluate(() => window.elements.getElement('address')?.update({ mode: 'billing', defaultValues: { name: 'x' } }));
  expect(warned).toEqual([expect.stringContaining('mode cannot be changed'), expect.stringContaining('defaultValues cannot be changed')]);
  await expect(shop.field('name')).toHaveValue('');
});
