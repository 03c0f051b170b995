// Products, prices, coupons and their codes.
import { DAY_S, test } from './test.ts';

test('what is sold, and for less', async ({ stripe }) => {
  const product = await stripe.products.create({
    name: 'Mug',
    default_price_data: { currency: 'eur', unit_amount: 1999 },
    description: 'For tea',
    images: ['https://shop.example/mug.png'],
    metadata: { shelf: '7' },
    url: 'https://shop.example/mug',
  });
  const price = { currency: 'usd', product: product.id };
  await stripe.prices.create({ ...price, unit_amount: 2199, lookup_key: 'mug' });
  await stripe.prices.create({ ...price, unit_amount_decimal: '0.5' as never });
  await stripe.prices.create({ ...price, unit_amount: 500, recurring: { interval: 'month' } });
  const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'once' });
  const repeating = { duration: 'repeating', duration_in_months: 3 } as const;
  const off = await stripe.coupons.create({ amount_off: 500, currency: 'usd', ...repeating });
  const customer = await stripe.customers.create();
  await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id } });
  await stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: off.id },
    code: 'MUGS',
    customer: customer.id,
    expires_at: Math.floor(Date.now() / 1000) + DAY_S,
    max_redemptions: 3,
    restrictions: { first_time_transaction: true, minimum_amount: 1000, minimum_amount_currency: 'usd' },
  });
  const unsold = await stripe.products.create({ name: 'Cup' });
  await stripe.products.del(unsold.id);
  await stripe.coupons.del((await stripe.coupons.create({ percent_off: 5 })).id);
});
