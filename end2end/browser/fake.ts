// A Stripe.js that has every method there is, for those that the sandbox's lacks: it records what it is asked for, and answers
// as it is told. It knows nothing of Stripe's but which calls make an object that has methods itself.
import { coverage } from '../bindings/coverage.ts';
import type { Bindings } from '../bindings/crate.ts';
import { Official } from '../bindings/official.ts';

/** What was called, as object and method; a listener's event is its method. */
export type Recorded = { methods: [object: string, method: string][]; events: [object: string, event: string][] };

/** Puts it on a page. It runs there, so it holds all that it needs. */
export function installFake(): void {
  const recorded: Recorded = { methods: [], events: [] };
  const listeners: { object: string; event: string; listener: (event: unknown) => void }[] = [];
  const data = { id: 'it_1' };
  const right = { session: data, nonce: 'nonce', ...named(['paymentIntent', 'setupIntent', 'paymentMethod', 'confirmationToken']) };
  Object.assign(right, named(['token', 'radarSession', 'verificationSession', 'financialConnectionsSession']));
  const refuses = () => {
    throw new Error('refused');
  };
  /** What nobody expects. */
  const odd = [
    undefined, null, true, 0, Number.NaN, 7n, '', 'text', Symbol('odd'), [], [null], () => 7, new Date(0), {}, { error: null },
    { error: 7 }, { error: { type: 7, message: {}, payment_intent: [], setup_intent: 'text' } }, { type: 'error', error: {} },
    wrong(null), wrong(7), wrong('text'), wrong([null, 7, 'text']), wrong({ id: 7, status: {}, card: 'text', address: [] }),
    new Proxy({}, { get: refuses, ownKeys: refuses, getOwnPropertyDescriptor: refuses }),
  ];
  const VOID = ['on', 'off', 'mount', 'unmount', 'destroy', 'focus', 'blur', 'clear', 'collapse', 'registerAppInfo', 'changeAppearance', 'loadFonts'];
  let how: 'right' | 'resolve' | 'reject' | 'throw' = 'right';
  let value: unknown;

  function named(names: string[]): object {
    return Object.fromEntries(names.map((name) => [name, data]));
  }

  /** An object that has this as every member. */
  function wrong(member: unknown): object {
    return new Proxy({}, {
      get: (_, name) => (name === 'then' || typeof name === 'symbol' ? undefined : member),
      ownKeys: () => ['id', 'value'],
      getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: member }),
    });
  }

  function made(object: string, method: string, asked: unknown[]): string | undefined {
    if (method === 'elements') return 'elements';
    if (method === 'initCheckoutElementsSdk') return 'checkout';
    if (method === 'initCheckoutFormSdk') return 'checkoutForm';
    if (object === 'elements' && /^(create|getElement)$/.test(method)) return String(asked[0]);
    if (!object.startsWith('checkout')) return undefined;
    if (/^(create|get)Form$/.test(method)) return 'paymentForm';
    if (/^(create|get)(Billing|Shipping)AddressElement$/.test(method)) return 'address';
    const kind = /^(?:create|get)(.+)Element$/.exec(method)?.[1];
    return kind && kind.charAt(0).toLowerCase() + kind.slice(1);
  }

  function thing(object: string): object {
    return new Proxy({}, {
      get(_, method) {
        // What makes a promise wait for it, and what makes it an error.
        if (typeof method === 'symbol' || ['then', 'error', 'type'].includes(method)) return undefined;
        return (...asked: unknown[]) => {
          if (method === 'on' || method === 'off') {
            const [event, listener] = asked as [string, (event: unknown) => void];
            const at = listeners.findIndex((it) => it.listener === listener);
            if (method === 'off') listeners.splice(at, at < 0 ? 0 : 1);
            else {
              listeners.push({ object, event, listener });
              recorded.events.push([object, event]);
            }
          }
          recorded.methods.push([object, method]);
          // Nobody waits for its answer, and what it throws is only told to the console.
          if (method === 'destroy') return undefined;
          if (how === 'throw') throw value;
          const other = made(object, method, asked);
          if (other) return thing(other);
          if (VOID.includes(method) || (method === 'update' && object !== 'elements')) return undefined;
          return answer(method);
        };
      },
    });
  }

  function answer(method: string): unknown {
    // It answers at once.
    if (method === 'getSession') return how === 'right' ? data : value;
    if (how === 'reject') return Promise.reject(value);
    if (how === 'resolve') return Promise.resolve(value);
    if (method === 'loadActions') return Promise.resolve({ actions: thing('actions') });
    if (method === 'initializePricing') return Promise.resolve(thing('pricing'));
    if (method === 'createEmbeddedCheckoutPage') return Promise.resolve(thing('embedded'));
    return Promise.resolve({ ...right, ...data });
  }

  Object.assign(window, {
    Stripe: Object.assign(() => thing('stripe'), { version: 'endive' }),
    fake: {
      recorded: () => JSON.stringify(recorded),
      odd: () => odd.length,
      /** How calls are answered from now on; the value is JSON, or the number of an odd one. */
      answers: (next: typeof how, answer: string | number) => {
        how = next;
        value = typeof answer === 'string' ? JSON.parse(answer) : odd[answer];
      },
      /** Raises events, each with something odd; how many listeners threw. */
      raise: (index: number) => {
        let threw = 0;
        for (const { listener } of [...listeners]) {
          try {
            listener(odd[index]);
          } catch {
            threw += 1;
          }
        }
        return threw;
      },
    },
  });
}

/** The methods and events of Stripe's own types that were not recorded, but for those that the crate leaves out by name. */
export function unrecorded({ methods, events }: Recorded): string[] {
  const of = (list: [string, string][], object: string) => list.filter(([it]) => it === object).map(([, name]) => name);
  const kinds = [...new Set([...methods, ...events].map(([object]) => object))];
  const calls = methods.map(([object, name]) => ({ object, name, reads: false, member: null, arguments: [] }));
  const bindings: Bindings = {
    constructor: [],
    groupMethods: [],
    groupEvents: of(events, 'elements'),
    sdkMethods: [],
    elements: kinds
      .filter((it) => !['stripe', 'elements', 'checkout', 'checkoutForm', 'actions', 'pricing', 'embedded'].includes(it))
      .map((type) => ({
        type,
        official: type === 'paymentForm' ? 'StripeCheckoutForm' : `Stripe${type.charAt(0).toUpperCase()}${type.slice(1)}Element`,
        options: [],
        update: null,
        dates: [],
        methods: of(methods, type),
        events: of(events, type),
        read: [],
      })),
    calls,
  };
  const groups = coverage(new Official(), bindings).filter(({ name }) => /^(methods of|events of|elements)/.test(name));
  return groups.flatMap(({ name, missing }) => missing.map((it) => `${name}: ${it}`));
}
