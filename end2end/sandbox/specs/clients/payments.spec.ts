// A payment from its creation to its refund.
import { expect, test } from '../test.ts';

const RETURN_URL = 'https://shop.example/return';

test('a payment is created and confirmed in one call', async ({ stripe, sandbox }) => {
  const token = await stripe.testHelpers.confirmationTokens.create({
    payment_method: 'pm_card_visa',
    return_url: RETURN_URL,
  });
  const intent = await stripe.paymentIntents.create({
    amount: 1999,
    currency: 'usd',
    confirm: true,
    confirmation_token: token.id,
    metadata: { order: '7' },
  });
  expect(intent).toMatchObject({ amount_received: 1999, status: 'succeeded', metadata: { order: '7' } });
  const used = await stripe.confirmationTokens.retrieve(token.id);
  expect(used.payment_intent).toBe(intent.id);
  await sandbox.expectOnePayment();
});

test('a payment is created, changed, then confirmed', async ({ stripe, sandbox }) => {
  const created = await stripe.paymentIntents.create({ amount: 1999, currency: 'eur', description: 'One mug' });
  expect(created).toMatchObject({ status: 'requires_payment_method', description: 'One mug', latest_charge: null });
  const updated = await stripe.paymentIntents.update(created.id, {
    amount: 2500,
    description: 'Two mugs',
    metadata: { order: '7', gift: 'yes' },
  });
  expect(updated).toMatchObject({ amount: 2500, description: 'Two mugs', metadata: { order: '7', gift: 'yes' } });
  const unset = await stripe.paymentIntents.update(created.id, { metadata: { gift: null } });
  expect(unset.metadata).toEqual({ order: '7' });
  const confirmed = await stripe.paymentIntents.confirm(created.id, {
    payment_method: 'pm_card_mastercard',
    return_url: RETURN_URL,
    shipping: { name: 'Ada', address: { line1: 'Main Street 1', city: 'Ghent', country: 'BE' } },
  });
  expect(confirmed).toMatchObject({ status: 'succeeded', amount_received: 2500, shipping: { name: 'Ada' } });
  await sandbox.expectOnePayment();
});

test('a payment by hand is confirmed again, after the 3-D Secure of the shopper', async ({ stripe, sandbox }) => {
  const intent = await stripe.paymentIntents.create({
    amount: 1999,
    currency: 'usd',
    confirm: true,
    confirmation_method: 'manual',
    payment_method: 'pm_card_threeDSecure2Required',
    return_url: RETURN_URL,
    use_stripe_sdk: false,
  });
  expect(intent).toMatchObject({ status: 'requires_action', next_action: { type: 'redirect_to_url' } });
  const page = intent.next_action?.redirect_to_url?.url;
  const back = await fetch(`${page}/authorize`, { method: 'POST', redirect: 'manual' });
  expect(back.headers.get('location')).toContain(`${RETURN_URL}?payment_intent=${intent.id}`);
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_confirmation');
  expect((await stripe.paymentIntents.confirm(intent.id)).status).toBe('succeeded');
  await sandbox.expectOnePayment();
});

const held = {
  amount: 5000,
  currency: 'usd',
  capture_method: 'manual',
  confirm: true,
  payment_method: 'pm_card_visa',
  return_url: RETURN_URL,
} as const;

test('money on hold is captured whole', async ({ stripe }) => {
  const intent = await stripe.paymentIntents.create(held);
  expect(intent).toMatchObject({ status: 'requires_capture', amount_capturable: 5000, amount_received: 0 });
  const captured = await stripe.paymentIntents.capture(intent.id, undefined, { idempotencyKey: 'capture of order 7' });
  expect(captured).toMatchObject({ status: 'succeeded', amount_capturable: 0, amount_received: 5000 });
});

test('of money on hold a part is captured, and the rest let go', async ({ stripe }) => {
  const intent = await stripe.paymentIntents.create(held);
  const captured = await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 3000 });
  expect(captured).toMatchObject({ status: 'succeeded', amount: 5000, amount_capturable: 0, amount_received: 3000 });
  const charge = await stripe.charges.retrieve(String(captured.latest_charge));
  expect(charge).toMatchObject({ amount: 5000, amount_captured: 3000, amount_refunded: 0, captured: true });
});

test('money on hold is let go', async ({ stripe, sandbox }) => {
  const intent = await stripe.paymentIntents.create(held);
  const canceled = await stripe.paymentIntents.cancel(intent.id, { cancellation_reason: 'requested_by_customer' });
  expect(canceled).toMatchObject({ status: 'canceled', cancellation_reason: 'requested_by_customer' });
  expect(canceled.canceled_at).toBeGreaterThanOrEqual(canceled.created);
  const { charges } = await sandbox.state();
  expect(charges).toEqual([expect.objectContaining({ amount_captured: 0, amount_refunded: 0, captured: false })]);
});

test('a payment is refunded in parts, and no more than once whole', async ({ stripe }) => {
  const intent = await stripe.paymentIntents.create({
    amount: 1999,
    currency: 'usd',
    confirm: true,
    payment_method: 'pm_card_visa',
    return_url: RETURN_URL,
  });
  const part = await stripe.refunds.create({
    payment_intent: intent.id,
    amount: 500,
    reason: 'requested_by_customer',
    metadata: { order: '7' },
  });
  expect(part).toMatchObject({ amount: 500, status: 'succeeded', payment_intent: intent.id, metadata: { order: '7' } });
  const rest = await stripe.refunds.create({ charge: String(intent.latest_charge) });
  expect(rest.amount).toBe(1499);
  const charge = await stripe.charges.retrieve(String(intent.latest_charge));
  expect(charge).toMatchObject({ amount_refunded: 1999, refunded: true });
  await expect(stripe.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({
    type: 'StripeInvalidRequestError',
    code: 'charge_already_refunded',
  });
});

test('a bank debit is processing until the bank answers', async ({ stripe, sandbox }) => {
  const intent = await stripe.paymentIntents.create({
    amount: 1999,
    currency: 'usd',
    confirm: true,
    payment_method: 'pm_usBankAccount_success',
    return_url: RETURN_URL,
    mandate_data: { customer_acceptance: { type: 'offline' } },
  });
  expect(intent.status).toBe('processing');
  await sandbox.advance(5);
  const settled = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] });
  expect(settled.status).toBe('succeeded');
  expect(settled.latest_charge).toMatchObject({ payment_method_details: { type: 'us_bank_account' } });
});
