// How long a shopper waits for the first field: from `mount()` to the element's `ready`, in milliseconds. Run by hand:
//
//   node end2end/sandbox/benches/first-field.mjs PROGRAM [RUNS]
//
// PROGRAM is a built stripe-sandbox. `cold` is a browser context of its own for each run, as a test has it; `warm` is the
// same page reloaded. The page has a line of text, as shops have: a browser's first text of all waits for its fonts.
// TILL_CHROMIUM names another Chromium than Playwright's.

import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

const [program, runs = '21'] = process.argv.slice(2);
const PAYMENT = { mode: 'payment', amount: 1999, currency: 'eur' };
const SCENES = {
  'a bare frame': null,
  'payment, cards alone': ['payment', { ...PAYMENT, allowedPaymentMethodTypes: ['card'] }],
  'payment, all methods': ['payment', PAYMENT],
  'payment, all methods, Arabic': ['payment', { ...PAYMENT, locale: 'ar' }],
  card: ['card', {}],
};

const sandbox = spawn(program, ['--port', '0', '--quiet'], { stdio: ['ignore', 'pipe', 'inherit'] });
const [line] = await once(createInterface({ input: sandbox.stdout }), 'line');
const address = /http:\S+/.exec(line)[0];
// The yardstick: a frame of another origin that has one field and no script to speak of.
const bare = createServer((request, response) => {
  response.setHeader('content-type', 'text/html').end(`<!doctype html><title>Bare</title><body>
    <label style="font-family: system-ui, sans-serif">Card number <input></label>
    <script type="module">document.body.getBoundingClientRect(); parent.postMessage('ready', '*');</script>`);
}).listen(0, '127.0.0.1');
const shop = createServer((request, response) => {
  response.setHeader('content-type', 'text/html').end(`<!doctype html><title>Shop</title>
    <body style="font-family: sans-serif"><h1>Checkout</h1>
    <script src="${address}/endive/stripe.js"></script><div id="element"></div>`);
}).listen(0, '127.0.0.1');
await Promise.all([once(shop, 'listening'), once(bare, 'listening')]);
const url = `http://127.0.0.1:${shop.address().port}/`;
const executablePath = process.env.TILL_CHROMIUM;
const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] });

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function measureBare(page) {
  await page.goto(url);
  return page.evaluate(async (src) => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const start = performance.now();
    const frame = Object.assign(document.createElement('iframe'), { src });
    const ready = new Promise((resolve) => window.addEventListener('message', resolve));
    document.querySelector('#element').append(frame);
    await ready;
    return performance.now() - start;
  }, `http://127.0.0.1:${bare.address().port}/`);
}

/** The group is made as the page loads and the element mounted once the group knows its payment, or at once. */
async function measure(page, scene, atOnce) {
  if (scene === null) return measureBare(page);
  await page.goto(url);
  return page.evaluate(async ([type, options, atOnce]) => {
    const elements = window.Stripe('pk_test_bench').elements(options);
    if (!atOnce) await new Promise((resolve) => setTimeout(resolve, 100));
    const element = elements.create(type);
    const start = performance.now();
    element.mount('#element');
    await new Promise((resolve) => element.on('ready', resolve));
    return performance.now() - start;
  }, [...scene, atOnce]);
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
for (const server of [shop, bare]) {
  server.closeAllConnections();
  server.close();
}
sandbox.kill();
