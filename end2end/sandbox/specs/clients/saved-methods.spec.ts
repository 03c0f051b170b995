// Cards kept for later: customers, setups, and payments without the shopper.
import Stripe from 'stripe';
import { expect, test } from '../test.ts';

const RETURN_URL = 'https://shop.example/return';

/** A customer whose card was set up for payments without them. */
async function customerWithCard(stripe: Stripe, card: string) {
  const customer = await stripe.customers.create({ email: 'ada@shop.example', name: 'Ada' });
  const setup = await stripe.setupIntents.create({
    confirm: true,
    customer: customer.id,
    payment_method: card,
    return_url: RETURN_URL,
    usage: 'off_session',
  });
  return { customer, setup, card: String(setup.payment_method) };
}

test('a card that was set up pays without the shopper', async ({ stripe, sandbox }) => {
  const { customer, setup, card } = await customerWithCard(stripe, 'pm_card_visa');
  expect(setup).toMatchObject({ status: 'succeeded', usage: 'off_session', customer: customer.id });
  const { data: cards } = await stripe.customers.listPaymentMethods(customer.id);
  expect(cards).toEqual([expect.objectContaining({ id: card, customer: customer.id, type: 'card' })]);
  const payment = await stripe.paymentIntents.create({
    amount: 1999,
    currency: 'usd',
    confirm: true,
    customer: customer.id,
    off_session: true,
    payment_method: card,
  });
  expect(payment.status).toBe('succeeded');
  await sandbox.expectOnePayment();
});

test('a card is saved while it pays', async ({ stripe }) => {
  const customer = await stripe.customers.create();
  const intent = await stripe.paymentIntents.create({
    amount: 1999,
    currency: 'usd',
    confirm: true,
    customer: customer.id,
    payment_method: 'pm_card_visa',
    return_url: RETURN_URL,
    setup_future_usage: 'off_session',
  });
  const card = await stripe.paymentMethods.retrieve(String(intent.payment_method));
  expect(card.customer).toBe(customer.id);
});

test('a bank that wants to see the shopper declines, with the card to bring back', async ({ stripe }) => {
  const customer = await stripe.customers.create();
  const attached = await stripe.paymentMethods.attach('pm_card_authenticationRequired', { customer: customer.id });
  const error = await stripe.paymentIntents
    .create({
      amount: 1999,
      currency: 'usd',
      confirm: true,
      customer: customer.id,
      off_session: true,
      payment_method: attached.id,
    })
    .catch((error: unknown) => error);
  if (!(error instanceof Stripe.errors.StripeCardError)) throw error;
  expect(error).toMatchObject({ code: 'authentication_required', statusCode: 402 });
  expect(error.payment_intent).toMatchObject({
    status: 'requires_payment_method',
    last_payment_error: { payment_method: { id: attached.id } },
  });
});

test('a saved card is changed, removed, and gone from its customer', async ({ stripe }) => {
  const { customer, card } = await customerWithCard(stripe, 'pm_card_visa');
  const updated = await stripe.paymentMethods.update(card, {
    allow_redisplay: 'always',
    billing_details: { name: 'Ada Lovelace' },
  });
  expect(updated).toMatchObject({ allow_redisplay: 'always', billing_details: { name: 'Ada Lovelace' } });
  const detached = await stripe.paymentMethods.detach(card);
  expect(detached.customer).toBeNull();
  expect((await stripe.paymentMethods.list({ customer: customer.id })).data).toEqual([]);
});

test('a setup waits for its 3-D Secure, and can be called off', async ({ stripe }) => {
  const { setup } = await customerWithCard(stripe, 'pm_card_authenticationRequired');
  expect(setup).toMatchObject({ status: 'requires_action', next_action: { type: 'use_stripe_sdk' } });
  const canceled = await stripe.setupIntents.cancel(setup.id, { cancellation_reason: 'abandoned' });
  expect(canceled).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
});

test('a card that is declined is not set up', async ({ stripe }) => {
  const error = await customerWithCard(stripe, 'pm_card_visa_chargeDeclined').catch((error: unknown) => error);
  if (!(error instanceof Stripe.errors.StripeCardError)) throw error;
  expect(error).toMatchObject({ code: 'card_declined', decline_code: 'generic_decline' });
  expect(error.setup_intent?.status).toBe('requires_payment_method');
});

test('a customer lives until deleted', async ({ stripe }) => {
  const { id } = await stripe.customers.create({ email: 'ada@shop.example', metadata: { shop: 'till' } });
  await stripe.customers.update(id, { name: 'Ada', metadata: { shop: '' } });
  expect(await stripe.customers.retrieve(id)).toMatchObject({ name: 'Ada', email: 'ada@shop.example', metadata: {} });
  expect(await stripe.customers.del(id)).toEqual({ id, object: 'customer', deleted: true });
  expect(await stripe.customers.retrieve(id)).toMatchObject({ id, deleted: true });
});

test('a customer session tells the page what it may do', async ({ stripe }) => {
  const customer = await stripe.customers.create();
  const session = await stripe.customerSessions.create({
    customer: customer.id,
    components: { payment_element: { enabled: true, features: { payment_method_save: 'enabled' } } },
  });
  expect(session.client_secret).toContain('cuss_secret_');
  expect(session.components?.payment_element).toMatchObject({
    enabled: true,
    features: { payment_method_save: 'enabled', payment_method_redisplay: 'disabled' },
  });
});
