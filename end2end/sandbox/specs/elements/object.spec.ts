// The Stripe object and its groups: what each train removed, and the mistakes that are thrown.
import { PAYS, expect, test } from './shop.ts';

const TRAINS = [
  { script: '/v3/', version: 3, since: 0 },
  { script: '/acacia/stripe.js', version: 'acacia', since: 1 },
  { script: '/basil/stripe.js', version: 'basil', since: 2 },
  { script: '/clover/stripe.js', version: 'clover', since: 3 },
  { script: '/dahlia/stripe.js', version: 'dahlia', since: 4 },
  { script: '/endive/stripe.js', version: 'endive', since: 5 },
];

for (const { script, version, since } of TRAINS) {
  test(`${script} is ${version}: what it removed is thrown, or gone`, async ({ shop }) => {
    await shop.open(script);
    const seen = await shop.page.evaluate(() => {
      const stripe = window.stripe as unknown as Record<string, unknown>;
      const attempt = (act: () => unknown) => {
        try {
          act();
          return 'accepted';
        } catch (error) {
          return (error as Error).name;
        }
      };
      const options = { mode: 'payment', amount: 100, currency: 'usd' };
      return {
        version: (window.Stripe as unknown as { version: unknown }).version,
        types: attempt(() => window.stripe.elements({ ...options, paymentMethodTypes: ['card'] } as never)),
        update: attempt(() => window.stripe.elements(options as never).update({ paymentMethodTypes: ['card'] } as never)),
        redirectToCheckout: typeof stripe.redirectToCheckout,
        createSource: typeof stripe.createSource,
      };
    });
    expect(seen).toEqual({
      version,
      types: since < 5 ? 'accepted' : 'IntegrationError',
      update: since < 5 ? 'accepted' : 'IntegrationError',
      redirectToCheckout: since < 3 ? 'function' : 'undefined',
      createSource: since < 4 ? 'function' : 'undefined',
    });
  });
}

const PI = 'pi_1_secret_1';
const SETI = 'seti_1_secret_1';
const MISTAKES: Record<string, string> = {
  'Stripe()': 'window.Stripe()',
  "Stripe('sk_test_x')": "window.Stripe('sk_test_x')",
  "Stripe('pk_live_x')": "window.Stripe('pk_live_x')",
  'a client secret and a mode': `stripe.elements({ clientSecret: '${PI}', mode: 'payment', amount: 1, currency: 'usd' })`,
  'a client secret that is none': "stripe.elements({ clientSecret: 'pi_1' })",
  'an amount with a point': "stripe.elements({ mode: 'payment', amount: 1.5, currency: 'usd' })",
  'a currency in capitals': "stripe.elements({ mode: 'payment', amount: 1, currency: 'USD' })",
  'a mode there is not': "stripe.elements({ mode: 'pay', amount: 1, currency: 'usd' })",
  'an element there is not': "stripe.elements().create('cards')",
  'an element that endive removed': "stripe.elements().create('paymentRequestButton')",
  'a Payment Element without a payment': "stripe.elements().create('payment')",
  'two Card Elements': "const group = stripe.elements(); group.create('card'); group.create('card')",
  'an option of another type': "stripe.elements().create('card', { disabled: 'yes' })",
  'a field option there is not':
    "stripe.elements({ mode: 'setup' }).create('payment', { fields: { billingDetails: { name: 'sometimes' } } })",
  'a selector that finds nothing': "stripe.elements().create('card').mount('#nowhere')",
  'focus before mount': "stripe.elements().create('card').focus()",
  'a destroyed element': "const card = stripe.elements().create('card'); card.destroy(); card.mount('#payment-element')",
  'fetchUpdates in deferred mode': "await stripe.elements({ mode: 'setup' }).fetchUpdates()",
  'submit without an element': "await stripe.elements({ mode: 'setup' }).submit()",
  'a token without elements': 'await stripe.createConfirmationToken({})',
  'a token before submit':
    "const elements = stripe.elements({ mode: 'setup' }); elements.create('payment').mount('#payment-element'); await stripe.createConfirmationToken({ elements })",
  'confirmPayment without a secret': "await stripe.confirmPayment({ elements: stripe.elements({ mode: 'setup' }), redirect: 'if_required' })",
  'confirmPayment without a return URL': `await stripe.confirmPayment({ elements: stripe.elements({ clientSecret: '${PI}' }) })`,
  'confirmPayment of a setup': `await stripe.confirmPayment({ clientSecret: '${SETI}', redirect: 'if_required' })`,
  'confirmSetup of a payment': `await stripe.confirmSetup({ clientSecret: '${PI}', redirect: 'if_required' })`,
  'confirmCardPayment of a setup': `await stripe.confirmCardPayment('${SETI}')`,
  'a card for another method': `const card = stripe.elements().create('card'); await stripe.confirmSepaDebitPayment('${PI}', { payment_method: { sepa_debit: card } })`,
  'createPaymentMethod of elements that do not say so':
    "await stripe.createPaymentMethod({ elements: stripe.elements({ mode: 'setup' }) })",
  'createToken of nothing': 'await stripe.createToken()',
  'a name that is too long': "stripe.registerAppInfo({ name: 'x'.repeat(31) })",
};

test('mistakes of the page are thrown', async ({ shop }) => {
  await shop.open();
  const outcomes: Record<string, string> = {};
  for (const [name, code] of Object.entries(MISTAKES)) {
    outcomes[name] = await shop.page.evaluate(async (code) => {
      try {
        await new Function('stripe', `return (async () => { ${code} })()`)(window.stripe);
        return 'accepted';
      } catch (error) {
        return (error as Error).name;
      }
    }, code);
  }
  expect(outcomes).toEqual(Object.fromEntries(Object.keys(MISTAKES).map((name) => [name, 'IntegrationError'])));
});

test('what is not emulated says so', async ({ shop }) => {
  await shop.open();
  const answers = await shop.page.evaluate(async () => {
    const { error } = await window.stripe.createRadarSession();
    try {
      window.stripe.elements({ mode: 'payment', amount: 1, currency: 'usd' }).create('paymentForm' as 'payment');
    } catch (thrown) {
      return [error?.message, (thrown as Error).message];
    }
    return [];
  });
  expect(answers).toEqual([expect.stringContaining('not emulated'), expect.stringContaining('not emulated')]);
});

test('an unknown option is named in the console and ignored', async ({ shop }) => {
  await shop.open();
  const warned = shop.page.waitForEvent('console', (message) => message.type() === 'warning');
  await shop.mount('card', {}, { hidePostcode: true });
  expect((await warned).text()).toContain('hidePostcode');
  await shop.fillCard({ number: PAYS });
});

test('data alone makes methods and tokens; a lost connection is an error', async ({ shop, stripe, context }) => {
  await shop.open();
  const made = await shop.page.evaluate(async () => [
    await window.stripe.createPaymentMethod({ type: 'ideal', ideal: {}, billing_details: { name: 'Ada' } }),
    await window.stripe.createToken('pii', { personal_id_number: '000000000' }),
  ]);
  expect(made).toMatchObject([{ paymentMethod: { type: 'ideal' } }, { token: { type: 'pii' } }]);
  const { client_secret } = await stripe.paymentIntents.create({ amount: 100, currency: 'usd' });
  const retrieve = () => shop.page.evaluate((secret) => window.stripe.retrievePaymentIntent(secret), client_secret ?? '');
  expect(await retrieve()).toMatchObject({ paymentIntent: { status: 'requires_payment_method' } });
  await context.setOffline(true);
  expect(await retrieve()).toMatchObject({ error: { type: 'api_connection_error' } });
  await context.setOffline(false);
});
