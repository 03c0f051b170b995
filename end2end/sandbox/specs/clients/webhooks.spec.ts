// Deliveries as a shop receives them: signed, and read by the client.
import type Stripe from 'stripe';
import { objectErrors } from '../../contract/reply.ts';
import { type Delivery, Receiver } from '../receiver.ts';
import { expect, test } from '../test.ts';

/** The event in a delivery, if the signature holds. */
function read(stripe: Stripe, { headers, body }: Delivery, secret: string): Stripe.Event {
  expect(objectErrors(JSON.parse(String(body)))).toEqual([]);
  return stripe.webhooks.constructEvent(body, headers['stripe-signature'] as string, secret);
}

async function pay(stripe: Stripe): Promise<Stripe.PaymentIntent> {
  return stripe.paymentIntents.create({
    amount: 1999,
    currency: 'usd',
    confirm: true,
    payment_method: 'pm_card_visa',
    return_url: 'https://shop.example/return',
  });
}

test('the shop hears of a payment, and can trust what it hears', async ({ stripe }) => {
  await using shop = await Receiver.start();
  const endpoint = await stripe.webhookEndpoints.create({
    url: shop.url,
    enabled_events: ['payment_intent.succeeded', 'charge.succeeded'],
  });
  const secret = endpoint.secret as string;
  const intent = await pay(stripe);
  await expect.poll(() => shop.deliveries.length).toBe(2);
  const events = shop.deliveries.map((delivery) => read(stripe, delivery, secret));
  expect(events.map(({ type }) => type).toSorted()).toEqual(['charge.succeeded', 'payment_intent.succeeded']);
  for (const event of events) {
    if (event.type === 'payment_intent.succeeded') expect(event.data.object.id).toBe(intent.id);
    if (event.type === 'charge.succeeded') expect(event.data.object.payment_intent).toBe(intent.id);
    expect(await stripe.events.retrieve(event.id)).toMatchObject({ type: event.type });
  }
  const [delivery] = shop.deliveries;
  expect(delivery?.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8' });
});

test('a forged delivery is refused', async ({ stripe }) => {
  await using shop = await Receiver.start();
  const { secret } = await stripe.webhookEndpoints.create({ url: shop.url, enabled_events: ['customer.created'] });
  await stripe.customers.create();
  await expect.poll(() => shop.deliveries.length).toBe(1);
  const [delivery] = shop.deliveries;
  if (!delivery || !secret) throw new Error('nothing arrived');
  const forged = { ...delivery, body: Buffer.from(delivery.body.toString().replace('cus_', 'cus_x')) };
  const unsigned = { ...delivery, headers: { 'stripe-signature': 't=1,v1=00' } };
  expect(() => read(stripe, forged, secret)).toThrow(/signature/i);
  expect(() => read(stripe, unsigned, secret)).toThrow(/signature|timestamp/i);
  expect(() => read(stripe, delivery, 'whsec_another')).toThrow(/signature/i);
  expect(read(stripe, delivery, secret).type).toBe('customer.created');
});

test('what the shop could not take comes again, signed anew', async ({ stripe, sandbox }) => {
  await using shop = await Receiver.start();
  shop.status = 500;
  const { secret } = await stripe.webhookEndpoints.create({ url: shop.url, enabled_events: ['customer.created'] });
  await stripe.customers.create();
  await expect.poll(() => shop.deliveries.length).toBe(1);
  shop.status = 200;
  await expect.poll(async () => (await sandbox.state()).deliveries[0]?.attempts).toEqual([500]);
  await sandbox.advance(60);
  await expect.poll(() => shop.deliveries.length).toBe(2);
  const [first, second] = shop.deliveries.map((delivery) => read(stripe, delivery, secret as string));
  expect(second).toEqual(first);
});

test('what the client signs, the client reads', async ({ stripe }) => {
  await pay(stripe);
  const { data } = await stripe.events.list({ limit: 1 });
  const payload = JSON.stringify(data[0]);
  const header = stripe.webhooks.generateTestHeaderString({ payload, secret: 'whsec_own' });
  expect(stripe.webhooks.constructEvent(payload, header, 'whsec_own').id).toBe(data[0]?.id);
});

test('an endpoint is made, changed and removed', async ({ stripe }) => {
  await using shop = await Receiver.start();
  const { id, secret } = await stripe.webhookEndpoints.create({ url: shop.url, enabled_events: ['*'] });
  expect(secret).toMatch(/^whsec_/);
  const updated = await stripe.webhookEndpoints.update(id, { disabled: true });
  expect(updated).toMatchObject({ status: 'disabled' });
  expect(updated.secret).toBeUndefined();
  await stripe.customers.create();
  await stripe.webhookEndpoints.update(id, { disabled: false, enabled_events: ['customer.deleted'] });
  const customer = await stripe.customers.create();
  await stripe.customers.del(customer.id);
  await expect.poll(() => shop.deliveries.length).toBe(1);
  expect(JSON.parse(String(shop.deliveries[0]?.body))).toMatchObject({ type: 'customer.deleted' });
  expect(await stripe.webhookEndpoints.del(id)).toMatchObject({ deleted: true });
  expect((await stripe.webhookEndpoints.list()).data).toEqual([]);
});
