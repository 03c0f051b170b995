// A merchant's page, on another origin than the sandbox, that has loaded Stripe.js from it and nothing else. Tests run
// their own code in it. Written with the names of the official types and of Stripe's real document alone.
import type { Stripe, StripeElements, StripeElementsOptions, StripeElementType } from '@stripe/stripe-js';
import type { FrameLocator, Locator, Page } from '@playwright/test';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test as base, type World } from '../test.ts';

export { expect };

declare global {
  interface Window {
    /** The page's own Stripe object, its group, and what its listeners were told. */
    stripe: Stripe;
    elements: StripeElements;
    told: { name: string; event: unknown }[];
  }
}

export interface Card {
  number: string;
  expiry?: string;
  cvc?: string;
  postalCode?: string;
}

export const PAYS = '4242424242424242';
export const CHALLENGED = '4000002760003184';
export const DECLINED = '4000000000000002';

export class Shop {
  readonly page: Page;
  readonly url: string;
  readonly #world: World;

  constructor(page: Page, url: string, world: World) {
    this.page = page;
    this.url = url;
    this.#world = world;
  }

  /** Opens the page with the script of this path, and makes `window.stripe`. */
  async open(script = '/endive/stripe.js'): Promise<void> {
    await this.page.goto(`${this.url}/?script=${encodeURIComponent(this.#world.url + script)}`);
    await this.page.evaluate((key) => {
      if (!window.Stripe) throw new Error('the script is not there');
      window.stripe = window.Stripe(key);
      window.told = [];
    }, this.#world.publishableKey);
  }

  /** Makes `window.elements` with one element, and waits until it is ready. */
  async mount(type: StripeElementType, options: StripeElementsOptions = {}, elementOptions: object = {}): Promise<void> {
    await this.page.evaluate((options) => {
      window.elements = window.stripe.elements(options as never);
    }, options);
    await this.add(type, elementOptions, '#payment-element');
  }

  /** Adds an element to `window.elements`, and waits until it is ready. `told` gets its events. */
  async add(type: StripeElementType, elementOptions: object = {}, container = '#second'): Promise<void> {
    await this.page.evaluate(
      async ([type, elementOptions, container]) => {
        const element = window.elements.create(type as 'payment', elementOptions);
        for (const name of ['ready', 'change', 'focus', 'blur', 'escape', 'loaderror', 'loaderstart'] as const) {
          element.on(name as 'ready', (event) => window.told.push({ name, event }));
        }
        const settled = new Promise((resolve) => element.on('ready', resolve).on('loaderror', resolve));
        element.mount(container);
        await settled;
      },
      [type, elementOptions, container] as const,
    );
  }

  /** The element's visible frame. */
  get frame(): FrameLocator {
    return this.frameIn('#payment-element');
  }

  frameIn(container: string): FrameLocator {
    return this.page.locator(`${container} iframe[name^="__privateStripeFrame"]`).first().contentFrame();
  }

  field(name: string): Locator {
    return this.frame.locator(`[name="${name}"]`);
  }

  async fillPayment({ number, expiry = '12 / 34', cvc = '123', postalCode = '10001' }: Card): Promise<void> {
    await this.field('number').fill(number);
    await this.field('expiry').fill(expiry);
    await this.field('cvc').fill(cvc);
    await this.field('country').selectOption('US');
    await this.field('postalCode').fill(postalCode);
  }

  async fillCard({ number, expiry = '12 / 34', cvc = '123', postalCode = '10001' }: Card): Promise<void> {
    await this.field('cardnumber').fill(number);
    await this.field('exp-date').fill(expiry);
    await this.field('cvc').fill(cvc);
    await this.field('postal').fill(postalCode);
  }

  get challenge(): Locator {
    return this.page.locator('body > div > iframe[name^="__privateStripeFrame"][src*="three-ds-2-challenge"]');
  }

  async answerChallenge(answer: 'Complete' | 'Fail'): Promise<void> {
    const bank = this.challenge.contentFrame().locator('iframe[name="stripe-challenge-frame"]').contentFrame();
    await bank.getByRole('button', { name: answer, exact: true }).click();
  }

  /** What the element's listeners were told under this name. */
  async events(name: string): Promise<unknown[]> {
    const told = await this.page.evaluate(() => window.told);
    return told.filter((one) => one.name === name).map((one) => one.event);
  }
}

export const test = base.extend<{ shop: Shop }>({
  shop: async ({ page, world }, use) => {
    const server = createServer((request, response) => {
      const script = new URL(request.url ?? '/', 'http://shop').searchParams.get('script');
      response.setHeader('content-type', 'text/html').end(`<!doctype html>
        <html lang="en"><head><title>Shop</title>${script ? `<script src="${script}"></script>` : ''}</head>
        <body><main><h1>Shop</h1><form><div id="payment-element"></div></form><div id="second"></div><div id="third"></div></main></body></html>`);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const broken: string[] = [];
    page.on('pageerror', (error) => broken.push(String(error.stack ?? error)));
    await use(new Shop(page, `http://127.0.0.1:${port}`, world));
    server.closeAllConnections();
    server.close();
    expect(broken, 'errors that nobody caught, in the page or a frame').toEqual([]);
  },
});
