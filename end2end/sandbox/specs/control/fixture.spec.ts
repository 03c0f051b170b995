// The fixture that other projects copy (`end2end/fixtures/sandbox.ts`): each of its methods does what it says.
import type { State } from '../../../fixtures/sandbox.ts';
import { Receiver } from '../receiver.ts';
import { expect, test } from '../test.ts';

const GOOD = { amount: 1999, currency: 'usd', confirm: true, payment_method: 'pm_card_visa', return_url: 'https://shop.example/return' };

test('the same seed gives the same ids', async ({ sandbox, stripe }) => {
  const ids = [];
  for (const before of [0, 3]) {
    for (let made = 0; made < before; made += 1) await stripe.customers.create();
    await sandbox.seed({ ids: 7 });
    ids.push((await stripe.customers.create()).id);
  }
  expect(ids[0]).toBe(ids[1]);
});

test('every test begins from the same snapshot', async ({ sandbox, stripe }) => {
  const customer = await stripe.customers.create({ email: 'ada@example.com' });
  const snapshot = await sandbox.snapshot();
  await stripe.paymentIntents.create({ ...GOOD, customer: customer.id });
  await sandbox.expectOnePayment();
  await sandbox.seed(snapshot);
  await sandbox.expectNothingCharged();
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ email: 'ada@example.com' });
  await sandbox.reset();
  await expect(stripe.customers.retrieve(customer.id)).rejects.toMatchObject({ code: 'resource_missing' });
});

for (const body of ['cut', 'html'] as const) {
  for (const after_commit of [false, true]) {
    test(`an answer that cannot be read (${body}, ${after_commit ? 'after' : 'before'} the commit) charges nobody twice`, async ({ sandbox, stripe }) => {
      await sandbox.fail({ method: 'POST', path: '/v1/payment_intents', fault: { kind: 'malformed', body, after_commit } });
      const options = { idempotencyKey: 'order-7' };
      await expect(stripe.paymentIntents.create(GOOD, options)).rejects.toMatchObject({ type: 'StripeAPIError' });
      await stripe.paymentIntents.create(GOOD, options);
      await sandbox.expectOnePayment();
    });
  }
}

test('cards do as they are told, so many times', async ({ sandbox, stripe }) => {
  await sandbox.next({ kind: 'decline', decline_code: 'expired_card' }, 2);
  for (const expected of ['expired_card', 'expired_card', 'succeeded']) {
    const met = await stripe.paymentIntents.create(GOOD).then(
      ({ status }) => status,
      ({ code }) => code,
    );
    expect(met).toBe(expected);
  }
});

test('the clock stands, moves and goes on', async ({ sandbox }) => {
  const { now, frozen } = await sandbox.freeze();
  expect(frozen).toBe(true);
  expect(await sandbox.advance(3600)).toEqual({ now: now + 3600, frozen: true });
  expect(await sandbox.clock()).toEqual({ now: now + 3600, frozen: true });
  expect((await sandbox.freeze(false)).frozen).toBe(false);
});

test('events go astray, and are handed over once more', async ({ sandbox, stripe }) => {
  await using receiver = await Receiver.start();
  const endpoint = await stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ['customer.created'] });
  await sandbox.misdeliver({ type: 'customer.*', fault: { kind: 'lose' } });
  await stripe.customers.create();
  const { deliveries, events } = await sandbox.state();
  expect(deliveries).toMatchObject([{ status: 'lost', webhook_endpoint: endpoint.id }]);
  const [event] = events;
  if (!event) throw new Error('nothing happened');
  await sandbox.redeliver(event);
  await sandbox.redeliver(event, endpoint.id);
  await expect.poll(() => receiver.deliveries.length).toBe(2);

  await sandbox.webhooks('off');
  await stripe.customers.create();
  expect((await sandbox.state()).deliveries).toHaveLength(3);
  await sandbox.webhooks('on');
});

test('what is assumed of Stripe can be changed', async ({ sandbox, stripe }) => {
  const before = await sandbox.assume();
  const after = await sandbox.assume({ most_confirmations: 1 });
  expect(after).toEqual({ ...before, most_confirmations: 1 });
  const intent = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd' });
  const confirm = () => stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa_chargeDeclined', return_url: GOOD.return_url });
  await expect(confirm()).rejects.toMatchObject({ code: 'card_declined' });
  await expect(confirm()).rejects.toMatchObject({ code: 'payment_intent_unexpected_state' });
});

test('worlds are found by name', async ({ sandbox, stripe, world }) => {
  await stripe.customers.create();
  const name = world.secretKey.replace('sk_test_', '');
  expect(await sandbox.worlds(name)).toMatchObject([{ name, requests: 1, payments: 0 }]);
});

/** Each table once: the compiler holds it against the fixture's type. */
const TABLES: Record<keyof State, true> = {
  balance_transactions: true,
  charges: true,
  checkout_sessions: true,
  confirmation_tokens: true,
  coupons: true,
  customer_sessions: true,
  customers: true,
  deliveries: true,
  discounts: true,
  disputes: true,
  early_fraud_warnings: true,
  events: true,
  invoice_items: true,
  invoice_payments: true,
  invoices: true,
  mandates: true,
  payment_intents: true,
  payment_methods: true,
  prices: true,
  products: true,
  promotion_codes: true,
  refunds: true,
  requests: true,
  setup_attempts: true,
  setup_intents: true,
  shipping_rates: true,
  subscriptions: true,
  tax_calculations: true,
  tax_transactions: true,
  tokens: true,
  webhook_endpoints: true,
};

test('the state has every table that its type names, and no other', async ({ sandbox }) => {
  expect(Object.keys(await sandbox.state()).toSorted()).toEqual(Object.keys(TABLES).toSorted());
});

test('a shopper answers without a browser', async ({ sandbox, stripe }) => {
  const secure = { ...GOOD, payment_method: 'pm_card_threeDSecure2Required' };
  for (const [answer, status] of [['complete', 'succeeded'], ['fail', 'requires_payment_method']] as const) {
    const inPage = await stripe.paymentIntents.create({ ...secure, use_stripe_sdk: true });
    expect(await sandbox.answer(inPage.id, answer)).toBeNull();
    expect(await stripe.paymentIntents.retrieve(inPage.id)).toMatchObject({ status });
    const onPage = await stripe.paymentIntents.create({ ...secure, use_stripe_sdk: false });
    expect(await sandbox.answer(onPage.id, answer)).toContain(`${GOOD.return_url}?payment_intent=${onPage.id}`);
    expect(await stripe.paymentIntents.retrieve(onPage.id)).toMatchObject({ status });
    await expect(sandbox.answer(onPage.id, answer)).rejects.toThrow('requires_action');
  }
});
