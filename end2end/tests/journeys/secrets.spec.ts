// What the browser is given: no key but the publishable one, and no client secret unless the bank has a question.
import { CARDS, expect, test } from '../../fixtures/test.ts';

const SECRETS = /sk_(test|live)_|rk_(test|live)_|whsec_/;
const CLIENT_SECRET = /pi_\w+_secret_\w+/;

for (const { card, secretNeeded } of [
  { card: CARDS.pays, secretNeeded: false },
  { card: CARDS.challenged, secretNeeded: true },
]) {
  test(`no secret reaches the browser with ${card}`, async ({ page, shop, stripe, world }) => {
    const received: Promise<{ url: string; text: string }>[] = [];
    const sent: string[] = [];
    page.on('response', (response) => {
      const url = response.url();
      if (!url.startsWith(world.shop)) return;
      // A redirect has no body, and a page that is left takes unread bodies with it.
      const text = response.text().catch(() => '');
      received.push(text.then((text) => ({ url, text: `${text}${JSON.stringify(response.headers())}` })));
    });
    page.on('request', (request) => {
      if (request.url().startsWith(world.shop)) sent.push(`${request.url()} ${request.postData() ?? ''}`);
    });
    await shop.startPaying();
    await stripe.fillCard(card);
    await shop.payButton.click();
    if (secretNeeded) await stripe.completeChallenge();
    await shop.expectPaid();

    const answers = await Promise.all(received);
    for (const file of ['/checkout/', '/orders/', '.js', '.wasm', '/api/']) {
      expect(answers.some(({ url, text }) => url.includes(file) && text.length > 0), file).toBe(true);
    }
    for (const { url, text } of answers) {
      expect(text, url).not.toMatch(SECRETS);
      expect(text, url).not.toContain(world.secretKey);
      if (!(secretNeeded && url.includes('/api/'))) expect(text, url).not.toMatch(CLIENT_SECRET);
    }
    // Nor does the card reach the shop.
    for (const call of sent) expect(call.replaceAll(' ', '')).not.toContain(card.replaceAll(' ', ''));
  });
}
