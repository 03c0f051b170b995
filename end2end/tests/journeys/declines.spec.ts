// Cards that a bank declines: words beside the form, what was typed stays, and the next card pays on the same intent.
import { CARDS, expect, test } from '../../fixtures/test.ts';

const DECLINED = 'Your card was declined. Please try another card.';

for (const { card, words } of [
  { card: 'declined', words: DECLINED },
  { card: 'insufficientFunds', words: 'Your card has insufficient funds. Please try another card.' },
  { card: 'expired', words: 'Your card has expired. Please try another card.' },
  { card: 'wrongCode', words: "Your card's security code is incorrect. Please check it and try again." },
  { card: 'processingError', words: 'An error occurred while processing your card. Try again in a little bit.' },
  // What a bank suspects is not told: it would help the thief.
  { card: 'lost', words: DECLINED },
  { card: 'stolen', words: DECLINED },
] as const) {
  test(`a card that is refused (${card}) says so, and another pays on the same intent`, async ({
    page,
    shop,
    stripe,
    sandbox,
  }) => {
    await shop.startPaying();
    await stripe.fillCard(CARDS[card]);
    await shop.payButton.click();
    await shop.expectRefusal(words);
    await expect(stripe.form.locator('[name="number"]')).toHaveValue(CARDS[card]);
    await expect(stripe.form.locator('[name="expiry"]')).toHaveValue('12 / 34');
    await expect(stripe.form.locator('[name="cvc"]')).toHaveValue('123');
    const { charges, payment_intents } = await sandbox.expectNothingCharged();
    expect(charges).toMatchObject([{ status: 'failed' }]);
    expect(payment_intents).toMatchObject([{ status: 'requires_payment_method' }]);

    await stripe.fillCard(CARDS.pays);
    await shop.payButton.click();
    await shop.expectPaid();
    await expect(page.getByText(words)).toHaveCount(0);
    const { intent, state } = await sandbox.expectOnePayment();
    expect(state.payment_intents).toHaveLength(1);
    expect(state.charges.map(({ status }) => status).sort()).toEqual(['failed', 'succeeded']);
    expect(state.confirmation_tokens.map(({ payment_intent }) => payment_intent)).toEqual([intent.id, intent.id]);
  });
}

test('a decline is still told after a reload, and the order can be paid then', async ({ page, shop, stripe, sandbox }) => {
  await shop.startPaying();
  await stripe.fillCard(CARDS.declined);
  await shop.payButton.click();
  await shop.expectRefusal(DECLINED);
  await page.reload();
  await shop.expectRefusal(DECLINED);
  await stripe.fillCard(CARDS.pays);
  await shop.payButton.click();
  await shop.expectPaid();
  const { state } = await sandbox.expectOnePayment();
  expect(state.payment_intents).toHaveLength(1);
});
