// What a page says to the Payment Element: fields, terms, default values, read-only; and what is refused.
import { expectAccessible } from '../../../fixtures/scan.ts';
import { PAYS, expect, test } from './shop.ts';

const CARDS = { mode: 'payment' as const, amount: 1999, currency: 'usd', allowedPaymentMethodTypes: ['card'] };
const CARD_TERMS = /to charge this card for later payments/;

test('terms: auto with a later use, always, never; update changes them', async ({ shop, page }) => {
  const update = (options: object) => page.evaluate((options) => void window.elements.getElement('payment')?.update(options), options);
  await shop.open();
  await shop.mount('payment', CARDS, { business: { name: 'Till Supply' } });
  await expect(shop.field('number')).toBeVisible();
  await expect(shop.frame.getByText(CARD_TERMS)).toBeHidden();
  await update({ terms: { card: 'always' } });
  await expect(shop.frame.getByText('You allow Till Supply to charge this card')).toBeVisible();
  await update({ terms: { card: 'auto' }, business: { name: 'Another' } });
  await expect(shop.frame.getByText(CARD_TERMS)).toBeHidden();
  await page.evaluate(() => window.elements.update({ setupFutureUsage: 'off_session' }));
  await expect(shop.frame.getByText('You allow Another to charge this card')).toBeVisible();
  await update({ terms: { card: 'never' } });
  await expect(shop.frame.getByText(CARD_TERMS)).toBeHidden();
});

test('fields: a name that is always asked for, an address that never is', async ({ shop, page }) => {
  await shop.open();
  await shop.mount('payment', CARDS, { fields: { billingDetails: { name: 'always', address: 'never' } } });
  await expect(shop.field('country')).toBeHidden();
  expect(await page.evaluate(() => window.elements.submit())).toMatchObject({ error: { code: 'incomplete_name' } });
  await shop.field('name').fill('Ada Lovelace');
  await shop.field('number').fill(PAYS);
  await shop.field('expiry').fill('1234');
  await shop.field('cvc').fill('123');
  const address = { country: 'US', postal_code: '10001', state: 'NY', city: 'New York', line1: '1 Example Street', line2: '' };
  const made = await page.evaluate(async (address) => {
    await window.elements.submit();
    const withheld = await window.stripe.createConfirmationToken({ elements: window.elements }).catch((error) => error.name);
    const params = { payment_method_data: { billing_details: { address } } };
    return { withheld, ...(await window.stripe.createConfirmationToken({ elements: window.elements, params })) };
  }, address);
  expect(made).toMatchObject({
    withheld: 'IntegrationError',
    confirmationToken: { payment_method_preview: { billing_details: { name: 'Ada Lovelace', address: { city: 'New York', postal_code: '10001' } } } },
  });
});

test('default values, and an element that is read only', async ({ shop, page }) => {
  const defaultValues = { billingDetails: { name: 'Ada Lovelace', email: 'ada@shop.example', address: { country: 'CA', postal_code: 'M5T 1T4' } } };
  await shop.open();
  await shop.mount('payment', { ...CARDS, allowedPaymentMethodTypes: ['card', 'us_bank_account'] }, { defaultValues, readOnly: true, layout: 'tabs' });
  await expect(shop.field('country')).toHaveValue('CA');
  await expect(shop.field('country')).toBeDisabled();
  await expect(shop.field('postalCode')).toHaveValue('M5T 1T4');
  await expect(shop.field('number')).not.toBeEditable();
  await shop.frame.locator('[data-testid="us_bank_account"]').click();
  await expect(shop.field('email')).toHaveValue('ada@shop.example');
  await expect(shop.field('email')).not.toBeEditable();
  await page.evaluate(() => void window.elements.getElement('payment')?.update({ readOnly: false }));
  await shop.field('email').fill('grace@shop.example');
  // What the shopper typed stays where the page names it anew.
  await page.evaluate((defaultValues) => void window.elements.getElement('payment')?.update({ defaultValues }), defaultValues);
  await expect(shop.field('email')).toHaveValue('grace@shop.example');
});

test('change tells the billing country and code; clear empties every form', async ({ shop, page }) => {
  await shop.open();
  await shop.mount('payment', CARDS);
  await shop.fillPayment({ number: PAYS });
  await expect.poll(async () => (await shop.events('change')).at(-1)).toEqual({
    elementType: 'payment', complete: true, empty: false, collapsed: false,
    value: { type: 'card', billingDetails: { address: { country: 'US', postalCode: '10001' } } },
  });
  await page.evaluate(() => window.elements.getElement('payment')?.clear());
  await expect.poll(async () => (await shop.events('change')).at(-1)).toMatchObject({ complete: false, empty: true });
});

test('wrong options are errors of the integration; what cannot change is ignored with a warning', async ({ shop, page }) => {
  await shop.open();
  const messages = await page.evaluate((group) => {
    const tried = [{ layout: 'grid' }, { layout: { type: 'tabs', radios: 'sometimes' } }, { terms: { card: 'yes' } }, { wallets: { applePay: 'always' } }];
    return tried.map((options) => {
      try {
        window.stripe.elements(group as never).create('payment', options as never);
        return '';
      } catch (error) {
        return `${(error as Error).name}: ${(error as Error).message}`;
      }
    });
  }, CARDS);
  for (const message of messages) expect(message).toMatch(/^IntegrationError: Invalid value for elements\.create\('payment'\)/);
  const warned = page.waitForEvent('console', (message) => message.text().includes('layout.defaultCollapsed'));
  await shop.mount('payment', { ...CARDS, allowedPaymentMethodTypes: ['card', 'klarna'] }, { layout: { type: 'tabs', defaultCollapsed: true } });
  await page.evaluate(() => void window.elements.getElement('payment')?.update({ layout: { type: 'accordion', defaultCollapsed: false } as never }));
  await warned;
  await expect(shop.frame.locator('.p-AccordionButton[aria-expanded="false"]')).toHaveCount(2);
});

test('no method left: the element says so', async ({ shop }) => {
  await shop.open();
  await shop.mount('payment', { ...CARDS, allowedPaymentMethodTypes: ['oxxo'] });
  expect(await shop.events('loaderror')).toMatchObject([{ error: { message: expect.stringContaining('No payment method applies') } }]);
});

test('labels float in the fields, and condensed fields share their borders; rules of the page still win', async ({ shop, page }) => {
  const box = async (name: string) => (await shop.field(name).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const label = shop.frame.locator('label[for="payment-numberInput"]');
  const isInside = async () => {
    const [text, input] = [await label.boundingBox(), await box('number')];
    return text !== null && text.y > input.y && text.y + text.height < input.y + input.height;
  };
  const height = () => page.locator('#payment-element').evaluate((node) => node.getBoundingClientRect().height);
  await shop.open();
  for (const [appearance, floats, joins] of [
    [{}, false, false],
    [{ labels: 'floating' }, true, false],
    [{ inputs: 'condensed' }, true, true],
    [{ inputs: 'condensed', labels: 'above' }, false, true],
  ] as const) {
    await shop.mount('payment', { ...CARDS, appearance: { ...appearance, rules: { '.Input': { borderRadius: '9px' } } } });
    const reserved = await page.evaluate(() => {
      const element = window.elements.getElement('payment');
      element?.unmount();
      element?.mount('#payment-element');
      const { height } = document.querySelector('#payment-element')?.getBoundingClientRect() ?? { height: 0 };
      return new Promise<number>((resolve) => element?.on('ready', () => resolve(height)));
    });
    expect(Math.abs((await height()) - reserved), JSON.stringify(appearance)).toBeLessThanOrEqual(4);
    expect(await isInside(), JSON.stringify(appearance)).toBe(floats);
    const [expiry, cvc, number] = [await box('expiry'), await box('cvc'), await box('number')];
    expect(Math.abs(expiry.x + expiry.width - cvc.x) <= 1, JSON.stringify(appearance)).toBe(joins);
    expect(number.y + number.height >= expiry.y, JSON.stringify(appearance)).toBe(joins && floats);
    await expect(shop.field('number')).toHaveCSS('border-radius', '9px');
    const placeholder = await shop.field('expiry').evaluate((node) => getComputedStyle(node, '::placeholder').opacity);
    expect(placeholder).toBe(floats ? '0' : '1');
    if (floats) {
      const resting = (await label.boundingBox())?.height ?? 0;
      await shop.field('number').fill(PAYS);
      expect((await label.boundingBox())?.height).toBeLessThan(resting);
      expect(await isInside()).toBe(true);
      await expectAccessible(page, true);
    }
    await page.evaluate(() => window.elements.getElement('payment')?.destroy());
  }
});
