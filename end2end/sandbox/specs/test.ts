// The test every spec of the sandbox starts from: one sandbox program for each worker, and a world of its own in it
// for each test.
import { expect, test as base } from '@playwright/test';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type Stripe from 'stripe';
import { Sandbox } from '../../fixtures/sandbox.ts';
import { connect } from './client.ts';

export { expect };

const WORKSPACE = fileURLToPath(new URL('../../..', import.meta.url));
const TARGET = path.resolve(WORKSPACE, process.env.CARGO_TARGET_DIR ?? 'target');
const NAME = process.platform === 'win32' ? 'stripe-sandbox.exe' : 'stripe-sandbox';
export const PROGRAM = path.join(TARGET, 'debug', NAME);

/** Where a world is, and the keys that open it. */
export interface World {
  url: string;
  secretKey: string;
  publishableKey: string;
  /** What the client was answered in it that Stripe's types do not know: nothing, or the test has failed. */
  misshapen: string[];
}

interface Fixtures {
  world: World;
  /** What the world holds, and what shall go wrong in it. */
  sandbox: Sandbox;
  /** Stripe's own client for Node, as a server would use it. */
  stripe: Stripe;
}

interface WorkerFixtures {
  address: string;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  address: [
    async ({}, use) => {
      const child = spawn(PROGRAM, ['--port', '0'], {
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { ...process.env, RUST_LOG: 'off' },
      });
      const orphaned = () => child.kill('SIGKILL');
      process.once('exit', orphaned);
      await use(await announced(child));
      process.removeListener('exit', orphaned);
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
    { scope: 'worker' },
  ],

  world: async ({ address }, use, testInfo) => {
    const name = testInfo.testId.replaceAll('-', '');
    const misshapen: string[] = [];
    await use({ url: address, secretKey: `sk_test_${name}`, publishableKey: `pk_test_${name}`, misshapen });
    expect(misshapen, 'answers of the wrong shape').toEqual([]);
  },

  sandbox: async ({ world }, use) => {
    await use(new Sandbox(world));
  },

  stripe: async ({ world }, use) => {
    await use(connect(world));
  },
});

/** The address, which the program prints first. */
async function announced(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the program has no output');
  const failed = once(child, 'error').then(([error]) => Promise.reject(error as Error));
  const first = once(createInterface({ input: child.stdout }), 'line').then(([line]) => String(line));
  const line = await Promise.race([first, failed]);
  const address = /http:\S+/.exec(line)?.[0];
  if (!address) throw new Error(`${PROGRAM} said: ${line}`);
  return address;
}
