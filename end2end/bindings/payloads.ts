// Samples of what Stripe.js sends, made of Stripe's types: every member set, every name of a union in one of them.
import { ts } from 'ts-json-schema-generator';
import type { Bindings, BoundCall, Json } from './crate.ts';
import type { Official } from './official.ts';

/** Stripe's types of the objects that have the calls. */
export const OBJECTS: Record<string, string> = {
  stripe: 'Stripe',
  elements: 'StripeElements',
  address: 'StripeAddressElement',
  taxId: 'StripeTaxIdElement',
  paymentForm: 'StripeCheckoutForm',
  checkout: 'StripeCheckoutElementsSdk',
  checkoutForm: 'StripeCheckoutFormSdk',
  actions: 'StripeCheckoutLoadActionsSuccess',
  pricing: 'Pricing',
};

/** What a type says nothing about is an object with an id: Radar's session. */
const ANYTHING: Json = { id: 'text' };

export function payloads(official: Official, { elements, calls }: Bindings): Record<string, Json[]> {
  const samples = new Samples(official);
  const found: Record<string, Json[]> = {};
  for (const { type, official: name } of elements) {
    for (const [event, payload] of official.events(official.type(name))) {
      if (payload) found[`${type}.${event}`] = samples.of(payload);
    }
  }
  for (const call of calls.filter((it) => it.reads)) {
    found[`${call.object}.${call.name}`] = answers(official, samples, call);
  }
  return found;
}

function answers(official: Official, samples: Samples, { object, name, member }: BoundCall): Json[] {
  const signatures = official.signatures(official.type(OBJECTS[object] ?? object), name);
  const promised = signatures.map((it) => official.promised(it.getReturnType()));
  const successes = promised
    .flatMap((it) => (it.isUnion() ? it.types : [it]))
    .filter((it) => isSuccess(official, it));
  if (member === null) return successes.flatMap((it) => samples.of(it));
  return successes.flatMap((it) => {
    const type = official.member(it, member);
    return type && !isUndefined(type) ? samples.of(type) : [];
  });
}

function isSuccess(official: Official, answer: ts.Type): boolean {
  const error = official.member(answer, 'error');
  return !error || isUndefined(error);
}

function isUndefined(type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.Undefined) !== 0;
}

class Samples {
  private readonly known = new Map<ts.Type, Json[]>();

  private readonly official: Official;

  constructor(official: Official) {
    this.official = official;
  }

  of(type: ts.Type): Json[] {
    const known = this.known.get(type);
    if (known) return known;
    // A type that holds itself ends here.
    this.known.set(type, []);
    const made = this.make(type).slice(0, 200);
    this.known.set(type, made);
    return made;
  }

  private make(type: ts.Type): Json[] {
    const { checker } = this.official;
    if (type.isUnion()) return type.types.flatMap((it) => this.of(it));
    if (type.isStringLiteral() || type.isNumberLiteral()) return [type.value];
    const { flags } = type;
    if (flags & ts.TypeFlags.BooleanLiteral) return [checker.typeToString(type) === 'true'];
    if (flags & ts.TypeFlags.String) return ['text'];
    if (flags & ts.TypeFlags.Number) return [7];
    if (flags & ts.TypeFlags.Any) return [ANYTHING];
    if (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Void)) return [null];
    if (this.official.isFunction(type)) return [];
    if (checker.isArrayType(type)) {
      const [item] = checker.getTypeArguments(type as ts.TypeReference);
      return [item ? this.of(item).filter((it) => it !== null) : []];
    }
    return this.object(type);
  }

  private object(type: ts.Type): Json[] {
    const { checker } = this.official;
    const members = this.official.members(type).map((it) => [it.name, this.of(this.official.typeOf(it))] as const);
    const any = type.getStringIndexType();
    if (any && any.flags & ts.TypeFlags.Any) return [ANYTHING];
    if (any) members.push(['named', this.of(any).filter((it) => it !== null)]);
    const filled = members.filter(([, samples]) => samples.length > 0);
    const count = Math.max(1, ...filled.map(([, samples]) => samples.length));
    if (filled.length === 0 && checker.typeToString(type) !== '{}' && members.length > 0) return [];
    return Array.from({ length: count }, (_, index) =>
      Object.fromEntries(filled.map(([name, samples]) => [name, samples[index % samples.length] ?? null])),
    );
  }
}
