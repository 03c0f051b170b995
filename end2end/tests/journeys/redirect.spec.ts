// A method that sends the shopper away, and back: paid there, or refused there.
import { CARDS, expect, test } from '../../fixtures/test.ts';

test('a shopper who pays on another page comes back to a paid order', async ({ page, shop, stripe, sandbox }) => {
  await shop.startPaying();
  await stripe.choose('alipay');
  await shop.payButton.click();
  await stripe.authorizeRedirect();
  await shop.expectPaid();
  // What Stripe appends to the way back says nothing here, and is not kept.
  await expect(page).toHaveURL(/\/orders\/\w+$/);
  await sandbox.expectOnePayment();
  await shop.expectEmptyCart();
});

test('a shopper who refuses there is told, and pays with a card', async ({ page, shop, stripe, sandbox }) => {
  await shop.startPaying();
  await stripe.choose('alipay');
  await shop.payButton.click();
  await stripe.failRedirect();
  await expect(page.getByText('You have not been charged.')).toBeVisible();
  await sandbox.expectNothingCharged();
  await page.getByRole('link', { name: 'Pay for this order' }).click();
  await stripe.fillCard(CARDS.pays);
  await shop.payButton.click();
  await shop.expectPaid();
  await sandbox.expectOnePayment();
});
