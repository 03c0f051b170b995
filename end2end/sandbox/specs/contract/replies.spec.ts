// Answers against Stripe's own types, and proof that the comparison sees what is wrong.
import { objectErrors, replyErrors } from '../../contract/reply.ts';
import { expect, test } from '../test.ts';

test('a paid intent has every field that its type requires, and no other', async ({ world }) => {
  const reply = await fetch(`${world.url}/v1/payment_intents?expand[]=latest_charge.balance_transaction&expand[]=payment_method`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.secretKey}` },
    body: new URLSearchParams({
      amount: '1999',
      capture_method: 'automatic',
      currency: 'usd',
      confirm: 'true',
      payment_method: 'pm_card_visa',
      return_url: 'https://shop.example/return',
    }),
  });
  const intent = await reply.json();
  expect(intent.latest_charge.balance_transaction).toMatchObject({ object: 'balance_transaction' });
  expect(replyErrors('POST', '/v1/payment_intents', intent)).toEqual([]);

  const { amount_received: _, ...poorer } = intent;
  expect(replyErrors('POST', '/v1/payment_intents', poorer)).not.toEqual([]);
  const richer = { ...intent, latest_charge: { ...intent.latest_charge, invented: 1 } };
  expect(replyErrors('POST', '/v1/payment_intents', richer).join()).toContain('invented');
  const wrong = { ...intent, status: 'paid' };
  expect(objectErrors(wrong).join()).toContain('/status');
});

test('a list of events is checked down to their objects', async ({ world }) => {
  const headers = { authorization: `Bearer ${world.secretKey}` };
  const body = new URLSearchParams({ email: 'ada@example.com' });
  await fetch(`${world.url}/v1/customers`, { method: 'POST', headers, body });
  const events = await (await fetch(`${world.url}/v1/events`, { headers })).json();
  expect(replyErrors('GET', '/v1/events', events)).toEqual([]);
  events.data[0].data.object.email = 7;
  expect(replyErrors('GET', '/v1/events', events).join()).toContain('/data/0/data/object/email');
});
