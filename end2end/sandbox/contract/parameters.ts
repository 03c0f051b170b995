// The parameters of every call, as the table that the sandbox reads (`src/stripe/contract/parameters.txt`).
//
// A line is a parameter: its name (with `!`, where it is required) and what it takes, any of: `''` an empty text, `text`,
// `integer`, `number`, `decimal`, `boolean`, `=a|b|c` one of these, `{}` an object with the fields on the lines below it,
// `[]` a list of what the line `[]` below it says, `{*}` free names for what the line `*` below it says. What stands in
// several places is written once, under a name with `&`, before the calls. Bounds follow a colon: `text:..40` has up to forty
// characters, `[]:..10` up to ten items, `integer:1..31` is a day.
import { type Endpoint, endpoints, paramsSchema } from './endpoints.ts';
import { charactersOf, itemsOf, type Range, valuesOf } from './limits.ts';
import type { Schema } from './schema.ts';

export interface Shape {
  /** An empty text, which unsets. */
  empty: boolean;
  kinds: string[];
  choices: string[];
  /** Of its characters, or of its value. */
  range?: Range;
  /** Of its items. */
  count?: Range;
  fields?: Field[];
  /** Of each item of a list. */
  item?: Shape;
  /** Of each value under a free name. */
  value?: Shape;
}

export interface Field {
  name: string;
  required: boolean;
  shape: Shape;
}

/** The paths under `/v1` that the sandbox covers, with all below them. */
const COVERED = [
  'balance_transactions',
  'charges',
  'checkout/sessions',
  'confirmation_tokens',
  'coupons',
  'customer_sessions',
  'customers',
  'disputes',
  'events',
  'invoice_payments',
  'invoiceitems',
  'invoices',
  'mandates',
  'payment_intents',
  'payment_methods',
  'prices',
  'products',
  'promotion_codes',
  'radar/early_fraud_warnings',
  'refunds',
  'setup_attempts',
  'setup_intents',
  'shipping_rates',
  'subscription_items',
  'subscriptions',
  'tax/calculations',
  'tax/transactions',
  'test_helpers/confirmation_tokens',
  'tokens',
  'webhook_endpoints',
];

/** The numbers that need not be whole; the types do not tell them apart. */
const FRACTIONS = [
  'amount_percent',
  'application_fee_percent',
  'height',
  'length',
  'percent_off',
  'percent_ownership',
  'percentage',
  'weight',
  'width',
];

/** A shopper's address may have empty lines: shops send them as they are, though the types allow no empty text here. */
const LEFT_BLANK = ['city', 'country', 'line1', 'line2', 'phone', 'postal_code', 'state'];

/** Texts of a customer that an empty one unsets, which the types do not say. */
const UNSET_TOO = ['description', 'email', 'name', 'phone'];

/** Cards come by Stripe.js, and so the types leave them out where a payment method is made on the way. */
const CARD_IS_UNNAMED = 'payment_method_data';

export function coveredEndpoints(): Endpoint[] {
  const covered = endpoints().filter((it) => COVERED.some((path) => `${it.path}/`.startsWith(`/v1/${path}/`)));
  return covered.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

const key = (endpoint: Endpoint) => `${endpoint.path} ${endpoint.method}`;

/** What a call takes, as an object. */
export function parameters(endpoint: Endpoint): Shape {
  const shape = shapeOf(paramsSchema(endpoint));
  if (endpoint.method === 'POST' && endpoint.path.startsWith('/v1/customers')) {
    for (const field of shape.fields ?? []) field.shape.empty ||= UNSET_TOO.includes(field.name);
  }
  return shape;
}

let typedCard: Field | undefined;

function addCard(fields: Field[]) {
  if (!fields.some((it) => it.name === 'type')) return;
  const endpoint = endpoints().find((it) => it.method === 'POST' && it.path === '/v1/payment_methods');
  typedCard ??= endpoint && parameters(endpoint).fields?.find((it) => it.name === 'card');
  if (!typedCard) throw new Error('no payment method is made of a card');
  fields.push(typedCard);
  fields.sort(byName);
  for (const field of fields.filter((it) => it.name === 'type')) field.shape.choices = ['card', ...field.shape.choices];
}

function shapeOf(schema: Schema, name = ''): Shape {
  const shape: Shape = { empty: false, kinds: [], choices: [] };
  let description = '';
  const add = (it: Schema) => {
    description += it.description ?? '';
    if (it.anyOf) return it.anyOf.forEach(add);
    const literals = it.enum ?? (it.const === undefined ? [] : [it.const]);
    for (const literal of literals) {
      if (literal === '' || literal === null) shape.empty = true;
      else shape.choices.push(String(literal));
    }
    if (literals.length > 0) return;
    for (const type of [it.type].flat()) addType(shape, it, String(type), name);
  };
  add(schema);
  limit(shape, description);
  return shape;
}

function limit(shape: Shape, description: string) {
  const [kind] = shape.kinds;
  const range = kind === 'text' ? charactersOf(description) : kind === 'integer' || kind === 'number' ? valuesOf(description) : {};
  const count = shape.item ? itemsOf(description) : {};
  // Of a list with a limit, the limit is not that of its other form, a text.
  if (Object.keys(range).length > 0 && !shape.item) shape.range = range;
  if (Object.keys(count).length > 0) shape.count = count;
}

function addType(shape: Shape, schema: Schema, type: string, name: string) {
  switch (type) {
    case 'null':
      shape.empty = true;
      break;
    case 'string':
      shape.kinds.push(schema.format ?? 'text');
      break;
    case 'number':
      // A text may be a number as well, such as a value of the metadata.
      if (!shape.kinds.includes('text')) shape.kinds.push(FRACTIONS.includes(name) ? 'number' : 'integer');
      break;
    case 'boolean':
      shape.kinds.push('boolean');
      break;
    case 'array':
      shape.item = shapeOf(schema.items ?? {});
      break;
    case 'object':
      if (typeof schema.additionalProperties === 'object') {
        shape.value = shapeOf(schema.additionalProperties);
      } else {
        shape.fields = fieldsOf(schema);
        if (name === CARD_IS_UNNAMED) addCard(shape.fields);
      }
      break;
    default:
      throw new Error(`a parameter ${name} of type ${type}`);
  }
}

function fieldsOf({ properties = {}, required = [] }: Schema): Field[] {
  const ofShopper = 'line1' in properties || 'address' in properties;
  const fields = Object.entries(properties).map(([name, schema]) => {
    const shape = shapeOf(schema, name);
    if (ofShopper && LEFT_BLANK.includes(name)) shape.empty = true;
    return { name, required: required.includes(name), shape };
  });
  return fields.sort(byName);
}

function byName(a: Field, b: Field): number {
  return a.name < b.name ? -1 : 1;
}

/** The whole table. */
export function table(): string {
  const calls = coveredEndpoints().map((it) => ({ name: `${it.method} ${it.path}`, shape: parameters(it) }));
  const shared = new Shared();
  for (const { shape } of calls) shared.count(shape, '');
  const lines = ['# Made from the types of the npm package `stripe`: `cargo xtask test sandbox -- contract --update-snapshots`.'];
  lines.push(...shared.definitions(), ...calls.flatMap(({ name, shape }) => [name, ...shared.inside(shape, 1)]));
  return `${lines.join('\n')}\n`;
}

/** Shapes that stand in several places, and the names they go by: that of their first place, and a number. */
class Shared {
  private readonly seen = new Map<string, { shape: Shape; name: string; times: number }>();
  private readonly names = new Map<string, number>();

  count(shape: Shape, name: string) {
    const identity = JSON.stringify(shape);
    const known = this.seen.get(identity);
    if (known) {
      known.times += 1;
      return;
    }
    if (name !== '' && isLong(shape)) {
      this.seen.set(identity, { shape, name, times: 1 });
    }
    for (const field of shape.fields ?? []) this.count(field.shape, field.name);
    if (shape.item) this.count(shape.item, name);
    if (shape.value) this.count(shape.value, name);
  }

  definitions(): string[] {
    const several = [...this.seen.values()].filter((it) => it.times > 1);
    for (const it of several) {
      const number = (this.names.get(it.name) ?? 0) + 1;
      this.names.set(it.name, number);
      it.name = `&${it.name}${number > 1 ? `.${number}` : ''}`;
    }
    return several.flatMap(({ name, shape }) => [`${name} ${own(shape)}`, ...this.inside(shape, 1)]);
  }

  /** The lines below a shape's own. */
  inside(shape: Shape, depth: number): string[] {
    const lines = (shape.fields ?? []).flatMap(({ name, required, shape }) =>
      this.line(required ? `${name}!` : name, shape, depth),
    );
    if (shape.item) lines.push(...this.line('[]', shape.item, depth));
    if (shape.value) lines.push(...this.line('*', shape.value, depth));
    return lines;
  }

  private line(name: string, shape: Shape, depth: number): string[] {
    const start = `${' '.repeat(depth)}${name}`;
    const known = this.seen.get(JSON.stringify(shape));
    if (known && known.times > 1) return [`${start} ${known.name}`];
    return [`${start} ${own(shape)}`, ...this.inside(shape, depth + 1)];
  }
}

/** Whether it takes more than a few words. */
function isLong(shape: Shape): boolean {
  return own(shape).length > 40 || (shape.fields?.length ?? 0) > 0 || shape.item !== undefined || shape.value !== undefined;
}

function own({ empty, kinds, choices, range, count, fields, item, value }: Shape): string {
  const [kind, ...others] = kinds;
  const words = [empty ? "''" : '', kind ? `${kind}${bounds(range)}` : '', ...others];
  words.push(choices.length > 0 ? `=${choices.join('|')}` : '', fields ? '{}' : '', item ? `[]${bounds(count)}` : '');
  words.push(value ? '{*}' : '');
  return words.filter((it) => it !== '').join(' ');
}

function bounds(range: Range | undefined): string {
  return range ? `:${range.least ?? ''}..${range.most ?? ''}` : '';
}
