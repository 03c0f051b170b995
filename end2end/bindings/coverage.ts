// How much of Stripe.js the crate binds, group by group.
import { ts } from 'ts-json-schema-generator';
import type { Bindings, BoundElement, Json } from './crate.ts';
import type { Official } from './official.ts';
import { OMITTED } from './omitted.ts';

export interface Group {
  name: string;
  bound: string[];
  omitted: [name: string, reason: string][];
  missing: string[];
  /** Omissions for which there is no longer a reason. */
  stale: string[];
}

/** A name of Stripe's, and whether its types say not to use it. */
type Names = Map<string, { deprecated: boolean }>;

/** What else has methods, by the name of the object among the calls. */
const SDKS = new Map([
  ['checkout', 'StripeCheckoutElementsSdk'],
  ['checkoutForm', 'StripeCheckoutFormSdk'],
  ['actions', 'StripeCheckoutLoadActionsSuccess'],
  ['pricing', 'Pricing'],
]);

const DEPRECATED = 'Stripe deprecated it.';

export function coverage(official: Official, bindings: Bindings): Group[] {
  const group = groupOf;
  const calls = (object: string) => bindings.calls.filter((it) => it.object === object).map((it) => it.name);
  const options = (name: string, type: string, samples: Json[]) =>
    group(`options of ${name}`, paths(official, official.type(type)), samplePaths(samples));
  const callOptions = (name: string, object: string, call: string, type: string) =>
    options(name, type, samplesOf(bindings, object, call));
  const types = official.type('StripeElementType');
  const elementTypes = types.isUnion() ? types.types.filter((it) => it.isStringLiteral()).map((it) => it.value) : [];
  return [
    group('methods of Stripe', members(official, 'Stripe'), calls('stripe')),
    options('Stripe', 'StripeConstructorOptions', bindings.constructor),
    callOptions('Elements without intent', 'stripe', 'elements', 'StripeElementsOptionsMode'),
    callOptions('Elements with intent', 'stripe', 'elements', 'StripeElementsOptionsClientSecret'),
    callOptions('Elements at update', 'elements', 'update', 'StripeElementsUpdateOptions'),
    group('methods of Elements', members(official, 'StripeElements'), [...calls('elements'), ...bindings.groupMethods]),
    group('events of Elements', events(official, 'StripeElements'), bindings.groupEvents),
    group('elements', plain(elementTypes), bindings.elements.map((it) => it.type)),
    ...[...SDKS].map(([object, type]) =>
      group(`methods of ${type}`, without(members(official, type), ['once', 'off']), [...calls(object), ...bindings.sdkMethods]),
    ),
    ...bindings.elements.flatMap((it) => ofElement(official, it, calls(it.type))),
  ];
}

function ofElement(official: Official, element: BoundElement, calls: string[]): Group[] {
  const { type, official: name, options, update, methods } = element;
  // The declarations of a style are the same everywhere: counted once, they do not hide the rest.
  const group = (name: string, official: Names, bound: Iterable<string>) =>
    groupOf(name, name === 'options of card' ? official : withoutStyles(official), bound);
  const groups = [
    group(`options of ${type}`, paths(official, official.type(`${name}Options`)), samplePaths(options)),
    group(`methods of ${type}`, without(members(official, name), ['on', 'once', 'off']), [...methods, ...calls]),
    group(`events of ${type}`, events(official, name), element.events),
  ];
  const [updated] = official.signatures(official.type(name), 'update').map((it) => it.parameters[0]);
  if (updated) {
    groups.push(group(`update of ${type}`, paths(official, official.typeOf(updated)), samplePaths(update ?? [])));
  }
  return groups;
}

function groupOf(name: string, official: Names, bound: Iterable<string>): Group {
  const has = new Set(bound);
  const reasons = OMITTED[name.replace(/^update of/, 'options of')] ?? {};
  const found: Group = { name, bound: [], omitted: [], missing: [], stale: [] };
  for (const [it, { deprecated }] of official) {
    // What belongs to an option that is left out is left out with it.
    if (found.omitted.some(([omitted]) => it.startsWith(`${omitted}.`))) continue;
    const reason = reasons[it] ?? (deprecated ? DEPRECATED : undefined);
    const spelling = camelCase(it);
    if (has.has(it)) found.bound.push(it);
    else if (reason) found.omitted.push([it, reason]);
    else if (spelling !== it && has.has(spelling)) found.omitted.push([it, `It is another spelling of ${spelling}.`]);
    else found.missing.push(it);
  }
  const omitted = found.omitted.map(([it]) => it);
  // An update has fewer options than a creation, so its entries may rest.
  const isUpdate = name.startsWith('update of');
  found.stale = isUpdate ? [] : Object.keys(reasons).filter((it) => !omitted.includes(it));
  return found;
}

function withoutStyles(names: Names): Names {
  return new Map([...names].filter(([it]) => !it.startsWith('style.')));
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function plain(names: string[]): Names {
  return new Map(names.map((it) => [it, { deprecated: false }]));
}

function without(names: Names, left: string[]): Names {
  return new Map([...names].filter(([it]) => !left.includes(it)));
}

function members(official: Official, type: string): Names {
  const all = official.members(official.type(type));
  return new Map(all.map((it) => [it.name, { deprecated: official.isDeprecated(it) }]));
}

function events(official: Official, type: string): Names {
  return plain([...official.events(official.type(type)).keys()]);
}

/** Every option at any depth, `layout.type`; an array adds nothing to the name. */
function paths(official: Official, type: ts.Type): Names {
  const found: Names = new Map();
  const walk = (type: ts.Type, at: string, deprecated: boolean, seen: ts.Type[]) => {
    if (seen.includes(type)) return;
    const within = [...seen, type];
    if (type.isUnion()) {
      for (const it of type.types) walk(it, at, deprecated, within);
    } else if (official.checker.isArrayType(type)) {
      for (const it of official.checker.getTypeArguments(type as ts.TypeReference)) walk(it, at, deprecated, within);
    } else if (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection) && !isOpaque(official, type)) {
      for (const it of official.members(type)) {
        const member = official.typeOf(it);
        // `clientSecret?: never` keeps two kinds of options apart.
        if (official.checker.typeToString(member) === 'undefined') continue;
        const name = named(at ? `${at}.${it.name}` : it.name);
        const old = deprecated || official.isDeprecated(it);
        const known = found.get(name);
        found.set(name, { deprecated: old && (known?.deprecated ?? true) });
        walk(member, name, old, within);
      }
    }
  };
  walk(type, '', false, []);
  return found;
}

/** `fields.klarna` is one of seventy such names; for the crate they are data. */
function named(path: string): string {
  return path.replace(/^fields\.(?!billingDetails\b|phone$|name$|businessName$)\w+/, 'fields.*');
}

function isOpaque(official: Official, type: ts.Type): boolean {
  return official.isFunction(type) || type.getSymbol()?.name === 'Date';
}

/** Every name that the crate's samples have, in the same spelling. */
function samplePaths(samples: Json[]): Set<string> {
  const found = new Set<string>();
  const walk = (sample: Json, at: string) => {
    if (Array.isArray(sample)) for (const it of sample) walk(it, at);
    else if (sample && typeof sample === 'object') {
      for (const [name, value] of Object.entries(sample)) {
        const path = named(at ? `${at}.${name}` : name);
        found.add(path);
        walk(value, path);
      }
    }
  };
  for (const it of samples) walk(it, '');
  return found;
}

function samplesOf(bindings: Bindings, object: string, name: string): Json[] {
  const calls = bindings.calls.filter((it) => it.object === object && it.name === name);
  return calls.flatMap((it) => (it.arguments[0] ?? []).flatMap((sent) => ('json' in sent ? [sent.json] : [])));
}
