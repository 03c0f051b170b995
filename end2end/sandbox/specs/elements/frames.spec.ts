// Elements in the page: where their frames are, how they live, what they look like, how large the script is.
import { gzipSync } from 'node:zlib';
import { expectAccessible } from '../../../fixtures/scan.ts';
import { PAYS, expect, test } from './shop.ts';

const DEFERRED = { mode: 'payment', amount: 1999, currency: 'usd' } as const;

test('a frame has the name, title and address that Stripe gives it', async ({ shop, world }) => {
  await shop.open();
  await shop.mount('payment', DEFERRED);
  const frame = shop.page.locator('form iframe[title*="payment input"][src*="elements-inner-payment"]');
  await expect(frame).toHaveAttribute('name', /^__privateStripeFrame\d+$/);
  await expect(frame).toHaveAttribute('src', new RegExp(`^${world.url}/v3/elements-inner-payment-\\w+\\.html#.*controllerId=__privateStripeController\\d+`));
  await expect(frame).toHaveAttribute('allow', 'payment *; publickey-credentials-get *');
  await expect(shop.frame.locator('html')).toHaveAttribute('dir', 'ltr');
  await expect(shop.frame.locator('html')).toHaveAttribute('lang', 'en-US');
});

test('events of a life: loaderstart, ready, focus, escape, blur; unmounted, it comes back empty', async ({ shop, page }) => {
  await shop.open();
  await shop.mount('payment', DEFERRED);
  await page.evaluate(() => window.elements.getElement('payment')?.focus());
  await expect(shop.field('number')).toBeFocused();
  await page.keyboard.press('Escape');
  await page.evaluate(() => window.elements.getElement('payment')?.blur());
  await expect.poll(() => shop.events('blur')).toHaveLength(1);
  const names = await page.evaluate(() => window.told.map(({ name }) => name).filter((name) => name !== 'change'));
  expect(names).toEqual(['loaderstart', 'ready', 'focus', 'escape', 'blur']);
  await shop.fillPayment({ number: PAYS });
  await page.evaluate(() => window.elements.getElement('payment')?.clear());
  await expect(shop.field('number')).toHaveValue('');
  await page.evaluate(() => {
    const element = window.elements.getElement('payment');
    element?.unmount();
    element?.mount('#second');
  });
  await expect(page.locator('#payment-element iframe')).toHaveCount(0);
  await expect(page.locator('#payment-element')).toHaveAttribute('class', '');
  await expect(page.locator('#second iframe').contentFrame().locator('[name="number"]')).toBeVisible();
  const left = await page.evaluate(() => {
    window.elements.getElement('payment')?.destroy();
    return window.elements.getElement('payment');
  });
  expect(left).toBeNull();
  await expect(page.locator('#second iframe')).toHaveCount(0);
});

test('the page has room for the form before it is there', async ({ shop, page }) => {
  await shop.open();
  for (const type of ['payment', 'card'] as const) {
    await shop.mount(type, type === 'payment' ? DEFERRED : {});
    const before = await page.evaluate((type) => {
      const element = window.elements.getElement(type as 'payment');
      element?.unmount();
      element?.mount('#payment-element');
      return document.querySelector('#payment-element')?.getBoundingClientRect().height ?? 0;
    }, type);
    await expect(shop.frame.locator('form')).toBeVisible();
    const after = await page.locator('#payment-element').evaluate((node) => node.getBoundingClientRect().height);
    expect(Math.abs(after - before), type).toBeLessThanOrEqual(2);
    await page.evaluate((type) => window.elements.getElement(type as 'payment')?.destroy(), type);
  }
});

test('appearance reaches the frame, and changes with update', async ({ shop, page }) => {
  await shop.open();
  await shop.mount('payment', { ...DEFERRED, appearance: { theme: 'night', rules: { '.Input': { borderRadius: '9px' } } } });
  const number = shop.field('number');
  await expect(number).toHaveCSS('background-color', 'rgb(48, 49, 61)');
  await expect(number).toHaveCSS('border-radius', '9px');
  await page.evaluate(() => window.elements.update({ appearance: { variables: { colorBackground: '#fefefe' } } }));
  await expect(number).toHaveCSS('background-color', 'rgb(254, 254, 254)');
  await expect(number).not.toHaveCSS('border-radius', '9px');
  // A page's own rules begin with nothing.
  await page.evaluate(() => window.elements.update({ appearance: { theme: 'none' as never } }));
  await expect(number).toHaveCSS('border-radius', '0px');
  await number.focus();
  for (const [property, value] of [['box-shadow', 'none'], ['color', 'rgb(0, 0, 0)'], ['outline-style', 'auto']] as const) {
    await expect(number).toHaveCSS(property, value);
  }
  await expectAccessible(page, true);
});

for (const type of ['payment', 'card'] as const) {
  test(`the frame of ${type} is accessible, empty and with errors`, async ({ shop, page }) => {
    await shop.open();
    await shop.mount(type, type === 'payment' ? DEFERRED : {});
    await expectAccessible(page, true);
    if (type === 'payment') await page.evaluate(() => window.elements.submit());
    else await shop.field('cardnumber').fill('4242424242424241');
    await expect(shop.frame.locator('[aria-invalid="true"]').first()).toBeVisible();
    await expectAccessible(page, true);
  });
}

test('a locale there are no texts for is read in English', async ({ shop }) => {
  await shop.open();
  await shop.mount('payment', { ...DEFERRED, locale: 'mt' });
  await expect(shop.frame.getByLabel('Card number')).toBeVisible();
  await expect(shop.frame.locator('html')).toHaveAttribute('lang', 'en');
});

test('the script is small, and leaves one name in the page', async ({ shop, world }) => {
  const response = await fetch(`${world.url}/endive/stripe.js`);
  const size = gzipSync(await response.text()).length;
  expect(size).toBeLessThan(40_000);
  await shop.page.goto(shop.url);
  const before = await shop.page.evaluate(() => Object.keys(window));
  await shop.page.addScriptTag({ url: `${world.url}/endive/stripe.js` });
  const after = await shop.page.evaluate(() => Object.keys(window));
  expect(after.filter((name) => !before.includes(name))).toEqual(['Stripe']);
});
