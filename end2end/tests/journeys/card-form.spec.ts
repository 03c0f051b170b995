// A card form that is not filled in: Stripe's words in the form, and nothing sent to anybody.
import { CARDS, expect, test } from '../../fixtures/test.ts';

const TODAY = { number: CARDS.pays };

for (const { what, card, words } of [
  {
    what: 'an empty form',
    card: { number: '', expiry: '', cvc: '', postalCode: '' },
    words: [
      'Your card number is incomplete.',
      "Your card's expiration date is incomplete.",
      "Your card's security code is incomplete.",
      'Your postal code is incomplete.',
    ],
  },
  { what: 'half a card number', card: { number: '4242 4242' }, words: ['Your card number is incomplete.'] },
  { what: 'a mistyped card number', card: { number: '4242 4242 4242 4241' }, words: ['Your card number is invalid.'] },
  { what: 'a year gone by', card: { ...TODAY, expiry: '12 / 20' }, words: ["Your card's expiration year is in the past."] },
  { what: 'no security code', card: { ...TODAY, cvc: '' }, words: ["Your card's security code is incomplete."] },
]) {
  test(`${what} is pointed out and sent nowhere`, async ({ page, shop, stripe, sandbox }) => {
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && /\/(api|v1)\//.test(request.url())) asked.push(request.url());
    });
    await shop.startPaying();
    await stripe.fillCard(card);
    await shop.payButton.click();
    for (const text of words) await stripe.expectMessage(text);
    await expect(shop.payButton).toBeEnabled();
    await expect(shop.alert).toHaveCount(0);
    expect(asked).toEqual([]);
    const state = await sandbox.state();
    expect([state.confirmation_tokens, state.payment_intents]).toEqual([[], []]);

    await stripe.fillCard(CARDS.pays);
    await shop.payButton.click();
    await shop.expectPaid();
    await sandbox.expectOnePayment();
  });
}
