// Checkout Sessions: made by a server, paid on their page.
import type Stripe from 'stripe';
import { payPage } from '../shopper.ts';
import { expect, test } from '../test.ts';

const MUGS: Stripe.Checkout.SessionCreateParams = {
  mode: 'payment',
  success_url: 'https://shop.example/done?session={CHECKOUT_SESSION_ID}',
  line_items: [
    { price_data: { currency: 'eur', unit_amount: 1999, product_data: { name: 'Mug' } }, quantity: 2 },
  ],
};

test('a session is paid on its page, and leads back to the shop', async ({ stripe, sandbox }) => {
  const session = await stripe.checkout.sessions.create({ ...MUGS, metadata: { order: '7' } });
  expect(session).toMatchObject({ status: 'open', payment_status: 'unpaid', amount_total: 3998 });
  expect(await payPage(session)).toBe(`https://shop.example/done?session=${session.id}`);
  const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent', 'line_items'] });
  expect(paid).toMatchObject({ status: 'complete', payment_status: 'paid', payment_intent: { amount_received: 3998 } });
  expect(paid.line_items?.data).toMatchObject([{ description: 'Mug', quantity: 2, amount_total: 3998 }]);
  const { data } = await stripe.events.list({ type: 'checkout.session.completed' });
  expect(data).toMatchObject([{ data: { object: { id: session.id, metadata: { order: '7' } } } }]);
  await sandbox.expectOnePayment();
});

test('a declined card leaves the session open, for another', async ({ stripe, sandbox }) => {
  const session = await stripe.checkout.sessions.create(MUGS);
  await payPage(session, { card_number: '4000 0000 0000 0002' });
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'open' });
  await payPage(session);
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'complete' });
  await sandbox.expectOnePayment();
});

test('a session is expired by the server, and listed', async ({ stripe }) => {
  const { id } = await stripe.checkout.sessions.create(MUGS);
  expect((await stripe.checkout.sessions.expire(id)).status).toBe('expired');
  const { data } = await stripe.checkout.sessions.list({ status: 'expired' });
  expect(data).toMatchObject([{ id, url: null }]);
  const { data: items } = await stripe.checkout.sessions.listLineItems(id);
  expect(items).toMatchObject([{ quantity: 2 }]);
});
