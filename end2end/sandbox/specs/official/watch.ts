// Writes down, as TypeScript types, what the public objects of a page answer and tell while the page uses them. It knows
// the names of the types' methods and events, and nothing else of them.
import type { Page } from '@playwright/test';

/** By the name of the object's type. */
export type Seen = Record<string, { answers: Record<string, string[]>; events: Record<string, string[]> }>;

export interface Watched {
  /** By type: the methods to write down. */
  methods: Record<string, string[]>;
  /** By type: the events. */
  events: Record<string, string[]>;
  /** By the name of an element: its type. */
  elements: Record<string, string>;
  /** By the name of a method: the type of the object that it makes. */
  makers: Record<string, string>;
}

/** From now on `window.stripe`, and what it makes, is watched. */
export function watch(page: Page, watched: Watched): Promise<void> {
  return page.evaluate(({ methods, events: listened, elements, makers }) => {
    /** What they answer depends on whether they come back. */
    const CONFIRMING = ['confirmPayment', 'confirmSetup', 'processOrder'];
    const seen: Seen = {};
    const objects = new Map<object, string>();
    Object.assign(window, { seen });

    /** A value as a type: words stay what they are, for the types name many; other texts and numbers do not. */
    const typeOf = (value: unknown): string => {
      if (value === undefined) return 'undefined';
      if (typeof value === 'string') return /^[a-z][a-z_]{0,30}$/i.test(value) ? JSON.stringify(value) : 'string';
      if (typeof value === 'number') return 'number';
      if (typeof value === 'function') return '(...given: any[]) => void';
      if (value === null || typeof value !== 'object') return String(value);
      if (objects.has(value)) return `Seen${objects.get(value)}`;
      if (value instanceof HTMLElement) return 'HTMLElement';
      if (Array.isArray(value)) return `Array<${[...new Set(value.map(typeOf))].join(' | ') || 'never'}>`;
      return `{ ${Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}: ${typeOf(inner)}`).join('; ')} }`;
    };

    const note = (notes: Record<string, string[]>, name: string, type: string) => {
      const known = (notes[name] ??= []);
      if (!known.includes(type)) known.push(type);
    };

    const watchObject = (object: object, type: string) => {
      if (objects.has(object)) return;
      objects.set(object, type);
      const { answers, events } = (seen[type] ??= { answers: {}, events: {} });
      const owner = object as Record<string, (...given: unknown[]) => unknown>;
      for (const name of methods[type] ?? []) {
        const method = owner[name];
        if (typeof method !== 'function') continue;
        owner[name] = (...given) => {
          const [first, second] = given;
          const isAboutEvent = ['on', 'once', 'off'].includes(name);
          if (isAboutEvent && !listened[type]?.includes(String(first))) return method.apply(object, given);
          const { redirect } = Object(first) as { redirect?: string };
          const key = CONFIRMING.includes(name) ? `${name} ${redirect ?? 'always'}` : typeof first === 'string' && (isAboutEvent || ['create', 'getElement'].includes(name)) ? `${name} ${first}` : name;
          const told = (payload: unknown) => {
            note(events, String(first), typeOf(payload));
            return (second as (payload: unknown) => unknown)(payload);
          };
          let answer: unknown;
          try {
            answer = method.apply(object, isAboutEvent && name !== 'off' ? [first, told] : given);
          } catch (error) {
            note(answers, key, 'never');
            throw error;
          }
          if (answer instanceof Promise) {
            answer.then(
              (value) => {
                const { actions } = Object(value) as { actions?: object };
                if (actions) watchObject(actions, 'StripeCheckoutLoadActionsSuccess');
                note(answers, key, `Promise<${typeOf(value)}>`);
              },
              () => note(answers, key, 'Promise<never>'),
            );
            return answer;
          }
          const made = name === 'create' ? elements[String(first)] : makers[name];
          if (made && answer) watchObject(answer as object, made);
          note(answers, key, typeOf(answer));
          return answer;
        };
      }
    };
    watchObject(window.stripe, 'Stripe');
  }, watched);
}

export function seenBy(page: Page): Promise<Seen> {
  return page.evaluate(() => (window as unknown as { seen: Seen }).seen);
}
