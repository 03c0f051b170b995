// Stripe's official types, those of the npm package `stripe`, as JSON schemas. The sandbox is measured by them, and
// nothing of the sandbox is read here.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  AnyType,
  BaseType,
  createFormatter,
  createParser,
  createProgram,
  DEFAULT_CONFIG,
  InterfaceAndClassNodeParser,
  NeverType,
  type NodeParser,
  SchemaGenerator,
  TypeAliasNodeParser,
  ts,
} from 'ts-json-schema-generator';

/** As much of JSON Schema as the types need. */
export interface Schema {
  /** The comment above it. */
  description?: string;
  type?: string | string[];
  format?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  /** The name of an API resource that belongs here: see `resourceSchema`. */
  resource?: string;
}

class DecimalType extends BaseType {
  getId() {
    return 'decimal';
  }
}

/** An API resource within another type: only its name, or every schema would hold all of Stripe. */
class Resource extends BaseType {
  readonly name: string;

  constructor(name: string) {
    super();
    this.name = name;
  }

  getId() {
    return `resource-${this.name}`;
  }

  override getName() {
    return this.name;
  }
}

class ResourceParser extends InterfaceAndClassNodeParser {
  override supportsNode(node: ts.InterfaceDeclaration) {
    return super.supportsNode(node) && resourceName(node) !== undefined;
  }

  override createType(node: ts.InterfaceDeclaration) {
    return new Resource(resourceName(node) ?? '');
  }
}

/** The few aliases that say something other than what they spell. */
class AliasParser extends TypeAliasNodeParser {
  override supportsNode(node: ts.TypeAliasDeclaration) {
    return super.supportsNode(node) && node.name.text in ALIASES;
  }

  override createType(node: ts.TypeAliasDeclaration) {
    return ALIASES[node.name.text]?.() ?? new AnyType();
  }
}

const ALIASES: Record<string, () => BaseType> = {
  // Values that later versions may add: the sandbox speaks one version, which has none.
  OtherString: () => new NeverType(),
  // A class in the client, a text on the wire.
  Decimal: () => new DecimalType(),
  // A union of all events, which differ in their objects.
  Event: () => new Resource('Events.EventBase'),
};

const DIRECTORY = fileURLToPath(new URL('../../node_modules/stripe/esm/resources', import.meta.url));
const CONFIG = {
  ...DEFAULT_CONFIG,
  path: path.join(path.dirname(DIRECTORY), 'resources.d.ts'),
  expose: 'none' as const,
  jsDoc: 'extended' as const,
  skipTypeCheck: true,
  sortProps: false,
  topRef: false,
};

let loaded: { program: ts.Program; generator: SchemaGenerator } | undefined;

/** Takes two seconds, once. */
function load() {
  if (loaded) return loaded;
  const program = createProgram(CONFIG);
  const parser = createParser(program, CONFIG, (chain) => {
    chain.addNodeParser(new ResourceParser(program.getTypeChecker(), chain as never, false));
    chain.addNodeParser(new AliasParser(program.getTypeChecker(), chain as never));
  });
  const formatter = createFormatter(CONFIG, (chain) => {
    chain.addTypeFormatter({
      supportsType: (type) => type instanceof Resource || type instanceof DecimalType,
      getDefinition: (type) =>
        (type instanceof Resource ? { resource: type.name } : { type: 'string', format: 'decimal' }) as object,
      getChildren: () => [],
    });
  });
  // The resource asked for is described whole; within it, it too is only a name.
  const whole = new InterfaceAndClassNodeParser(program.getTypeChecker(), parser, false);
  const outermost: NodeParser = {
    createType: (node, context) => (whole.supportsNode(node as never) ? whole : parser).createType(node as never, context),
  };
  loaded = { program, generator: new SchemaGenerator(program, outermost, formatter, CONFIG) };
  return loaded;
}

/** The files that declare resources, by their names below the package's folder: `Checkout/Sessions`. */
export function sources(): Map<string, ts.SourceFile> {
  const files = load().program.getSourceFiles();
  const named = files.map((file) => [sourceName(file), file] as const);
  return new Map(named.filter(([name]) => !name.startsWith('..') && !name.startsWith('V2/')));
}

function sourceName(file: ts.SourceFile): string {
  return path.relative(DIRECTORY, file.fileName).replace(/\.d\.ts$/, '').replaceAll('\\', '/');
}

/** `Checkout/Sessions.Session`, for an interface that describes an API resource. */
function resourceName(node: ts.InterfaceDeclaration): string | undefined {
  const file = node.getSourceFile();
  const isResource = node.parent === file && literal(node, 'object') !== undefined;
  const source = isResource ? sourceName(file) : '..';
  return source.startsWith('..') ? undefined : `${source}.${node.name.text}`;
}

export function schemaOf(node: ts.Node): Schema {
  return load().generator.createSchemaFromNodes([node]) as Schema;
}

const resources = new Map<string, Schema>();

/** The schema of `PaymentIntents.PaymentIntent`. Other resources in it are named by the keyword `resource`. */
export function resourceSchema(name: string): Schema {
  const known = resources.get(name);
  if (known) return known;
  const [source = '', type] = name.split('.');
  const node = sources().get(source)?.statements.find((it) => ts.isInterfaceDeclaration(it) && it.name.text === type);
  if (!node) throw new Error(`no resource is called ${name}`);
  const schema = schemaOf(node);
  resources.set(name, schema);
  return schema;
}

/** The resources that call themselves `object`, deleted or not. */
export function resourcesOf(object: string, deleted: boolean): string[] {
  return named().get(`${object} ${deleted}`) ?? [];
}

let byObject: Map<string, string[]> | undefined;

function named() {
  if (byObject) return byObject;
  byObject = new Map();
  for (const file of sources().values()) {
    for (const node of file.statements.filter(ts.isInterfaceDeclaration)) {
      const name = resourceName(node);
      const value = literal(node, 'object');
      if (name === undefined || value === undefined) continue;
      const key = `${value} ${literal(node, 'deleted') === 'true'}`;
      byObject.set(key, [...(byObject.get(key) ?? []), name]);
    }
  }
  return byObject;
}

function literal(node: ts.InterfaceDeclaration, field: string): string | undefined {
  const member = node.members.find((it) => ts.isPropertySignature(it) && it.name.getText() === field);
  const type = member && ts.isPropertySignature(member) ? member.type : undefined;
  if (!type || !ts.isLiteralTypeNode(type)) return undefined;
  return ts.isStringLiteral(type.literal) ? type.literal.text : type.literal.getText();
}
