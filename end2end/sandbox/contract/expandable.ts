// What `expand[]` may name in the answer to a call, as the table that the sandbox reads (`src/stripe/contract/expandable.txt`).
//
// A call and a resource are followed by the fields in which something can be expanded, a line each: the name, `@` where an id
// stands that its object can replace, `+` where something is left out unless it is asked for, and the resources that are found
// there. The lines below a field are the fields within it. Lists count as what is in them.
import { type Endpoint, replySchema } from './endpoints.ts';
import { coveredEndpoints } from './parameters.ts';
import { resourceSchema, type Schema } from './schema.ts';

/** Stripe goes no deeper. */
const LEVELS = 4;

/** What an answer leaves out unless it is asked for: Stripe's reference says so of each, its types only that it may be absent. */
const LEFT_OUT: Record<string, string[]> = {
  'Charges.Charge': ['refunds'],
  'Checkout/Sessions.Session': ['line_items', 'shipping_cost.taxes', 'total_details.breakdown'],
  'Coupons.Coupon': ['applies_to', 'currency_options'],
  'Customers.Customer': ['sources', 'subscriptions', 'tax_ids'],
  'Invoices.Invoice': ['confirmation_secret', 'payments', 'shipping_cost.taxes'],
  'LineItems.LineItem': ['discounts', 'taxes'],
  'PaymentIntents.PaymentIntent': ['amount_details.line_items'],
  'Prices.Price': ['currency_options', 'tiers'],
  'PromotionCodes.PromotionCode': ['restrictions.currency_options'],
  'ShippingRates.ShippingRate': ['fixed_amount.currency_options'],
  'Tax/CalculationLineItems.CalculationLineItem': ['tax_breakdown'],
  'Tax/Calculations.Calculation': ['line_items', 'shipping_cost.tax_breakdown'],
  'Tax/Transactions.Transaction': ['line_items', 'shipping_cost.tax_breakdown'],
};

/** Something in an answer, in which something can be expanded. */
class Place {
  holdsId = false;
  isLeftOut = false;
  readonly resources = new Set<string>();
  readonly fields = new Map<string, Place>();

  constructor(schema: Schema, leftOut: string[] = []) {
    const shapes = alternatives(schema);
    for (const { resource } of shapes) if (resource && resource !== '*') this.resources.add(resource);
    this.holdsId = this.resources.size > 0 && shapes.some(({ type }) => type === 'string');
    for (const [name, inner] of shapes.flatMap(({ properties }) => Object.entries(properties ?? {}))) {
      const within = leftOut.filter((it) => it.startsWith(`${name}.`)).map((it) => it.slice(name.length + 1));
      const field = new Place(inner, within);
      field.isLeftOut = leftOut.includes(name);
      this.fields.get(name)?.add(field);
      if (!this.fields.has(name)) this.fields.set(name, field);
    }
  }

  add(other: Place) {
    this.holdsId ||= other.holdsId;
    this.isLeftOut ||= other.isLeftOut;
    for (const name of other.resources) this.resources.add(name);
    for (const [name, field] of other.fields) {
      this.fields.get(name)?.add(field);
      if (!this.fields.has(name)) this.fields.set(name, field);
    }
  }

  all(): Place[] {
    return [this, ...[...this.fields.values()].flatMap((it) => it.all())];
  }

  /** Whether there is anything to expand in it, given the resources of which that is known. */
  matters(resources: Map<string, Place>): boolean {
    const isInResource = [...this.resources].some((name) => resources.has(name));
    return this.holdsId || this.isLeftOut || isInResource || [...this.fields.values()].some((it) => it.matters(resources));
  }

  lines(resources: Map<string, Place>, depth: number): string[] {
    const fields = [...this.fields].filter(([, field]) => field.matters(resources)).sort(([a], [b]) => (a < b ? -1 : 1));
    return fields.flatMap(([name, field]) => [
      `${' '.repeat(depth)}${[name, ...field.words(resources)].join(' ')}`,
      ...field.lines(resources, depth + 1),
    ]);
  }

  words(resources: Map<string, Place>): string[] {
    const known = [...this.resources].filter((name) => resources.has(name)).sort();
    return [this.holdsId ? '@' : '', this.isLeftOut ? '+' : '', ...known].filter((it) => it !== '');
  }
}

function alternatives(schema: Schema): Schema[] {
  if (schema.anyOf) return schema.anyOf.flatMap(alternatives);
  return schema.items ? alternatives(schema.items) : [schema];
}

/** A path that can be expanded in the answer to a call. */
export function anyExpandable(endpoint: Endpoint): string | undefined {
  return pathIn(new Place(replySchema(endpoint)), 2);
}

function pathIn(place: Place, levels: number): string | undefined {
  if (levels < 0) return undefined;
  const resources = [...place.resources].map((name) => new Place(resourceSchema(name), LEFT_OUT[name]));
  const fields = [place, ...resources].flatMap((it) => [...it.fields]);
  const own = fields.find(([, field]) => field.holdsId || field.isLeftOut);
  if (own) return own[0];
  for (const [name, field] of fields) {
    const path = pathIn(field, levels - 1);
    if (path) return `${name}.${path}`;
  }
  return undefined;
}

/** The whole table. */
export function expandableTable(): string {
  const calls = coveredEndpoints().map((it): [Endpoint, Place] => [it, new Place(replySchema(it))]);
  const resources = reachable(calls.map(([, place]) => place));
  const lines = ['# Made from the types of the npm package `stripe`: `cargo xtask test sandbox -- contract --update-snapshots`.'];
  for (const [name, place] of [...resources].sort(([a], [b]) => (a < b ? -1 : 1))) {
    lines.push(`${name} ${String(resourceSchema(name).properties?.object?.const)}`, ...place.lines(resources, 1));
  }
  for (const [{ method, path }, place] of calls) {
    lines.push([method, path, ...place.words(resources)].join(' '), ...place.lines(resources, 1));
  }
  return `${lines.join('\n')}\n`;
}

/** The resources that the answers lead to in so many levels, without those in which nothing can be expanded. */
function reachable(answers: Place[]): Map<string, Place> {
  const found = new Map<string, Place>();
  let latest = answers;
  for (let level = 0; level <= LEVELS; level += 1) {
    const names = new Set(latest.flatMap((it) => it.all()).flatMap((it) => [...it.resources]));
    latest = [];
    for (const name of names) {
      if (found.has(name)) continue;
      const place = new Place(resourceSchema(name), LEFT_OUT[name]);
      found.set(name, place);
      latest.push(place);
    }
  }
  for (;;) {
    const idle = [...found].filter(([, place]) => ![...place.fields.values()].some((it) => it.matters(found)));
    if (idle.length === 0) return found;
    for (const [name] of idle) found.delete(name);
  }
}
