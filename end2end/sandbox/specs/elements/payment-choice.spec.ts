// Choosing between methods in the Payment Element: tabs, accordion, their options, keys, and the events that tell of it.
import { expectAccessible } from '../../../fixtures/scan.ts';
import { PAYS, expect, test, type Shop } from './shop.ts';

const DOLLARS = { mode: 'payment', amount: 1999, currency: 'usd' } as const;
const THREE = { ...DOLLARS, allowedPaymentMethodTypes: ['card', 'cashapp', 'us_bank_account'] };
const WIDE = { width: 1000, height: 900 };
const PHONE = { width: 360, height: 900 };

const tab = (shop: Shop, type: string) => shop.frame.locator(`button[role="tab"][data-testid="${type}"]`);
const button = (shop: Shop, type: string) => shop.frame.locator(`[data-testid="payment-accordion-wrapper"] [role="button"][data-value="${type}"]`);
const lastChange = async (shop: Shop) => (await shop.events('change')).at(-1);

test('one method lies flat', async ({ shop }) => {
  await shop.open();
  await shop.mount('payment', { ...DOLLARS, allowedPaymentMethodTypes: ['card'] });
  await expect(shop.field('number')).toBeVisible();
  await expect(shop.frame.locator('[role="tab"], [role="button"], select.p-AdditionalPaymentMethods-menu')).toHaveCount(0);
});

test('tabs: names, the chosen form, keys', async ({ shop, page }) => {
  await page.setViewportSize(WIDE);
  await shop.open();
  await shop.mount('payment', THREE, { layout: 'tabs' });
  await expect(shop.frame.getByRole('tablist', { name: 'Payment Methods' }).getByRole('tab')).toHaveText(['Card', 'US bank account', 'Cash App Pay']);
  await expect(tab(shop, 'card')).toHaveAttribute('id', 'card-tab');
  await expect(tab(shop, 'card')).toHaveAttribute('aria-selected', 'true');
  await shop.field('number').fill('4242');
  await tab(shop, 'us_bank_account').click();
  await expect(shop.frame.getByRole('tabpanel', { name: 'US bank account' }).getByLabel('Full name')).toBeVisible();
  await expect(shop.field('number')).toHaveCount(0);
  expect(await lastChange(shop)).toMatchObject({ collapsed: false, complete: false, value: { type: 'us_bank_account' } });
  // One stop for the tab key; arrows and ends choose.
  await tab(shop, 'us_bank_account').press('ArrowRight');
  await expect(tab(shop, 'cashapp')).toBeFocused();
  await expect(tab(shop, 'cashapp')).toHaveAttribute('aria-selected', 'true');
  await tab(shop, 'cashapp').press('ArrowRight');
  await expect(tab(shop, 'card')).toBeFocused();
  // What was typed is still there.
  await expect(shop.field('number')).toHaveValue('4242');
  await tab(shop, 'card').press('End');
  await expect(tab(shop, 'cashapp')).toBeFocused();
  await expect(shop.frame.locator('[role="tab"][tabindex="0"]')).toHaveCount(1);
});

test('tabs: what there is no room for is in a menu', async ({ shop, page }) => {
  await page.setViewportSize(PHONE);
  await shop.open();
  await shop.mount('payment', DOLLARS, { layout: 'tabs' });
  const menu = shop.frame.locator('select.p-AdditionalPaymentMethods-menu');
  await expect(tab(shop, 'klarna')).toHaveCount(0);
  await menu.selectOption('klarna');
  await expect(tab(shop, 'klarna')).toHaveAttribute('aria-selected', 'true');
  await expect(menu.locator('option[value="us_bank_account"]')).toHaveCount(1);
  await page.setViewportSize(WIDE);
  await expect(tab(shop, 'us_bank_account')).toBeVisible();
  const wide = await shop.frame.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);
  expect(wide).toBe(0);
});

test('accordion: names, radios, more, keys', async ({ shop, page }) => {
  await page.setViewportSize(PHONE);
  await shop.open();
  await shop.mount('payment', { ...DOLLARS, amount: 6000 }, { layout: { type: 'accordion', visibleAccordionItemsCount: 3, radios: 'always' } });
  await expect(shop.frame.locator('.p-AccordionButton')).toHaveCount(3);
  await expect(shop.frame.locator('.RadioIcon')).toHaveCount(3);
  await expect(button(shop, 'card')).toHaveAttribute('aria-expanded', 'true');
  await button(shop, 'us_bank_account').click();
  await expect(button(shop, 'card')).toHaveAttribute('aria-expanded', 'false');
  await expect(shop.field('email')).toBeVisible();
  await button(shop, 'us_bank_account').press('ArrowDown');
  await expect(button(shop, 'affirm')).toBeFocused();
  await shop.frame.getByRole('button', { name: 'More payment methods' }).click();
  await expect(button(shop, 'afterpay_clearpay')).toBeFocused();
  await expect(button(shop, 'zip')).toBeVisible();
  await page.evaluate(() => window.elements.getElement('payment')?.update({ layout: { type: 'accordion', radios: 'never' } }));
  await expect(shop.frame.locator('.RadioIcon')).toHaveCount(0);
  await expect(button(shop, 'us_bank_account')).toHaveAttribute('aria-expanded', 'true');
});

test('auto: tabs where there is room, an accordion on a phone', async ({ shop, page }) => {
  for (const [size, layout] of [[WIDE, '[role="tab"]'], [PHONE, '.p-AccordionButton']] as const) {
    await page.setViewportSize(size);
    await shop.open();
    await shop.mount('payment', THREE, { layout: 'auto' });
    await expect(shop.frame.locator(layout)).toHaveCount(3);
  }
});

for (const type of ['tabs', 'accordion'] as const) {
  test(`${type}: collapsed at first and by collapse()`, async ({ shop, page }) => {
    await shop.open();
    await shop.mount('payment', THREE, { layout: { type, defaultCollapsed: true } });
    await expect(shop.field('number')).toHaveCount(0);
    expect(await lastChange(shop)).toMatchObject({ collapsed: true, empty: true, complete: false, value: { type: '' } });
    expect(await page.evaluate(() => window.elements.submit())).toMatchObject({ error: { type: 'validation_error' } });
    await expect(shop.frame.getByRole('alert').filter({ hasText: 'Choose how you would like to pay.' })).toBeVisible();
    await shop.frame.locator('[data-testid="card"], [data-value="card"]').click();
    await shop.fillPayment({ number: PAYS });
    await expect.poll(() => lastChange(shop)).toMatchObject({ collapsed: false, complete: true, value: { type: 'card' } });
    await page.evaluate(() => window.elements.getElement('payment')?.collapse());
    await expect.poll(() => lastChange(shop)).toMatchObject({ collapsed: true, complete: false });
  });

  test(`${type}: accessible, whatever is chosen`, async ({ shop, page }) => {
    await shop.open();
    await shop.mount('payment', THREE, { layout: type });
    await expectAccessible(page, true);
    await shop.frame.locator('[data-testid="us_bank_account"], [data-value="us_bank_account"]').click();
    await page.evaluate(() => window.elements.submit());
    await expect(shop.frame.locator('[aria-invalid="true"]').first()).toBeVisible();
    await expectAccessible(page, true);
  });
}

test('the order is the page\'s, then the sandbox\'s; update and events follow', async ({ shop, page }) => {
  await page.setViewportSize(WIDE);
  await shop.open();
  await page.evaluate((group) => {
    window.elements = window.stripe.elements(group as never);
    const element = window.elements.create('payment', { layout: 'tabs', paymentMethodOrder: ['cashapp', 'card'] });
    for (const name of ['availablepaymentmethodschange', 'carddetailschange'] as const) {
      element.on(name as 'availablepaymentmethodschange', (event) => window.told.push({ name, event }));
    }
    return new Promise<void>((resolve) => element.on('ready', () => resolve()).mount('#payment-element'));
  }, THREE);
  await expect(shop.frame.getByRole('tab')).toHaveText(['Cash App Pay', 'Card', 'US bank account']);
  await expect.poll(() => shop.events('availablepaymentmethodschange')).toEqual([
    { elementType: 'payment', paymentMethods: { cashapp: { available: true }, card: { available: true }, us_bank_account: { available: true } } },
  ]);
  await tab(shop, 'card').click();
  await shop.field('number').fill('4000056655665556');
  await expect.poll(async () => (await shop.events('carddetailschange')).at(-1)).toEqual({
    elementType: 'payment', loading: false, details: { brands: ['visa'], funding: 'debit' },
  });
  await page.evaluate(() => window.elements.update({ allowedPaymentMethodTypes: ['card', 'klarna'] }));
  await expect(shop.frame.getByRole('tab')).toHaveText(['Card', 'Klarna']);
  await expect(shop.field('number')).toHaveValue('4000 0566 5566 5556');
  expect(await shop.events('availablepaymentmethodschange')).toHaveLength(2);
});

test('the page keeps room for tabs and form while they load', async ({ shop, page }) => {
  await page.setViewportSize(WIDE);
  await shop.open();
  const heights = await page.evaluate(async (group) => {
    window.elements = window.stripe.elements(group as never);
    const element = window.elements.create('payment', { layout: 'tabs' });
    const height = () => document.querySelector('#payment-element')?.getBoundingClientRect().height ?? 0;
    const ready = new Promise((resolve) => element.on('ready', resolve));
    element.mount('#payment-element');
    const before = height();
    await ready;
    return { before, after: height() };
  }, DOLLARS);
  expect(Math.abs(heights.after - heights.before)).toBeLessThanOrEqual(2);
});

test('once the methods are known, every layout has its room', async ({ shop, page, stripe }) => {
  const { id: customer } = await stripe.customers.create();
  await stripe.paymentMethods.attach('pm_card_visa', { customer });
  await stripe.paymentMethods.attach('pm_card_amex', { customer });
  const features = { payment_method_redisplay: 'enabled' as const, payment_method_allow_redisplay_filters: ['unspecified' as const] };
  const { client_secret } = await stripe.customerSessions.create({ customer, components: { payment_element: { enabled: true, features } } });
  await shop.open();
  for (const [size, layout, saved] of [
    [WIDE, 'tabs', false], [PHONE, 'auto', false], [WIDE, { type: 'accordion', spacedAccordionItems: true }, false],
    [PHONE, { type: 'accordion', visibleAccordionItemsCount: 0 }, false], [WIDE, 'tabs', true], [PHONE, 'accordion', true],
  ] as const) {
    await page.setViewportSize(size);
    const heights = await page.evaluate(async ([group, layout]) => {
      const elements = window.stripe.elements(group as never);
      const element = elements.create('payment', { layout: layout as never });
      const height = () => document.querySelector('#payment-element')?.getBoundingClientRect().height ?? 0;
      const ready = () => new Promise((resolve) => element.once('ready', resolve));
      const first = ready();
      element.mount('#payment-element');
      await first;
      element.unmount();
      const second = ready();
      element.mount('#payment-element');
      const before = height();
      await second;
      const after = height();
      element.destroy();
      return { before, after };
    }, [{ ...DOLLARS, ...(saved ? { customerSessionClientSecret: client_secret } : {}) }, layout] as const);
    expect(Math.abs(heights.after - heights.before), JSON.stringify([layout, saved, heights])).toBeLessThanOrEqual(2);
  }
});
