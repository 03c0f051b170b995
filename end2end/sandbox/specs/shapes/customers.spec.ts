// Customers, what is set up for them, and what their browsers bring.
import type Stripe from 'stripe';
import { answerPage, covers, MANDATE, RETURN_URL, test, tried } from './test.ts';

test('setups, customers and what they keep', async ({ stripe, sandbox, world }) => {
  const customer = await stripe.customers.create({
    address: { line1: 'Main Street 1', country: 'BE' },
    email: 'ada@shop.example',
    metadata: { shop: 'till' },
    name: 'Ada',
    phone: '1',
    preferred_locales: ['nl'],
    shipping: { name: 'Ada', address: { line1: 'Main Street 1' } },
  });
  const setUp = (payment_method: string, params: Stripe.SetupIntentCreateParams = {}) =>
    stripe.setupIntents.create({
      confirm: true,
      customer: customer.id,
      payment_method,
      return_url: RETURN_URL,
      ...params,
    });
  await stripe.setupIntents.create({ usage: 'on_session', description: 'Later', metadata: { order: '7' } });
  await setUp('pm_card_visa');
  await stripe.setupIntents.create({ customer: customer.id, payment_method: 'pm_card_visa' });
  await setUp('pm_card_authenticationRequired');
  await setUp('pm_usBankAccount_success', MANDATE);
  await tried(setUp('pm_card_visa_chargeDeclined'));
  for (const answer of ['authorize', 'fail'] as const) {
    await answerPage(await setUp('pm_card_authenticationRequired', { use_stripe_sdk: false }), answer);
  }
  for (const cancellation_reason of ['abandoned', 'duplicate', 'requested_by_customer'] as const) {
    const { id } = await stripe.setupIntents.create();
    await stripe.setupIntents.cancel(id, { cancellation_reason });
  }
  const card = await stripe.paymentMethods.attach('pm_card_mastercard', { customer: customer.id });
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: card.id } });
  await stripe.paymentMethods.update(card.id, { billing_details: { name: 'Ada', address: { country: 'BE' } } });
  const gone = await stripe.paymentMethods.attach('pm_card_amex', { customer: customer.id });
  await stripe.paymentMethods.detach(gone.id);
  await stripe.customers.del((await stripe.customers.create()).id);
  await stripe.customerSessions.create({
    customer: customer.id,
    components: { payment_element: { enabled: true, features: { payment_method_redisplay: 'enabled' } } },
  });
  for (const times of [0, 1]) {
    const { id } = await stripe.testHelpers.confirmationTokens.create({
      payment_method: 'pm_card_visa',
      return_url: RETURN_URL,
      setup_future_usage: 'off_session',
      shipping: { name: 'Ada', address: { line1: 'Main Street 1' } },
    });
    if (times) await stripe.setupIntents.create({ confirm: true, confirmation_token: id });
  }
  await stripe.webhookEndpoints.create({ url: 'https://shop.example/hook', enabled_events: ['*'], description: 'All' });
  await sandbox.advance(60);
  await covers(world, { table: 'setup_intents', resource: 'SetupIntents.SetupIntent' }, 'status', ['processing']);
});
