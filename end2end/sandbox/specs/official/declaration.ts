// A declaration of the objects as they were seen, which has to pass for Stripe's own types.
import type { Seen } from './watch.ts';

/**
 * What the API's own types, those of the package `stripe`, name and the browser's do not. It counts as what stands beside it.
 */
const GAPS: [name: string, stands: string][] = [['"capture_method": "automatic_async"', '"capture_method": "automatic"']];

/** `interfaces` are the objects as they were seen; each is then assigned to its official type. */
export function declaration(seen: Seen): string {
  return GAPS.reduce((text, [name, stands]) => text.replaceAll(name, stands), declarationOf(seen));
}

function declarationOf(seen: Seen): string {
  const types = Object.keys(seen);
  return [
    "import type * as Official from '@stripe/stripe-js';",
    ...types.map((type) => `interface Seen${type} {\n${members(seen, type).map((it) => `  ${it}\n`).join('')}}`),
    // Before the whole: what is wrong in an event is said by its own line.
    ...types.flatMap((type) =>
      Object.entries(seen[type]?.events ?? {}).flatMap(([name, told]) =>
        payloads(told).map((it) => `({} as Official.${type}).on('${name}', (event) => { event = {} as ${it}; });`),
      ),
    ),
    ...types.map((type) => `export const as${type}: Official.${type} = {} as Seen${type};`),
    '',
  ].join('\n');
}

/** Of an event that tells nothing, none. */
function payloads(told: string[]): string[] {
  const all = told.filter((it) => it !== 'undefined');
  return all.length > 0 ? [all.join(' | ')] : [];
}

/** What is called with a name is a call of its own, as `create('card')`; so is listening to an event. */
function members(seen: Seen, type: string): string[] {
  const { answers = {}, events = {} } = seen[type] ?? {};
  return Object.entries(answers).map(([key, answered]) => {
    const [method = '', name] = key.split(' ');
    const answer = answered.join(' | ');
    if (name === undefined) return `${method}(...given: any[]): ${answer};`;
    if (name === 'if_required') return `${method}(options: { redirect: 'if_required' }): ${answer};`;
    if (name === 'always') return `${method}(options: { redirect?: 'always' }): ${answer};`;
    if (!['on', 'once', 'off'].includes(method)) return `${method}(name: '${name}', ...given: any[]): ${answer};`;
    const told = events[name] ? payloads(events[name]).map((it) => `event: ${it}`) : ['...never: any[]'];
    return `${method}(event: '${name}', handler${method === 'off' ? '?' : ''}: (${told}) => any): ${answer};`;
  });
}

/** What was listened to and never told, and what was called and only ever threw: of these the declaration says little. */
export function unseen(seen: Seen): string[] {
  return Object.entries(seen).flatMap(([type, { answers, events }]) => {
    const listened = new Set(Object.keys(answers).filter((key) => /^on /.test(key)).map((key) => key.slice(3)));
    const silent = [...listened].filter((event) => !events[event]).map((event) => `${type} never told ${event}`);
    const thrown = Object.entries(answers).filter(([, types]) => types.every((it) => /^(never|Promise<never>)$/.test(it)));
    return [...silent, ...thrown.map(([key]) => `${type} only threw at ${key}`)];
  });
}
