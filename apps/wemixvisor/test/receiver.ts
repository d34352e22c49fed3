import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** What a receiver of webhooks was sent. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How a receiver answers; what it is given last counts. */
export type Answering = (response: ServerResponse, received: Received) => void;

/** A receiver of webhooks on loopback, ended with the test. It says 204 unless it is told otherwise. */
export async function receiver(answering: Answering = (response) => response.writeHead(204).end()) {
  const received: Received[] = [];
  let answer = answering;
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method = '', url = '', headers } = request;
      const whole = { method, path: url, headers, body };
      received.push(whole);
      answer(response, whole);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    received,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answerWith: (next: Answering) => void (answer = next),
  };
}
