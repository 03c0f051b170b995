// Subscriptions and invoices in every state.
import type Stripe from 'stripe';
import { covers, DAY_S, expect, RETURN_URL, test, tried } from './test.ts';

/** A customer with a card, and a price for each month. */
async function tea(stripe: Stripe, card = 'pm_card_visa') {
  const product = await stripe.products.create({ name: 'Tea' });
  const recurring = { interval: 'month' } as const;
  const price = await stripe.prices.create({ currency: 'usd', product: product.id, unit_amount: 1000, recurring });
  const customer = await stripe.customers.create({ email: 'ada@shop.example' });
  const { id } = await stripe.paymentMethods.attach(card, { customer: customer.id });
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: id } });
  return { customer: customer.id, items: [{ price: price.id }] };
}

test('subscriptions, from their trial to their end', async ({ stripe, sandbox, world }) => {
  const good = await tea(stripe);
  const bad = await tea(stripe, 'pm_card_chargeCustomerFail');
  const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'repeating', duration_in_months: 2 });
  await stripe.subscriptions.create({ ...good, trial_period_days: 7 });
  await stripe.subscriptions.create({ ...good, discounts: [{ coupon: coupon.id }], metadata: { shop: 'till' } });
  const canceled = await stripe.subscriptions.create(good);
  await stripe.subscriptions.cancel(canceled.id, { cancellation_details: { comment: 'No thirst', feedback: 'other' } });
  const ending = await stripe.subscriptions.create({ ...good, description: 'Tea' });
  await stripe.subscriptions.update(ending.id, { cancel_at_period_end: true });
  await stripe.subscriptions.create({ ...bad, payment_behavior: 'default_incomplete' });
  await tried(stripe.subscriptions.create({ ...bad, payment_behavior: 'error_if_incomplete' }));
  await sandbox.advance(2 * DAY_S);
  const { id: late } = await stripe.subscriptions.create({ ...bad, trial_period_days: 1 });
  await sandbox.advance(2 * DAY_S);
  const paused = await stripe.subscriptions.create({
    customer: (await stripe.customers.create()).id,
    items: good.items,
    trial_period_days: 1,
    trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
  });
  await sandbox.advance(2 * DAY_S);
  await stripe.subscriptions.create({ ...bad, payment_behavior: 'default_incomplete' });
  await stripe.subscriptions.create({ ...good, trial_period_days: 7 });
  expect((await stripe.subscriptions.retrieve(late)).status).toBe('past_due');
  expect((await stripe.subscriptions.retrieve(paused.id)).status).toBe('paused');
  await stripe.subscriptions.update(paused.id, { pause_collection: { behavior: 'void' } });
  await covers(world, { table: 'subscriptions', resource: 'Subscriptions.Subscription' }, 'status', ['unpaid']);
});

test('invoices, from their draft to their end', async ({ stripe, sandbox, world }) => {
  const { customer } = await tea(stripe);
  const draft = async (params: Stripe.InvoiceCreateParams = {}) => {
    const invoice = await stripe.invoices.create({ customer, currency: 'usd', ...params });
    const item = { customer, invoice: invoice.id as string, amount: 1500, currency: 'usd', description: 'Repair' };
    await stripe.invoiceItems.create({ ...item, metadata: { order: '7' } });
    return invoice.id as string;
  };
  await draft({ auto_advance: false, description: 'Later', footer: 'Thank you', metadata: { order: '7' } });
  await stripe.invoiceItems.create({ customer, amount: 500, currency: 'usd' });
  await stripe.invoices.finalizeInvoice(await draft({ collection_method: 'send_invoice', days_until_due: 30 }));
  await stripe.invoices.pay(await draft());
  const outside = await stripe.invoices.finalizeInvoice(await draft({ auto_advance: false }));
  await stripe.invoices.pay(outside.id as string, { paid_out_of_band: true });
  for (const end of ['voidInvoice', 'markUncollectible'] as const) {
    const { id } = await stripe.invoices.finalizeInvoice(await draft({ auto_advance: false }));
    await stripe.invoices[end](id as string);
  }
  await stripe.invoices.createPreview({ customer });
  await sandbox.advance(60);
  await covers(world, { table: 'invoices', resource: 'Invoices.Invoice' }, 'status', [null]);
});

test('subscriptions that change', async ({ stripe }) => {
  const { customer, items } = await tea(stripe);
  const made = await stripe.subscriptions.create({
    customer,
    items,
    payment_settings: {
      payment_method_options: { card: { request_three_d_secure: 'automatic' } },
      save_default_payment_method: 'on_subscription',
    },
    billing_cycle_anchor_config: { day_of_month: 5 },
  });
  const item = made.items.data[0]!.id;
  await stripe.subscriptions.update(made.id, { items: [{ id: item, quantity: 3 }] });
  const product = (await stripe.products.create({ name: 'Cup' })).id;
  const price_data = { currency: 'usd', product, recurring: { interval: 'month' }, unit_amount: 5000 } as const;
  await stripe.subscriptionItems.create({ subscription: made.id, price_data, proration_behavior: 'always_invoice' });
  const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
  await stripe.subscriptions.update(made.id, { default_payment_method: bad.id });
  await stripe.subscriptions.update(made.id, {
    items: [{ id: item, quantity: 900 }],
    payment_behavior: 'pending_if_incomplete',
    proration_behavior: 'always_invoice',
  });
  await stripe.invoices.createPreview({ subscription: made.id });
  await stripe.subscriptions.create({ customer, items, trial_period_days: 3, payment_behavior: 'default_incomplete' });
});

test('a first payment in the page, and its failures', async ({ stripe, sandbox }) => {
  const made = await stripe.subscriptions.create({
    ...(await tea(stripe)),
    payment_behavior: 'default_incomplete',
    expand: ['latest_invoice.confirmation_secret', 'latest_invoice.payments'],
  });
  const invoice = made.latest_invoice as Stripe.Invoice;
  const [intent] = invoice.confirmation_secret!.client_secret.split('_secret_');
  for (const card of ['pm_card_visa_chargeDeclined', 'pm_card_threeDSecure2Required']) {
    await tried(stripe.paymentIntents.confirm(intent!, { payment_method: card, return_url: RETURN_URL }));
  }
  await sandbox.advance(DAY_S);
});

test('a draft that is deleted, and prices of other kinds', async ({ stripe }) => {
  const { customer } = await tea(stripe);
  const invoice = await stripe.invoices.create({ customer });
  await stripe.invoiceItems.create({ customer, invoice: invoice.id!, amount: 100, currency: 'usd' });
  await stripe.invoices.del(invoice.id!);
  const product = (await stripe.products.create({ name: 'Cup' })).id;
  const price = { product, currency: 'usd', recurring: { interval: 'week', interval_count: 2 } } as const;
  const tiers = [
    { up_to: 5, unit_amount: 100, flat_amount: 50 },
    { up_to: 'inf', unit_amount_decimal: '12.5' as never },
  ] as Stripe.PriceCreateParams.Tier[];
  await stripe.prices.create({ ...price, billing_scheme: 'tiered', tiers, tiers_mode: 'graduated' });
  const currency_options = { eur: { unit_amount: 900 }, jpy: { unit_amount: 150 } };
  await stripe.prices.create({ ...price, unit_amount: 1000, currency_options, nickname: 'Abroad' });
});
