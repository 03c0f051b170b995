// A page that uses everything there is: each element with all that a shopper does in it, and each method. Written with
// the official types, and without a look at what comes back.
import type { StripeCardElement, StripeCheckoutElementsSdk, StripeCheckoutLoadActionsSuccess } from '@stripe/stripe-js';
import type StripeNode from 'stripe';
import { CHALLENGED, DECLINED, PAYS, expect, type Shop } from '../elements/shop.ts';
import type { ElementType } from './surface.ts';

declare global {
  interface Window {
    element: StripeCardElement;
    checkout: StripeCheckoutElementsSdk;
    actions: StripeCheckoutLoadActionsSuccess;
  }
}

const RETURN = 'https://shop.example/return';
const SAVED = {
  payment_method_redisplay: 'enabled', payment_method_save: 'enabled', payment_method_remove: 'enabled',
  payment_method_save_usage: 'off_session', payment_method_allow_redisplay_filters: ['always', 'limited', 'unspecified'],
} as const;

/** Makes the elements that are there, each in a group of its own; answers their names. */
export async function createElements({ page }: Shop, all: ElementType[]): Promise<string[]> {
  const made = [];
  for (const { name, required, events } of all) {
    const isMade = await page.evaluate(async ([name, required, events]) => {
      const group = window.stripe.elements({ mode: 'payment', amount: 1999, currency: 'usd' });
      if (!name.startsWith('issuing')) group.getElement(name as 'card');
      try {
        const element = group.create(name as 'card', required as object);
        const ready = new Promise((resolve) => element.on('ready', resolve));
        for (const event of events) {
          const listener = () => {};
          element.on(event as 'ready', listener).once(event as 'ready', () => {}).off(event as 'ready', listener);
          element.on(event as 'ready', (event) => window.told.push({ name: event ? 'told' : 'nothing', event }));
        }
        element.on('blur' as 'ready', () => window.told.push({ name: 'blur', event: name }));
        element.mount('#payment-element');
        await ready;
        window.element = element;
      } catch {
        return false;
      }
      return true;
    }, [name, required as object, events] as const);
    if (!isMade) continue;
    made.push(name);
    await useElement({ page } as Shop, name);
  }
  return made;
}

/** Its life, and the events of any shopper. */
async function useElement({ page }: Pick<Shop, 'page'>, name: string): Promise<void> {
  if (name !== 'paymentMethodMessaging') {
    const frame = page.locator('#payment-element iframe').first().contentFrame();
    const focused = frame.locator(':focus');
    await page.evaluate(() => window.element.focus());
    await expect(focused).toBeVisible();
    await focused.press('Escape');
    if (await focused.evaluate((node) => node.matches('input:not([type="radio"])'))) await focused.fill('4000');
    await page.evaluate(() => window.element.blur());
    await expect.poll(() => page.evaluate(() => window.told.filter(({ name }) => name === 'blur').at(-1)?.event)).toBe(name);
  }
  await page.evaluate(async () => {
    const { element } = window;
    const anything = element as unknown as Record<string, (given?: unknown) => unknown>;
    await anything.getValue?.();
    for (const method of ['focus', 'blur', 'clear', 'collapse']) anything[method]?.();
    anything.update?.({});
    element.unmount();
    element.destroy();
  });
}

/** None of the frames can be loaded. */
export async function loseFrames({ page }: Shop, all: ElementType[]): Promise<void> {
  await page.route('**/v3/elements-inner-*', (route) => route.abort());
  await page.evaluate(async (all) => {
    const lost = all.map(({ name, required }) => {
      const element = window.stripe.elements({ mode: 'payment', amount: 1999, currency: 'usd' }).create(name as 'payment', required as object);
      const container = document.body.appendChild(document.createElement('div'));
      const isLost = new Promise<void>((resolve) => void element.on('loaderror', () => resolve()));
      element.mount(container);
      return isLost.then(() => element.destroy());
    });
    await Promise.all(lost);
  }, all.filter(({ events }) => events.includes('loaderror')).map(({ name, required }) => ({ name, required: required as object })));
  await page.unroute('**/v3/elements-inner-*');
}

/** What `confirm<Method>Payment` and the like need of a method's own. */
const DETAILS: Record<string, object> = {
  boleto: { tax_id: '000.000.000-00' },
  card: { token: 'tok_visa' },
  fpx: { bank: 'maybank2u' },
  sepa_debit: { iban: 'DE89370400440532013000' },
  us_bank_account: { routing_number: '110000000', account_number: '000123456789', account_holder_type: 'individual' },
};
const PAYER = {
  name: 'Ada Lovelace', email: 'ada@shop.example', phone: '+15555550100',
  address: { line1: '1 Orchard Street', city: 'London', postal_code: 'W1H 6HN', state: 'LND', country: 'GB' },
};
const CURRENCIES = ['eur', 'usd', 'brl', 'chf', 'jpy', 'mxn', 'myr', 'sgd', 'thb'];

/** Each of the methods that confirm with one type of method, as far as there is an intent of that type. */
export async function confirmByType({ page }: Shop, stripe: StripeNode, names: string[]): Promise<void> {
  for (const name of names) {
    const [, method = '', kind] = /^confirm(.+)(Payment|Setup)$/.exec(name) ?? [];
    const type = method.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase().replace(/^(pay_(?=now|pal)|prompt_pay|grab_pay)/, (it) => it.replace('_', ''));
    const allowed = { allowed_payment_method_types: [type] };
    const create = async (): Promise<string | null> => {
      if (kind === 'Setup') return (await stripe.setupIntents.create(allowed)).client_secret;
      for (const currency of CURRENCIES) {
        const made = await stripe.paymentIntents.create({ ...allowed, amount: 6000, currency }).catch(() => undefined);
        if (made) return made.client_secret;
      }
      return (await stripe.paymentIntents.create({ amount: 6000, currency: 'usd' })).client_secret;
    };
    const secret = (await create().catch(() => null)) ?? (await stripe.setupIntents.create({})).client_secret;
    await page.evaluate(([name, secret, data]) => {
      const confirm = window.stripe[name as 'confirmIdealPayment'];
      return confirm(secret ?? '', data as object, { handleActions: false });
    }, [name, secret, { return_url: RETURN, payment_method: { billing_details: PAYER, [type]: DETAILS[type] ?? {} } }] as const);
  }
}

/** A group with an intent and with saved methods; then one in which the details come first. */
export async function payInGroups(shop: Shop, stripe: StripeNode): Promise<void> {
  const { page } = shop;
  const { id: customer } = await stripe.customers.create({ email: 'ada@shop.example' });
  await stripe.paymentMethods.attach('pm_card_visa', { customer });
  const components = { payment_element: { enabled: true, features: SAVED } } as unknown as StripeNode.CustomerSessionCreateParams.Components;
  const { client_secret: customerSessionClientSecret } = await stripe.customerSessions.create({ customer, components });
  const intent = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd', customer });
  const listen = () => page.evaluate(() => {
    const element = window.elements.getElement('payment');
    element?.on('change', () => {}).on('carddetailschange', () => {}).on('availablepaymentmethodschange', () => {});
    element?.on('savedpaymentmethodremove', () => {});
  });
  await shop.mount('payment', { clientSecret: intent.client_secret ?? '', customerSessionClientSecret });
  await listen();
  await shop.frame.getByRole('button', { name: /Remove/ }).first().click();
  await shop.frame.getByRole('button', { name: /Remove/ }).first().click();
  await page.evaluate((return_url) => window.stripe.confirmPayment({ elements: window.elements, confirmParams: { return_url } }), RETURN);
  await shop.fillPayment({ number: CHALLENGED });
  const confirmed = page.evaluate(async (return_url) => {
    window.elements.on('update-end', () => {});
    await window.elements.update({ locale: 'fr' });
    await window.elements.update({ locale: 'en' });
    await window.elements.fetchUpdates();
    await window.elements.submit();
    await window.stripe.confirmPayment({ elements: window.elements, confirmParams: { return_url }, redirect: 'if_required' });
  }, RETURN);
  await shop.answerChallenge('Fail');
  await confirmed;
  await page.evaluate(() => window.elements.getElement('payment')?.destroy());

  await shop.mount('payment', { mode: 'setup', currency: 'usd', paymentMethodCreation: 'manual' });
  await listen();
  const setup = await stripe.setupIntents.create({ allowed_payment_method_types: ['card'] });
  await page.evaluate(async ([return_url, clientSecret]) => {
    const { elements, stripe } = window;
    await elements.submit();
    await stripe.confirmSetup({ clientSecret, confirmParams: { return_url, payment_method: 'pm_none' } });
  }, [RETURN, setup.client_secret ?? ''] as const);
  await shop.fillPayment({ number: PAYS });
  await page.evaluate(async ([return_url, clientSecret]) => {
    const { elements, stripe } = window;
    await elements.submit();
    await stripe.createConfirmationToken({ elements, params: { return_url } });
    await stripe.createPaymentMethod({ elements });
    await stripe.confirmSetup({ elements, clientSecret, confirmParams: { return_url }, redirect: 'if_required' });
    await stripe.retrieveSetupIntent(clientSecret);
    elements.getElement('payment')?.destroy();
  }, [RETURN, setup.client_secret ?? ''] as const);
}

/** A card without a group's payment, and what is left to do after a server confirmed. */
export async function payByCard(shop: Shop, stripe: StripeNode): Promise<void> {
  const { page } = shop;
  const challenged = (confirmation_method: 'manual' | 'automatic') => stripe.paymentIntents.create({
    amount: 1999, currency: 'usd', payment_method: 'pm_card_authenticationRequired', confirm: true, confirmation_method,
    allowed_payment_method_types: ['card'], return_url: RETURN,
  });
  const [manual, automatic] = [await challenged('manual'), await challenged('automatic')];
  await shop.mount('card');
  await shop.fillCard({ number: PAYS });
  await page.evaluate(async (secret) => {
    const card = window.elements.getElement('card');
    if (!card) throw new Error('no card');
    await window.stripe.createToken(card);
    await window.stripe.createPaymentMethod({ type: 'card', card });
    await window.stripe.retrievePaymentIntent(secret);
    card.destroy();
  }, automatic.client_secret ?? '');
  const handled = page.evaluate((secret) => window.stripe.handleCardAction(secret), manual.client_secret ?? '');
  await shop.answerChallenge('Complete');
  await handled;
  const next = page.evaluate((clientSecret) => window.stripe.handleNextAction({ clientSecret }), automatic.client_secret ?? '');
  await shop.answerChallenge('Complete');
  await next;
}

/** A wallet with an address and a rate, confirmed in its sheet. */
export async function payExpress(shop: Shop): Promise<void> {
  const { page } = shop;
  await shop.mount('expressCheckout', { mode: 'payment', amount: 1999, currency: 'usd' }, {
    shippingAddressRequired: true, emailRequired: true, phoneNumberRequired: true, billingAddressRequired: true,
    shippingRates: ['Slow', 'Fast'].map((displayName, amount) => ({ id: displayName, displayName, amount })),
  });
  await page.evaluate(() => {
    const element = window.elements.getElement('expressCheckout');
    element?.on('click', ({ resolve }) => resolve()).on('cancel', () => {});
    element?.on('shippingaddresschange', ({ resolve }) => resolve()).on('shippingratechange', ({ resolve }) => resolve());
    element?.on('confirm', async () => {
      await window.elements.submit();
      await window.stripe.createConfirmationToken({ elements: window.elements });
    });
  });
  const sheet = page.locator('iframe[title="Express checkout"]');
  for (const end of ['Cancel', /^Pay \$/]) {
    await shop.frame.getByRole('button', { name: 'Google Pay' }).click();
    if (end !== 'Cancel') {
      await sheet.contentFrame().getByRole('radio', { name: /London/ }).check();
      await sheet.contentFrame().getByRole('radio', { name: /Fast/ }).check();
    }
    await sheet.contentFrame().getByRole('button', { name: end }).click();
    await expect(sheet).toHaveCount(0);
  }
  await page.evaluate(() => window.elements.getElement('expressCheckout')?.destroy());
}

/** Microdeposits, and what says that it is not emulated. */
export async function callTheOthers({ page }: Shop, stripe: StripeNode, names: string[]): Promise<void> {
  const bank = { type: 'us_bank_account', billing_details: PAYER, us_bank_account: DETAILS.us_bank_account } as unknown as StripeNode.PaymentIntentCreateParams.PaymentMethodData;
  const both: Omit<StripeNode.PaymentIntentCreateParams, 'amount' | 'currency'> & StripeNode.SetupIntentCreateParams = {
    payment_method_data: bank, confirm: true, return_url: RETURN, allowed_payment_method_types: ['us_bank_account'],
    mandate_data: { customer_acceptance: { type: 'offline' } },
    payment_method_options: { us_bank_account: { verification_method: 'microdeposits' } },
  };
  const payment = await stripe.paymentIntents.create({ ...both, amount: 1999, currency: 'usd' });
  const setup = await stripe.setupIntents.create(both);
  await page.evaluate(async ([payment, setup, names]) => {
    await window.stripe.verifyMicrodepositsForPayment(payment, { amounts: [32, 45] });
    await window.stripe.verifyMicrodepositsForSetup(setup, { amounts: [32, 45] });
    window.stripe.registerAppInfo({ name: 'shop' });
    for (const name of names) {
      try {
        await window.stripe[name as 'processOrder']({ elements: window.elements, redirect: 'if_required' });
        if (name === 'processOrder') await window.stripe[name]({ elements: window.elements, confirmParams: { return_url: '' } });
      } catch {
        // That it throws is written down.
      }
    }
  }, [payment.client_secret ?? '', setup.client_secret ?? '', names] as const);
}

/** A Checkout Session with every element and every action, declined and paid. */
export async function payCheckout(shop: Shop, stripe: StripeNode, makers: string[]): Promise<void> {
  const { page } = shop;
  const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'once' });
  await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'TEATIME' });
  const rate = await stripe.shippingRates.create({
    display_name: 'Post', type: 'fixed_amount', fixed_amount: { amount: 500, currency: 'usd' },
    delivery_estimate: { minimum: { unit: 'day', value: 1 }, maximum: { unit: 'week', value: 1 } },
  });
  const { client_secret: clientSecret } = await stripe.checkout.sessions.create({
    mode: 'payment', ui_mode: 'elements', return_url: RETURN, allowed_payment_method_types: ['card'], automatic_tax: { enabled: true },
    allow_promotion_codes: true, shipping_address_collection: { allowed_countries: ['GB', 'DE'] }, shipping_options: [{ shipping_rate: rate.id }],
    tax_id_collection: { enabled: true }, name_collection: { business: { enabled: true } },
    line_items: [{ price_data: { currency: 'usd', unit_amount: 1999, product_data: { name: 'Tea' } }, quantity: 1, adjustable_quantity: { enabled: true } }],
  });
  await page.evaluate(async ([clientSecret, makers]) => {
    const { stripe } = window;
    await stripe.initCheckoutElementsSdk({ clientSecret: 'cs_1_secret_1' }).loadActions();
    const checkout = stripe.initCheckoutElementsSdk({ clientSecret, defaultValues: { email: 'ada@shop.example' } });
    checkout.on('change', () => {});
    for (const name of makers) {
      checkout[name.replace('create', 'get') as 'getPaymentElement']();
      try {
        const element = checkout[name as 'createPaymentElement']();
        for (const event of ['ready', 'change', 'focus', 'blur', 'escape', 'loaderror', 'confirm', 'cancel']) {
          if (name === 'createExpressCheckoutElement') element.off(event as 'ready').once(event as 'ready', () => {}).on(event as 'ready', () => {});
        }
        if (name === 'createExpressCheckoutElement') {
          const express = checkout.getExpressCheckoutElement();
          express?.on('confirm', async (event) => void (await window.actions.confirm({ redirect: 'if_required', expressCheckoutConfirmEvent: event })));
        }
        element.mount(name === 'createPaymentElement' ? '#payment-element' : document.body.appendChild(document.createElement('div')));
        checkout[name.replace('create', 'get') as 'getPaymentElement']();
      } catch {
        // That it throws is written down.
      }
    }
    checkout.changeAppearance({ theme: 'night' });
    checkout.changeAppearance({ theme: 'stripe' });
    checkout.loadFonts([]);
    const loaded = await checkout.loadActions();
    if (loaded.type === 'error') throw new Error(loaded.error.message);
    window.actions = loaded.actions;
    window.checkout = checkout;
  }, [clientSecret ?? '', makers] as const);
  const address = { name: 'Ada', address: { line1: '1 Orchard Street', city: 'London', postal_code: 'W1H 6HN', country: 'GB' } };
  await page.evaluate(async ([address, rate]) => {
    const { actions } = window;
    const line = actions.getSession().lineItems[0]?.id ?? '';
    for (const quantity of [2, 1_000]) await actions.updateLineItemQuantity({ lineItem: line, quantity });
    for (const code of ['COFFEE', 'TEATIME']) await actions.applyPromotionCode(code);
    for (const email of ['ada', 'ada@shop', 'grace@shop.example']) await actions.updateEmail(email);
    for (const country of ['FR', 'GB']) await actions.updateShippingAddress({ ...address, address: { ...address.address, country } });
    for (const option of ['shr_none', rate]) await actions.updateShippingOption(option);
    await actions.updateBillingAddress(address);
    await actions.updatePhoneNumber('+15555550100');
    await actions.updateIndividualName('Ada');
    await actions.updateBusinessName('Tea');
    await actions.updateTaxIdInfo({ taxId: { type: 'gb_vat', value: 'GB123456789' }, businessName: 'Tea' });
    await actions.addOptionalLineItem('price_none');
    await actions.removeOptionalLineItem('price_none');
    await actions.runServerUpdate(async () => {});
    await actions.validateElements();
    await actions.confirm({ redirect: 'if_required' });
    await actions.removePromotionCode();
    // Only the card is typed: the other elements would ask for the same again.
    for (const element of [window.checkout.getShippingAddressElement(), window.checkout.getBillingAddressElement(), window.checkout.getContactDetailsElement(), window.checkout.getTaxIdElement()]) element?.destroy();
  }, [address, rate.id] as const);
  await shop.fillPayment({ number: DECLINED });
  await page.evaluate(() => window.actions.confirm({ redirect: 'if_required' }));

  const sheet = page.locator('iframe[title="Express checkout"]');
  const wallets = page.locator('iframe[title="Secure express checkout frame"]').contentFrame();
  await page.evaluate(() => window.checkout.getExpressCheckoutElement()?.focus());
  await wallets.locator(':focus').press('Escape');
  await page.evaluate(() => window.checkout.getExpressCheckoutElement()?.blur());
  for (const end of ['Cancel', /^Pay \$/]) {
    await wallets.getByRole('button', { name: 'Google Pay' }).click();
    await sheet.contentFrame().getByRole('button', { name: end }).click();
    await expect(sheet).toHaveCount(0);
  }
  expect(await page.evaluate(() => window.actions.getSession())).toMatchObject({ status: { type: 'complete', paymentStatus: 'paid' } });
  await page.evaluate(() => {
    const element = window.checkout.getExpressCheckoutElement();
    for (const method of ['focus', 'blur', 'clear'] as const) element?.[method]();
    element?.update({});
    element?.unmount();
    element?.destroy();
    window.checkout.getPaymentElement()?.destroy();
    window.checkout.getCurrencySelectorElement()?.destroy();
  });
}
