// TypeScript that hands every sample of the crate to Stripe's own types: what we send, as the compiler sees it.
import type { Bindings, BoundCall, BoundElement, Json, Sent } from './crate.ts';
import { OBJECTS } from './payloads.ts';

/** What the methods of `Given` put on top of options. */
const ATTACHED: Record<string, string> = {
  with_card: 'StripeCardElement',
  with_cvc: 'StripeCardCvcElement',
  with_iban: 'StripeIbanElement',
  with_bank_account: 'StripeAuBankAccountElement',
};

export function assignments({ constructor, elements, calls }: Bindings): string {
  return [
    "import type * as S from '@stripe/stripe-js';",
    'declare const open: S.StripeConstructor;',
    'declare function handle<T>(): T;',
    ...Object.entries(OBJECTS).map(([name, type]) => `declare const ${name}: S.${type};`),
    ...constructor.map((it) => `open('pk_test_1', ${write(it)});`),
    ...elements.flatMap(ofElement),
    ...calls.flatMap(ofCall),
  ].join('\n');
}

function ofElement({ official, options, update, dates }: BoundElement): string[] {
  const created = options.map((it) => `handle<(it: S.${official}Options) => void>()(${write(it, dates)});`);
  const updated = (update ?? []).map((it) => `handle<S.${official}>().update(${write(it, dates)});`);
  return [...created, ...updated];
}

function ofCall({ object, name, arguments: all }: BoundCall): string[] {
  const count = Math.max(1, ...all.map((it) => it.length));
  return Array.from({ length: count }, (_, index) => {
    const sent = all.map((samples) => writeSent(samples[index % samples.length] as Sent));
    return `${object}.${name}(${sent.join(', ')});`;
  });
}

function writeSent(sent: Sent): string {
  if ('json' in sent) return write(sent.json);
  if ('handle' in sent) return `handle<S.${sent.handle}>()`;
  if ('object' in sent) return `{ ${sent.object.map(([name, it]) => `${name}: ${writeSent(it)}`).join(', ')} }`;
  const [sample, attached] = sent.attached;
  return write(
    sample,
    [],
    attached.map(([path, method]) => [path, `handle<S.${ATTACHED[method] ?? method}>()`]),
  );
}

/** JSON as TypeScript: dates where there are some, and objects of Stripe.js where they are put on top. */
function write(sample: Json, dates: string[] = [], attached: [path: string, text: string][] = [], at = ''): string {
  const put = attached.find(([path]) => path === at);
  if (put) return put[1];
  if (typeof sample === 'number' && dates.includes(at)) return `new Date(${sample})`;
  if (Array.isArray(sample)) return `[${sample.map((it) => write(it)).join(', ')}]`;
  if (sample === null || typeof sample !== 'object') return JSON.stringify(sample);
  const within = (name: string) => (at ? `${at}.${name}` : name);
  const names = new Set(Object.keys(sample));
  // What is put on top may stand where the sample has nothing.
  for (const [path] of attached) {
    const rest = at ? (path.startsWith(`${at}.`) ? path.slice(at.length + 1) : '') : path;
    if (rest) names.add(rest.split('.')[0] ?? rest);
  }
  const members = [...names].map(
    (name) => `${JSON.stringify(name)}: ${write(sample[name] === undefined ? {} : sample[name], dates, attached, within(name))}`,
  );
  return `{ ${members.join(', ')} }`;
}
