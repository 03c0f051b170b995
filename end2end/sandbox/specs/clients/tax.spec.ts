// Tax, worked out, recorded and taken back; and tokens, which the browser or the server makes.
import { expect, test } from '../test.ts';

test('tax is worked out, recorded and reversed', async ({ stripe }) => {
  const calculation = await stripe.tax.calculations.create({
    currency: 'eur',
    customer_details: { address: { country: 'DE' }, address_source: 'shipping' },
    line_items: [{ amount: 1999, reference: 'mug' }],
    shipping_cost: { amount: 500 },
    expand: ['line_items'],
  });
  expect(calculation).toMatchObject({ amount_total: 1999 + 380 + 500 + 95, tax_amount_exclusive: 475 });
  expect(calculation.line_items?.data).toMatchObject([{ reference: 'mug', amount_tax: 380 }]);
  const sold = await stripe.tax.transactions.createFromCalculation({
    calculation: calculation.id as string,
    reference: 'order 7',
  });
  const back = await stripe.tax.transactions.createReversal({
    mode: 'full',
    original_transaction: sold.id,
    reference: 'order 7, sent back',
  });
  expect(back).toMatchObject({ type: 'reversal', reversal: { original_transaction: sold.id } });
  const { data } = await stripe.tax.transactions.listLineItems(sold.id);
  expect(data).toMatchObject([{ reference: 'mug', amount_tax: 380 }]);
});

test('a token becomes a card, once', async ({ stripe }) => {
  const card = { number: '4242424242424242', exp_month: '12', exp_year: '2040', cvc: '123' };
  const token = await stripe.tokens.create({ card });
  expect(token).toMatchObject({ type: 'card', used: false, card: { last4: '4242' } });
  const method = await stripe.paymentMethods.create({ type: 'card', card: { token: token.id } });
  expect(method.card?.last4).toBe('4242');
  expect((await stripe.tokens.retrieve(token.id)).used).toBe(true);
  await expect(stripe.paymentMethods.create({ type: 'card', card: { token: token.id } })).rejects.toMatchObject({
    code: 'token_already_used',
  });
});
