// What a group of elements is told of its payment: which methods apply, and what a customer session lets a page see.
import { expect, test } from './shop.ts';
import type { World } from '../test.ts';

/** Stripe.js's own call, with the publishable key. */
async function ask(world: World, query: Record<string, string>) {
  const response = await fetch(`${world.url}/v1/elements/sessions?${new URLSearchParams(query)}`, {
    headers: { Authorization: `Bearer ${world.publishableKey}` },
  });
  const body = await response.json();
  return { ...body, types: body.payment_method_preference?.ordered_payment_method_types as string[] | undefined };
}

const declared = (fields: Record<string, string>) => ({
  type: 'deferred_intent',
  ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.replace(/^\w+/, 'deferred_intent[$&]'), value])),
});
const EURO = { mode: 'payment', amount: '1999', currency: 'eur' };

test('the types go by mode, currency, amount and the lists', async ({ world }) => {
  expect((await ask(world, declared(EURO))).types).toEqual(expect.arrayContaining(['card', 'sepa_debit', 'ideal', 'multibanco']));
  expect((await ask(world, declared(EURO))).types).not.toContain('us_bank_account');
  // Alma takes 50 euros and more.
  expect((await ask(world, declared(EURO))).types).not.toContain('alma');
  expect((await ask(world, declared({ ...EURO, amount: '5000' }))).types).toContain('alma');
  const two = { ...EURO, 'allowed_payment_method_types[]': 'ideal' };
  expect((await ask(world, declared(two))).types).toEqual(['ideal']);
  expect((await ask(world, declared({ ...EURO, 'excluded_payment_method_types[]': 'card' }))).types).not.toContain('card');
  expect((await ask(world, declared({ ...EURO, setup_future_usage: 'off_session' }))).types).not.toContain('eps');
  expect((await ask(world, declared({ ...EURO, capture_method: 'manual' }))).types).not.toContain('sepa_debit');
  expect((await ask(world, declared({ mode: 'setup' }))).types).toEqual(expect.arrayContaining(['card', 'us_bank_account']));
});

test('of an intent, by its secret alone', async ({ world, stripe }) => {
  const intent = await stripe.paymentIntents.create({ amount: 1999, currency: 'eur', excluded_payment_method_types: ['ideal'] });
  const answer = await ask(world, { type: 'payment_intent', client_secret: intent.client_secret ?? '' });
  expect(answer.types).toEqual(intent.payment_method_types);
  expect(answer.payment_intent).toMatchObject({ id: intent.id, amount: 1999 });
  expect(answer.payment_intent).not.toHaveProperty('metadata');
  expect(await ask(world, { type: 'payment_intent', client_secret: `${intent.id}_secret_guessed` })).toMatchObject({ error: {} });
});

test('where no method is left the answer says so', async ({ world }) => {
  const none = { ...EURO, 'allowed_payment_method_types[]': 'oxxo', 'excluded_payment_method_types[]': 'oxxo' };
  expect(await ask(world, declared(none))).toMatchObject({ error: { message: expect.stringContaining('No payment method applies') } });
});

test('saved methods: as many and as open as the customer session lets be seen', async ({ world, stripe, sandbox }) => {
  const customer = await stripe.customers.create();
  const saved = async (card: string, allow_redisplay: 'always' | 'limited') => {
    const { id } = await stripe.paymentMethods.attach(card, { customer: customer.id });
    await stripe.paymentMethods.update(id, { allow_redisplay });
    return id;
  };
  await saved('pm_card_visa', 'always');
  const newest = await saved('pm_card_mastercard', 'always');
  const limited = await saved('pm_card_amex', 'limited');
  const session = async (features: object) => {
    const made = await stripe.customerSessions.create({
      customer: customer.id,
      components: { payment_element: { enabled: true, features } },
    });
    const answer = await ask(world, { ...declared({ ...EURO, currency: 'usd' }), customer_session_client_secret: made.client_secret });
    return answer.customer;
  };
  const ids = (told: { payment_methods: { id: string }[] }) => told.payment_methods.map(({ id }) => id);
  expect((await session({})).payment_methods).toEqual([]);
  const redisplay = { payment_method_redisplay: 'enabled' };
  expect(ids(await session({ ...redisplay, payment_method_redisplay_limit: 1 }))).toEqual([newest]);
  expect(ids(await session({ ...redisplay, payment_method_allow_redisplay_filters: ['limited'] }))).toEqual([limited]);
  // Removal is for sessions that allow it, and for methods of their customer.
  const detach = async (secret: string) => {
    const response = await fetch(`${world.url}/v1/elements/payment_methods/${newest}/detach`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${world.publishableKey}` },
      body: new URLSearchParams({ customer_session_client_secret: secret }),
    });
    return response.json();
  };
  const shown = await session(redisplay);
  expect(await detach(shown.customer_session.client_secret)).toMatchObject({ error: { message: expect.stringContaining('payment_method_remove') } });
  const open = await session({ ...redisplay, payment_method_remove: 'enabled' });
  expect(await detach(open.customer_session.client_secret)).toMatchObject({ id: newest, customer: null });
  // A page goes on without a session that is over.
  await sandbox.advance(31 * 60);
  const late = await ask(world, { ...declared(EURO), customer_session_client_secret: shown.customer_session.client_secret });
  expect(late).toMatchObject({ customer: null, customer_error: expect.stringContaining('expired') });
});
