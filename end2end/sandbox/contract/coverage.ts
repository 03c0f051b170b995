// How much of Stripe's API the sandbox has, as the page `docs/coverage.md` tells it.
import { type Endpoint, replySchema } from './endpoints.ts';
import type { Leaf } from './leaves.ts';
import { resourceSchema, type Schema } from './schema.ts';

/** What became of the parameters of a call. */
export class Coverage {
  readonly endpoint: Endpoint;
  private readonly named = new Set<string>();
  private readonly taken = new Set<string>();
  private readonly shown = new Set<string>();

  constructor(endpoint: Endpoint, leaves: Leaf[]) {
    this.endpoint = endpoint;
    for (const { name } of leaves) this.named.add(name);
  }

  /** Notes an answer to a leaf that was taken. */
  note({ name, valid }: Leaf, reply: unknown) {
    this.taken.add(name);
    const value = valid.find(([other]) => other === name)?.[1];
    if (value && String(at(reply, name)) === value) this.shown.add(name);
  }

  get numbers(): number[] {
    return [this.named.size, this.taken.size, this.shown.size, fields(this.endpoint)];
  }
}

function at(reply: unknown, name: string): unknown {
  const steps = name.split(/\]?\[|\]$/).filter((it) => it !== '');
  return steps.reduce<unknown>((value, step) => (value as Record<string, unknown> | null | undefined)?.[step], reply);
}

/** How many fields the types name in an answer, at its outermost. */
function fields(endpoint: Endpoint): number {
  const reply = replySchema(endpoint);
  const item = reply.properties?.data?.items ?? reply;
  const names = resources(item).map((name) => Object.keys(resourceSchema(name).properties ?? {}));
  return Math.max(Object.keys(item.properties ?? {}).length, ...names.map((it) => it.length));
}

function resources(schema: Schema): string[] {
  return [...(schema.resource ? [schema.resource] : []), ...(schema.anyOf ?? []).flatMap(resources)];
}

export function page(served: Coverage[], unserved: Endpoint[]): string {
  const row = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`;
  const numbers = served.map((it) => it.numbers);
  const sums = [0, 1, 2].map((column) => numbers.reduce((sum, it) => sum + (it[column] ?? 0), 0));
  return [
    '# Coverage',
    '',
    "What Stripe's types (those of the npm package `stripe`) name, and what the sandbox does with it. Made and checked by",
    '`cargo xtask test sandbox -- contract`; after a change, `--update-snapshots` at its end writes this page anew.',
    '',
    '- *parameters*: how many the types name, at any depth. All of them are known to the sandbox, and refused by name when they are',
    '  left out though required, or of the wrong kind.',
    '- *taken*: how many were accepted when sent with a right value. The others are refused by a rule; `specs/contract/rules.ts` lists',
    '  these, with reasons.',
    '- *shown*: how many of the values then stood in the answer, in the same place.',
    '- *fields*: how many the types name in the answered object, at its outermost. Every answer is held against its type.',
    '',
    row(['call', 'parameters', 'taken', 'shown', 'fields']),
    row(['---', '---:', '---:', '---:', '---:']),
    ...served.map((it) => row([`\`${call(it.endpoint)}\``, ...it.numbers])),
    row([`${served.length} calls`, ...sums, '']),
    '',
    'Of the same objects, the sandbox does not answer:',
    '',
    ...unserved.map((it) => `- \`${call(it)}\``),
    '',
  ].join('\n');
}

function call({ method, path }: Endpoint): string {
  return `${method} ${path}`;
}
