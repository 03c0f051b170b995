// Checkout Sessions in every state.
import type Stripe from 'stripe';
import { payPage } from '../shopper.ts';
import { covers, test } from './test.ts';

const KIND = { table: 'checkout_sessions', resource: 'Checkout/Sessions.Session' };

test('sessions, open, paid and expired', async ({ stripe, sandbox, world }) => {
  const product = await stripe.products.create({ name: 'Mug' });
  const price = await stripe.prices.create({ currency: 'eur', product: product.id, unit_amount: 1999 });
  const coupon = await stripe.coupons.create({ percent_off: 10 });
  const rate = await stripe.shippingRates.create({
    display_name: 'Post',
    fixed_amount: { amount: 500, currency: 'eur' },
    type: 'fixed_amount',
  });
  const customer = await stripe.customers.create({ email: 'ada@shop.example', address: { country: 'DE' } });
  const plain: Stripe.Checkout.SessionCreateParams = {
    mode: 'payment',
    success_url: 'https://shop.example/done',
    cancel_url: 'https://shop.example/cart',
    line_items: [{ price: price.id, quantity: 2 }],
  };
  await stripe.checkout.sessions.create({
    ...plain,
    allow_promotion_codes: true,
    client_reference_id: 'cart',
    customer_creation: 'always',
    metadata: { order: '7' },
    phone_number_collection: { enabled: true },
    shipping_address_collection: { allowed_countries: ['BE', 'DE'] },
    shipping_options: [{ shipping_rate: rate.id }],
  });
  const taxed = await stripe.checkout.sessions.create({
    ...plain,
    automatic_tax: { enabled: true },
    customer: customer.id,
    discounts: [{ coupon: coupon.id }],
    expand: ['line_items.data.discounts', 'line_items.data.taxes', 'total_details.breakdown'],
  });
  await payPage(taxed);
  await payPage(await stripe.checkout.sessions.create(plain));
  const held = { payment_intent_data: { capture_method: 'manual' } } as const;
  await payPage(await stripe.checkout.sessions.create({ ...plain, ...held }));
  const { id } = await stripe.checkout.sessions.create(plain);
  await stripe.checkout.sessions.expire(id);
  const { success_url = '' } = plain;
  const setup = await stripe.checkout.sessions.create({ mode: 'setup', currency: 'eur', success_url });
  await payPage(setup);
  await sandbox.advance(60);
  await covers(world, KIND, 'status', [null]);
  await covers(world, KIND, 'payment_status');
});
