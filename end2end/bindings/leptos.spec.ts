// The components of the crate `leptos-stripe` against Stripe's own types: there is one for each element, with each of its
// events, and it updates what the element's `update` takes, no more and no less. The crate's own test tells what it has.
import { expect, test } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ts } from 'ts-json-schema-generator';
import { Official } from './official.ts';

interface Component {
  type: string;
  /** The options that stay as they were; null if there is no update. */
  fixed: string[] | null;
  events: string[];
}

interface Declared {
  /** What a group's update does not take. */
  group: string[];
  elements: Component[];
}

/** Elements without a component, and why. */
const WITHOUT: Record<string, string> = {
  paymentForm: 'Only a Checkout Session has one: stripe_js::checkout makes it.',
  shippingAddress: 'Stripe deprecated its methods; the Address Element replaced it.',
};

const official = new Official();

test('every element is a component, with its events, and updates what its update takes', () => {
  const { group, elements } = declared();
  expect(wrongIn(elements)).toEqual([]);
  expect(group).toEqual(fixedOfGroup());
});

test('what differs is named', () => {
  const { elements } = declared();
  const changed = elements
    .filter(({ type }) => type !== 'iban')
    .map((it) => {
      if (it.type === 'payment') return { ...it, fixed: [], events: it.events.filter((event) => event !== 'on_change') };
      if (it.type === 'address') return { ...it, fixed: ['mode', 'fields'] };
      if (it.type === 'card') return { ...it, fixed: null };
      if (it.type === 'terms') return { ...it, fixed: [] };
      return it;
    });
  expect(wrongIn(changed)).toEqual([
    'payment: events change',
    'payment: fixed wallets',
    'address: fixed fields,mode',
    'terms: has no update',
    'card: has an update',
    'iban: has no component',
  ]);
});

/** Where the components say something else than Stripe's types. */
function wrongIn(components: Component[]): string[] {
  const wrong = components.flatMap(({ type, fixed, events }) => {
    const name = `Stripe${type.charAt(0).toUpperCase()}${type.slice(1)}Element`;
    const element = official.type(name);
    const listened = events.map((it) => it.replace(/^on/, '').replaceAll('_', ''));
    const differing = difference(listened, [...official.events(element).keys()]);
    const found = differing.length > 0 ? [`${type}: events ${differing}`] : [];
    const updates = official.signatures(element, 'update').flatMap((it) => it.parameters.slice(0, 1));
    if (updates.length === 0 || fixed === null) {
      if ((updates.length === 0) !== (fixed === null)) found.push(`${type}: has ${updates.length ? 'an' : 'no'} update`);
      return found;
    }
    const expected = fixedOptions([official.type(`${name}Options`)], updates.map((it) => official.typeOf(it)));
    const others = difference(fixed, expected);
    return others.length > 0 ? [...found, `${type}: fixed ${others}`] : found;
  });
  const types = official.type('StripeElementType');
  const all = types.isUnion() ? types.types.flatMap((it) => (it.isStringLiteral() ? [it.value] : [])) : [];
  const has = components.map(({ type }) => type);
  const absent = difference(has, all).filter((it) => !(it in WITHOUT));
  return [...wrong, ...absent.map((it) => `${it}: has no component`)];
}

function fixedOfGroup(): string[] {
  const created = ['StripeElementsOptionsMode', 'StripeElementsOptionsClientSecret'].map((it) => official.type(it));
  return fixedOptions(created, [official.type('StripeElementsUpdateOptions')]);
}

/** What one takes and the other does not; the older spelling of an option is no option of its own. */
function fixedOptions(created: ts.Type[], updated: ts.Type[]): string[] {
  const live = new Set(updated.flatMap(options));
  return [...new Set(created.flatMap(options))].filter((it) => !live.has(it)).sort();
}

function options(type: ts.Type): string[] {
  if (type.isUnion()) return type.types.flatMap(options);
  const all = official.members(type).filter((it) => !official.isDeprecated(it));
  // `clientSecret?: never` keeps two kinds of options apart.
  const taken = all.filter((it) => official.checker.typeToString(official.typeOf(it)) !== 'undefined');
  return taken.map((it) => it.name).filter((it) => !it.includes('_'));
}

/** What only one of the two has. */
function difference(one: string[], other: string[]): string[] {
  return [...one.filter((it) => !other.includes(it)), ...other.filter((it) => !one.includes(it))].sort();
}

function declared(): Declared {
  const folder = mkdtempSync(path.join(tmpdir(), 'leptos-stripe-'));
  const file = path.join(folder, 'components.json');
  const { status, stdout, stderr } = spawnSync('cargo', ['test', '--package', 'leptos-stripe', '--lib', 'proof::'], {
    cwd: path.join(import.meta.dirname, '../..'),
    env: { ...process.env, LEPTOS_STRIPE_PROOF: file },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the crate's own test failed:\n${stdout}${stderr}`);
  const all = JSON.parse(readFileSync(file, 'utf8')) as Declared;
  rmSync(folder, { recursive: true });
  return all;
}
