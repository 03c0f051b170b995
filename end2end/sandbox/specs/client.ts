// Stripe's own client for Node, unchanged but for the address, and for a transport that holds every answer against
// Stripe's types.
import Stripe from 'stripe';
import { objectErrors, replyErrors } from '../contract/reply.ts';
import type { World } from './test.ts';

type Transport = ReturnType<typeof Stripe.createNodeHttpClient>;

export function connect(world: World, config: Stripe.StripeConfig = {}): Stripe {
  const { hostname, port } = new URL(world.url);
  const httpClient = checked(Stripe.createNodeHttpClient(), world.misshapen);
  return new Stripe(world.secretKey, { host: hostname, port, protocol: 'http', httpClient, ...config });
}

/** The transport, which notes in `misshapen` what Stripe would not have answered. */
function checked(transport: Transport, misshapen: string[]): Transport {
  const send = transport.makeRequest.bind(transport);
  transport.makeRequest = async (...request) => {
    const response = await send(...request);
    const read = response.toJSON.bind(response);
    response.toJSON = async () => {
      const body: unknown = await read();
      const [, , path, method] = request;
      const [place = path] = path.split('?');
      for (const problem of problems(method, place, body)) misshapen.push(`${method} ${place}: ${problem}`);
      return body;
    };
    return response;
  };
  return transport;
}

function problems(method: string, path: string, body: unknown): string[] {
  const { error } = body as { error?: Stripe.StripeRawError };
  if (!error) return replyErrors(method, path, body);
  const { payment_intent, payment_method, setup_intent } = error;
  return [payment_intent, payment_method, setup_intent].filter((it) => it !== undefined).flatMap(objectErrors);
}
