// Every error the client has a class for, with its fields.
import Stripe from 'stripe';
import { connect } from '../client.ts';
import { expect, test } from '../test.ts';

const { errors } = Stripe;
const PAYMENT = { amount: 1999, currency: 'usd', confirm: true, return_url: 'https://shop.example/return' } as const;

/** The error a call ends with, if it is one of this class. */
async function refused<T>(call: Promise<unknown>, kind: new (...args: never[]) => T): Promise<T> {
  const error = await call.then(
    (answer) => new Error(`not refused: ${JSON.stringify(answer)}`),
    (error: unknown) => error,
  );
  if (!(error instanceof kind)) throw error;
  return error;
}

for (const [card, code, decline_code] of [
  ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
  ['pm_card_visa_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
  ['pm_card_visa_chargeDeclinedLostCard', 'card_declined', 'lost_card'],
  ['pm_card_chargeDeclinedExpiredCard', 'expired_card', undefined],
  ['pm_card_chargeDeclinedProcessingError', 'processing_error', undefined],
] as const) {
  test(`a declined card is a StripeCardError with its payment: ${decline_code ?? code}`, async ({ stripe }) => {
    const error = await refused(
      stripe.paymentIntents.create({ ...PAYMENT, payment_method: card }),
      errors.StripeCardError,
    );
    expect(error).toMatchObject({ type: 'StripeCardError', rawType: 'card_error', code, statusCode: 402 });
    expect(error.decline_code ?? '').toBe(decline_code ?? '');
    expect(error.doc_url).toContain(code.replaceAll('_', '-'));
    expect(error.requestId).toMatch(/^req_/);
    expect(error.headers?.['stripe-should-retry']).toBe('false');
    expect(error.charge).toMatch(/^ch_/);
    expect(error.payment_method).toMatchObject({ object: 'payment_method', type: 'card' });
    expect(error.payment_intent).toMatchObject({
      status: 'requires_payment_method',
      latest_charge: error.charge,
      last_payment_error: { code, message: error.message, type: 'card_error' },
    });
  });
}

const pay = (stripe: Stripe, params: object) => stripe.paymentIntents.create({ ...PAYMENT, ...params });

for (const [what, code, param, call] of [
  ['a missing parameter', 'parameter_missing', 'currency', (stripe) => pay(stripe, { currency: undefined })],
  ['an unknown parameter', 'parameter_unknown', 'amonut', (stripe) => pay(stripe, { amonut: 1 })],
  ['a wrong number', 'parameter_invalid_integer', 'amount', (stripe) => pay(stripe, { amount: 19.99 })],
  ['too little money', 'amount_too_small', 'amount', (stripe) => pay(stripe, { amount: 1 })],
  ['no such method', 'resource_missing', 'payment_method', (stripe) => pay(stripe, { payment_method: 'pm_none' })],
  ['no such object', 'resource_missing', 'id', (stripe) => stripe.charges.retrieve('ch_none')],
] as [string, string, string, (stripe: Stripe) => Promise<unknown>][]) {
  test(`a StripeInvalidRequestError names what is wrong: ${what}`, async ({ stripe }) => {
    const error = await refused(call(stripe), errors.StripeInvalidRequestError);
    expect(error).toMatchObject({ rawType: 'invalid_request_error', code, param });
    expect(error.statusCode).toBe(param === 'id' ? 404 : 400);
    expect(error.requestId).toMatch(/^req_/);
  });
}

test('a step out of turn is refused with the payment as it is', async ({ stripe }) => {
  const { id } = await stripe.paymentIntents.create({ ...PAYMENT, payment_method: 'pm_card_visa' });
  const error = await refused(stripe.paymentIntents.cancel(id), errors.StripeInvalidRequestError);
  expect(error).toMatchObject({ code: 'payment_intent_unexpected_state', payment_intent: { id, status: 'succeeded' } });
});

test('a key that opens nothing is a StripeAuthenticationError', async ({ world }) => {
  for (const secretKey of ['nonsense', 'sk_live_123']) {
    const stripe = connect({ ...world, secretKey });
    const error = await refused(stripe.paymentIntents.list(), errors.StripeAuthenticationError);
    expect(error).toMatchObject({ rawType: 'invalid_request_error', statusCode: 401 });
    expect(error.message).not.toContain(secretKey);
  }
});

test('a publishable key cannot ask what only a server may', async ({ world }) => {
  const stripe = connect({ ...world, secretKey: world.publishableKey });
  const error = await refused(stripe.paymentIntents.list(), errors.StripeAuthenticationError);
  expect(error.code).toBe('secret_key_required');
});

test('other parameters under the same key are a StripeIdempotencyError', async ({ stripe }) => {
  const options = { idempotencyKey: 'order 7' };
  await stripe.paymentIntents.create({ amount: 1999, currency: 'usd' }, options);
  const error = await refused(
    stripe.paymentIntents.create({ amount: 2000, currency: 'usd' }, options),
    errors.StripeIdempotencyError,
  );
  expect(error).toMatchObject({ rawType: 'idempotency_error', statusCode: 400 });
});

test('the same call under the same key is answered the same, and done once', async ({ stripe, sandbox }) => {
  const repeat = () =>
    stripe.paymentIntents.create({ ...PAYMENT, payment_method: 'pm_card_visa' }, { idempotencyKey: 'order 7' });
  const first = await repeat();
  const again = await repeat();
  expect(again).toEqual(first);
  expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
  expect(again.lastResponse.headers['original-request']).toBe(first.lastResponse.requestId);
  expect(again.lastResponse.idempotencyKey).toBe('order 7');
  await sandbox.expectOnePayment();
});

test('a 429 is a StripeRateLimitError, and not tried again', async ({ stripe, sandbox }) => {
  await sandbox.fail({ method: 'POST', path: '/v1/payment_intents', fault: { kind: 'rate_limit' } });
  const create = stripe.paymentIntents.create({ amount: 1999, currency: 'usd' });
  const error = await refused(create, errors.StripeRateLimitError);
  expect(error).toMatchObject({ code: 'rate_limit', statusCode: 429 });
  const { payment_intents, requests } = await sandbox.state();
  expect(payment_intents).toEqual([]);
  expect(requests).toHaveLength(1);
});

for (const [status, kind] of [
  [403, errors.StripePermissionError],
  [409, errors.StripeAPIError],
  [500, errors.StripeAPIError],
  [503, errors.StripeAPIError],
] as const) {
  test(`a ${status} is a ${kind.name}`, async ({ world, sandbox }) => {
    const stripe = connect(world, { maxNetworkRetries: 0 });
    await sandbox.fail({
      method: 'GET',
      path: '/v1/charges/*',
      fault: { kind: 'status', status, after_commit: false },
    });
    const error = await refused(stripe.charges.retrieve('ch_any'), kind);
    expect(error.statusCode).toBe(status);
  });
}

test('a closed connection is a StripeConnectionError', async ({ world, sandbox }) => {
  const stripe = connect(world, { maxNetworkRetries: 0 });
  // A closed connection is tried again once, whatever was asked for.
  const fault = { kind: 'reset', after_commit: false } as const;
  await sandbox.fail({ method: 'POST', path: '/v1/customers', times: 2, fault });
  await refused(stripe.customers.create(), errors.StripeConnectionError);
  expect((await stripe.customers.list()).data).toEqual([]);
});

test('an answer too late is a StripeConnectionError, though the work is done', async ({ world, sandbox }) => {
  const stripe = connect(world, { maxNetworkRetries: 0, timeout: 500 });
  await sandbox.fail({ method: 'POST', path: '/v1/customers', fault: { kind: 'delay', ms: 5000 } });
  const error = await refused(stripe.customers.create(), errors.StripeConnectionError);
  expect(error.message).toContain('timeout');
  expect((await stripe.customers.list()).data).toHaveLength(1);
});
