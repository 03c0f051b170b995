// What Stripe's real pages do to a shopper: a form that is made anew while it is filled in, frames that are no form, a
// challenge that is slow, replaced, and deaf to the first click.
import { CARDS, expect, test } from '../../fixtures/test.ts';

test('a form that lost what was typed says so; then the shopper gets through, and pays once', async ({ shop, stripe, sandbox }) => {
  await sandbox.misbehave({ decoy_frames: 1, remounts: 1, slow_challenge_ms: 500, lost_clicks: 1, challenge_swaps: 1 });
  await shop.startPaying();
  const number = stripe.form.locator('[name="number"]');
  await number.fill(CARDS.challenged);
  await expect(number).toHaveValue('');
  await shop.payButton.click();
  await stripe.expectMessage('Your card number is incomplete.');
  await expect(shop.payButton).toBeEnabled();
  await sandbox.expectNothingCharged();

  await stripe.fillCard(CARDS.challenged);
  await shop.payButton.click();
  await stripe.completeChallenge();
  await shop.expectPaid();
  await sandbox.expectOnePayment();
});
