// Which fields of an answer can be expanded, by Stripe's types: those that hold an id or, in its place, an object.
import { resourceSchema, type Schema } from '../../contract/schema.ts';

/** Stripe goes no deeper. */
const LEVELS = 4;

/** The paths that can be expanded in an answer of this shape, as far as it is expanded already. */
export function expandable(value: unknown, schema: Schema): string[] {
  const paths = new Set<string>();
  collect(value, schema, [], paths);
  return [...paths].toSorted();
}

function collect(value: unknown, schema: Schema, place: string[], paths: Set<string>): void {
  const shapes = schema.anyOf ?? [schema];
  if (shapes.some(({ type }) => type === 'string') && shapes.some(({ resource }) => resource)) {
    // What is in itself again, such as a charge's payment's charge, is seen once.
    if (place.length > LEVELS || place.indexOf(place.at(-1) as string) < place.length - 1) return;
    paths.add(place.join('.'));
  }
  if (Array.isArray(value)) {
    const items = shapes.find((shape) => shape.items)?.items ?? {};
    for (const item of value) collect(item, items, place, paths);
  } else if (typeof value === 'object' && value !== null) {
    const properties = shapes.map(described).find((shape) => isOf(value, shape))?.properties ?? {};
    for (const [name, inner] of Object.entries(value)) collect(inner, properties[name] ?? {}, [...place, name], paths);
  }
}

/** A resource is only named where it stands; `*` is any. */
function described(schema: Schema): Schema {
  return schema.resource === undefined || schema.resource === '*' ? schema : resourceSchema(schema.resource);
}

function isOf(value: object, { properties }: Schema): boolean {
  const kind = properties?.['object']?.const;
  return properties !== undefined && (kind === undefined || kind === (value as { object?: unknown }).object);
}
