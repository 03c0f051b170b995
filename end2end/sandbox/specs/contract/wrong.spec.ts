// Every parameter that Stripe's types name, given wrongly: the answer is 400, and says which one it was.
import { least, leaves, objects, type Pairs, required, within } from '../../contract/leaves.ts';
import { coveredEndpoints, parameters, type Shape } from '../../contract/parameters.ts';
import { expect, test } from '../test.ts';
import { caller, forEach, isServed } from './caller.ts';

// Ten seconds, on a machine that has nothing else to do.
test.setTimeout(180_000);

test('a parameter of the wrong kind, out of its bounds, unknown, or left out is refused by its name', async ({ world }) => {
  const call = caller(world);
  const wrong: string[] = [];
  let asked = 0;
  for (const endpoint of coveredEndpoints()) {
    const shape = parameters(endpoint);
    if (!(await isServed(call, endpoint, required(shape, unaided)))) continue;
    const path = endpoint.path.replaceAll('{id}', 'none');
    await forEach([...mistakes(shape)], async ({ params, param, code }) => {
      const { status, body } = await call(endpoint.method, path, params);
      asked += 1;
      const { error = {} } = body;
      if (status === 400 && error.param === param && (!code || error.code === code)) return;
      wrong.push(`${endpoint.method} ${endpoint.path} ${JSON.stringify(params)}: ${status} ${JSON.stringify(body)}`);
    });
  }
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(asked).toBeGreaterThan(5000);
});

interface Mistake {
  params: Pairs;
  param: string;
  code?: string;
}

function* mistakes(shape: Shape): Generator<Mistake> {
  for (const { name, invalid, beyond } of leaves(shape, unaided)) {
    if (invalid) yield { params: invalid, param: name };
    for (const params of beyond) yield { params, param: name };
  }
  for (const { name, fields } of objects(shape)) {
    const unknown = within(name, 'unheard_of');
    yield { params: [[unknown, '1']], param: unknown, code: 'parameter_unknown' };
    const needed = fields.filter((it) => it.required);
    for (const left of needed) {
      const given = needed.filter((it) => it !== left).flatMap((it) => least(it.shape, within(name, it.name), unaided));
      const optional = fields.filter((it) => !it.required).slice(0, 1);
      const more = optional.flatMap((it) => least(it.shape, within(name, it.name), unaided));
      // An object of one parameter cannot be given without it.
      if (given.length + more.length === 0 && name !== '') continue;
      yield { params: [...given, ...more], param: within(name, left.name), code: 'parameter_missing' };
    }
  }
}

const unaided = () => undefined;
