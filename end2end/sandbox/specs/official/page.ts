// What became of each name of a group, and the page `docs/stripe-js.md` that tells it.
import { KNOWN } from './known.ts';

export interface Group {
  name: string;
  emulated: string[];
  inert: string[];
  absent: [name: string, reason: string][];
  /** Entries of `known.ts` that are missing, or not so. */
  wrong: string[];
}

/** What the probes found of a name: it was refused, or nothing comes of it, or all is well. */
export type Found = 'refused' | 'unread' | 'used';

export function sorted(name: string, found: Map<string, Found>): Group {
  const { absent: reasons = {}, inert = [] } = KNOWN[name] ?? {};
  const group: Group = { name, emulated: [], inert: [], absent: [], wrong: [] };
  for (const [it, is] of found) {
    // What belongs to a name goes with it.
    const parents = [...group.inert, ...group.absent.map(([parent]) => parent)];
    if (parents.some((parent) => it.startsWith(`${parent}.`))) continue;
    const reason = reasons[it];
    if (is === 'refused') {
      group.absent.push([it, reason ?? '?']);
      if (!reason) group.wrong.push(`${name}: ${it} is refused, for no reason that known.ts gives`);
    } else if (is === 'unread' || inert.includes(it)) {
      group.inert.push(it);
      if (is === 'unread' && inert.includes(it)) group.wrong.push(`${name}: ${it} is read nowhere, and needs no entry`);
    } else group.emulated.push(it);
    if (reason && is !== 'refused') group.wrong.push(`${name}: ${it} is there, and known.ts says why it is not`);
  }
  for (const it of [...Object.keys(reasons), ...inert]) {
    if (!found.has(it)) group.wrong.push(`${name}: the types do not have ${it}`);
  }
  return group;
}

export function page(version: string, groups: Group[]): string {
  const row = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`;
  const numbers = (of: Group[]) => [
    of.reduce((sum, it) => sum + it.emulated.length, 0),
    of.reduce((sum, it) => sum + it.inert.length, 0),
    of.reduce((sum, it) => sum + it.absent.length, 0),
  ];
  const code = (names: string[]) => names.map((it) => `\`${it}\``).join(' ');
  return [
    '# Stripe.js',
    '',
    `Every method, element, option and event that the types of \`@stripe/stripe-js\` ${version} name, and what the sandbox's Stripe.js`,
    'does with it. Made and checked by `cargo xtask test sandbox -- official`; after a change, `--update-snapshots` at its end writes',
    'this page anew.',
    '',
    '- *emulated*: it was taken by the running script, and the script, a frame or a style reads it, or tells it.',
    '- *inert*: it was taken, with each kind of value that the types allow, and nothing comes of it.',
    '- *absent*: the running script refuses it and says so. Names under one that is inert or absent are not listed.',
    '',
    'What the forms of calls hold (`confirmParams`, `payment_method_data` …) goes to the API, which [Coverage](coverage.md) tells of. A',
    'method is *emulated* if it says nothing else; what it answers is held against the types by the same tests.',
    '',
    row(['', 'emulated', 'inert', 'absent']),
    row(['---', '---:', '---:', '---:']),
    ...groups.map((it) => row([it.name, ...numbers([it])])),
    row(['in all', ...numbers(groups)]),
    '',
    ...groups.flatMap(({ name, emulated, inert, absent }) => [
      `## ${name}`,
      '',
      ...(emulated.length > 0 ? [`Emulated: ${code(emulated)}`, ''] : []),
      ...(inert.length > 0 ? [`Inert: ${code(inert)}`, ''] : []),
      ...(absent.length > 0 ? ['Absent:', '', ...absent.map(([it, reason]) => `- \`${it}\`: ${reason}`), ''] : []),
    ]),
  ].join('\n');
}
