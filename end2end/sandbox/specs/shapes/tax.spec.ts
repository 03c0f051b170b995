// Tax, shipping rates, and tokens used and unused.
import { test } from './test.ts';

test('tax, worked out and recorded', async ({ stripe }) => {
  for (const address of [{ country: 'DE' }, { country: 'BR' }, { country: 'US', postal_code: '94107' }]) {
    const calculation = await stripe.tax.calculations.create({
      currency: 'eur',
      customer_details: { address, address_source: 'billing', ip_address: '127.0.0.1' },
      line_items: [
        { amount: 1999, reference: 'mug', metadata: { shelf: '7' } },
        { amount: 1000, quantity: 2, reference: 'cup', tax_behavior: 'inclusive' },
      ],
      shipping_cost: { amount: 500 },
      expand: ['line_items.data.tax_breakdown'],
    });
    const sold = await stripe.tax.transactions.createFromCalculation({
      calculation: calculation.id as string,
      reference: `order to ${address.country}`,
      expand: ['line_items'],
    });
    await stripe.tax.transactions.createReversal({
      mode: 'full',
      original_transaction: sold.id,
      reference: `back from ${address.country}`,
    });
  }
});

test('shipping rates, and tokens', async ({ stripe, world }) => {
  const free = { amount: 0, currency: 'eur' };
  await stripe.shippingRates.create({ display_name: 'Pick up', fixed_amount: free, type: 'fixed_amount' });
  const post = await stripe.shippingRates.create({
    display_name: 'Post',
    delivery_estimate: { minimum: { unit: 'business_day', value: 2 }, maximum: { unit: 'business_day', value: 4 } },
    fixed_amount: { amount: 500, currency: 'eur' },
    metadata: { carrier: 'post' },
    tax_behavior: 'exclusive',
    type: 'fixed_amount',
  });
  await stripe.shippingRates.update(post.id, { active: false });
  const card = { number: '4242424242424242', exp_month: '12', exp_year: '2040', cvc: '123', name: 'Ada' };
  await stripe.tokens.create({ card });
  const used = await stripe.tokens.create({ card });
  await stripe.paymentMethods.create({ type: 'card', card: { token: used.id } });
  await stripe.tokens.create({ cvc_update: { cvc: '123' } });
  await stripe.tokens.create({ pii: { id_number: '000000000' } });
  await stripe.tokens.create({
    bank_account: { country: 'US', currency: 'usd', account_number: '000123456789', routing_number: '110000000' },
  });
  await stripe.paymentIntents.create({
    amount: 1999,
    currency: 'usd',
    confirm: true,
    payment_method: 'pm_card_visa',
    return_url: `${world.url}/return`,
  });
});
