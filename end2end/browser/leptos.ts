// The examples of the crate `leptos-stripe`, compiled for the browser, and the shop that serves one as its page. They load
// Stripe.js from https://js.stripe.com, and the sandbox stands in for that host.
import type { Page } from '@playwright/test';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import Stripe from 'stripe';
import { Stripe as Driver } from '../fixtures/stripe.ts';
import { connect } from '../sandbox/specs/client.ts';
import { output } from './compile.ts';
import { expect, test as base } from '../sandbox/specs/test.ts';

export { expect };

const WORKSPACE = path.join(import.meta.dirname, '../..');
const TARGET = path.resolve(WORKSPACE, process.env.CARGO_TARGET_DIR ?? 'target');
const BUILT = path.join(TARGET, 'leptos-stripe-examples');

/** As a page of a shop may have it: nothing inline, nothing from elsewhere but what Stripe asks for. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval' 'nonce-page' https://js.stripe.com https://*.js.stripe.com",
  "frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com",
  "connect-src 'self' https://api.stripe.com",
  "img-src data:",
  "style-src 'unsafe-inline'",
].join('; ');

type Answer = (body: string) => Promise<{ status?: number; text: string }>;

export class Shop {
  readonly page: Page;
  readonly #url: string;
  readonly #answers: Map<string, Answer>;

  constructor(page: Page, url: string, answers: Map<string, Answer>) {
    this.page = page;
    this.#url = url;
    this.#answers = answers;
  }

  /** What the shop's server answers at a path. */
  answer(path: string, answer: Answer): void {
    this.#answers.set(path, answer);
  }

  /** Opens the example of that name. */
  async open(example: string): Promise<void> {
    await this.page.goto(`${this.#url}/?${example}`);
  }

  async click(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name }).click();
  }

  async expectWords(words: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('status')).toHaveText(words);
  }
}

interface Fixtures {
  shop: Shop;
  driver: Driver;
  /** What the page said on the console. */
  said: string[];
}

export const test = base.extend<Fixtures, { examples: string }>({
  /** The folder they are in: each worker has its own, for another may be writing. */
  examples: [
    async ({}, use, { parallelIndex }) => {
      const folder = path.join(BUILT, String(parallelIndex));
      build(folder);
      await use(folder);
    },
    { scope: 'worker', timeout: 600_000 },
  ],

  // The key is in the page.
  world: async ({ address }, use) => {
    await use({ url: address, secretKey: 'sk_test_example', publishableKey: 'pk_test_example', misshapen: [] });
  },

  said: async ({ page }, use) => {
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    await use(said);
  },

  shop: async ({ page, context, sandbox, examples }, use) => {
    const answers = new Map<string, Answer>();
    const broken: string[] = [];
    const server = createServer((request, response) => {
      respond(request, answers, examples).then(
        ({ status = 200, type = 'text/plain', text }) => {
          response.writeHead(status, { 'content-type': type, 'content-security-policy': POLICY }).end(text);
        },
        (error: unknown) => {
          broken.push(`the shop's server: ${String(error)}`);
          response.writeHead(500).end();
        },
      );
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    page.on('pageerror', (error) => broken.push(String(error.stack ?? error)));
    await sandbox.reset();
    await sandbox.standInForStripe(context);
    await use(new Shop(page, `http://127.0.0.1:${(server.address() as AddressInfo).port}`, answers));
    server.closeAllConnections();
    server.close();
    expect(broken, 'errors that nobody caught, in the page, a frame or the server').toEqual([]);
  },

  // What the API answers is held against Stripe's types by other specs, which takes seconds. Here a page waits for it.
  stripe: async ({ world }, use) => use(connect(world, { httpClient: Stripe.createNodeHttpClient() })),

  driver: async ({ page }, use) => use(new Driver(page)),
});

/** As a shop builds its own: Cargo, then wasm-bindgen. */
function build(folder: string): void {
  output('cargo', ['build', '--package', 'leptos-stripe', '--examples', '--target', 'wasm32-unknown-unknown']);
  for (const example of ['pay', 'change', 'hydrated']) {
    const wasm = path.join(TARGET, 'wasm32-unknown-unknown/debug/examples', `${example}.wasm`);
    output('wasm-bindgen', ['--target', 'web', '--no-typescript', '--out-dir', folder, wasm]);
  }
  writeFileSync(path.join(folder, 'hydrated.html'), output('cargo', ['run', '--package', 'leptos-stripe', '--example', 'hydrated']));
}

async function respond(
  request: IncomingMessage,
  answers: Map<string, Answer>,
  examples: string,
): Promise<{ status?: number; type?: string; text: string | Buffer }> {
  const { pathname, search } = new URL(request.url ?? '/', 'http://shop');
  if (pathname === '/') return { type: 'text/html', text: await pageOf(search.slice(1), examples) };
  const type = { '.js': 'text/javascript', '.wasm': 'application/wasm' }[path.extname(pathname)];
  if (type) return { type, text: await readFile(path.join(examples, path.basename(pathname))) };
  const answer = answers.get(pathname);
  if (!answer) return { status: 404, text: '' };
  return answer(Buffer.concat(await request.toArray()).toString());
}

/** What the page keeps of the WebAssembly is for the tests to weigh. An example that a server renders has a body. */
async function pageOf(example: string, examples: string): Promise<string> {
  const body = example === 'hydrated' ? await readFile(path.join(examples, 'hydrated.html'), 'utf8') : '';
  return `<!doctype html><html lang="en"><head><title>Shop</title><link rel="icon" href="data:,">
    <script type="module" nonce="page">
      import start from '/${example}.js';
      window.wasm = await start();
    </script></head><body>${body}</body></html>`;
}
