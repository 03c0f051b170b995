// How much of the checkout page is bindings to Stripe.js: the crates `stripe-js` and `leptos-stripe`, at brotli 11. It needs the
// built site, and no shop.
//
// The page is made again from what Cargo compiled, by the same tools, but with every function of the two crates emptied: then
// they and all that only they need are gone, imports and glue included. What the compiler has put of them into functions of
// others stays, and so do their texts: of three ways to mount the form whose numbers were up to 7,000 apart, the rests differed
// by less than 1,500.
import { expect, test } from '@playwright/test';
import binaryen from 'binaryen';
import { transform } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const LIMIT_BYTES = 14_000;
const WORKSPACE = path.join(import.meta.dirname, '../..');
const TARGET = path.resolve(WORKSPACE, process.env.CARGO_TARGET_DIR ?? 'target');

test('the bindings to Stripe.js are a small part of the checkout page', async () => {
  test.setTimeout(600_000);
  const compiled = readFileSync(path.join(TARGET, 'front/wasm32-unknown-unknown/wasm-release/frontend.wasm'));
  const folder = mkdtempSync(path.join(tmpdir(), 'till-size-'));
  const emptied = withoutBindings(compiled);
  const [whole, rest] = [glue(compiled, folder, 'whole'), glue(emptied.wasm, folder, 'rest')];
  const served = readdirSync(path.join(TARGET, 'site/pkg')).filter((file) => /^till\.[\w-]+\.wasm$/.test(file));
  const [page] = served.map((file) => readFileSync(path.join(TARGET, 'site/pkg', file)));
  if (!page || served.length !== 1) throw new Error(`the site has ${served.length} .wasm files, not one`);
  const wasm = brotliLength(page) - brotliLength(optimised(rest));
  const js = brotliLength(await minified(whole)) - brotliLength(await minified(rest));
  rmSync(folder, { recursive: true });
  console.log(`${emptied.functions} functions: ${wasm} B of wasm and ${js} B of JavaScript, at brotli 11`);
  expect(emptied.functions).toBeGreaterThan(50);
  expect(wasm + js).toBeGreaterThan(1_000);
  expect(wasm + js).toBeLessThanOrEqual(LIMIT_BYTES);
});

function withoutBindings(compiled: Uint8Array): { wasm: Uint8Array; functions: number } {
  const module = binaryen.readBinary(compiled);
  const { BulkMemory, MutableGlobals, Multivalue, NontrappingFPToInt, ReferenceTypes, SignExt } = binaryen.Features;
  // Newer encodings are not for wasm-bindgen.
  module.setFeatures(BulkMemory | MutableGlobals | Multivalue | NontrappingFPToInt | ReferenceTypes | SignExt);
  const all = Array.from({ length: module.getNumFunctions() }, (_, index) => binaryen.getFunctionInfo(module.getFunctionByIndex(index)));
  const bindings = all.filter(({ name, module: imported }) => !imported && /\d(stripe_js|leptos_stripe)|\$(stripe_js|leptos_stripe)\.\./.test(name));
  for (const { name, params, results } of bindings) {
    module.removeFunction(name);
    module.addFunction(name, params, results, [], module.unreachable());
  }
  const wasm = module.emitBinary();
  module.dispose();
  return { wasm, functions: bindings.length };
}

/** What wasm-bindgen makes of it. */
function glue(wasm: Uint8Array, folder: string, name: string): string {
  writeFileSync(path.join(folder, `${name}.wasm`), wasm);
  run('wasm-bindgen', ['--target', 'web', '--no-typescript', '--out-dir', folder, path.join(folder, `${name}.wasm`)]);
  return path.join(folder, name);
}

/** As the site is, by the flags in the workspace's Cargo.toml. */
function optimised(made: string): Uint8Array {
  const [, list = ''] = /wasm-opt-features = \[([^\]]+)\]/.exec(readFileSync(path.join(WORKSPACE, 'Cargo.toml'), 'utf8')) ?? [];
  const flags = [...list.matchAll(/"([^"]+)"/g)].map(([, flag = '']) => flag);
  const program = path.join(import.meta.dirname, '../node_modules/binaryen/bin/wasm-opt');
  run(process.execPath, [program, ...flags, `${made}_bg.wasm`, '-o', `${made}.opt.wasm`]);
  return readFileSync(`${made}.opt.wasm`);
}

async function minified(made: string): Promise<Uint8Array> {
  const { code } = await transform(readFileSync(`${made}.js`, 'utf8'), { minify: true });
  return Buffer.from(code);
}

function run(program: string, args: string[]): void {
  const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
}

function brotliLength(bytes: Uint8Array): number {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}
