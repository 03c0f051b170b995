// Requests as any client would write them, thousands of them.
import { Agent, request } from 'node:http';
import type { Endpoint } from '../../contract/endpoints.ts';
import type { Pairs } from '../../contract/leaves.ts';
import type { World } from '../test.ts';

export interface Answer {
  status: number;
  body: Json;
}

/** Whatever an answer holds. */
export interface Json {
  [name: string]: any;
}

/** How many requests are under way at once. */
const ABREAST = 8;
const agent = new Agent({ keepAlive: true, maxSockets: ABREAST });

export type Call = (method: string, path: string, params?: Pairs) => Promise<Answer>;

export function caller(world: World): Call {
  return (method, path, params = []) => {
    const form = params.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
    const isPost = method === 'POST';
    const headers: Record<string, string> = { authorization: `Bearer ${world.secretKey}` };
    if (isPost) headers['content-type'] = 'application/x-www-form-urlencoded';
    return new Promise((resolve, reject) => {
      const url = `${world.url}${path}${isPost || form === '' ? '' : `?${form}`}`;
      const asked = request(url, { method, headers, agent }, (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece) => pieces.push(piece));
        answer.on('end', () => {
          resolve({ status: answer.statusCode ?? 0, body: JSON.parse(Buffer.concat(pieces).toString()) });
        });
      });
      asked.on('error', reject);
      asked.end(isPost ? form : undefined);
    });
  };
}

/** Does them all, several abreast. */
export async function forEach<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: ABREAST }, worker));
}

/** Whether the sandbox has such a call at all. */
export async function isServed(call: Call, { method, path }: Endpoint, required: Pairs): Promise<boolean> {
  const { status, body } = await call(method, path.replaceAll('{id}', 'none'), required);
  return status !== 404 || !String(body.error?.message).startsWith('Unrecognized request URL');
}
