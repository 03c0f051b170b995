// What the crate sends is what Stripe's types take, and what Stripe's types say it sends is what the crate reads.
import { expect, test } from '@playwright/test';
import { assignments } from './assignments.ts';
import { bindings } from './crate.ts';
import { complaints, Official } from './official.ts';
import { payloads } from './payloads.ts';

const official = new Official();

test('what the crate sends passes tsc --strict as the arguments of Stripe.js', () => {
  const source = assignments(bindings({}));
  console.log(`${source.split('\n').length} samples are assigned`);
  expect(complaints(source)).toEqual([]);
});

test('what Stripe.js sends is read, but for what the crate leaves out by name', () => {
  const all = payloads(official, bindings({}));
  const empty = Object.entries(all).filter(([, samples]) => samples.length === 0);
  console.log(`${Object.values(all).flat().length} samples of ${Object.keys(all).length} payloads`);
  expect(empty.map(([name]) => name)).toEqual([]);
  // The crate's test fails, and says how, if it reads one of them differently.
  bindings(all);
});

test('an event whose payload is not read has none, or an error', () => {
  const silent = bindings({}).elements.flatMap(({ official: name, read }) => {
    const events = [...official.events(official.type(name))].filter(([event]) => !read.includes(event));
    return events.map(([event, payload]) => [event, ...(payload ? official.members(payload) : []).map((it) => it.name)]);
  });
  for (const [event, ...members] of silent) {
    expect(event === 'loaderror' ? ['elementType', 'error'] : ['elementType']).toEqual(members);
  }
});

test('a wrong sample does not pass', () => {
  const right = { mode: 'payment', amount: 1, currency: 'usd' };
  const call = (sample: unknown) =>
    `import type * as S from '@stripe/stripe-js';\ndeclare const stripe: S.Stripe;\nstripe.elements(${JSON.stringify(sample)});`;
  expect(complaints(call(right))).toEqual([]);
  expect(complaints(call({ ...right, amount: '1' }))).toHaveLength(1);
  expect(complaints(call({ ...right, paymentMethodTypes: ['card'] }))).toHaveLength(1);
});
