// `--tls`: a page written for Stripe's own hosts, served over https, and nothing of it changed. The browser is started with
// the flags that the program prints, and asks the sandbox for everything that is Stripe's.
import { chromium, type Browser } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import Stripe from 'stripe';
import { CARDS, Stripe as Driver } from '../../../fixtures/stripe.ts';
import { expect, PROGRAM, test } from '../test.ts';

const PAGE = `<!doctype html>
  <html lang="en"><head><title>Shop</title><script src="https://js.stripe.com/endive/stripe.js"></script></head>
  <body><form><div id="payment-element"></div><button>Pay</button></form>
  <script>
    const query = new URLSearchParams(location.search);
    const stripe = Stripe('pk_test_tls');
    const elements = stripe.elements({ clientSecret: query.get('secret') });
    elements.create('payment').mount('#payment-element');
    document.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      stripe.confirmPayment({ elements, confirmParams: { return_url: location.origin + '/return' } });
    });
  </script></body></html>`;

interface Started {
  /** Without the scheme. */
  address: string;
  flags: string[];
  folder: string;
}

const tls = test.extend<{ stripe: Stripe }, { started: Started; mapped: Browser; shop: string }>({
  started: [
    async ({}, use) => {
      const folder = await mkdtemp(path.join(tmpdir(), 'sandbox-tls-'));
      const child = spawn(PROGRAM, ['--port', '0', '--log', 'none', '--tls-cert', folder], { stdio: ['ignore', 'pipe', 'inherit'] });
      let address = '';
      const flags: string[] = [];
      for await (const line of createInterface({ input: child.stdout })) {
        address ||= /http:\/\/(\S+)/.exec(line)?.[1] ?? '';
        // As a shell would read them.
        if (line.trim().startsWith('--')) flags.push(line.trim().replaceAll('"', ''));
        if (flags.length === 2) break;
      }
      await use({ address, flags, folder });
      child.kill('SIGTERM');
      await once(child, 'exit');
      await rm(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],

  mapped: [
    async ({ started }, use) => {
      const executablePath = process.env.TILL_CHROMIUM;
      const browser = await chromium.launch({ args: started.flags, ...(executablePath ? { executablePath } : {}) });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],

  shop: [
    async ({ started }, use) => {
      const [cert, key] = await Promise.all(['certificate.pem', 'key.pem'].map((name) => readFile(path.join(started.folder, name))));
      const server = createServer({ cert, key }, (request, response) => {
        response.setHeader('content-type', 'text/html').end(request.url?.startsWith('/return') ? '<h1>Thank you!</h1>' : PAGE);
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      await use(`https://localhost:${(server.address() as AddressInfo).port}`);
      server.closeAllConnections();
      server.close();
    },
    { scope: 'worker' },
  ],

  stripe: async ({ started }, use) => {
    const ca = await readFile(path.join(started.folder, 'certificate.pem'));
    const [host, port] = started.address.split(':');
    await use(new Stripe('sk_test_tls', { protocol: 'https', host: host ?? '', port: port ?? '', httpAgent: new Agent({ ca }) }));
  },
});

tls('a page for js.stripe.com pays: a card, a challenge, and a method that leads away', async ({ mapped, shop, stripe }) => {
  const page = await mapped.newPage();
  const driver = new Driver(page);
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  const open = async () => {
    const intent = await stripe.paymentIntents.create({ amount: 1999, currency: 'eur', allowed_payment_method_types: ['card', 'bancontact'] });
    await page.goto(`${shop}/?${new URLSearchParams({ secret: intent.client_secret ?? '' })}`);
    return intent.id;
  };
  const expectPaid = async (id: string) => {
    await page.waitForURL(`${shop}/return?payment_intent=${id}&**redirect_status=succeeded`);
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'succeeded', amount_received: 1999 });
  };
  const pay = () => page.getByRole('button', { name: 'Pay' }).click();

  const challenged = await open();
  await driver.fillCard(CARDS.challenged);
  await pay();
  await driver.completeChallenge();
  await expectPaid(challenged);

  const redirected = await open();
  await driver.choose('bancontact');
  await driver.form.locator('[name="name"]').fill('Ada Lovelace');
  await pay();
  await page.waitForURL('https://hooks.stripe.com/**');
  await driver.authorizeRedirect();
  await expectPaid(redirected);

  expect([...hosts].filter((host) => !shop.endsWith(host)).toSorted()).toEqual([
    'api.stripe.com', 'hooks.stripe.com', 'js.stripe.com', 'testmode-acs.stripe.com',
  ]);
  await page.close();
});

tls('plain HTTP is answered on the same port', async ({ started }) => {
  const answer = await fetch(`http://${started.address}/v1/payment_intents`, { headers: { authorization: 'Bearer sk_test_tls' } });
  expect(answer.status).toBe(200);
});
