// The example pages of the crate `stripe-js`, built as the site is for a release, and the shop that serves one of them.
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type Stripe from 'stripe';
import type { World } from '../sandbox/specs/test.ts';
import { output } from './compile.ts';

const SOURCES = path.join(import.meta.dirname, '../../frontend/stripe-js/examples');

/** Where a built page is, and what its wasm and JavaScript weigh in brotli's best. */
export interface Built {
  folder: string;
  bytes: number;
}

/** Builds one, with the profile and the options of `wasm-opt` that the site has. */
export function buildExample(name: string): Built {
  const { metadata, target_directory } = JSON.parse(output('cargo', ['metadata', '--no-deps', '--format-version', '1']));
  const site = metadata.leptos[0];
  const build = 'build --package stripe-js --target wasm32-unknown-unknown --message-format json-render-diagnostics';
  const which = ['--profile', site['lib-profile-release'], '--example', name];
  const messages = output('cargo', [...build.split(' '), ...which]).split('\n').filter(Boolean);
  const files = messages.flatMap((line) => JSON.parse(line).filenames ?? []);
  const program = files.find((file) => path.basename(file) === `${name}.wasm`);
  if (!program) throw new Error(`cargo made no ${name}.wasm`);
  const folder = path.join(target_directory, 'stripe-js-examples', name);
  output('wasm-bindgen', ['--target', 'web', '--no-typescript', '--out-dir', folder, program]);
  const wasm = path.join(folder, `${name}_bg.wasm`);
  output('wasm-opt', [...site['wasm-opt-features'], wasm, '-o', wasm]);
  return { folder, bytes: brotli(wasm) + brotli(path.join(folder, `${name}.js`)) };
}

function brotli(file: string): number {
  return brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

/** The shop behind the example: it serves the page, takes the token, and says how the payment stands. */
export async function serveShop({ folder }: Built, world: World, stripe: Stripe): Promise<{ url: string; server: Server }> {
  let intent = '';
  const page = readFileSync(path.join(SOURCES, 'payment/index.html'), 'utf8').replace(
    'data-key="pk_test_…"',
    `data-key="${world.publishableKey}" data-stripe-js="${world.url}/endive/stripe.js"`,
  );
  const answers: Record<string, (request: IncomingMessage) => Promise<[status: number, type: string, body: string | Buffer]>> = {
    '/': async () => [200, 'text/html', page],
    '/payment.js': async () => [200, 'text/javascript', readFileSync(path.join(folder, 'payment.js'))],
    '/payment_bg.wasm': async () => [200, 'application/wasm', readFileSync(path.join(folder, 'payment_bg.wasm'))],
    '/order': async () => [200, 'text/plain', (await stripe.paymentIntents.retrieve(intent)).status],
    '/confirm': async (request) => {
      try {
        const confirmed = await stripe.paymentIntents.create({
          amount: 1_999,
          currency: 'usd',
          confirm: true,
          confirmation_token: await textOf(request),
          return_url: 'https://shop.example/order',
        });
        intent = confirmed.id;
        return [200, 'text/plain', confirmed.status === 'requires_action' ? (confirmed.client_secret ?? '') : ''];
      } catch (error) {
        return [402, 'text/plain', (error as Error).message];
      }
    },
  };
  const server = createServer(async (request, response) => {
    const answer = answers[request.url ?? ''];
    const [status, type, body] = answer ? await answer(request) : [404, 'text/plain', ''];
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
