// What Stripe's types of Stripe.js name: methods, elements, events, and options with a value of each kind that they take.
// It knows nothing of the sandbox.
import { ts } from 'ts-json-schema-generator';
import type { Json } from '../../../bindings/crate.ts';
import { Official } from '../../../bindings/official.ts';

export const official = new Official();

export interface Option {
  /** `layout.type`; a list adds nothing to the name. */
  path: string;
  /** Whole options, each with another value at the path, and beside it what the types require. */
  samples: Json[];
}

export interface ElementType {
  name: string;
  /** What the types call it. */
  type: string;
  methods: string[];
  events: string[];
  /** What `create` takes, what it requires of that, and what `update` takes. */
  options: Option[];
  required: Json;
  updates: Option[];
}

/** Of what is a text or a number for the types, but not just any. */
const VALUES: Record<string, Json> = {
  buttonHeight: 44,
  clientSecret: 'pi_1_secret_1',
  currency: 'usd',
  supportedCountries: ['SEPA'],
};

/** Names that stand for any payment method, of which there are seventy; and those that are told of elsewhere, or hold any CSS. */
const ANY_METHOD = /^(paymentMethodOptions\.(?!card$)|fields\.(?!billingDetails$|phone$|name$|businessName$))\w+$/;
const OPEN = /^(style\.\w+|rules|(elementsOptions\.)?appearance|paymentMethodOptions\.\*)$/;

/** The second spelling that some options have is not told apart. */
const camelCase = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

export function methods(type: string): string[] {
  const names = official.members(official.type(type)).map((it) => it.name);
  return [...new Set(names)].filter((name) => !['on', 'once', 'off'].includes(name));
}

/** What the methods that make elements answer, by the name of the method. */
export function makers(type: string): Record<string, string> {
  const names = methods(type).filter((name) => name.startsWith('create'));
  return Object.fromEntries(names.map((name) => {
    const [signature] = official.signatures(official.type(type), name);
    return [name, signature ? official.checker.typeToString(signature.getReturnType()) : ''];
  }));
}

export function events(type: string): string[] {
  return [...official.events(official.type(type)).keys()];
}

/** The elements of the types, those that `create` takes with all that belongs to them. */
export function elements(): { types: string[]; created: ElementType[] } {
  const types = official.type('StripeElementType');
  const created = official.signatures(official.type('StripeElements'), 'create').map((signature): ElementType => {
    const [type, options] = signature.parameters.map((it) => official.typeOf(it));
    if (!type?.isStringLiteral()) throw new Error('create() without the name of an element');
    const element = official.checker.typeToString(signature.getReturnType());
    const update = official.signatures(official.type(element), 'update')[0]?.parameters[0];
    return {
      name: type.value,
      type: element,
      methods: methods(element),
      events: events(element),
      options: options ? optionsOf(options) : [],
      required: type.value === 'iban' ? { supportedCountries: ['SEPA'] } : options ? required(options) : {},
      updates: update ? optionsOf(official.typeOf(update)) : [],
    };
  });
  return { types: (types.isUnion() ? types.types : []).flatMap((it) => (it.isStringLiteral() ? [it.value] : [])), created };
}

export function options(type: string): Option[] {
  return optionsOf(official.type(type));
}

function optionsOf(type: ts.Type): Option[] {
  const found = new Map<string, Json[]>();
  walk(type, '', (value) => value, [], (path, sample) => {
    const samples = found.get(path) ?? [];
    if (!samples.some((it) => JSON.stringify(it) === JSON.stringify(sample))) samples.push(sample);
    found.set(path, samples);
  });
  return [...found].map(([path, samples]) => ({ path, samples }));
}

type Note = (path: string, sample: Json) => void;

/** Notes every member below `type`; `wrap` makes whole options of a value that stands there. */
function walk(type: ts.Type, at: string, wrap: (value: Json) => Json, seen: ts.Type[], note: Note) {
  if (seen.includes(type)) return;
  const within = [...seen, type];
  if (type.isUnion()) {
    for (const it of type.types) walk(it, at, wrap, within, note);
    return;
  }
  const item = itemOf(type);
  if (item) {
    walk(item, at, (value) => wrap([value]), within, note);
    return;
  }
  if (!isObject(type) || OPEN.test(at)) return;
  const rest = required(type);
  for (const member of official.members(type)) {
    const memberType = official.typeOf(member);
    // `clientSecret?: never` keeps two kinds of options apart.
    if (official.checker.typeToString(memberType) === 'undefined') continue;
    const name = named(at ? `${at}.${member.name}` : member.name);
    const wrapMember = (value: Json) => wrap({ ...rest, [member.name]: value });
    for (const it of memberType.isUnion() ? memberType.types : [memberType]) {
      const value = valueOf(it, member.name);
      if (value !== undefined) note(name, wrapMember(value));
      else if (!isObject(it) && !it.isUnion() && !(it.flags & ts.TypeFlags.Undefined)) note(name, wrap(rest));
    }
    walk(memberType, name, wrapMember, within, note);
  }
}

function named(path: string): string {
  const [first = '', ...rest] = path.split('.');
  const whole = [camelCase(first), ...rest].join('.');
  return ANY_METHOD.test(whole) ? `${camelCase(first)}.*` : whole;
}

function itemOf(type: ts.Type): ts.Type | undefined {
  return official.checker.isArrayType(type) ? official.checker.getTypeArguments(type as ts.TypeReference)[0] : undefined;
}

function isObject(type: ts.Type): boolean {
  return (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0 && !official.isFunction(type) && !['Date', 'Promise'].includes(type.getSymbol()?.name ?? '');
}

function required(type: ts.Type): { [name: string]: Json } {
  const members = official.members(type).filter((it) => !(it.flags & ts.SymbolFlags.Optional));
  return Object.fromEntries(
    members.flatMap((it) => {
      const value = valueOf(official.typeOf(it), it.name);
      return value === undefined ? [] : [[it.name, value]];
    }),
  );
}

/** A value of the type; undefined where there is none that JSON can hold. */
function valueOf(type: ts.Type, name: string): Json | undefined {
  if (type.isUnion()) return type.types.map((it) => valueOf(it, name)).find((it) => it !== undefined && it !== null);
  if (type.isStringLiteral() || type.isNumberLiteral()) return type.value;
  const { flags } = type;
  if (flags & ts.TypeFlags.BooleanLiteral) return official.checker.typeToString(type) === 'true';
  if (flags & ts.TypeFlags.Null) return null;
  if (flags & ts.TypeFlags.String) return VALUES[name] ?? 'text';
  if (flags & ts.TypeFlags.Number) return VALUES[name] ?? 1;
  const item = itemOf(type);
  if (item) {
    const value = valueOf(item, name);
    return VALUES[name] ?? (value === undefined ? undefined : [value]);
  }
  return isObject(type) ? required(type) : undefined;
}
