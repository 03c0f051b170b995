// Reads a world whole: every list, every object by itself, plain and with all that can be expanded in it. Each answer
// is held against Stripe's types.
import { endpoints, replySchema } from '../../contract/endpoints.ts';
import { replyErrors } from '../../contract/reply.ts';
import type { World } from '../test.ts';
import { expandable } from './expandable.ts';

interface Answer {
  status: number;
  body: { data?: { id?: string }[]; error?: { message: string }; [field: string]: unknown };
}

const GETS = endpoints().filter(({ method, path }) => method === 'GET' && !path.endsWith('/search'));

/** What is wrong with the answers, each thing once; and the paths that answered. */
export async function sweep(world: World): Promise<{ problems: string[]; paths: string[] }> {
  const swept = new Sweep(world);
  const state = (await swept.get('/_control/state')).body;
  for (const { path } of GETS.filter(({ path }) => !path.includes('{id}'))) await swept.read(path, path);
  // Of some objects there is no list.
  for (const [name, items] of Object.entries(state)) {
    const table = GETS.find(({ path }) => path.endsWith('/{id}') && path.slice(4, -5).replaceAll('/', '_') === name);
    const path = table?.path.slice(0, -5);
    for (const { id } of items as { id?: string }[]) if (path && id) await swept.readObject(path, path, id);
  }
  return { problems: [...swept.problems].toSorted(), paths: [...swept.paths].toSorted() };
}

class Sweep {
  readonly problems = new Set<string>();
  readonly paths = new Set<string>();
  readonly #world: World;
  readonly #seen = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Reads what is at a path, and what is listed there. `pattern` is the path with `{id}` for its ids. */
  async read(pattern: string, path: string): Promise<void> {
    if (this.#seen.has(path)) return;
    this.#seen.add(path);
    const endpoint = GETS.find((it) => it.path === pattern);
    if (!endpoint) return;
    const plain = await this.get(path);
    // Not modelled, or a list of what belongs to something that must be named.
    if (plain.status !== 200) return;
    this.paths.add(pattern);
    this.#check(pattern, path, plain);
    await this.#expand(pattern, path, plain.body);
    const { object, data = [] } = plain.body;
    if (object !== 'list') return;
    for (const { id } of data) if (id) await this.readObject(pattern, path, id);
  }

  /** Reads the object, and what belongs to it. */
  async readObject(pattern: string, path: string, id: string): Promise<void> {
    const within = GETS.filter((it) => it.path.startsWith(`${pattern}/{id}`));
    for (const { path: deeper } of within) {
      const rest = deeper.slice(`${pattern}/{id}`.length);
      if (!rest.includes('{id}')) await this.read(deeper, `${path}/${id}${rest}`);
    }
  }

  /** Expands all there is, then all there is in what came, until nothing new comes. */
  async #expand(pattern: string, path: string, plain: Answer['body']): Promise<void> {
    const schema = replySchema(GETS.find((it) => it.path === pattern)!);
    let [known, body]: [string[], unknown] = [[], plain];
    for (;;) {
      const paths = expandable(body, schema);
      if (paths.length === known.length) return;
      const answer = await this.get(path, new URLSearchParams(paths.map((it) => ['expand[]', it])));
      this.#check(`${pattern} (expanded)`, path, answer);
      if (answer.status !== 200) return;
      [known, body] = [paths, answer.body];
    }
  }

  async get(path: string, query = new URLSearchParams()): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.#world.secretKey}` };
    const response = await fetch(`${this.#world.url}${path}?${query}`, { headers });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  }

  #check(what: string, path: string, { status, body }: Answer): void {
    const errors = status === 200 ? replyErrors('GET', path, body) : [`${status} ${body.error?.message}`];
    for (const error of errors) this.problems.add(`${what}: ${error.replaceAll(/\/\d+/g, '/#')}`);
  }
}
