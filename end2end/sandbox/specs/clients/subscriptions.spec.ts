// What is paid month by month, and by invoice.
import type Stripe from 'stripe';
import { expect, test } from '../test.ts';

const DAY_S = 24 * 60 * 60;

/** A customer with a card, and a price for each month. */
async function tea(stripe: Stripe, card = 'pm_card_visa') {
  const product = await stripe.products.create({ name: 'Tea' });
  const recurring = { interval: 'month' } as const;
  const price = await stripe.prices.create({ currency: 'usd', product: product.id, unit_amount: 1000, recurring });
  const customer = await stripe.customers.create();
  const { id } = await stripe.paymentMethods.attach(card, { customer: customer.id });
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: id } });
  return { customer: customer.id, items: [{ price: price.id }] };
}

test('a subscription is paid at once, and month by month', async ({ stripe, sandbox }) => {
  const { customer, items } = await tea(stripe);
  const made = await stripe.subscriptions.create({ customer, items, expand: ['latest_invoice.payments'] });
  expect(made).toMatchObject({ status: 'active', latest_invoice: { status: 'paid', amount_paid: 1000 } });
  await sandbox.advance(64 * DAY_S);
  const invoices = await stripe.invoices.list({ subscription: made.id }).autoPagingToArray({ limit: 100 });
  expect(invoices.map(({ status, billing_reason }) => [status, billing_reason])).toEqual([
    ['paid', 'subscription_cycle'],
    ['paid', 'subscription_cycle'],
    ['paid', 'subscription_create'],
  ]);
  const { data: charges } = await stripe.charges.list({ customer });
  expect(charges.map(({ amount }) => amount)).toEqual([1000, 1000, 1000]);
  const canceled = await stripe.subscriptions.cancel(made.id);
  expect(canceled.status).toBe('canceled');
});

test('a renewal that fails leaves the subscription past due, until it is paid', async ({ stripe, sandbox }) => {
  const { customer, items } = await tea(stripe);
  const { id } = await stripe.subscriptions.create({ customer, items });
  const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: bad.id } });
  await sandbox.advance(32 * DAY_S);
  const late = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
  expect(late).toMatchObject({ status: 'past_due', latest_invoice: { status: 'open', attempted: true } });
  const good = await stripe.paymentMethods.attach('pm_card_mastercard', { customer });
  const { id: invoice } = late.latest_invoice as Stripe.Invoice;
  const paid = await stripe.invoices.pay(invoice as string, { payment_method: good.id });
  expect(paid.status).toBe('paid');
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('active');
});

test('a subscription begun in the browser waits for its first payment there', async ({ stripe }) => {
  const { customer, items } = await tea(stripe);
  const made = await stripe.subscriptions.create({
    customer,
    items,
    payment_behavior: 'default_incomplete',
    expand: ['latest_invoice.confirmation_secret'],
  });
  expect(made.status).toBe('incomplete');
  const { confirmation_secret } = made.latest_invoice as Stripe.Invoice;
  const [intent] = confirmation_secret?.client_secret.split('_secret_') ?? [];
  await stripe.paymentIntents.confirm(intent as string, {
    payment_method: 'pm_card_visa',
    return_url: 'https://shop.example/return',
  });
  expect((await stripe.subscriptions.retrieve(made.id)).status).toBe('active');
});

test('an invoice is drafted, finalized and paid by hand', async ({ stripe }) => {
  const { customer } = await tea(stripe);
  const draft = await stripe.invoices.create({ customer, currency: 'usd' });
  const invoice = draft.id as string;
  await stripe.invoiceItems.create({ customer, invoice, amount: 1500, currency: 'usd', description: 'Repair' });
  const open = await stripe.invoices.finalizeInvoice(invoice);
  expect(open).toMatchObject({ status: 'open', amount_due: 1500 });
  const paid = await stripe.invoices.pay(invoice);
  expect(paid).toMatchObject({ status: 'paid', amount_paid: 1500 });
  const { data: lines } = await stripe.invoices.listLineItems(invoice);
  expect(lines).toMatchObject([{ amount: 1500, description: 'Repair' }]);
  await expect(stripe.invoices.voidInvoice(invoice)).rejects.toMatchObject({ type: 'StripeInvalidRequestError' });
});
