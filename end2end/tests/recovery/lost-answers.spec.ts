// Answers that are lost: between browser and shop, and between shop and Stripe. Nobody pays twice, nobody is told that
// a payment failed which did not.
import { CARDS, expect, type Fault, test } from '../../fixtures/test.ts';

const CONFIRM = '**/api/confirm_order*';

test.describe('between browser and shop', () => {
  test.use({ expectedConsoleErrors: [{ matching: /net::ERR_/, because: 'the connection is cut on purpose' }] });

  test('the shop’s answer is lost: the page asks what became of it', async ({ page, shop, stripe, sandbox }) => {
    let confirms = 0;
    await page.route(CONFIRM, async (route) => {
      confirms += 1;
      await route.fetch();
      await route.abort('connectionreset');
    });
    await shop.startPaying();
    await stripe.fillCard(CARDS.pays);
    await shop.payButton.click();
    await shop.expectPaid();
    expect(confirms).toBe(1);
    await sandbox.expectOnePayment();
  });

  test('the call never reaches the shop: it is sent again with the same token', async ({ page, shop, stripe, sandbox }) => {
    const tokens: string[] = [];
    await page.route(CONFIRM, async (route) => {
      tokens.push(route.request().postDataJSON().request.token);
      await (tokens.length === 1 ? route.abort('connectionreset') : route.continue());
    });
    await shop.startPaying();
    await stripe.fillCard(CARDS.pays);
    await shop.payButton.click();
    await shop.expectPaid();
    expect(tokens).toHaveLength(2);
    expect(new Set(tokens).size).toBe(1);
    const { state } = await sandbox.expectOnePayment();
    expect(state.confirmation_tokens).toHaveLength(1);
  });

  test('a decline whose answer is lost is told all the same', async ({ page, shop, stripe, sandbox }) => {
    await page.route(CONFIRM, async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    }, { times: 1 });
    await shop.startPaying();
    await stripe.fillCard(CARDS.insufficientFunds);
    await shop.payButton.click();
    await shop.expectRefusal('Your card has insufficient funds. Please try another card.');
    await stripe.fillCard(CARDS.pays);
    await shop.payButton.click();
    await shop.expectPaid();
    await sandbox.expectOnePayment();
  });

  test('a bank’s question whose answer is lost is put all the same', async ({ page, shop, stripe, sandbox }) => {
    await page.route(CONFIRM, async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    }, { times: 1 });
    await shop.startPaying();
    await stripe.fillCard(CARDS.challenged);
    await shop.payButton.click();
    await stripe.completeChallenge();
    await shop.expectPaid();
    await sandbox.expectOnePayment();
  });
});

test.describe('between shop and Stripe', () => {
  const faults: [string, Fault['fault']][] = [
    ['is reset before Stripe did anything', { kind: 'reset', after_commit: false }],
    ['is reset after Stripe did it', { kind: 'reset', after_commit: true }],
    ['ends in a 500 before Stripe did anything', { kind: 'status', status: 500, after_commit: false }],
    ['ends in a 500 after Stripe did it', { kind: 'status', status: 500, after_commit: true }],
    ['is told to slow down', { kind: 'rate_limit' }],
    ['meets a lock', { kind: 'lock_timeout' }],
    ['takes its time', { kind: 'delay', ms: 2_000 }],
  ];
  for (const [what, fault] of faults) {
    test(`a call that ${what} ends paid, without a webhook`, async ({ shop, stripe, sandbox }) => {
      await sandbox.webhooks('off');
      await sandbox.fail({ method: 'POST', path: '/v1/payment_intents', fault });
      await shop.startPaying();
      await stripe.fillCard(CARDS.pays);
      await shop.payButton.click();
      await shop.expectPaid();
      const { state } = await sandbox.expectOnePayment();
      expect(state.payment_intents).toHaveLength(1);
      expect(state.confirmation_tokens).toHaveLength(1);
    });
  }

  test('a second try whose confirmation is reset ends paid on the same intent', async ({ shop, stripe, sandbox }) => {
    await sandbox.webhooks('off');
    await shop.startPaying();
    await stripe.fillCard(CARDS.declined);
    await shop.payButton.click();
    await shop.expectRefusal(/^Your card was declined/);
    await sandbox.fail({ method: 'POST', path: '/v1/payment_intents/*', fault: { kind: 'reset', after_commit: true } });
    await stripe.fillCard(CARDS.pays);
    await shop.payButton.click();
    await shop.expectPaid();
    const { state } = await sandbox.expectOnePayment();
    expect(state.payment_intents).toHaveLength(1);
  });
});
