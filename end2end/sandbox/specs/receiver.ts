// A shop's webhook receiver, as small as can be: it keeps what arrives.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Delivery {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export class Receiver implements AsyncDisposable {
  readonly deliveries: Delivery[] = [];
  /** What it answers. */
  status = 200;
  readonly #server = createServer((request, response) => {
    void buffer(request).then((body) => {
      this.deliveries.push({ headers: request.headers, body });
      response.writeHead(this.status).end();
    });
  });

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/stripe/webhook`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
