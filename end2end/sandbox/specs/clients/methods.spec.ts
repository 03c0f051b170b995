// Methods besides cards, mandates and flexible captures through Stripe's own client: every answer on the way is held
// against Stripe's types by the fixture.
import type Stripe from 'stripe';
import { expect, test } from '../test.ts';

const RETURN_URL = 'https://shop.test/return';
const SIGNED = { mandate_data: { customer_acceptance: { type: 'offline' } } } as const;
const PAYER = {
  name: 'Jenny Rosen',
  email: 'jenny@example.com',
  address: { line1: 'Rua 1', city: 'Rio', state: 'RJ', postal_code: '20000-000', country: 'BR' },
};

type Data = Stripe.PaymentIntentCreateParams.PaymentMethodData;

for (const [type, currency, action, own] of [
  ['oxxo', 'mxn', 'oxxo_display_details', {}],
  ['boleto', 'brl', 'boleto_display_details', { boleto: { tax_id: '000.000.000-00' } }],
  ['konbini', 'jpy', 'konbini_display_details', {}],
  ['multibanco', 'eur', 'multibanco_display_details', {}],
  ['pix', 'brl', 'pix_display_qr_code', {}],
  ['paynow', 'sgd', 'paynow_display_qr_code', {}],
  ['promptpay', 'thb', 'promptpay_display_qr_code', {}],
  ['wechat_pay', 'usd', 'wechat_pay_display_qr_code', {}],
  ['cashapp', 'usd', 'cashapp_handle_redirect_or_display_qr_code', {}],
  ['swish', 'sek', 'swish_handle_redirect_or_display_qr_code', {}],
  ['alipay', 'usd', 'alipay_handle_redirect', {}],
  ['affirm', 'usd', 'redirect_to_url', {}],
  ['fpx', 'myr', 'redirect_to_url', { fpx: { bank: 'hsbc' } }],
] as const) {
  test(`${type} tells its payer what to do`, async ({ stripe, sandbox }) => {
    const data: Data = { type, billing_details: PAYER, ...own };
    const intent = await stripe.paymentIntents.create({
      amount: 5000,
      currency,
      confirm: true,
      payment_method_data: data,
      return_url: RETURN_URL,
    });
    expect(intent.status).toBe('requires_action');
    expect(intent.next_action?.type).toBe(action);
    await sandbox.advance(180);
    const expand = ['latest_charge', 'payment_method'];
    const later = await stripe.paymentIntents.retrieve(intent.id, { expand });
    expect(later.payment_method).toMatchObject({ type });
  });
}

test('an account is verified by microdeposits, and debited under its mandate', async ({ stripe, sandbox }) => {
  const customer = await stripe.customers.create({});
  const account = { account_number: '000123456789', routing_number: '110000000', account_holder_type: 'individual' } as const;
  const setup = await stripe.setupIntents.create({
    confirm: true,
    customer: customer.id,
    payment_method_data: { type: 'us_bank_account', us_bank_account: account, billing_details: PAYER },
    return_url: RETURN_URL,
    ...SIGNED,
  });
  expect(setup.next_action?.type).toBe('verify_with_microdeposits');
  await stripe.setupIntents.verifyMicrodeposits(setup.id, { amounts: [32, 45] });
  const verified = await stripe.setupIntents.retrieve(setup.id, { expand: ['mandate', 'latest_attempt'] });
  expect(verified.mandate).toMatchObject({ object: 'mandate', status: 'active', type: 'multi_use' });
  const attempts = await stripe.setupAttempts.list({ setup_intent: setup.id });
  expect(attempts.data[0]).toMatchObject({ status: 'succeeded', setup_intent: setup.id });
  const paid = await stripe.paymentIntents.create({
    amount: 1999,
    currency: 'usd',
    confirm: true,
    customer: customer.id,
    off_session: true,
    payment_method: String(verified.payment_method),
  });
  await sandbox.advance(5);
  const settled = await stripe.paymentIntents.retrieve(paid.id, { expand: ['latest_charge'] });
  expect(settled.status).toBe('succeeded');
  await stripe.events.list({ limit: 100 });
});

test('an authorization is incremented, and captured in parts', async ({ stripe }) => {
  const intent = await stripe.paymentIntents.create({
    amount: 2000,
    currency: 'usd',
    capture_method: 'manual',
    confirm: true,
    payment_method: 'pm_card_visa',
    payment_method_options: {
      card: { request_incremental_authorization: 'if_available', request_multicapture: 'if_available' },
    },
    return_url: RETURN_URL,
  });
  await stripe.paymentIntents.incrementAuthorization(intent.id, { amount: 2500 });
  const expand = ['latest_charge'];
  const part = await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 500, final_capture: false, expand });
  expect(part).toMatchObject({ status: 'requires_capture', amount_capturable: 2000, amount_received: 500 });
  const whole = await stripe.paymentIntents.capture(intent.id, { expand });
  expect(whole).toMatchObject({ status: 'succeeded', amount_capturable: 0, amount_received: 2500 });
});
