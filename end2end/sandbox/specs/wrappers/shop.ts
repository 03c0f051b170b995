// A shop made with Stripe's own packages for the browser, `@stripe/stripe-js` and `@stripe/react-stripe-js`. Its pages load
// Stripe.js as those do, from https://js.stripe.com: the sandbox stands in for that host, and the pages do not know.
import type { Page } from '@playwright/test';
import { build } from 'esbuild';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { Stripe as Driver } from '../../../fixtures/stripe.ts';
import { connect } from '../client.ts';
import { expect, test as base, type World } from '../test.ts';

export { expect };

type Answer = (body: never) => Promise<unknown>;

/** A page of the folder `pages`, in one script. Each worker builds it once. */
const SCRIPTS = new Map<string, Promise<string>>();

function script(name: string): Promise<string> {
  const made = SCRIPTS.get(name) ?? bundle(name);
  SCRIPTS.set(name, made);
  return made;
}

async function bundle(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [new URL(`pages/${name}.tsx`, import.meta.url).pathname],
    bundle: true,
    write: false,
    jsx: 'automatic',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"development"' },
  });
  return outputFiles[0]?.text ?? '';
}

export class Shop {
  readonly page: Page;
  readonly #url: string;
  readonly #world: World;
  readonly #answers: Map<string, Answer>;

  constructor(page: Page, url: string, world: World, answers: Map<string, Answer>) {
    this.page = page;
    this.#url = url;
    this.#world = world;
    this.#answers = answers;
  }

  /** What the shop's server does when a page asks it. */
  answer<Body>(name: string, answer: (body: Body) => Promise<unknown>): void {
    this.#answers.set(name, answer as Answer);
  }

  /** Opens a page of the folder `pages`. */
  async open(name: string, parameters: Record<string, string> = {}): Promise<void> {
    const query = new URLSearchParams({ key: this.#world.publishableKey, ...parameters });
    await this.page.goto(`${this.#url}/${name}?${query}`);
  }

  async pay(): Promise<void> {
    await this.page.getByRole('button', { name: /^Pay/ }).click();
  }

  /** Waits for the page to say how the payment ended. */
  async expectWords(words: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('status')).toHaveText(words);
  }
}

interface Fixtures {
  shop: Shop;
  driver: Driver;
}

export const test = base.extend<Fixtures>({
  shop: async ({ page, context, world, sandbox }, use) => {
    const answers = new Map<string, Answer>();
    const broken: string[] = [];
    const server = createServer((request, response) => {
      respond(request, answers).then(
        ([type, body]) => response.setHeader('content-type', type).end(body),
        (error: unknown) => {
          broken.push(`the shop's server: ${String(error)}`);
          response.writeHead(500).end();
        },
      );
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    page.on('pageerror', (error) => broken.push(String(error.stack ?? error)));
    await sandbox.standInForStripe(context);
    await use(new Shop(page, `http://127.0.0.1:${(server.address() as AddressInfo).port}`, world, answers));
    server.closeAllConnections();
    server.close();
    expect(broken, 'errors that nobody caught, in the page, a frame or the server').toEqual([]);
  },

  // What the API answers is held against Stripe's types by other specs, which takes seconds. Here a page waits for it.
  stripe: async ({ world }, use) => use(connect(world, { httpClient: Stripe.createNodeHttpClient() })),

  driver: async ({ page }, use) => use(new Driver(page)),
});

async function respond(request: IncomingMessage, answers: Map<string, Answer>): Promise<[type: string, body: string]> {
  const { pathname } = new URL(request.url ?? '/', 'http://shop');
  const [, first = '', second = ''] = pathname.split('/');
  if (first === 'return') return ['text/html', '<!doctype html><title>Returned</title><h1>Thank you!</h1>'];
  if (first === 'pages') return ['text/javascript', await script(second)];
  if (first === 'server') {
    const chunks = await request.toArray();
    const body = JSON.parse(Buffer.concat(chunks).toString()) as never;
    return ['application/json', JSON.stringify(await answers.get(second)?.(body) ?? null)];
  }
  return ['text/html', `<!doctype html><html lang="en"><title>Shop</title><main id="root"></main><script src="/pages/${first}"></script></html>`];
}

/** Confirms as a server does: a decline is an answer, not an accident. */
export async function charge(stripe: Stripe, { token, amount }: { token: string; amount: number }): Promise<{ intent?: Stripe.PaymentIntent; declined?: string }> {
  try {
    return { intent: await stripe.paymentIntents.create({ amount, currency: 'usd', confirm: true, confirmation_token: token }) };
  } catch (error) {
    if (error instanceof Stripe.errors.StripeCardError) return { declined: error.message };
    throw error;
  }
}
