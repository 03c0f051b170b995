// Whether an answer is what Stripe's types promise: every field they require, and none they do not name.
import { Ajv, type ErrorObject, type SchemaValidateFunction, type ValidateFunction } from 'ajv';
import { endpointFor, replySchema } from './endpoints.ts';
import { resourceSchema, resourcesOf, type Schema } from './schema.ts';

type Problem = Partial<ErrorObject>;

/** In place of a resource's name: whatever the object calls itself. */
const ANY = '*';

/** What is wrong with the answer to a call, as texts; nothing for a good one. */
export function replyErrors(method: string, path: string, reply: unknown): string[] {
  const endpoint = endpointFor(method, path);
  if (!endpoint) return [`Stripe's client knows no ${method} ${path}`];
  const validate = validator(`${method} ${endpoint.path}`, () => replySchema(endpoint));
  return telling(problems(validate, reply)).map(text);
}

/** The same for an object by itself, such as one in an event, by what its field `object` calls it. */
export function objectErrors(value: unknown): string[] {
  return telling(resourceProblems(ANY, value)).map(text);
}

/** Of a union, all that an answer is not would be told: what is wrong deeper within it says more. */
function telling(problems: Problem[]): Problem[] {
  const isFar = ({ keyword = 'resource' }: Problem) => ['anyOf', 'resource', 'type'].includes(keyword);
  const hasDeeper = ({ instancePath: place = '' }: Problem) =>
    problems.some(({ instancePath: other = '' }) => other.startsWith(`${place}/`));
  return problems.filter((it) => !isFar(it) || !hasDeeper(it));
}

function resourceProblems(name: string, value: unknown): Problem[] {
  if (typeof value !== 'object' || value === null) return [{ message: `must be a resource (${name})` }];
  if (name !== ANY) {
    // Of a union, only the one resource it can be has anything to say about it.
    const kind = resourceSchema(name).properties?.['object']?.const;
    if (kind !== (value as { object?: unknown }).object) return [{ message: `must be a resource (${name})` }];
    return problems(validator(name, () => schemaFor(name)), value);
  }
  const { object, deleted = false } = value as { object?: unknown; deleted?: unknown };
  const names = resourcesOf(String(object), Boolean(deleted));
  const found = names.map((it) => resourceProblems(it, value)).sort((a, b) => a.length - b.length);
  return found[0] ?? [{ message: `calls itself ${JSON.stringify(object)}, as no type does` }];
}

/** The events' type leaves their object open; here it is checked as any other. */
function schemaFor(name: string): Schema {
  const schema = resourceSchema(name);
  if (name !== 'Events.EventBase') return schema;
  const properties = { object: { resource: ANY }, previous_attributes: { type: 'object' } };
  const data = { type: 'object', properties, required: ['object'], additionalProperties: false };
  return { ...schema, properties: { ...schema.properties, data } };
}

/** The keyword `resource`: the schema of a resource is made when one is met. */
const isResource: SchemaValidateFunction = (name: string, value: unknown, _schema, at) => {
  const inside = at?.instancePath ?? '';
  isResource.errors = resourceProblems(name, value).map((it) => ({
    keyword: 'resource',
    params: {},
    ...it,
    instancePath: `${inside}${it.instancePath ?? ''}`,
  }));
  return isResource.errors.length === 0;
};

const ajv = new Ajv({ strict: false, allErrors: true, formats: { decimal: /^-?\d+(\.\d+)?$/ } });
ajv.addKeyword({ keyword: 'resource', errors: 'full', validate: isResource });

const validators = new Map<string, ValidateFunction>();

function validator(name: string, schema: () => Schema): ValidateFunction {
  const known = validators.get(name);
  if (known) return known;
  const made = ajv.compile(schema());
  validators.set(name, made);
  return made;
}

function problems(validate: ValidateFunction, value: unknown): Problem[] {
  return validate(value) ? [] : (validate.errors ?? []);
}

function text(problem: Problem): string {
  const details = Object.values(problem.params ?? {}).map((it) => JSON.stringify(it));
  return [problem.instancePath, problem.message, ...details].join(' ');
}
