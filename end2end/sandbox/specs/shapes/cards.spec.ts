// What each test card leaves behind.
import { readFileSync } from 'node:fs';
import { expect, PAYMENT, RETURN_URL, test, tried } from './test.ts';

test('every test card, paying and saved', async ({ stripe, sandbox }) => {
  const table = readFileSync(new URL('../../tests/api/card_table.rs', import.meta.url), 'utf8');
  const cards = new Set(table.match(/pm_card_\w+/g));
  expect(cards.size).toBeGreaterThan(40);
  for (const payment_method of cards) {
    await tried(stripe.paymentIntents.create({ ...PAYMENT, payment_method }));
    await tried(stripe.setupIntents.create({ confirm: true, payment_method, return_url: RETURN_URL }));
  }
  await sandbox.advance(60);
});
