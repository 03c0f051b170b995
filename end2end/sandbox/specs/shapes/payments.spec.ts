// Payments in every state.
import type Stripe from 'stripe';
import { answerPage, covers, DAY_S, MANDATE, PAYMENT, test, tried } from './test.ts';

test('payments, from their first day to their last', async ({ stripe, sandbox, world }) => {
  const pay = (params: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
    stripe.paymentIntents.create({ ...PAYMENT, payment_method: 'pm_card_visa', ...params });
  const authenticates = { payment_method: 'pm_card_threeDSecure2Required', use_stripe_sdk: false };
  const customer = await stripe.customers.create();

  await stripe.paymentIntents.create({ amount: 1999, currency: 'usd' });
  await stripe.paymentIntents.create({
    amount: 1999,
    currency: 'eur',
    allowed_payment_method_types: ['card'],
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    capture_method: 'manual',
    customer: customer.id,
    description: 'One mug',
    metadata: { order: '7' },
    payment_method_options: { card: { request_three_d_secure: 'any', setup_future_usage: 'on_session' } },
    receipt_email: 'ada@shop.example',
    setup_future_usage: 'off_session',
    shipping: { name: 'Ada', phone: '1', carrier: 'Post', tracking_number: '1', address: { line1: 'Main Street 1' } },
    statement_descriptor_suffix: 'MUG',
    transfer_group: 'group',
  });
  const ordered = await pay({
    amount_details: {
      line_items: [{ product_name: 'Mug', quantity: 1, unit_cost: 1700, tax: { total_tax_amount: 299 } }],
      shipping: { amount: 0 },
    },
    payment_details: { order_reference: '7' },
    radar_options: { session: 'rse_7' },
  });
  await stripe.paymentIntents.retrieve(ordered.id, { expand: ['amount_details.line_items', 'latest_charge'] });
  await stripe.paymentIntents.listAmountDetailsLineItems(ordered.id);
  for (const capture_method of ['automatic', 'automatic_async'] as const) await pay({ capture_method });
  await pay({ customer: customer.id, setup_future_usage: 'off_session' });
  const held = await pay({ capture_method: 'manual' });
  await stripe.paymentIntents.capture(held.id, { amount_to_capture: 1000 });
  await tried(pay({ payment_method: 'pm_card_visa_chargeDeclined' }));
  await tried(pay({ payment_method: 'pm_card_radarBlock' }));
  await answerPage(await pay(authenticates), 'fail');
  await answerPage(await pay(authenticates), 'authorize');
  await pay({ ...authenticates, confirmation_method: 'manual' });
  for (const cancellation_reason of ['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'] as const) {
    const { id } = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd' });
    await stripe.paymentIntents.cancel(id, { cancellation_reason });
  }
  await stripe.paymentIntents.cancel((await pay({ capture_method: 'manual' })).id);
  // These have time to settle, to expire, to fall back.
  await pay({ capture_method: 'manual' });
  await pay({ payment_method: 'pm_usBankAccount_success', ...MANDATE });
  await tried(pay({ payment_method: 'pm_usBankAccount_insufficientFunds', ...MANDATE }));
  await sandbox.advance(8 * DAY_S);
  await pay({ capture_method: 'manual' });
  await pay(authenticates);
  await pay({ payment_method: 'pm_card_threeDSecure2Required', use_stripe_sdk: true });
  await pay({ payment_method: 'pm_usBankAccount_processing', ...MANDATE });
  await answerPage(await pay({ ...authenticates, confirmation_method: 'manual' }), 'authorize');
  await covers(world, { table: 'payment_intents', resource: 'PaymentIntents.PaymentIntent' }, 'status');
  await covers(world, { table: 'charges', resource: 'Charges.Charge' }, 'status');
});
