// Each currency the shop sells in: one with decimals, one without.
import { CARDS, expect, test } from '../../fixtures/test.ts';

for (const { code, shown, amount } of [
  { code: 'EUR', shown: '€22.00', amount: 2200 },
  { code: 'JPY', shown: '¥3,600', amount: 3600 },
] as const) {
  test(`an order in ${code} is paid in ${code}`, async ({ page, shop, stripe, sandbox }) => {
    await shop.switchCurrency(code);
    await shop.startPaying('Service Bell');
    await expect(shop.payButton).toHaveText(`Pay ${shown}`);
    await stripe.fillCard(CARDS.pays);
    await shop.payButton.click();
    await shop.expectPaid();
    await expect(page.getByRole('row', { name: /^Total/ })).toContainText(shown);
    const { intent } = await sandbox.expectOnePayment();
    expect(intent).toMatchObject({ amount, currency: code.toLowerCase() });
  });
}
