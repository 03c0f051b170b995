// Lists page by page, searches, and objects within objects.
import type Stripe from 'stripe';
import { expect, test } from '../test.ts';

/** Payments of 100, 200, … cents, oldest first. */
async function payments(stripe: Stripe, count: number): Promise<string[]> {
  const ids = [];
  for (let number = 1; number <= count; number += 1) {
    const metadata = { number: String(number), parity: number % 2 ? 'odd' : 'even' };
    const { id } = await stripe.paymentIntents.create({ amount: number * 100, currency: 'usd', metadata });
    ids.push(id);
  }
  return ids;
}

test('the client walks all pages by itself, newest first', async ({ stripe }) => {
  const ids = await payments(stripe, 7);
  const seen: string[] = [];
  for await (const { id } of stripe.paymentIntents.list({ limit: 3 })) seen.push(id);
  expect(seen).toEqual(ids.toReversed());
});

test('the client walks backwards from where it stands', async ({ stripe }) => {
  const ids = await payments(stripe, 7);
  const oldest = ids[0] as string;
  const seen = await stripe.paymentIntents.list({ limit: 2, ending_before: oldest }).autoPagingToArray({ limit: 100 });
  expect(seen.map(({ id }) => id)).toEqual(ids.slice(1));
});

test('a page says whether more follow', async ({ stripe }) => {
  const ids = await payments(stripe, 3);
  const first = await stripe.paymentIntents.list({ limit: 2 });
  expect(first).toMatchObject({ object: 'list', has_more: true, url: '/v1/payment_intents' });
  const last = await stripe.paymentIntents.list({ limit: 2, starting_after: ids[1] as string });
  expect(last).toMatchObject({ has_more: false, data: [{ id: ids[0] }] });
});

test('a search is walked by its own pages', async ({ stripe }) => {
  const ids = await payments(stripe, 7);
  const odd = await stripe.paymentIntents
    .search({ query: "metadata['parity']:'odd' AND amount>100", limit: 1 })
    .autoPagingToArray({ limit: 100 });
  expect(odd.map(({ id }) => id)).toEqual([ids[6], ids[4], ids[2]]);
});

test('ids are replaced by their objects where asked, four levels deep and in lists', async ({ stripe }) => {
  const customer = await stripe.customers.create({ name: 'Ada' });
  const intent = await stripe.paymentIntents.create({
    amount: 1999,
    capture_method: 'automatic',
    currency: 'usd',
    confirm: true,
    customer: customer.id,
    payment_method: 'pm_card_visa',
    return_url: 'https://shop.example/return',
    expand: ['customer', 'latest_charge.balance_transaction', 'payment_method'],
  });
  expect(intent).toMatchObject({
    customer: { name: 'Ada' },
    latest_charge: { object: 'charge', balance_transaction: { amount: 1999, type: 'charge' } },
    payment_method: { card: { brand: 'visa' } },
  });
  const { data } = await stripe.charges.list({ expand: ['data.payment_intent.latest_charge.payment_intent'] });
  expect(data).toMatchObject([{ payment_intent: { latest_charge: { payment_intent: { id: intent.id } } } }]);
  await expect(stripe.charges.list({ expand: ['data.no_such_field'] })).rejects.toMatchObject({
    type: 'StripeInvalidRequestError',
    param: 'expand',
  });
});

test('what happened is told by events, newest first and by type', async ({ stripe }) => {
  const intent = await stripe.paymentIntents.create({
    amount: 1999,
    currency: 'usd',
    confirm: true,
    payment_method: 'pm_card_visa',
    return_url: 'https://shop.example/return',
  });
  const { data } = await stripe.events.list({ types: ['payment_intent.created', 'payment_intent.succeeded'] });
  expect(data.map(({ type }) => type)).toEqual(['payment_intent.succeeded', 'payment_intent.created']);
  const [succeeded] = data;
  expect(succeeded?.api_version).toBe('2026-10-28.endive');
  expect(succeeded?.request?.id).toBe(intent.lastResponse.requestId);
  const event = await stripe.events.retrieve(succeeded?.id as string);
  if (event.type !== 'payment_intent.succeeded') throw new Error(event.type);
  expect(event.data.object).toMatchObject({ id: intent.id, status: 'succeeded' });
});
