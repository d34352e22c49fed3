import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request that a receiver of webhooks got. */
interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How a receiver answers. */
export type Answering = (response: ServerResponse, received: Received) => void;

/** A receiver of webhooks on loopback. */
export interface WebhookReceiver {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** The requests so far, in order; empty it at will. */
  readonly received: Received[];
  /** Answers in another way from the next request on. */
  answerWith(next: Answering): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a receiver of webhooks, which answers 204 unless it is told otherwise. */
export async function startWebhookReceiver(
  answering: Answering = (response) => response.writeHead(204).end(),
): Promise<WebhookReceiver> {
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
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answerWith: (next) => void (answer = next),
    [Symbol.asyncDispose]: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
