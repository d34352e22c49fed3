import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** An alert as a webhook gets it, as far as the scenarios look at it. */
interface PostedAlert {
  readonly event: string;
  readonly status: string;
  readonly severity: string;
  readonly summary: string;
}

/** A receiver of alerts on loopback. */
export interface Webhook extends Disposable {
  readonly url: string;
  /** All that was posted so far, in order. */
  readonly alerts: readonly PostedAlert[];
}

/** Listens for alerts on a port of its own until it is disposed. */
export async function webhook(): Promise<Webhook> {
  const alerts: PostedAlert[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      alerts.push(JSON.parse(body) as PostedAlert);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/alerts`,
    alerts,
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
