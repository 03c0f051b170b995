// What holds for each element besides the Payment and Card Elements: room in the page, focus, appearance, accessibility.
import type { StripeElementType } from '@stripe/stripe-js';
import { expectAccessible } from '../../../fixtures/scan.ts';
import { type Shop, expect, test } from './shop.ts';

const DEFERRED = { mode: 'payment', amount: 1999, currency: 'usd' } as const;

interface Example {
  type: StripeElementType;
  options: object;
  /** What a label of the container, or `focus()`, leads to. */
  first?: string;
  /** Elements of the older kind are painted by the option `style`. */
  isLine?: boolean;
}

const EXAMPLES: Example[] = [
  { type: 'address', options: { mode: 'billing' }, first: '[name="name"]' },
  { type: 'address', options: { mode: 'billing', autocomplete: { mode: 'automatic' } }, first: '[name="name"]' },
  { type: 'linkAuthentication', options: {}, first: '[name="email"]' },
  { type: 'contactDetails', options: {}, first: '[name="email"]' },
  { type: 'shippingAddress', options: {}, first: '[name="name"]' },
  { type: 'taxId', options: {}, first: '[name="businessName"]' },
  { type: 'currencySelector', options: {}, first: '[name="currency"]' },
  { type: 'expressCheckout', options: {}, first: 'button >> nth=0' },
  { type: 'paymentMethodMessaging', options: { amount: 9900, currency: 'USD' } },
  { type: 'cardNumber', options: { showIcon: true }, first: '[name="cardnumber"]', isLine: true },
  { type: 'cardExpiry', options: {}, first: '[name="exp-date"]', isLine: true },
  { type: 'cardCvc', options: {}, first: '[name="cvc"]', isLine: true },
  { type: 'iban', options: { supportedCountries: ['SEPA'] }, first: '[name="iban"]', isLine: true },
];

const height = (shop: Shop) =>
  shop.page.locator('#payment-element').evaluate((node) => node.getBoundingClientRect().height);

EXAMPLES.forEach(({ type, options, first, isLine }, at) => {
  test(`${at + 1} ${type}: its place is kept, a label leads into it, themes and styles reach it, and all can use it`, async ({ shop, page }) => {
    await shop.open();
    await shop.mount(type, DEFERRED, options);
    const reserved = await page.evaluate((type) => {
      const element = window.elements.getElement(type as 'payment');
      element?.unmount();
      element?.mount('#payment-element');
      const height = document.querySelector('#payment-element')?.getBoundingClientRect().height ?? 0;
      return new Promise<number>((resolve) => setTimeout(() => element?.on('ready', () => resolve(height)), 0));
    }, type);
    await expect(shop.frame.locator('body')).toBeVisible();
    expect(Math.abs((await height(shop)) - reserved)).toBeLessThanOrEqual(2);

    if (first) {
      await page.evaluate(() => {
        const label = document.createElement('label');
        label.htmlFor = 'payment-element';
        label.textContent = 'Details';
        document.querySelector('form')?.prepend(label);
      });
      await page.getByText('Details').click();
      await expect(shop.frame.locator(first)).toBeFocused();
    }

    if (isLine) {
      await page.evaluate((type) => {
        window.elements.getElement(type as 'iban')?.update({ style: { base: { color: 'rgb(1, 2, 3)', fontSize: '20px' } } });
      }, type);
      await expect(shop.frame.locator(first ?? '')).toHaveCSS('color', 'rgb(1, 2, 3)');
      await expect(shop.frame.locator(first ?? '')).toHaveCSS('font-size', '20px');
      await expectAccessible(page, true);
      return;
    }
    for (const theme of ['stripe', 'night', 'flat'] as const) {
      await page.evaluate((theme) => {
        // What is dark stands on a dark page.
        document.body.style.background = theme === 'night' ? '#16171d' : '';
        document.body.style.color = theme === 'night' ? '#fff' : '';
        return window.elements.update({ appearance: { theme } });
      }, theme);
      await expectAccessible(page, true);
    }
    await page.evaluate(() => window.elements.update({ appearance: { variables: { colorPrimary: '#112233' } } }));
    await expect(shop.frame.locator('html')).toHaveAttribute('style', /--colorPrimary: #112233/);
  });
});

test('on a phone nothing is wider than the screen', async ({ shop, page }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await shop.open();
  for (const { type, options } of EXAMPLES) {
    await shop.mount(type, DEFERRED, options);
    const [content, room] = await shop.frame.locator('html').evaluate((node) => [node.scrollWidth, node.clientWidth]);
    expect(content, type).toBeLessThanOrEqual(room ?? 0);
    await page.evaluate((type) => window.elements.getElement(type as 'payment')?.destroy(), type);
  }
});
