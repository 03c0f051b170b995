// The page a Rust test runs in, and what it may ask for that a page cannot do by itself: type into Stripe's frames, lose
// the network, be the shop's server, count what is left. Each answer is named in `tests/browser/page.rs` of the crate.
import type { CDPSession, Locator, Page, Route } from '@playwright/test';
import { expect, test as base } from '../sandbox/specs/test.ts';
import { serveRustTests } from './compile.ts';
import { installFake, type Recorded, unrecorded } from './fake.ts';

export { expect };

type Answers = Record<string, (...asked: never[]) => unknown>;

export class RustPage {
  readonly #page: Page;
  readonly #url: string;
  readonly #answers: Answers;
  readonly #requests: string[] = [];
  readonly #console: string[] = [];
  readonly #uncaught: string[] = [];

  constructor(page: Page, url: string, answers: Answers) {
    this.#page = page;
    this.#url = url;
    this.#answers = { ...this.#ownAnswers(), ...answers };
    page.on('request', (request) => this.#requests.push(request.url()));
    page.on('console', (message) => this.#console.push(message.text()));
    page.on('pageerror', (error) => this.#uncaught.push(String(error.stack ?? error)));
  }

  /** Runs one test in a page of its own. */
  async run(name: string): Promise<void> {
    await this.#page.exposeFunction('ask', async (what: string, asked: string) => {
      const answer = this.#answers[what];
      if (!answer) throw new Error(`a test cannot ask for ${what}`);
      return JSON.stringify(await answer(...(JSON.parse(asked) as never[]))) ?? 'null';
    });
    await this.#page.route(`${this.#url}/run.js`, (route) => onlyTest(route, name));
    await this.#page.goto(`${this.#url}/`);
    const output = this.#page.locator('#output');
    await expect(output, `the test ${name} ends`).toContainText('test result: ', { timeout: 0 });
    const said = await output.innerText();
    // What follows is the stack of the machine that runs the test, not of the test.
    if (!said.includes('test result: ok. 1 passed')) throw new Error(said.replaceAll(/^ *(Stack:|at .*)\n/gm, ''));
    expect(this.#uncaught, 'errors that nobody caught, in the page or a frame').toEqual([]);
  }

  #ownAnswers(): Answers {
    const context = this.#page.context();
    const input = (place: string, field: string): Locator => {
      const frames = this.#page.locator(`${place} iframe[name^="__privateStripeFrame"]:not([aria-hidden="true"])`);
      return frames.first().contentFrame().locator(`[name="${field}"]`);
    };
    let session: Promise<CDPSession> | undefined;
    return {
      enter: (place: string, field: string, text: string) => input(place, field).fill(text),
      choose: (place: string, field: string, value: string) => input(place, field).selectOption(value),
      press: (place: string, name: string) =>
        this.#page.locator(`${place} iframe`).first().contentFrame().getByRole('button', { name }).click(),
      challenge: async (answer: string) => {
        const frame = this.#page.locator('iframe[src*="three-ds-2-challenge"]').contentFrame();
        const bank = frame.locator('iframe[name="stripe-challenge-frame"]').contentFrame();
        await bank.getByRole('button', { name: answer, exact: true }).click();
      },
      /** Requests that match get nothing, for so many times. */
      lose: (pattern: string, times: number) => context.route(pattern, (route) => route.abort(), { times }),
      /** Requests that match get this script. */
      serve: (pattern: string, body: string) =>
        context.route(pattern, (route) => route.fulfill({ contentType: 'text/javascript', body })),
      /** Requests that match wait for ever. */
      hold: (pattern: string) => context.route(pattern, () => {}),
      /** Another Stripe.js than the sandbox's, which does as it is told. */
      fake: () => this.#page.evaluate(installFake),
      unrecorded: (recorded: Recorded) => unrecorded(recorded),
      requests: (part: string) => this.#requests.filter((url) => url.includes(part)).length,
      console: (part: string) => this.#console.filter((text) => text.includes(part)),
      /** What the browser still holds once the garbage is gone. */
      held: async () => {
        session ??= context.newCDPSession(this.#page);
        const cdp = await session;
        await cdp.send('HeapProfiler.enable');
        await cdp.send('Performance.enable');
        await cdp.send('HeapProfiler.collectGarbage');
        const { metrics } = await cdp.send('Performance.getMetrics');
        const held = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
        return { frames: held.Frames, listeners: held.JSEventListeners, documents: held.Documents, nodes: held.Nodes };
      },
    };
  }
}

/** The runner's script, with the others of its tests left out. */
async function onlyTest(route: Route, name: string): Promise<void> {
  const response = await route.fetch();
  const script = await response.text();
  let found = 0;
  const body = script.replace(/tests\.push\('([^']+)'\);/g, (push, test: string) => {
    const isIt = test.split('::').slice(1).join('::') === name;
    found += Number(isIt);
    return isIt ? push : '';
  });
  if (found !== 1) throw new Error(`${found} tests are called ${name}`);
  await route.fulfill({ response, body });
}

export const test = base.extend<{ rust: RustPage }, { served: string }>({
  served: [
    async ({}, use) => {
      const { url, server } = await serveRustTests();
      await use(url);
      server.kill();
    },
    { scope: 'worker' },
  ],

  rust: async ({ page, served, world, sandbox, stripe }, use) => {
    const answers: Answers = {
      world: () => ({ url: world.url, key: world.publishableKey }),
      /** One call to Stripe's API, as the shop's server. */
      server: (method: 'GET' | 'POST', path: string, params: object) => stripe.rawRequest(method, path, params as never),
      /** What shall go wrong in the sandbox. */
      fail: (fault: Parameters<typeof sandbox.fail>[0]) => sandbox.fail(fault),
    };
    await use(new RustPage(page, served, answers));
  },
});
