// Stripe's own packages for the browser drive the sandbox's Stripe.js: every flow that a shop has, in React's strict mode.
import { CARDS } from '../../../fixtures/stripe.ts';
import { charge, expect, test } from './shop.ts';

test.describe('deferred', () => {
  // High enough for the whole form. A click right after the page was scrolled can go to where a frame was before.
  test.use({ viewport: { width: 1280, height: 1000 } });

  test.beforeEach(async ({ shop, stripe }) => {
    shop.answer('pay', (asked: { token: string; amount: number }) => charge(stripe, asked));
    await shop.open('deferred');
  });

  test('a form is corrected, declined, and paid; details of the other elements go along', async ({ shop, page, driver, sandbox }) => {
    const email = page.locator('iframe[title="Secure email input frame"]').contentFrame().getByLabel('Email');
    await expect(email).toHaveValue('ada@shop.example');
    await email.fill('grace@shop.example');
    await driver.fillCard({ number: '4242 4242', cvc: '' });
    await shop.pay();
    await shop.expectWords(/^validation_error: Your card number is incomplete/);
    await driver.expectMessage("Your card's security code is incomplete.");
    await driver.fillCard(CARDS.insufficientFunds);
    await expect(page.getByText('complete', { exact: true })).toBeVisible();
    await shop.pay();
    await shop.expectWords('Your card has insufficient funds.');
    await driver.fillCard(CARDS.pays);
    await shop.pay();
    await shop.expectWords('succeeded');
    const { intent, charge: charged } = await sandbox.expectOnePayment();
    expect(charged).toMatchObject({ billing_details: { email: 'grace@shop.example' } });
    expect(intent).toMatchObject({ amount: 1999, shipping: { name: 'Ada Lovelace', address: { line1: '1 Orchard Street', country: 'GB' } } });
  });

  test('3-D Secure is failed, given up, and passed', async ({ shop, driver, sandbox }) => {
    for (const [answer, words] of [
      ['failChallenge', /We are unable to authenticate your payment method/],
      ['cancelChallenge', /We are unable to authenticate your payment method/],
      ['completeChallenge', 'succeeded'],
    ] as const) {
      await driver.fillCard(CARDS.challenged);
      await shop.pay();
      await driver.expectChallenge();
      await driver[answer]();
      await shop.expectWords(words);
    }
    await sandbox.expectOnePayment();
  });

  test('the amount changes, and the form is closed and opened again', async ({ shop, page, driver, sandbox }) => {
    await driver.fillCard(CARDS.pays);
    await page.getByRole('button', { name: 'Add tea' }).click();
    await expect(driver.form.locator('[name="number"]')).toHaveValue(CARDS.pays);
    await page.getByRole('button', { name: 'Close' }).click();
    await expect(page.locator('iframe[title^="Secure"]')).toHaveCount(0);
    await page.getByRole('button', { name: 'Open' }).click();
    await driver.fillCard(CARDS.pays);
    await page.getByRole('button', { name: 'Add tea' }).click();
    await shop.pay();
    await shop.expectWords('succeeded');
    expect((await sandbox.expectOnePayment()).intent).toMatchObject({ amount: 2999 });
  });
});

test.describe('client secret', () => {
  test('a card, declined and then paid', async ({ shop, page, driver, stripe }) => {
    const { id, client_secret: secret } = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd' });
    await shop.open('client-secret', { secret: secret ?? '' });
    await driver.fillCard(CARDS.declined);
    await shop.pay();
    await shop.expectWords('card_error: Your card was declined.');
    await driver.fillCard(CARDS.pays);
    await shop.pay();
    await page.waitForURL(`**/return?payment_intent=${id}&payment_intent_client_secret=${secret}&redirect_status=succeeded`);
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'succeeded', amount_received: 1999 });
  });

  test('3-D Secure, then the return page', async ({ shop, page, driver, stripe }) => {
    const { client_secret: secret } = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd' });
    await shop.open('client-secret', { secret: secret ?? '' });
    await driver.fillCard(CARDS.challenged);
    await shop.pay();
    await driver.completeChallenge();
    await page.waitForURL(/return\?.*redirect_status=succeeded/);
  });

  test('a method that leads away and back', async ({ shop, page, driver, stripe }) => {
    const { id, client_secret: secret } = await stripe.paymentIntents.create({ amount: 1999, currency: 'eur', allowed_payment_method_types: ['card', 'bancontact'] });
    await shop.open('client-secret', { secret: secret ?? '' });
    await driver.choose('bancontact');
    await driver.form.locator('[name="name"]').fill('Ada Lovelace');
    await shop.pay();
    await page.waitForURL('https://hooks.stripe.com/**');
    await driver.authorizeRedirect();
    await page.waitForURL(/return\?.*redirect_status=succeeded/);
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'succeeded' });
  });

  test('saved methods: one pays, another is saved', async ({ shop, page, driver, stripe }) => {
    const { id: customer } = await stripe.customers.create({ email: 'ada@shop.example' });
    const saved = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    const open = async () => {
      const session = await stripe.customerSessions.create({
        customer,
        components: {
          payment_element: {
            enabled: true,
            features: {
              payment_method_redisplay: 'enabled', payment_method_save: 'enabled', payment_method_save_usage: 'off_session',
              payment_method_allow_redisplay_filters: ['always', 'limited', 'unspecified'],
            },
          },
        },
      });
      const intent = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd', customer });
      await shop.open('client-secret', { secret: intent.client_secret ?? '', customer: session.client_secret });
      return intent.id;
    };
    const first = await open();
    await expect(driver.form.getByRole('radio', { name: /Visa •••• 4242/ })).toBeChecked();
    await shop.pay();
    await page.waitForURL(/return\?.*redirect_status=succeeded/);
    expect(await stripe.paymentIntents.retrieve(first)).toMatchObject({ status: 'succeeded', payment_method: saved.id });

    await open();
    await driver.fillCard('5555 5555 5555 4444');
    await driver.form.getByRole('checkbox', { name: /Save/ }).check();
    await shop.pay();
    await page.waitForURL(/return\?.*redirect_status=succeeded/);
    const { data } = await stripe.customers.listPaymentMethods(customer);
    expect(data.map(({ card }) => card?.last4).sort()).toEqual(['4242', '4444']);
  });
});

test('a Checkout Session with elements: declined, challenged, and paid', async ({ shop, page, driver, stripe }) => {
  shop.answer('session', async () => {
    const { client_secret: secret } = await stripe.checkout.sessions.create({
      mode: 'payment', ui_mode: 'elements', return_url: `${new URL(page.url()).origin}/return?session={CHECKOUT_SESSION_ID}`,
      shipping_address_collection: { allowed_countries: ['GB'] },
      line_items: [{ price_data: { currency: 'usd', unit_amount: 1999, product_data: { name: 'Tea' } }, quantity: 1, adjustable_quantity: { enabled: true } }],
    });
    return secret;
  });
  await shop.open('checkout');
  await page.getByRole('button', { name: 'Add tea' }).click();
  await expect(page.getByText('2 × Tea')).toBeVisible();
  await page.getByRole('button', { name: 'Dark' }).click();
  const pay = page.getByRole('button', { name: 'Pay $39.98' });
  await expect(pay).toBeDisabled();
  await page.locator('iframe[title="Secure email input frame"]').contentFrame().getByLabel('Email').fill('ada@shop.example');
  const address = page.locator('iframe[title="Secure address input frame"]').contentFrame();
  for (const [name, value] of [['name', 'Ada Lovelace'], ['addressLine1', '1 Orchard Street'], ['locality', 'London'], ['postalCode', 'W1H 6HN']] as const) {
    await address.locator(`[name="${name}"]`).fill(value);
  }
  await driver.fillCard(CARDS.declined);
  await expect(pay).toBeEnabled();
  // A form that changes its height under the pointer takes a click with it: a shopper presses again.
  await expect(async () => {
    await pay.click();
    await expect(page.getByRole('status')).not.toBeEmpty({ timeout: 2_000 });
  }).toPass();
  await shop.expectWords('paymentFailed: Your card was declined.');
  await driver.fillCard(CARDS.challenged);
  await pay.click();
  await driver.completeChallenge();
  await page.waitForURL(/return\?session=cs_test_/);
  const session = await stripe.checkout.sessions.retrieve(new URL(page.url()).searchParams.get('session') ?? '');
  expect(session).toMatchObject({ status: 'complete', amount_total: 3998, customer_details: { email: 'ada@shop.example' } });
});

test('Express Checkout: refused, cancelled, shipped and paid', async ({ shop, page, stripe, sandbox }) => {
  shop.answer('pay', (asked: { token: string; amount: number }) => charge(stripe, asked));
  await shop.open('express-checkout');
  await expect(page.getByText('googlePay link')).toBeVisible();
  const buttons = page.locator('iframe[title="Secure express checkout frame"]').contentFrame();
  const sheet = page.locator('iframe[title="Express checkout"]').contentFrame();

  await buttons.getByRole('button', { name: 'Pay with Link' }).click();
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  await shop.expectWords('cancelled');

  await sandbox.next({ kind: 'decline', decline_code: 'insufficient_funds' });
  await buttons.getByRole('button', { name: 'Google Pay' }).click();
  await sheet.getByRole('radio', { name: /London/ }).check();
  await sheet.getByRole('radio', { name: /Express/ }).check();
  await sheet.getByRole('button', { name: 'Pay $34.99' }).click();
  await shop.expectWords('google_pay Your card has insufficient funds.');
  await sheet.getByRole('button', { name: 'Pay $34.99' }).click();
  await shop.expectWords('google_pay succeeded');
  await expect(page.locator('iframe[title="Express checkout"]')).toHaveCount(0);
  const { intent } = await sandbox.expectOnePayment();
  expect(intent).toMatchObject({ amount: 3499, shipping: { address: { city: 'London', country: 'GB' } } });
});

for (const split of ['no', 'yes']) {
  test(`Card Element${split === 'yes' ? 's, one for each field' : ''}: declined, challenged, paid`, async ({ shop, page, driver, stripe }) => {
    const intent = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd', allowed_payment_method_types: ['card'] });
    await shop.open('card', { secret: intent.client_secret ?? '', split });
    const frame = (id: string) => page.locator(`#${split === 'yes' ? id : 'card-element'} iframe[title^="Secure"]`).contentFrame();
    const fill = async (number: string) => {
      await frame('number').locator('[name="cardnumber"]').fill(number);
      await frame('expiry').locator('[name="exp-date"]').fill('12 / 34');
      await frame('cvc').locator('[name="cvc"]').fill('123');
      if (split === 'no') await frame('').locator('[name="postal"]').fill('10001');
    };
    await fill(CARDS.declined);
    await shop.pay();
    await shop.expectWords('card_error: Your card was declined.');
    await fill(CARDS.challenged);
    await shop.pay();
    await driver.failChallenge();
    await shop.expectWords(/We are unable to authenticate/);
    await shop.pay();
    await driver.completeChallenge();
    await shop.expectWords('succeeded');
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'succeeded' });
  });
}

test('the Card Element says what is wrong, and which brand it is', async ({ shop, page }) => {
  await shop.open('card', { secret: 'pi_1_secret_1' });
  const number = page.locator('#card-element iframe').contentFrame().locator('[name="cardnumber"]');
  await number.fill('4242 4242 4242 4241');
  await number.blur();
  await expect(page.getByText('Your card number is invalid.')).toBeVisible();
  await number.fill('5555 5555 5555 4444');
  await expect(page.getByText('mastercard')).toBeVisible();
});
