// Stripe's own types, as the TypeScript compiler understands them. It knows nothing of the crate.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ts } from 'ts-json-schema-generator';

const here = import.meta.dirname;
const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: [],
};

export const version: string = JSON.parse(
  readFileSync(path.join(here, '../node_modules/@stripe/stripe-js/package.json'), 'utf8'),
).version;

/** A program of one file, which exists in memory alone. */
export function compile(source: string): { program: ts.Program; file: ts.SourceFile } {
  const name = path.join(here, 'in-memory.ts');
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (it) => it === name || fileExists.call(host, it);
  host.readFile = (it) => (it === name ? source : readFile.call(host, it));
  host.getSourceFile = (it, options) =>
    it === name ? ts.createSourceFile(it, source, options) : getSourceFile.call(host, it, options);
  const program = ts.createProgram([name], OPTIONS, host);
  const file = program.getSourceFile(name);
  if (!file) throw new Error('the compiler lost the file');
  return { program, file };
}

/** What `tsc --strict` says of a file. */
export function complaints(source: string): string[] {
  const { program, file } = compile(source);
  const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  return found.map((it) => {
    const { line } = file.getLineAndCharacterOfPosition(it.start ?? 0);
    const text = source.split('\n')[line] ?? '';
    return `${ts.flattenDiagnosticMessageText(it.messageText, '\n')}\n    in ${text.slice(0, 300)}`;
  });
}

/** The exported types of the package, by name. */
export class Official {
  readonly checker: ts.TypeChecker;
  private readonly exports: Map<string, ts.Symbol>;
  private readonly file: ts.SourceFile;

  constructor() {
    const { program, file } = compile("import * as S from '@stripe/stripe-js';\nexport default S;\n");
    this.checker = program.getTypeChecker();
    this.file = file;
    const declaration = file.statements.find(ts.isImportDeclaration);
    const module = declaration && this.checker.getSymbolAtLocation(declaration.moduleSpecifier);
    if (!module) throw new Error('@stripe/stripe-js is not installed: run npm ci');
    this.exports = new Map(this.checker.getExportsOfModule(module).map((it) => [it.name, it]));
  }

  type(name: string): ts.Type {
    const symbol = this.exports.get(name);
    if (!symbol) throw new Error(`@stripe/stripe-js exports no ${name}`);
    return this.checker.getDeclaredTypeOfSymbol(symbol);
  }

  typeOf(symbol: ts.Symbol): ts.Type {
    return this.checker.getTypeOfSymbolAtLocation(symbol, this.file);
  }

  members(type: ts.Type): ts.Symbol[] {
    return this.checker.getPropertiesOfType(type);
  }

  member(type: ts.Type, name: string): ts.Type | undefined {
    const symbol = this.checker.getPropertyOfType(type, name);
    return symbol && this.typeOf(symbol);
  }

  signatures(type: ts.Type, name: string): readonly ts.Signature[] {
    const member = this.member(type, name);
    return member ? this.checker.getSignaturesOfType(member, ts.SignatureKind.Call) : [];
  }

  isFunction(type: ts.Type): boolean {
    const types = type.isUnion() ? type.types : [type];
    return types.some((it) => this.checker.getSignaturesOfType(it, ts.SignatureKind.Call).length > 0);
  }

  /** What a promise is of. */
  promised(type: ts.Type): ts.Type {
    return this.checker.getAwaitedType(type) ?? type;
  }

  /** The events of an object, and what their handlers are given: nothing, or an event. */
  events(type: ts.Type): Map<string, ts.Type | undefined> {
    const events = new Map<string, ts.Type | undefined>();
    for (const signature of this.signatures(type, 'on')) {
      const [event, handler] = signature.parameters.map((it) => this.typeOf(it));
      if (!event?.isStringLiteral() || !handler) continue;
      const given = this.checker.getSignaturesOfType(handler, ts.SignatureKind.Call)[0]?.parameters[0];
      events.set(event.value, given && this.typeOf(given));
    }
    return events;
  }

  isDeprecated(symbol: ts.Symbol): boolean {
    return symbol.getJsDocTags(this.checker).some((it) => it.name === 'deprecated');
  }
}
