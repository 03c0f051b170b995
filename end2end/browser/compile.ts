// The Rust tests of the crate `stripe-js`, compiled for the browser, and the program that serves them. It is the runner
// of wasm-bindgen; it drives a browser by itself only where there is a WebDriver, so Playwright opens its page.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

const WORKSPACE = path.join(import.meta.dirname, '../..');
const RUNNER = 'wasm-bindgen-test-runner';

/** Compiles them; where they are. */
export function compileRustTests(): string {
  const words = 'test --package stripe-js --test browser --target wasm32-unknown-unknown --no-run --message-format json-render-diagnostics';
  const messages = output('cargo', words.split(' ')).split('\n').filter(Boolean);
  const executables = messages.map((line) => JSON.parse(line).executable).filter(Boolean);
  if (executables.length !== 1) throw new Error(`cargo made ${executables.length} programs, not one`);
  return executables[0];
}

/** Their names, as `module::test`. */
export function namesOfRustTests(): string[] {
  const lines = output(RUNNER, [compiled(), '--list']).split('\n');
  return lines.filter((line) => line.endsWith(': test')).map((line) => line.replace(/: test$/, ''));
}

/** Serves the page that runs them. */
export async function serveRustTests(): Promise<{ url: string; server: ChildProcess }> {
  const server = spawn(RUNNER, [compiled()], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      NO_HEADLESS: '1',
      WASM_BINDGEN_TEST_ADDRESS: '127.0.0.1:0',
      // An isolated page could not show Stripe's frames.
      WASM_BINDGEN_TEST_NO_ORIGIN_ISOLATION: '1',
    },
  });
  for await (const line of createInterface({ input: server.stdout })) {
    const url = /http:\S+/.exec(line)?.[0];
    if (url) return { url, server };
  }
  throw new Error(`${RUNNER} ended without an address`);
}

function compiled(): string {
  const { TILL_RUST_TESTS } = process.env;
  if (!TILL_RUST_TESTS) throw new Error('the tests are compiled by the configuration of this project: name it with --config');
  return TILL_RUST_TESTS;
}

export function output(program: string, args: string[]): string {
  const { status, stdout, error } = spawnSync(program, args, {
    cwd: WORKSPACE,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: Infinity,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed`);
  return stdout;
}
