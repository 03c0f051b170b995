// How long a shopper waits for the first field: from `mount()` to the element's `ready`, in milliseconds. Run by hand:
//
//   node end2end/sandbox/benches/first-field.mjs PROGRAM [RUNS]
//
// PROGRAM is a built stripe-sandbox. `cold` is a browser context of its own for each run, as a test has it; `warm` is the
// same page reloaded. TILL_CHROMIUM names another Chromium than Playwright's.

import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

const [program, runs = '21'] = process.argv.slice(2);
const PAYMENT = { mode: 'payment', amount: 1999, currency: 'eur' };
const SCENES = {
  'payment, cards alone': ['payment', { ...PAYMENT, allowedPaymentMethodTypes: ['card'] }],
  'payment, all methods': ['payment', PAYMENT],
  'payment, all methods, Arabic': ['payment', { ...PAYMENT, locale: 'ar' }],
  card: ['card', {}],
};

const sandbox = spawn(program, ['--port', '0', '--quiet'], { stdio: ['ignore', 'pipe', 'inherit'] });
const [line] = await once(createInterface({ input: sandbox.stdout }), 'line');
const address = /http:\S+/.exec(line)[0];
const shop = createServer((request, response) => {
  response.setHeader('content-type', 'text/html').end(`<!doctype html><title>Shop</title>
    <script src="${address}/endive/stripe.js"></script><div id="element"></div>`);
}).listen(0, '127.0.0.1');
await once(shop, 'listening');
const url = `http://127.0.0.1:${shop.address().port}/`;
const executablePath = process.env.TILL_CHROMIUM;
const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] });

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** The group is made as the page loads and the element mounted once the group knows its payment, or at once. */
async function measure(page, [type, options], atOnce) {
  await page.goto(url);
  return page.evaluate(async ([type, options, atOnce]) => {
    const elements = window.Stripe('pk_test_bench').elements(options);
    if (!atOnce) await new Promise((resolve) => setTimeout(resolve, 100));
    const element = elements.create(type);
    const start = performance.now();
    element.mount('#element');
    await new Promise((resolve) => element.on('ready', resolve));
    return performance.now() - start;
  }, [type, options, atOnce]);
}

console.log('median (fastest–slowest) of', runs, 'in ms'.padEnd(10), address);
for (const [name, scene] of Object.entries(SCENES)) {
  const cold = [];
  const warm = [];
  const atOnce = [];
  for (let run = 0; run < Number(runs); run += 1) {
    for (const [times, now] of [[cold, false], [atOnce, true]]) {
      const context = await browser.newContext();
      const page = await context.newPage();
      times.push(await measure(page, scene, now));
      if (!now) warm.push(await measure(page, scene, now));
      await context.close();
    }
  }
  const shown = (times) => `${Math.round(median(times))} (${Math.round(times[0])}–${Math.round(times.at(-1))})`;
  console.log(name.padEnd(30), 'cold', shown(cold).padEnd(16), 'cold, with elements()', shown(atOnce).padEnd(16), 'warm', shown(warm));
}

await browser.close();
shop.closeAllConnections();
shop.close();
sandbox.kill();
