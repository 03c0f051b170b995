// Pictures of every element, in every theme and language, on a desktop and on a phone, to be looked at by people. Run by hand:
//
//   node end2end/sandbox/gallery.mjs PROGRAM FOLDER [LANGUAGE…]
//
// PROGRAM is a built stripe-sandbox; the pictures go into FOLDER as SCREEN-THEME-LANGUAGE.png, what is laid over the page and
// the pages of its own as SCREEN-NAME-LANGUAGE.png. TILL_CHROMIUM names another Chromium than Playwright's.

import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { createInterface } from 'node:readline';

const [program, folder, ...languages] = process.argv.slice(2);
const LANGUAGES = languages.length > 0 ? languages : ['en', 'fr', 'zh', 'de', 'ja', 'es', 'ar'];
const THEMES = { stripe: '#fff', night: '#30313d', flat: '#fff', none: '#fff' };
// As high as everything is: a browser does not paint the frames that are out of sight.
const SCREENS = { desktop: { width: 1280, height: 1900 }, phone: { width: 390, height: 4400 } };
const ONE_HEIGHT = 844;
const KEY = 'sk_test_gallery';

const sandbox = spawn(program, ['--port', '0', '--quiet'], { stdio: ['ignore', 'pipe', 'inherit'] });
process.once('exit', () => sandbox.kill());
const [line] = await once(createInterface({ input: sandbox.stdout }), 'line');
const address = /http:\S+/.exec(line)[0];
const shop = createServer((request, response) => {
  const dark = new URL(request.url, 'http://shop').searchParams.get('background') === '#30313d';
  response.setHeader('content-type', 'text/html').end(`<!doctype html><meta charset="utf-8"><title>Gallery</title>
    <meta name="viewport" content="width=device-width, initial-scale=1"><script src="${address}/endive/stripe.js"></script>
    <style>
      body { margin: 12px; columns: 380px; column-gap: 24px; background: ${dark ? '#30313d' : '#fff'}; }
      section { break-inside: avoid; padding-block: 6px 14px; }
      h2 { margin: 0 0 6px; font: 11px/1.2 monospace; color: ${dark ? '#aab' : '#778'}; }
      .line { padding: 10px; border: 1px solid #bbc; border-radius: 6px; background: #fff; }
    </style>`);
}).listen(0, '127.0.0.1');
await once(shop, 'listening');
const url = `http://127.0.0.1:${shop.address().port}/`;
const executablePath = process.env.TILL_CHROMIUM;
const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] });
await mkdir(folder, { recursive: true });

/** A call to the API, as a server makes it. */
async function call(name, fields) {
  const answer = await fetch(`${address}/v1/${name}`, {
    method: 'POST', headers: { authorization: `Bearer ${KEY}` }, body: new URLSearchParams(fields),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(`${name}: ${body.error.message}`);
  return body;
}

/** A customer whose three methods a Payment Element offers. */
async function returningCustomer() {
  const customer = (await call('customers', { email: 'ada@example.com' })).id;
  for (const method of ['pm_card_visa', 'pm_card_amex', 'pm_card_mastercard']) {
    await call(`payment_methods/${method}/attach`, { customer });
  }
  const feature = (name) => `components[payment_element][features][payment_method_${name}]`;
  const session = await call('customer_sessions', {
    customer, 'components[payment_element][enabled]': true, [feature('redisplay')]: 'enabled', [feature('remove')]: 'enabled',
    [feature('save')]: 'enabled', [feature('save_usage')]: 'off_session',
    [`${feature('allow_redisplay_filters')}[0]`]: 'unspecified',
  });
  return session.client_secret;
}

/** Mounts everything, in the page: one after another, for a machine that is busy. */
async function mountAll([theme, locale, customer]) {
  const stripe = window.Stripe('pk_test_gallery', { locale });
  const group = (options) => stripe.elements({ locale, appearance: { theme }, ...options });
  const payment = { mode: 'payment', amount: 4200, currency: 'eur' };
  const show = async (elements, type, options, heading = type, style = '') => {
    const section = document.createElement('section');
    const title = document.createElement('h2');
    const mount = document.createElement('div');
    title.textContent = heading;
    mount.className = style;
    section.append(title, mount);
    document.body.append(section);
    const element = elements.create(type, options);
    const ready = new Promise((resolve, reject) => {
      element.on('ready', resolve);
      element.on('loaderror', ({ error }) => reject(new Error(`${heading}: ${error.message}`)));
    });
    element.mount(mount);
    await ready;
  };
  const address = {
    name: 'Ada Lovelace', phone: '+491701234567',
    address: { line1: 'Unter den Linden 7', city: 'Berlin', postal_code: '10117', country: 'DE' },
  };

  const first = group(payment);
  await show(first, 'payment', { layout: 'tabs' }, 'payment, tabs');
  await show(first, 'expressCheckout', { paymentMethods: { applePay: 'always', googlePay: 'always' } });
  await show(first, 'linkAuthentication', { defaultValues: { email: 'ada@example.com' } });
  await show(first, 'currencySelector');
  await show(first, 'paymentMethodMessaging', { amount: 9900, currency: 'EUR', countryCode: 'DE' });
  await show(first, 'taxId', { visibility: 'always', defaultValues: { taxIdType: 'de_vat', taxId: 'DE12' } });
  await show(first, 'address', { mode: 'shipping', defaultValues: address, fields: { phone: 'always' } }, 'address, shipping');
  const wrong = group({ ...payment, allowedPaymentMethodTypes: ['card'] });
  await show(wrong, 'payment', {}, 'payment, nothing filled in');
  await show(wrong, 'address', { mode: 'billing', display: { name: 'split' } }, 'address, nothing filled in');
  const saved = group({ ...payment, customerSessionClientSecret: customer });
  await show(saved, 'payment', { layout: { type: 'accordion', radios: 'always', spacedAccordionItems: true } }, 'payment, saved methods');
  const debit = group({ ...payment, allowedPaymentMethodTypes: ['sepa_debit'] });
  await show(debit, 'payment', {}, 'payment, one debit');
  const bank = group({ ...payment, currency: 'usd', allowedPaymentMethodTypes: ['us_bank_account'] });
  await show(bank, 'payment', {}, 'payment, a bank account');
  const lines = group({});
  await show(lines, 'card', {}, 'card', 'line');
  await show(lines, 'iban', { supportedCountries: ['SEPA'], placeholderCountry: 'DE' }, 'iban', 'line');
  const split = group({});
  for (const type of ['cardNumber', 'cardExpiry', 'cardCvc']) await show(split, type, {}, type, 'line');
  await wrong.submit();
}

/** A picture of the whole page, once nothing in it moves and every picture in it is there. */
async function picture(page, name) {
  for (const frame of page.frames()) {
    await frame.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => {}))));
  }
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' });
  console.log(name);
}

/** Lays over the page what a next action needs; `seen` is in it once it is there. */
async function overlay(page, locale, [create, seen], name) {
  const { client_secret: clientSecret } = await call('payment_intents', create);
  await page.goto(url);
  await page.evaluate(([locale, clientSecret]) => {
    void window.Stripe('pk_test_gallery', { locale }).handleNextAction({ clientSecret });
  }, [locale, clientSecret]);
  await page.locator('body > div > iframe').contentFrame().locator(seen).waitFor();
  const bank = page.locator('body > div > iframe').contentFrame().locator('#challengeFrame');
  if ((await bank.count()) > 0) await bank.contentFrame().getByRole('button', { name: 'Fail' }).waitFor();
  await picture(page, name);
}

const CONFIRMED = { amount: 4200, confirm: true, return_url: 'https://shop.example/return' };
const BILLED = { 'payment_method_data[billing_details][name]': 'Ada Lovelace', 'payment_method_data[billing_details][email]': 'ada@example.com' };
const OVERLAYS = {
  challenge: [{ ...CONFIRMED, currency: 'eur', payment_method: 'pm_card_threeDSecure2Required', use_stripe_sdk: true }, '.LightboxModalContent'],
  voucher: [{ ...CONFIRMED, currency: 'eur', 'payment_method_data[type]': 'multibanco', ...BILLED }, '.Numbers'],
  code: [{ ...CONFIRMED, currency: 'sgd', 'payment_method_data[type]': 'paynow', ...BILLED }, '.Code'],
};

const customer = await returningCustomer();
for (const [screen, viewport] of Object.entries(SCREENS)) {
  for (const locale of LANGUAGES) {
    const context = await browser.newContext({ viewport, locale, timezoneId: 'UTC' });
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    for (const [theme, background] of Object.entries(THEMES)) {
      await page.goto(`${url}?${new URLSearchParams({ background })}`);
      await page.evaluate(mountAll, [theme, locale, customer]);
      await picture(page, `${screen}-${theme}-${locale}`);
    }
    await page.setViewportSize({ ...viewport, height: ONE_HEIGHT });
    for (const [name, what] of Object.entries(OVERLAYS)) await overlay(page, locale, what, `${screen}-${name}-${locale}`);
    await page.goto(url);
    await page.evaluate((locale) => {
      const elements = window.Stripe('pk_test_gallery').elements({ mode: 'payment', amount: 4200, currency: 'eur', locale });
      const element = elements.create('expressCheckout', { emailRequired: true, shippingAddressRequired: true, shippingRates: [{ id: 'post', displayName: 'Post', amount: 500 }] });
      document.body.append(document.createElement('section'));
      element.on('click', ({ resolve }) => resolve());
      element.mount('section');
    }, locale);
    await page.locator('iframe[title="Secure express checkout frame"]').contentFrame().getByRole('button').first().click();
    await page.locator('body > div > iframe').contentFrame().getByRole('button').last().waitFor();
    await picture(page, `${screen}-wallet-${locale}`);
    await context.close();
  }
  const page = await browser.newPage({ viewport: { ...viewport, height: ONE_HEIGHT } });
  const { url: checkout } = await call('checkout/sessions', {
    mode: 'payment', success_url: 'https://shop.example/thanks', 'line_items[0][quantity]': 2,
    'line_items[0][price_data][currency]': 'eur', 'line_items[0][price_data][unit_amount]': 2100,
    'line_items[0][price_data][product_data][name]': 'Counter Notebook',
  });
  await page.goto(checkout);
  await picture(page, `${screen}-checkout`);
  await page.close();
}

await browser.close();
shop.closeAllConnections();
shop.close();
sandbox.kill();
