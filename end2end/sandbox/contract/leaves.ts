// Every parameter of a call on its own: a value it takes and one it does not, with no more around it than it needs.
import type { Field, Shape } from './parameters.ts';

/** Form fields, `shipping[name]=Ada`. */
export type Pairs = [name: string, value: string][];

export interface Leaf {
  /** `shipping[address][line1]` */
  name: string;
  /** Empty where there is nothing to say. */
  valid: Pairs;
  /** Null where everything is right. */
  invalid: Pairs | null;
  /** Of the right kind, and too much or too little of it. */
  beyond: Pairs[];
}

/** A value by the parameter's name; none leaves it to the shape. */
export type Hint = (name: string) => string | undefined;

export function leaves(shape: Shape, hint: Hint): Leaf[] {
  return inside(shape, '', [], hint);
}

/** What a call does not go without. */
export function required({ fields = [] }: Shape, hint: Hint): Pairs {
  return fields.filter((it) => it.required).flatMap((it) => least(it.shape, it.name, hint));
}

/** The least that is right. */
export function least(shape: Shape, name: string, hint: Hint): Pairs {
  const hinted = fitting(shape, hint(name));
  if (hinted !== undefined) return [[name, hinted]];
  if (shape.fields) {
    const needed = shape.fields.filter((it) => it.required);
    // A form cannot say an empty object.
    const some = needed.length > 0 ? needed : shape.fields.slice(0, 1);
    return some.flatMap((it) => least(it.shape, within(name, it.name), hint));
  }
  if (shape.item) return least(shape.item, `${name}[0]`, hint);
  if (shape.value) return least(shape.value, within(name, freeName(name)), hint);
  return [[name, shape.choices[0] ?? scalar(shape, name)]];
}

function inside(shape: Shape, name: string, around: Pairs, hint: Hint): Leaf[] {
  return [
    ...(shape.fields ?? []).flatMap((field) => ofField(shape.fields ?? [], field, name, around, hint)),
    ...(shape.item ? all(shape.item, `${name}[0]`, around, hint) : []),
    ...(shape.value ? all(shape.value, within(name, freeName(name)), around, hint) : []),
  ];
}

function ofField(fields: Field[], field: Field, outer: string, around: Pairs, hint: Hint): Leaf[] {
  // What an object of several sorts holds stands under the name of its sort.
  const sort = fields.find((it) => it.name === 'type' && it.shape.choices.includes(field.name));
  const needed = fields.filter((it) => it.required && it !== field && it !== sort);
  const beside = needed.flatMap((it) => least(it.shape, within(outer, it.name), hint));
  if (sort) beside.push([within(outer, 'type'), field.name]);
  return all(field.shape, within(outer, field.name), [...around, ...beside], hint);
}

/** A parameter itself, and what is in it. */
function all(shape: Shape, name: string, around: Pairs, hint: Hint): Leaf[] {
  const own: Leaf[] = [];
  const isScalar = shape.kinds.length > 0 || shape.choices.length > 0;
  if (isScalar || shape.empty) {
    const value = fitting(shape, hint(name)) ?? shape.choices[0] ?? (isScalar ? scalar(shape, name) : '');
    own.push({ name, valid: [...around, [name, value]], invalid: wrong(shape, name), beyond: beyond(shape, name) });
  } else {
    const content = least(shape, name, hint);
    // A form cannot say an empty object, so there is nothing to take.
    const valid = content.length > 0 ? [...around, ...content] : [];
    own.push({ name, valid, invalid: [[name, 'not a structure']], beyond: [] });
  }
  own[0]?.beyond.push(...tooMany(shape, name));
  if (isScalar && shape.empty) own.push({ name, valid: [...around, [name, '']], invalid: null, beyond: [] });
  return [...own, ...inside(shape, name, around, hint)];
}

/** A hint goes by the name alone. */
function fitting({ kinds, choices }: Shape, hinted: string | undefined): string | undefined {
  return kinds.length > 0 || choices.includes(hinted ?? '') ? hinted : undefined;
}

function wrong(shape: Shape, name: string): Pairs | null {
  if (!shape.kinds.includes('text')) return [[name, 'no such value']];
  // Nothing is wrong with a text but to be an object.
  return shape.fields || shape.value ? null : [[`${name}[wrong]`, 'wrong']];
}

function beyond({ kinds, range = {} }: Shape, name: string): Pairs[] {
  const { least, most } = range;
  const isText = kinds[0] === 'text';
  const value = (number: number) => (isText ? 'x'.repeat(number) : String(number));
  return [
    ...(least === undefined ? [] : [least - 1]),
    ...(most === undefined ? [] : [most + 1]),
  ].map((number) => [[name, value(number)]]);
}

function tooMany({ item, count }: Shape, name: string): Pairs[] {
  if (!item || !count?.most) return [];
  const items = Array.from({ length: count.most + 1 }, (_, at) => least(item, `${name}[${at}]`, () => undefined));
  return [items.flat()];
}

/** All objects in a shape, by their names. */
export function objects(shape: Shape, name = ''): { name: string; fields: Field[] }[] {
  const { fields, item, value } = shape;
  return [
    ...(fields ? [{ name, fields }] : []),
    ...(fields ?? []).flatMap((it) => objects(it.shape, within(name, it.name))),
    ...(item ? objects(item, `${name}[0]`) : []),
    ...(value ? objects(value, within(name, freeName(name))) : []),
  ];
}

function scalar(shape: Shape, name: string): string {
  switch (shape.kinds[0]) {
    case 'integer':
    case 'number':
    case 'decimal':
      return String(Math.max(shape.range?.least ?? 1, 1));
    case 'boolean':
      return 'true';
    default:
      return `a ${name.replace(/\W+/g, ' ').trim()}`.slice(0, shape.range?.most).padEnd(shape.range?.least ?? 0, '.');
  }
}

/** Where any name may stand. */
function freeName(outer: string): string {
  return /currency_options\]?$/.test(outer) ? 'eur' : 'key';
}

export function within(outer: string, name: string): string {
  return outer === '' ? name : `${outer}[${name}]`;
}
