// The calls that Stripe's Node client knows: method and path from its code, parameters and reply from its types.
import { readFileSync } from 'node:fs';
import { ts } from 'ts-json-schema-generator';
import { type Schema, schemaOf, sources } from './schema.ts';

export interface Endpoint {
  method: 'DELETE' | 'GET' | 'POST';
  /** `/v1/payment_intents/{id}/confirm` */
  path: string;
  /** Null where the call takes none. */
  params: ts.TypeNode | undefined;
  reply: ts.TypeNode;
}

/** Promises of the client, and what the wire carries for them. */
const REPLIES: Record<string, (item: Schema) => Schema> = {
  Promise: (item) => item,
  ApiListPromise: (item) => page('list', item, {}),
  ApiSearchResultPromise: (item) => page('search_result', item, { next_page: { type: ['string', 'null'] } }),
};

let all: Endpoint[] | undefined;

export function endpoints(): Endpoint[] {
  all ??= [...sources().values()].flatMap(endpointsOf);
  return all;
}

/** The endpoint that a request goes to: a path in full (`/v1/charges/search`) wins over one with an id. */
export function endpointFor(method: string, path: string): Endpoint | undefined {
  const fits = endpoints().filter((it) => it.method === method && pattern(it.path).test(path));
  return fits.sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0];
}

export function paramsSchema(endpoint: Endpoint): Schema {
  return endpoint.params ? schemaOf(endpoint.params) : { type: 'object', properties: {}, additionalProperties: false };
}

export function replySchema(endpoint: Endpoint): Schema {
  const promise = endpoint.reply;
  if (!ts.isTypeReferenceNode(promise)) throw new Error(`${endpoint.path} promises nothing`);
  const wrap = REPLIES[promise.typeName.getText()];
  const inner = promise.typeArguments?.[0];
  if (!wrap || !inner) throw new Error(`${endpoint.path}: ${promise.getText()}`);
  // `Response<X>` adds to X what the client knows of the transport.
  const isResponse = ts.isTypeReferenceNode(inner) && inner.typeName.getText() === 'Response';
  return wrap(schemaOf((isResponse && inner.typeArguments?.[0]) || inner));
}

function page(object: string, item: Schema, more: Record<string, Schema>): Schema {
  const properties: Record<string, Schema> = {
    object: { const: object },
    data: { type: 'array', items: item },
    has_more: { type: 'boolean' },
    url: { type: 'string' },
    ...more,
  };
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

function endpointsOf(file: ts.SourceFile): Endpoint[] {
  const code = readFileSync(file.fileName.replace(/\.d\.ts$/, '.js'), 'utf8');
  const calls = code.matchAll(/^ {4}(\w+)\([\w, ]*\) \{\n\s+return this\._makeRequest\('(\w+)', ['`]([^'`]+)['`]/gm);
  const methods = file.statements.filter(ts.isClassDeclaration).flatMap((it) => it.members.filter(ts.isMethodDeclaration));
  return [...calls].flatMap(([, name, method, path]) => {
    const declared = methods.find((it) => it.name.getText() === name);
    if (!declared?.type || !path?.startsWith('/v1/')) return [];
    return {
      method: method as Endpoint['method'],
      path: path.replace(/\$\{[^}]*\}/g, '{id}'),
      params: declared.parameters.find((it) => it.name.getText() === 'params')?.type,
      reply: declared.type,
    };
  });
}

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('{id}', '[^/]+')}$`);
}
