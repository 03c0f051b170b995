// Every parameter that Stripe's types name, given rightly: it is taken, or refused by a rule that is written down here.
import { Coverage, page } from '../../contract/coverage.ts';
import type { Endpoint } from '../../contract/endpoints.ts';
import { type Leaf, leaves, type Pairs, required } from '../../contract/leaves.ts';
import { coveredEndpoints, parameters } from '../../contract/parameters.ts';
import { expect, test } from '../test.ts';
import { forEach, isServed } from './caller.ts';
import { REFUSED, SITUATIONS } from './rules.ts';
import { Scene } from './scene.ts';

// Twenty seconds, on a machine that has nothing else to do.
test.setTimeout(180_000);

test('a parameter that is right is taken', async ({ world }) => {
  const scene = await Scene.set(world);
  const wrong: string[] = [];
  const unused = new Set(REFUSED);
  const served: Coverage[] = [];
  const unserved: Endpoint[] = [];
  for (const endpoint of coveredEndpoints()) {
    const call = `${endpoint.method} ${endpoint.path}`;
    const shape = parameters(endpoint);
    if (!(await isServed(scene.call, endpoint, required(shape, () => undefined)))) {
      unserved.push(endpoint);
      continue;
    }
    const hint = await scene.hints(endpoint.method, endpoint.path);
    const least = required(shape, hint);
    const all = leaves(shape, hint).filter((it) => it.valid.length > 0);
    const coverage = new Coverage(endpoint, all);
    served.push(coverage);
    await forEach(all, async (leaf) => {
      const place = await scene.place(endpoint.method, endpoint.path);
      const params = await request({ scene, call, leaf, place }, least);
      const { status, body } = await scene.call(endpoint.method, place, params);
      if (status === 200) {
        coverage.note(leaf, body);
        return;
      }
      const { code = '', param = '', message } = body.error;
      const rule = REFUSED.find((it) => it.call.test(call) && it.param.test(leaf.name) && it.says.test(message));
      if (rule) unused.delete(rule);
      else wrong.push(`${call} ${JSON.stringify(params)}: ${status} ${code} ${param} ${message}`);
    });
  }
  expect(wrong.slice(0, 20)).toEqual([]);
  expect([...unused], 'rules that nothing needs').toEqual([]);
  const coverage = page(served, unserved);
  console.log(coverage);
  expect(coverage, 'written anew by --update-snapshots').toMatchSnapshot(['docs', 'coverage.md']);
});

interface Request {
  scene: Scene;
  call: string;
  leaf: Leaf;
  place: string;
}

/** The parameter, with what its call requires, and what it needs beside it. */
async function request({ scene, call, leaf, place }: Request, least: Pairs): Promise<Pairs> {
  let params = least;
  let beside: Pairs = [];
  for (const it of SITUATIONS.filter((it) => it.call.test(call) && (it.param?.test(leaf.name) ?? true))) {
    const stays = ([name]: [string, string]) =>
      !(typeof it.without === 'function' ? it.without(name, leaf.name) : it.without?.test(name));
    params = params.filter(stays);
    beside = [...beside.filter(stays), ...((await it.beside?.(scene, leaf.name, place)) ?? [])];
  }
  const given = leaf.valid.filter(([name, value]) => value === '' || !beside.some(([other]) => other === name));
  return together(params, together(beside, given));
}

/** Later pairs win; a value and an object of the same name exclude each other. */
function together(first: Pairs, second: Pairs): Pairs {
  const clash = (a: string, b: string) => a === b || a.startsWith(`${b}[`) || b.startsWith(`${a}[`);
  const kept = first.filter(([name], at) => first.findLastIndex(([other]) => other === name) === at);
  return [...kept.filter(([name]) => !second.some(([other]) => clash(name, other))), ...second];
}
