// Languages: every text in each, and forms that are read from right to left.
import { readdirSync } from 'node:fs';
import { expectAccessible } from '../../../fixtures/scan.ts';
import { CHALLENGED, DECLINED, expect, test } from './shop.ts';

const FOLDER = new URL('../../js/texts/', import.meta.url);
const LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'ja', 'zh'];
const CARDS = { mode: 'payment' as const, amount: 1999, currency: 'usd', allowedPaymentMethodTypes: ['card'] };

interface Texts {
  direction: string;
  texts: Record<string, string>;
  errors?: Record<string, string>;
}

async function textsOf(language: string): Promise<Texts> {
  const { [language]: texts } = (await import(new URL(`${language}.js`, FOLDER).href)) as Record<string, () => Texts>;
  if (!texts) throw new Error(`${language}.js has no texts`);
  return texts();
}

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([whole]) => whole).sort();

test('every language has every text, with its placeholders, and no other', async () => {
  expect(readdirSync(FOLDER).sort()).toEqual(LANGUAGES.map((language) => `${language}.js`));
  const english = await textsOf('en');
  const { errors } = await textsOf('fr');
  for (const language of LANGUAGES.filter((one) => one !== 'en')) {
    const other = await textsOf(language);
    expect(Object.keys(other.texts), language).toEqual(Object.keys(english.texts));
    expect(Object.keys(other.errors ?? {}), language).toEqual(Object.keys(errors ?? {}));
    expect(other.direction).toBe(language === 'ar' ? 'rtl' : 'ltr');
    for (const [key, text] of Object.entries(other.texts)) {
      expect(placeholders(text), `${language}: ${key}`).toEqual(placeholders(english.texts[key] ?? ''));
      expect(text.trim(), `${language}: ${key}`).not.toBe('');
    }
  }
});

for (const language of LANGUAGES) {
  test(`${language}: labels, mistakes and declines are told in it, and all can use it in every theme`, async ({ shop, page, stripe }) => {
    const { texts, errors, direction } = await textsOf(language);
    await shop.open();
    await shop.mount('payment', { ...CARDS, locale: language as 'fr' });
    await expect(shop.frame.locator('html')).toHaveAttribute('lang', language);
    await expect(shop.frame.locator('html')).toHaveAttribute('dir', direction);
    await expect(shop.frame.getByLabel(texts.cardNumber ?? '', { exact: true })).toHaveAttribute('name', 'number');
    const empty = await page.evaluate(() => window.elements.submit());
    expect(empty.error?.message).toBe(texts.incomplete_number);
    await expect(shop.frame.getByText(texts.incomplete_number ?? '')).toBeVisible();
    for (const theme of ['stripe', 'night', 'flat'] as const) {
      await page.evaluate((theme) => {
        document.body.style.background = theme === 'night' ? '#16171d' : '';
        document.body.style.color = theme === 'night' ? '#fff' : '';
        return window.elements.update({ appearance: { theme } });
      }, theme);
      await expectAccessible(page, true);
    }

    const { client_secret } = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd' });
    await shop.fillPayment({ number: DECLINED });
    const declined = await page.evaluate(async (clientSecret) => {
      await window.elements.submit();
      const confirmParams = { return_url: 'https://shop.example/return' };
      return window.stripe.confirmPayment({ elements: window.elements, clientSecret, confirmParams, redirect: 'if_required' });
    }, client_secret ?? '');
    const words = language === 'en' ? 'Your card was declined.' : errors?.card_declined;
    expect(declined.error).toMatchObject({ decline_code: 'generic_decline', message: words });
    await expect(shop.frame.getByText(words ?? '')).toBeVisible();
  });
}

const BROWSERS = [
  { browser: 'fr-CA', read: 'fr-CA', number: 'Numéro de carte' },
  { browser: 'es-419', read: 'es-419', number: 'Número de tarjeta' },
  { browser: 'zh-HK', read: 'zh-HK', number: '卡号' },
  { browser: 'pt-BR', read: 'en', number: 'Card number' },
];
for (const { browser, read, number } of BROWSERS) {
  test.describe(`a browser in ${browser}`, () => {
    test.use({ locale: browser });

    test('auto reads it in its own language, or in English; the page may say otherwise, and change its mind', async ({ shop, page }) => {
      await shop.open();
      await shop.mount('payment', { ...CARDS, locale: 'auto' });
      await expect(shop.frame.locator('html')).toHaveAttribute('lang', read);
      await expect(shop.frame.getByLabel(number, { exact: true })).toBeVisible();
      await page.evaluate(() => window.elements.update({ locale: 'de' }));
      await expect(shop.frame.getByLabel('Kartennummer')).toBeVisible();
      await page.evaluate(() => window.elements.update({ locale: 'tlh' as 'de' }));
      await expect(shop.frame.getByLabel('Card number')).toBeVisible();
      await expect(shop.frame.locator('html')).toHaveAttribute('lang', 'en');
    });
  });
}

test('from right to left: labels and icons change sides, numbers do not', async ({ shop, page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await shop.open();
  await shop.mount('payment', { ...CARDS, locale: 'ar' });
  await expect(shop.field('number')).toHaveCSS('direction', 'ltr');
  await expect(shop.field('number')).toHaveCSS('text-align', 'right');
  const left = (selector: string) => shop.frame.locator(selector).evaluate((node) => node.getBoundingClientRect().left);
  expect(await left('.p-Brands')).toBeLessThan(await left('label[for="payment-numberInput"]'));
  expect(await left('[name="cvc"]')).toBeLessThan(await left('[name="expiry"]'));
  const [content, room] = await shop.frame.locator('html').evaluate((node) => [node.scrollWidth, node.clientWidth]);
  expect(content).toBeLessThanOrEqual(room ?? 0);
});

test('the challenge speaks the language of the elements; what tests find it by stays as it is', async ({ shop, page, stripe }) => {
  const { client_secret } = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd' });
  await shop.open();
  await shop.mount('payment', { clientSecret: client_secret ?? '', locale: 'fr' });
  await shop.fillPayment({ number: CHALLENGED });
  await page.evaluate(() => {
    const confirmParams = { return_url: 'https://shop.example/return' };
    void window.stripe.confirmPayment({ elements: window.elements, confirmParams, redirect: 'if_required' }).then(
      (event) => window.told.push({ name: 'paid', event }),
    );
  });
  const dialog = shop.challenge.contentFrame();
  await expect(dialog.getByRole('button', { name: 'Annuler' })).toBeVisible();
  const bank = dialog.frameLocator('#challengeFrame');
  await expect(bank.getByText('Ici, la banque')).toBeVisible();
  await expectAccessible(page, true);
  await shop.answerChallenge('Complete');
  await expect.poll(() => shop.events('paid')).toMatchObject([{ paymentIntent: { status: 'succeeded' } }]);
});
