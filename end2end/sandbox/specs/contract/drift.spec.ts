// The tables that are committed, against what the installed types give. After a change of either:
// `cargo xtask test sandbox -- contract --update-snapshots`.
import { endpoints } from '../../contract/endpoints.ts';
import { expandableTable } from '../../contract/expandable.ts';
import { coveredEndpoints, table } from '../../contract/parameters.ts';
import { expect, test } from '../test.ts';
import { caller, forEach, isServed } from './caller.ts';

test('the sandbox knows the parameters that the installed types name', () => {
  expect(table()).toMatchSnapshot(['src', 'stripe', 'contract', 'parameters.txt']);
});

test('the sandbox expands what the installed types let hold an object', () => {
  expect(expandableTable()).toMatchSnapshot(['src', 'stripe', 'contract', 'expandable.txt']);
});

test('no call is answered whose parameters are not in the table', async ({ world }) => {
  const call = caller(world);
  const covered = new Set(coveredEndpoints());
  const strangers: string[] = [];
  const others = endpoints().filter((it) => !covered.has(it));
  expect(others.length).toBeGreaterThan(100);
  await forEach(others, async (it) => {
    if (await isServed(call, it, [])) strangers.push(`${it.method} ${it.path}`);
  });
  expect(strangers, 'to be named in `contract/parameters.ts`').toEqual([]);
});
