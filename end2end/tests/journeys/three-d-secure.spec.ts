// Cards whose bank asks the shopper: passed, failed, closed, and declined all the same.
import { CARDS, expect, test } from '../../fixtures/test.ts';

const NOT_CONFIRMED =
  'Your bank did not confirm this payment. You have not been charged. Please try again, or use another card.';
const DECLINED = 'Your card was declined. Please try another card.';

test('a shopper who passes the challenge has paid', async ({ shop, stripe, sandbox }) => {
  await shop.startPaying();
  await stripe.fillCard(CARDS.challenged);
  await shop.payButton.click();
  await stripe.expectChallenge();
  await sandbox.expectNothingCharged();
  await stripe.completeChallenge();
  await shop.expectPaid();
  const { state } = await sandbox.expectOnePayment();
  expect(state.payment_intents).toHaveLength(1);
  expect(state.charges).toHaveLength(1);
  await shop.expectEmptyCart();
});

for (const { how, card, answer, words } of [
  { how: 'fails the challenge', card: 'challenged', answer: 'failChallenge', words: NOT_CONFIRMED },
  { how: 'closes the challenge', card: 'challenged', answer: 'cancelChallenge', words: NOT_CONFIRMED },
  { how: 'passes it and is declined', card: 'challengedThenDeclined', answer: 'completeChallenge', words: DECLINED },
] as const) {
  test(`a shopper who ${how} is told, and pays with another card`, async ({ shop, stripe, sandbox }) => {
    await shop.startPaying();
    await stripe.fillCard(CARDS[card]);
    await shop.payButton.click();
    await stripe[answer]();
    await shop.expectRefusal(words);
    const { payment_intents } = await sandbox.expectNothingCharged();
    expect(payment_intents).toMatchObject([{ status: 'requires_payment_method' }]);

    await stripe.fillCard(CARDS.pays);
    await shop.payButton.click();
    await shop.expectPaid();
    const { state } = await sandbox.expectOnePayment();
    expect(state.payment_intents).toHaveLength(1);
  });
}

test('a challenge that failed can be passed at the second try', async ({ shop, stripe, sandbox }) => {
  await shop.startPaying();
  await stripe.fillCard(CARDS.challenged);
  await shop.payButton.click();
  await stripe.failChallenge();
  await shop.expectRefusal(NOT_CONFIRMED);
  await shop.payButton.click();
  await stripe.completeChallenge();
  await shop.expectPaid();
  const { state } = await sandbox.expectOnePayment();
  expect(state.payment_intents).toHaveLength(1);
});
