// The client tries again by itself, under one key of its own: whatever is lost on the way, one charge remains.
import type { Fault } from '../../../fixtures/sandbox.ts';
import { connect } from '../client.ts';
import { expect, test } from '../test.ts';

const cases: [string, Fault['fault'], number][] = [
  ['the request was lost', { kind: 'reset', after_commit: false }, 1],
  ['the answer was lost', { kind: 'reset', after_commit: true }, 1],
  ['the answer was lost twice', { kind: 'reset', after_commit: true }, 2],
  ['another request holds the object', { kind: 'lock_timeout' }, 2],
  ['a conflict', { kind: 'status', status: 409, after_commit: false }, 2],
  ['a 500 before anything was done', { kind: 'status', status: 500, after_commit: false }, 2],
  ['a 503', { kind: 'status', status: 503, after_commit: false }, 1],
];

for (const [what, fault, times] of cases) {
  test(`one charge, though ${what}`, async ({ world, sandbox }) => {
    const stripe = connect(world, { maxNetworkRetries: 2 });
    await sandbox.fail({ method: 'POST', path: '/v1/payment_intents', times, fault });
    const intent = await stripe.paymentIntents.create({
      amount: 1999,
      currency: 'usd',
      confirm: true,
      payment_method: 'pm_card_visa',
      return_url: 'https://shop.example/return',
    });
    expect(intent.status).toBe('succeeded');
    const { state } = await sandbox.expectOnePayment();
    expect(state.requests).toHaveLength(times + 1);
    expect(new Set(state.requests.map(({ idempotency_key }) => idempotency_key)).size, 'one key').toBe(1);
  });
}

test('a 500 after all was done stays the answer of its key, and the payment is found by looking', async ({
  stripe,
  sandbox,
}) => {
  await sandbox.fail({
    method: 'POST',
    path: '/v1/payment_intents',
    fault: { kind: 'status', status: 500, after_commit: true },
  });
  const create = stripe.paymentIntents.create({
    amount: 1999,
    currency: 'usd',
    confirm: true,
    payment_method: 'pm_card_visa',
    return_url: 'https://shop.example/return',
    metadata: { order: '7' },
  });
  await expect(create).rejects.toMatchObject({ type: 'StripeAPIError', statusCode: 500 });
  const found = await stripe.paymentIntents.search({ query: "metadata['order']:'7'" });
  expect(found.data).toEqual([expect.objectContaining({ status: 'succeeded' })]);
  await sandbox.expectOnePayment();
});
