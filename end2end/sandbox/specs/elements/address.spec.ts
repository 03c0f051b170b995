// The Address Element: its form by country, what it knows, and where its address goes.
import type { Locator } from '@playwright/test';
import { expectAccessible } from '../../../fixtures/scan.ts';
import { PAYS, type Shop, expect, test } from './shop.ts';

const DEFERRED = { mode: 'payment', amount: 1999, currency: 'usd' } as const;

async function fillAddress(shop: Shop, container = '#payment-element'): Promise<void> {
  const frame = shop.frameIn(container);
  const field = (name: string): Locator => frame.locator(`[name="${name}"]`);
  await field('name').fill('Ada Lovelace');
  await field('country').selectOption('US');
  await field('addressLine1').fill('100 Main Street');
  await field('locality').fill('San Francisco');
  await field('administrativeArea').selectOption('CA');
  await field('postalCode').fill('94103');
}

test('the frame and its fields have the names that Stripe gives them', async ({ shop, page }) => {
  await shop.open();
  await shop.mount('address', {}, { mode: 'billing', fields: { phone: 'always' } });
  await expect(page.locator('iframe[title="Secure address input frame"]')).toHaveAttribute('src', /elements-inner-address/);
  for (const [name, label] of [
    ['name', 'Full name'], ['country', 'Country or region'], ['addressLine1', 'Address line 1'],
    ['addressLine2', 'Address line 2'], ['locality', 'City'], ['administrativeArea', 'State'], ['postalCode', 'ZIP code'],
    ['phone', 'Phone'],
  ]) {
    await expect(shop.field(name ?? '')).toHaveAccessibleName(label ?? '');
    await expect(shop.field(name ?? '')).toHaveAttribute('id', `billingAddress-${name}Input`);
  }
});

test('change tells the address as it is typed; getValue shows what is missing', async ({ shop, page }) => {
  await shop.open();
  await shop.mount('address', {}, { mode: 'shipping', fields: { phone: 'always' } });
  const last = async (): Promise<unknown> => (await shop.events('change')).at(-1);
  await expect.poll(last).toMatchObject({ elementType: 'address', elementMode: 'shipping', empty: true, complete: false });
  await fillAddress(shop);
  const value = await page.evaluate(() => window.elements.getElement('address', { mode: 'shipping' })?.getValue());
  expect(value).toMatchObject({ complete: false, isNewAddress: true });
  await expect(shop.frame.getByText('This field is incomplete.')).toBeVisible();
  await expect(shop.field('phone')).toBeFocused();
  await shop.field('phone').fill('(415) 555-0123');
  await expect.poll(last).toEqual({
    elementType: 'address', elementMode: 'shipping', empty: false, complete: true, isNewAddress: true,
    value: {
      name: 'Ada Lovelace', phone: '+14155550123',
      address: {
        line1: '100 Main Street', line2: null, city: 'San Francisco', state: 'CA', postal_code: '94103', country: 'US',
      },
    },
  });
  expect(await page.evaluate(() => window.elements.getElement('address', { mode: 'billing' }))).toBeNull();
});

test('fields follow the country, and what no longer fits is asked again', async ({ shop }) => {
  await shop.open();
  await shop.mount('address', {}, { mode: 'shipping' });
  await fillAddress(shop);
  await shop.field('country').selectOption('CA');
  await expect(shop.field('administrativeArea')).toHaveAccessibleName('Province');
  await expect(shop.field('administrativeArea')).toHaveValue('');
  await expect(shop.field('postalCode')).toHaveAccessibleName('Postal code');
  await shop.field('country').selectOption('DE');
  await expect(shop.field('administrativeArea')).toHaveCount(0);
  const below = (upper: Locator, lower: Locator): Promise<boolean> =>
    Promise.all([upper.boundingBox(), lower.boundingBox()]).then(([a, b]) => (a?.x ?? 0) < (b?.x ?? 0) && a?.y === b?.y);
  expect(await below(shop.field('postalCode'), shop.field('locality'))).toBe(true);
  await shop.field('country').selectOption('AE');
  await expect(shop.field('postalCode')).toHaveCount(0);
  await expect(shop.field('administrativeArea')).toHaveAccessibleName('Emirate');
  await shop.field('country').selectOption('JP');
  await expect(shop.field('administrativeArea')).toHaveAccessibleName('Prefecture');
});

test('options: countries, split names, default values, P.O. boxes, no phone required', async ({ shop, page }) => {
  await shop.open();
  await shop.mount('address', {}, {
    mode: 'shipping', allowedCountries: ['GB', 'US'], display: { name: 'split' }, blockPoBox: true,
    fields: { phone: 'always' }, validation: { phone: { required: 'never' } },
    defaultValues: {
      name: 'Ada King Lovelace',
      address: { line1: 'PO Box 7', city: 'London', postal_code: 'N1 1AA', country: 'GB' },
    },
  });
  await expect(shop.field('country').locator('option')).toHaveText(['United Kingdom', 'United States']);
  await expect(shop.field('firstName')).toHaveValue('Ada King');
  await expect(shop.field('lastName')).toHaveValue('Lovelace');
  await expect(shop.field('locality')).toHaveAccessibleName('Town or city');
  await expect(shop.frame.getByText('P.O. boxes are not accepted.')).toBeVisible();
  await shop.field('addressLine1').fill('1 Orchard Street');
  await expect.poll(async () => (await shop.events('change')).at(-1)).toMatchObject({
    complete: true, value: { name: 'Ada King Lovelace', firstName: 'Ada King', lastName: 'Lovelace', phone: '' },
  });
  await page.evaluate(() => {
    window.elements.getElement('address')?.update({ display: { name: 'organization' }, fields: { phone: 'never' } });
  });
  await expect(shop.frame.getByLabel('Organization name')).toHaveValue('Ada King Lovelace');
  await expect(shop.field('phone')).toHaveCount(0);
  await expect(shop.field('addressLine1')).toHaveValue('1 Orchard Street');
});

test('a saved address is chosen, or a new one written', async ({ shop }) => {
  await shop.open();
  const contact = (name: string) => ({
    name, address: { line1: '1 Main Street', city: 'Boston', state: 'MA', postal_code: '02101', country: 'US' },
  });
  await shop.mount('address', {}, { mode: 'shipping', contacts: [contact('Ada'), contact('Grace')] });
  const last = async (): Promise<unknown> => (await shop.events('change')).at(-1);
  await expect.poll(last).toMatchObject({ complete: true, isNewAddress: false, value: { name: 'Ada' } });
  await expect(shop.field('addressLine1')).toBeHidden();
  await shop.frame.getByRole('radio', { name: /^Grace/ }).check();
  await expect.poll(last).toMatchObject({ complete: true, isNewAddress: false, value: { name: 'Grace' } });
  await shop.frame.getByRole('radio', { name: 'New address' }).check();
  await expect(shop.field('addressLine1')).toBeVisible();
  await expect.poll(last).toMatchObject({ complete: false, isNewAddress: true, value: { name: '' } });
});

test('with autocomplete the rest comes with a suggestion, by hand, or after Escape and Tab', async ({ shop, page }) => {
  await shop.open();
  await shop.mount('address', {}, { mode: 'billing', autocomplete: { mode: 'automatic' } });
  await expect(shop.field('locality')).toHaveCount(0);
  const line1 = shop.frame.getByRole('combobox', { name: 'Address', exact: true });
  await line1.pressSequentially('100 m');
  await expect(shop.frame.getByRole('listbox').getByRole('option')).toHaveCount(3);
  await expect(shop.frame.getByText('Enter address manually')).toBeVisible();
  await expectAccessible(page, true);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(shop.frame.getByLabel('Address line 1')).toHaveValue('100 Market Street');
  await expect(shop.field('administrativeArea')).toHaveValue('CA');
  await expect(shop.field('postalCode')).toHaveValue('94105');

  await page.evaluate(() => window.elements.getElement('address')?.destroy());
  await shop.add('address', { mode: 'billing', autocomplete: { mode: 'automatic' } }, '#payment-element');
  await line1.pressSequentially('354 Oyster Point Blvd');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(shop.field('locality')).toBeVisible();
  await expect(shop.field('addressLine1')).toHaveValue('354 Oyster Point Blvd');

  await page.evaluate(() => window.elements.getElement('address')?.destroy());
  await shop.add('address', { mode: 'billing', autocomplete: { mode: 'automatic' } }, '#payment-element');
  await line1.pressSequentially('somewhere');
  await shop.frame.getByText('Enter address manually').click();
  await expect(shop.field('locality')).toBeVisible();
});

for (const mode of ['shipping', 'billing'] as const) {
  test(`a ${mode} address goes along with the payment`, async ({ shop, page, stripe }) => {
    await shop.open();
    await shop.mount('payment', DEFERRED);
    await shop.add('address', { mode });
    await shop.fillPayment({ number: PAYS });
    expect(await page.evaluate(() => window.elements.submit())).toMatchObject({
      error: { type: 'validation_error', code: 'incomplete_field' },
    });
    await fillAddress(shop, '#second');
    const { submitted, made } = await page.evaluate(async () => {
      const submitted = await window.elements.submit();
      return { submitted, made: await window.stripe.createConfirmationToken({ elements: window.elements }) };
    });
    expect(submitted).toMatchObject({ selectedPaymentMethod: 'card' });
    expect(made.error).toBeUndefined();
    const token = await stripe.confirmationTokens.retrieve(made.confirmationToken?.id ?? '');
    const address = { line1: '100 Main Street', city: 'San Francisco', state: 'CA', postal_code: '94103', country: 'US' };
    const billing = token.payment_method_preview?.billing_details;
    if (mode === 'shipping') {
      expect(token.shipping).toMatchObject({ name: 'Ada Lovelace', address });
      expect(billing).toMatchObject({ name: null, address: { line1: null, postal_code: '10001' } });
    } else {
      expect(token.shipping).toBeNull();
      expect(billing).toMatchObject({ name: 'Ada Lovelace', address });
    }
  });
}

test('confirmPayment with a client secret carries it, and is refused while it is incomplete', async ({ shop, page, stripe }) => {
  const { id, client_secret } = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd' });
  await shop.open();
  await shop.mount('payment', { clientSecret: client_secret ?? '' });
  await shop.add('address', { mode: 'shipping' });
  await shop.fillPayment({ number: PAYS });
  const confirm = () =>
    page.evaluate(() => window.stripe.confirmPayment({ elements: window.elements, redirect: 'if_required' }));
  expect(await confirm()).toMatchObject({ error: { type: 'validation_error', code: 'incomplete_field' } });
  await fillAddress(shop, '#second');
  expect(await confirm()).toMatchObject({ paymentIntent: { status: 'succeeded' } });
  expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ shipping: { name: 'Ada Lovelace', address: { city: 'San Francisco' } } });
});

test('one for each mode; a mode must be given', async ({ shop, page }) => {
  await shop.open();
  const thrown = await page.evaluate(() => {
    window.elements = window.stripe.elements();
    window.elements.create('address', { mode: 'billing' });
    window.elements.create('address', { mode: 'shipping' });
    return [{}, { mode: 'billing' }, { mode: 'home' }].map((options) => {
      try {
        return String(window.elements.create('address', options as never));
      } catch (error) {
        return String(error);
      }
    });
  });
  expect(thrown).toEqual([
    expect.stringMatching(/IntegrationError: .*mode/),
    expect.stringMatching(/IntegrationError: .*only create one/),
    expect.stringMatching(/IntegrationError: .*mode should be one of the following strings: shipping, billing/),
  ]);
});

test('it is accessible, keeps its place while loading, and takes the appearance', async ({ shop, page }) => {
  await shop.open();
  for (const theme of ['stripe', 'night', 'flat'] as const) {
    await shop.mount('address', { appearance: { theme } }, { mode: 'shipping', fields: { phone: 'always' } });
    const reserved = await page.evaluate(() => {
      const element = window.elements.getElement('address');
      element?.unmount();
      element?.mount('#payment-element');
      return document.querySelector('#payment-element')?.getBoundingClientRect().height ?? 0;
    });
    await expect(shop.field('phone')).toBeVisible();
    const height = await page.locator('#payment-element').evaluate((node) => node.getBoundingClientRect().height);
    expect(Math.abs(height - reserved)).toBeLessThanOrEqual(2);
    await page.evaluate(() => window.elements.getElement('address')?.getValue());
    await expect(shop.frame.locator('[aria-invalid="true"]').first()).toBeVisible();
    await expectAccessible(page, true);
    await page.evaluate(() => window.elements.getElement('address')?.destroy());
  }
});
