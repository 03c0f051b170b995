// Saved methods in the Payment Element: seen, chosen, paid with, saved, removed; a code asked for again.
import type Stripe from 'stripe';
import { expectAccessible } from '../../../fixtures/scan.ts';
import { PAYS, expect, test, type Shop } from './shop.ts';

const DOLLARS = { mode: 'payment', amount: 1999, currency: 'usd' } as const;
const CARDS = { ...DOLLARS, allowedPaymentMethodTypes: ['card'] };
type Features = Stripe.CustomerSessionCreateParams.Components.PaymentElement.Features;
const EVERYTHING: Features = {
  payment_method_redisplay: 'enabled', payment_method_save: 'enabled', payment_method_remove: 'enabled',
  payment_method_save_usage: 'off_session', payment_method_allow_redisplay_filters: ['always', 'limited', 'unspecified'],
};
const RETURN = 'https://shop.example/return';

/** A customer with a Visa and, newer, an American Express card; and a session for them. */
async function customerWithCards(stripe: Stripe, features: Features = EVERYTHING) {
  const { id: customer } = await stripe.customers.create({ email: 'ada@shop.example' });
  const visa = await stripe.paymentMethods.attach('pm_card_visa', { customer });
  const amex = await stripe.paymentMethods.attach('pm_card_amex', { customer });
  const session = await stripe.customerSessions.create({ customer, components: { payment_element: { enabled: true, features } } });
  return { customer, visa: visa.id, amex: amex.id, customerSessionClientSecret: session.client_secret };
}

const lastChange = async (shop: Shop) => (await shop.events('change')).at(-1);
const card = (shop: Shop, name: RegExp) => shop.frame.getByRole('radio', { name });
const token = (shop: Shop) =>
  shop.page.evaluate(async (return_url) => {
    const { error } = await window.elements.submit();
    if (error) return { error };
    return window.stripe.createConfirmationToken({ elements: window.elements, params: { return_url } });
  }, RETURN);

for (const layout of ['tabs', 'accordion'] as const) {
  test(`${layout}: a saved card is chosen and pays by a token`, async ({ shop, page, stripe }) => {
    const { customer, visa, amex, customerSessionClientSecret } = await customerWithCards(stripe);
    await shop.open();
    await shop.mount('payment', { ...CARDS, customerSessionClientSecret }, { layout });
    await expect(shop.frame.getByRole('radiogroup', { name: 'Saved' })).toBeVisible();
    await expect(card(shop, /Amex/)).toBeChecked();
    expect(await lastChange(shop)).toMatchObject({ complete: true, empty: false, value: { type: 'card', payment_method: { id: amex, type: 'card' } } });
    await card(shop, /Visa •••• 4242/).check();
    await expect.poll(() => lastChange(shop)).toMatchObject({ value: { payment_method: { id: visa } } });
    await expectAccessible(page, true);
    const made = await token(shop);
    expect(made).toMatchObject({ confirmationToken: { setup_future_usage: null, payment_method_preview: { customer, card: { last4: '4242' } } } });
    const confirm = (customer?: string) =>
      stripe.paymentIntents.create({
        amount: 1999, currency: 'usd', ...(customer && { customer }), confirm: true, allowed_payment_method_types: ['card'],
        confirmation_token: 'confirmationToken' in made ? (made.confirmationToken?.id ?? '') : '',
      });
    await expect(confirm()).rejects.toMatchObject({ message: expect.stringContaining('belongs to the Customer') });
    expect(await confirm(customer)).toMatchObject({ status: 'succeeded', payment_method: visa });
  });
}

test('a saved card pays in the page', async ({ shop, page, stripe }) => {
  const { customer, amex, customerSessionClientSecret } = await customerWithCards(stripe);
  const intent = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd', customer });
  await shop.open();
  await shop.mount('payment', { clientSecret: intent.client_secret ?? '', customerSessionClientSecret });
  const result = await page.evaluate((return_url) =>
    window.stripe.confirmPayment({ elements: window.elements, redirect: 'if_required', confirmParams: { return_url } }), RETURN);
  expect(result).toMatchObject({ paymentIntent: { status: 'succeeded', payment_method: amex } });
});

test('a new card that is saved while it pays in the page', async ({ shop, page, stripe }) => {
  const { customer, customerSessionClientSecret } = await customerWithCards(stripe);
  const intent = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd', customer });
  await shop.open();
  await shop.mount('payment', { clientSecret: intent.client_secret ?? '', customerSessionClientSecret }, { layout: 'tabs' });
  await shop.frame.locator('[data-testid="card"]').click();
  await shop.fillPayment({ number: PAYS });
  await shop.frame.getByRole('checkbox').check();
  const result = await page.evaluate((return_url) =>
    window.stripe.confirmPayment({ elements: window.elements, redirect: 'if_required', confirmParams: { return_url } }), RETURN);
  expect(result).toMatchObject({ paymentIntent: { status: 'succeeded' } });
  const { data } = await stripe.customers.listPaymentMethods(customer);
  expect(data).toHaveLength(3);
  expect(data[0]).toMatchObject({ allow_redisplay: 'always', card: { last4: '4242' } });
});

for (const layout of ['tabs', 'accordion'] as const) {
  test(`${layout}: an update takes neither the focus nor what was typed or chosen`, async ({ shop, page, stripe }) => {
    const { customerSessionClientSecret } = await customerWithCards(stripe);
    const update = (amount: number) => page.evaluate((amount) => window.elements.update({ amount }), amount);
    await shop.open();
    await shop.mount('payment', { ...CARDS, customerSessionClientSecret }, { layout });
    await card(shop, /Visa/).check();
    await card(shop, /Visa/).focus();
    await update(2100);
    await expect(card(shop, /Visa/)).toBeFocused();
    await expect(card(shop, /Visa/)).toBeChecked();
    await shop.frame.locator('[data-testid="card"], [data-value="card"]').click();
    await shop.field('number').pressSequentially('4242');
    await update(2200);
    await expect(shop.field('number')).toBeFocused();
    await expect(shop.field('number')).toHaveValue('4242');
  });
}

for (const agrees of [true, false]) {
  test(`a new card, and the shopper ${agrees ? 'has it saved' : 'does not have it saved'}`, async ({ shop, stripe }) => {
    const { customer, customerSessionClientSecret } = await customerWithCards(stripe);
    await shop.open();
    await shop.mount('payment', { ...CARDS, customerSessionClientSecret }, { layout: 'tabs' });
    await expect(shop.frame.getByRole('checkbox')).toBeHidden();
    await shop.frame.locator('[data-testid="card"]').click();
    await shop.fillPayment({ number: PAYS });
    const box = shop.frame.getByRole('checkbox', { name: 'Save this for my next purchases' });
    await box.setChecked(agrees);
    await expect.poll(() => lastChange(shop)).toMatchObject({ value: { type: 'card', savePaymentMethod: agrees } });
    await expect(shop.frame.getByText('You allow this shop to charge this card for later payments')).toBeVisible({ visible: agrees });
    const made = await token(shop);
    expect(made).toMatchObject({
      confirmationToken: {
        setup_future_usage: agrees ? 'off_session' : null,
        payment_method_preview: { allow_redisplay: agrees ? 'always' : 'unspecified' },
      },
    });
    await stripe.paymentIntents.create({
      amount: 1999, currency: 'usd', customer, confirm: true, allowed_payment_method_types: ['card'],
      confirmation_token: 'confirmationToken' in made ? (made.confirmationToken?.id ?? '') : '',
    });
    expect((await stripe.customers.listPaymentMethods(customer)).data).toHaveLength(agrees ? 3 : 2);
  });
}

test('declared for later use, a card without consent is shown again in a limited way', async ({ shop, stripe }) => {
  const { customerSessionClientSecret } = await customerWithCards(stripe, { payment_method_save: 'enabled' });
  await shop.open();
  await shop.mount('payment', { ...CARDS, setupFutureUsage: 'off_session', customerSessionClientSecret });
  await expect(shop.frame.getByRole('radio')).toHaveCount(0);
  await shop.fillPayment({ number: PAYS });
  expect(await token(shop)).toMatchObject({
    confirmationToken: { setup_future_usage: 'off_session', payment_method_preview: { allow_redisplay: 'limited' } },
  });
});

test('cards are removed after a question, down to none', async ({ shop, page, stripe }) => {
  const { customer, visa, amex, customerSessionClientSecret } = await customerWithCards(stripe);
  await shop.open();
  await shop.mount('payment', { ...CARDS, customerSessionClientSecret }, { layout: 'accordion' });
  await page.evaluate(() => {
    window.elements.getElement('payment')?.on('savedpaymentmethodremove', (event) => window.told.push({ name: 'removed', event }));
  });
  const remove = async (name: RegExp) => {
    await shop.frame.getByRole('button', { name }).click();
    await shop.frame.getByRole('group', { name }).getByRole('button', { name: 'Remove' }).click();
  };
  await shop.frame.getByRole('button', { name: /Remove Amex/ }).click();
  await expect(shop.frame.getByRole('button', { name: 'Keep' })).toBeFocused();
  await shop.frame.getByRole('button', { name: 'Keep' }).click();
  await expect(card(shop, /Amex/)).toBeFocused();
  expect((await stripe.customers.listPaymentMethods(customer)).data).toHaveLength(2);
  await remove(/Remove Amex/);
  await expect(card(shop, /Visa/)).toBeChecked();
  await expect(card(shop, /Visa/)).toBeFocused();
  expect(await shop.events('removed')).toMatchObject([{ elementType: 'payment', success: true, payment_method: { id: amex, type: 'card' } }]);
  // Removed elsewhere in the meantime: the shopper is told, and so is the page.
  await stripe.paymentMethods.detach(visa);
  await remove(/Remove Visa/);
  await expect(shop.frame.getByRole('alert').filter({ hasText: 'No such PaymentMethod' })).toBeVisible();
  expect((await shop.events('removed')).at(-1)).toMatchObject({ success: false, error: expect.any(String) });
});

test('a card is corrected: its date, its postal code; the page is told, and so it is when that fails', async ({ shop, page, stripe, sandbox }) => {
  const { customer, visa, customerSessionClientSecret } = await customerWithCards(stripe);
  await stripe.paymentMethods.update(visa, { billing_details: { address: { country: 'US', postal_code: '94103' } } });
  await shop.open();
  await shop.mount('payment', { ...CARDS, customerSessionClientSecret }, { layout: 'tabs' });
  await page.evaluate(() => {
    window.elements.getElement('payment')?.on('savedpaymentmethodupdate', (event) => window.told.push({ name: 'updated', event }));
  });
  const edit = shop.frame.getByRole('button', { name: /Edit Visa •••• 4242/ });
  const save = shop.frame.getByRole('button', { name: 'Save', exact: true });
  await shop.frame.getByRole('button', { name: /Edit Amex/ }).click();
  // Its country is not known: there is no code to ask for.
  await expect(shop.field('postalCode')).toBeHidden();
  await edit.click();
  await expect(shop.frame.getByRole('group', { name: /Edit/ })).toHaveCount(1);
  await expect(shop.field('expiry')).toBeFocused();
  await expect(shop.field('postalCode')).toHaveValue('94103');
  await expectAccessible(page, true);
  await shop.field('expiry').fill('0120');
  await save.click();
  await expect(shop.frame.getByText("Your card's expiration year is in the past.")).toBeVisible();
  expect(await shop.events('updated')).toEqual([]);
  await shop.field('expiry').fill('11 / 39');
  await shop.field('postalCode').fill('10001');
  await sandbox.fail({ method: 'POST', path: `/v1/elements/payment_methods/${visa}`, fault: { kind: 'malformed' } });
  await save.click();
  await expect(shop.frame.getByRole('alert').filter({ hasText: 'connection' })).toBeVisible();
  await shop.field('postalCode').press('Enter');
  await expect(card(shop, /Visa •••• 4242 · 11\/39/)).toBeVisible();
  await expect(edit).toBeFocused();
  expect(await shop.events('updated')).toMatchObject([
    { elementType: 'payment', success: false, error: expect.any(String), payment_method: { id: visa, billing_details: { address: { postal_code: '94103' } } } },
    { elementType: 'payment', success: true, payment_method: { id: visa, type: 'card', billing_details: { address: { postal_code: '10001' } } } },
  ]);
  expect(await stripe.customers.retrievePaymentMethod(customer, visa)).toMatchObject({ card: { exp_month: 11, exp_year: 2039 } });
  // What the page hears later does not bring the old one back, and Escape leaves the card as it is.
  await page.evaluate(() => window.elements.update({ amount: 2100 }));
  await edit.click();
  await shop.field('expiry').fill('1233');
  await shop.field('expiry').press('Escape');
  await expect(card(shop, /Visa •••• 4242 · 11\/39/)).toBeVisible();
  await page.evaluate(() => void window.elements.getElement('payment')?.update({ readOnly: true }));
  await expect(shop.frame.getByRole('button', { name: /^Edit/ })).toHaveCount(0);
});

test('without the feature there is nothing to remove; the last one removed leaves the form', async ({ shop, stripe }) => {
  const one = await customerWithCards(stripe, { ...EVERYTHING, payment_method_remove: 'disabled' });
  await shop.open();
  await shop.mount('payment', { ...CARDS, customerSessionClientSecret: one.customerSessionClientSecret });
  await expect(card(shop, /Amex/)).toBeChecked();
  await expect(shop.frame.getByRole('button', { name: /^Remove/ })).toHaveCount(0);
  const two = await customerWithCards(stripe, { ...EVERYTHING, payment_method_redisplay_limit: 1 });
  await shop.open();
  await shop.mount('payment', { ...CARDS, customerSessionClientSecret: two.customerSessionClientSecret });
  await shop.frame.getByRole('button', { name: /Remove Amex/ }).click();
  await shop.frame.getByRole('group').getByRole('button', { name: 'Remove' }).click();
  await expect(shop.field('number')).toBeVisible();
  await expect(shop.frame.locator('[role="tab"]')).toHaveCount(0);
});

test('a saved card whose code is asked for again', async ({ shop, page, stripe }) => {
  const { customer, customerSessionClientSecret } = await customerWithCards(stripe);
  const intent = await stripe.paymentIntents.create({
    amount: 1999, currency: 'usd', customer, payment_method_options: { card: { require_cvc_recollection: true } },
  });
  await shop.open();
  await shop.mount('payment', { clientSecret: intent.client_secret ?? '', customerSessionClientSecret });
  const pay = () => page.evaluate((return_url) =>
    window.stripe.confirmPayment({ elements: window.elements, redirect: 'if_required', confirmParams: { return_url } }), RETURN);
  // American Express has four digits.
  await shop.field('cvc').fill('123');
  expect(await pay()).toMatchObject({ error: { type: 'validation_error', code: 'incomplete_cvc' } });
  await shop.field('cvc').fill('1234');
  await expect.poll(() => lastChange(shop)).toMatchObject({ complete: true });
  expect(await pay()).toMatchObject({ paymentIntent: { status: 'succeeded' } });
});

test('a code asked for again goes with the token', async ({ shop, stripe }) => {
  const { customer, customerSessionClientSecret } = await customerWithCards(stripe);
  await shop.open();
  await shop.mount('payment', { ...CARDS, customerSessionClientSecret, paymentMethodOptions: { card: { require_cvc_recollection: true } } } as never);
  await card(shop, /Visa/).check();
  await shop.field('cvc').fill('123');
  const made = await token(shop);
  expect(made).toMatchObject({ confirmationToken: { payment_method_options: { card: { cvc_token: expect.stringMatching(/^cvctok_/) } } } });
  const paid = await stripe.paymentIntents.create({
    amount: 1999, currency: 'usd', customer, confirm: true, allowed_payment_method_types: ['card'],
    confirmation_token: 'confirmationToken' in made ? (made.confirmationToken?.id ?? '') : '',
    payment_method_options: { card: { require_cvc_recollection: true } },
  });
  expect(paid.status).toBe('succeeded');
});

test('a session that is unknown is left out, with a warning', async ({ shop, page }) => {
  const warned = page.waitForEvent('console', (message) => message.text().includes('customer session is left out'));
  await shop.open();
  await shop.mount('payment', { ...CARDS, customerSessionClientSecret: 'cuss_secret_none' });
  await warned;
  await expect(shop.field('number')).toBeVisible();
});
