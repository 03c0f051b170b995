// Everything that Stripe.js has is bound, or left out with a reason.
import { expect, test } from '@playwright/test';
import { coverage } from './coverage.ts';
import { bindings } from './crate.ts';
import { Official, version } from './official.ts';

const official = new Official();

test('everything that Stripe.js has is bound, or left out with a reason', () => {
  const groups = coverage(official, bindings({}));
  const numbers = (of: typeof groups) =>
    [of.flatMap((it) => it.bound), of.flatMap((it) => it.omitted), of.flatMap((it) => it.missing)]
      .map((it) => String(it.length).padStart(8))
      .join('');
  console.log(`@stripe/stripe-js ${version}`.padEnd(48) + '   bound omitted missing');
  for (const it of groups) console.log(it.name.padEnd(48) + numbers([it]));
  console.log('in all'.padEnd(48) + numbers(groups));
  for (const { name, omitted } of groups) {
    for (const [it, reason] of omitted) console.log(`omitted of ${name}: ${it}: ${reason}`);
  }
  expect(groups.flatMap(({ name, missing }) => missing.map((it) => `${name}: ${it}`))).toEqual([]);
  expect(groups.flatMap(({ name, stale }) => stale.map((it) => `${name}: ${it}`))).toEqual([]);
});

test('what is not bound is named', () => {
  const all = bindings({});
  const card = all.elements.find((it) => it.type === 'card');
  if (!card) throw new Error('there is no card');
  const less = {
    ...all,
    calls: all.calls.filter((it) => it.name !== 'confirmCardPayment'),
    elements: [
      ...all.elements.filter((it) => it !== card && it.type !== 'iban'),
      { ...card, events: card.events.filter((it) => it !== 'networkschange'), options: [{ hideIcon: true }], update: [] },
    ],
  };
  const missing = coverage(official, less).flatMap(({ name, missing }) => missing.map((it) => `${name}: ${it}`));
  expect(missing).toContain('methods of Stripe: confirmCardPayment');
  expect(missing).toContain('elements: iban');
  expect(missing).toContain('events of card: networkschange');
  expect(missing).toContain('options of card: style.base.:hover.color');
  expect(missing).toContain('update of card: disabled');
  expect(missing).not.toContain('options of card: hideIcon');
});
