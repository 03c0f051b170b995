// What the crate `stripe-js` binds, told by its own test: collected from the declarations, with samples of all it sends.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** One sample of an argument. */
export type Sent =
  | { json: Json }
  | { attached: [sample: Json, attached: [path: string, method: string][]] }
  | { handle: string }
  | { object: [name: string, sent: Sent][] };

export interface BoundCall {
  object: string;
  name: string;
  /** Whether the answer is read as data. */
  reads: boolean;
  /** The member of the answer that is read; null for the answer itself. */
  member: string | null;
  arguments: Sent[][];
}

export interface BoundElement {
  type: string;
  official: string;
  options: Json[];
  update: Json[] | null;
  dates: string[];
  methods: string[];
  events: string[];
  /** The events whose payload is read. */
  read: string[];
}

export interface Bindings {
  constructor: Json[];
  groupMethods: string[];
  groupEvents: string[];
  /** Methods that have nothing to check but their name. */
  sdkMethods: string[];
  elements: BoundElement[];
  calls: BoundCall[];
}

/** Runs the crate's test, which reads the payloads and writes what it binds. */
export function bindings(payloads: Record<string, Json[]>): Bindings {
  const folder = mkdtempSync(path.join(tmpdir(), 'stripe-js-'));
  writeFileSync(path.join(folder, 'payloads.json'), JSON.stringify(payloads));
  const { status, stdout, stderr } = spawnSync('cargo', ['test', '--package', 'stripe-js', '--lib', 'proof::'], {
    cwd: path.join(import.meta.dirname, '../..'),
    env: { ...process.env, STRIPE_JS_PROOF: folder },
    encoding: 'utf8',
    maxBuffer: Infinity,
  });
  if (status !== 0) throw new Error(`the crate's own test failed:\n${stdout}${stderr}`);
  return JSON.parse(readFileSync(path.join(folder, 'bindings.json'), 'utf8'));
}
