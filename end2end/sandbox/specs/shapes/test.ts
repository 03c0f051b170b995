// The test that specs of shapes start from: after each, the world it made is swept, and held against Stripe's types.
import type Stripe from 'stripe';
import { resourceSchema } from '../../contract/schema.ts';
import { expect, test as base, type World } from '../test.ts';
import { sweep } from './sweep.ts';

export { expect };

export const RETURN_URL = 'https://shop.example/return';
export const PAYMENT = { amount: 1999, currency: 'usd', confirm: true, return_url: RETURN_URL } as const;
/** What a debit needs besides. */
export const MANDATE = { mandate_data: { customer_acceptance: { type: 'offline' } } } as const;
export const DAY_S = 24 * 60 * 60;

export const test = base.extend<{ swept: void }>({
  swept: [
    async ({ world }, use) => {
      await use();
      const { problems, paths } = await sweep(world);
      expect(problems).toEqual([]);
      expect(paths.filter((path) => path.includes('{id}')).length).toBeGreaterThan(3);
    },
    { auto: true, timeout: 60_000 },
  ],
});

/** An object's type, and where the sandbox's state has its objects. */
interface Kind {
  table: string;
  resource: string;
}

/** Expects that objects are there with every value that their type gives a field, except those `never` met here. */
export async function covers(world: World, { table, resource }: Kind, field: string, never: unknown[] = []) {
  const headers = { authorization: `Bearer ${world.secretKey}` };
  const state = (await (await fetch(`${world.url}/_control/state`, { headers })).json()) as Record<string, object[]>;
  const found = new Set(state[table]?.map((it) => (it as Record<string, unknown>)[field]));
  const known = resourceSchema(resource).properties?.[field]?.enum ?? [];
  expect([...found].toSorted()).toEqual(known.filter((it) => !never.includes(it)).toSorted());
}

/** Whether a call is refused does not matter here: its answer is held against the types either way. */
export async function tried(call: Promise<unknown>): Promise<void> {
  await call.catch((error: { type?: string }) => {
    if (!error.type?.startsWith('Stripe')) throw error;
  });
}

/** Presses a button of the page that the shopper was sent to. */
export async function answerPage(intent: Stripe.PaymentIntent | Stripe.SetupIntent, button: 'authorize' | 'fail') {
  const { url } = intent.next_action?.redirect_to_url ?? {};
  await fetch(`${url}/${button}`, { method: 'POST', redirect: 'manual' });
}
