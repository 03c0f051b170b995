// The whole way of a shopper, with nothing that only the sandbox has: as it stands it runs on Stripe's test mode, too
// (`playwright.stripe.config.ts`).
import { CARDS, expect, test } from '../../fixtures/portable.ts';

const NOT_CONFIRMED = /^Your bank did not confirm this payment\./;

test('a shopper is declined, fails and closes the challenge, passes it, and has paid once', async ({ page, shop, stripe, api }) => {
  await shop.startPaying();
  for (const { card, answer, words } of [
    { card: CARDS.declined, answer: undefined, words: /^Your card was declined\./ },
    { card: CARDS.challenged, answer: 'failChallenge', words: NOT_CONFIRMED },
    { card: CARDS.challenged, answer: 'cancelChallenge', words: NOT_CONFIRMED },
  ] as const) {
    await stripe.fillCard(card);
    await shop.payButton.click();
    if (answer) await stripe[answer]();
    await shop.expectRefusal(words);
  }
  await stripe.fillCard(CARDS.challenged);
  await shop.payButton.click();
  await stripe.completeChallenge();
  await shop.expectPaid();

  const key = page.url().split('/').at(-1) ?? '';
  const { data: recent } = await api.paymentIntents.list({ limit: 20 });
  const intents = recent.filter(({ metadata }) => metadata.order_key === key);
  expect(intents.filter(({ status }) => status === 'succeeded')).toHaveLength(1);
  expect(intents.filter(({ amount_received: received }) => received > 0)).toHaveLength(1);
});

// Needs Alipay switched on in the account.
test('a shopper refuses on the page of a method, comes back, and pays there at the second try', async ({ page, shop, stripe }) => {
  await shop.startPaying();
  await stripe.choose('alipay');
  await shop.payButton.click();
  await stripe.failRedirect();
  await expect(page.getByText('You have not been charged.')).toBeVisible();
  await page.getByRole('link', { name: 'Pay for this order' }).click();
  await expect(shop.payButton).toBeEnabled();
  await stripe.choose('alipay');
  await shop.payButton.click();
  await stripe.authorizeRedirect();
  await shop.expectPaid();
});
