import type { ClientRequest, IncomingMessage } from 'node:http';

/** One request. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string | number>>;
  /** @default none */
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** The part of an answer that matters. */
export interface HttpAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** The beginning of the body. */
  readonly text: string;
}

/** Bytes of an answer that are read; the rest is discarded. */
const largestAnswer = 2_048;

/**
 * Asks once and follows no redirect, which could carry the body and the secret in the address elsewhere. Rejects where
 * there is no whole answer.
 */
export async function httpRequest(
  url: URL,
  { body, ...options }: HttpRequest,
): Promise<HttpAnswer> {
  // Loaded for the first alert only: most processes never send one.
  const { request } = await (url.protocol === 'https:'
    ? import('node:https')
    : import('node:http'));
  return new Promise((resolve, reject) => {
    const posted: ClientRequest = request(url, { ...options, agent: false });
    posted.on('error', reject);
    posted.on('response', (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      let length = 0;
      const done = () => {
        resolve({
          status: response.statusCode ?? 0,
          retryAfter: response.headers['retry-after'],
          text: Buffer.concat(chunks).subarray(0, largestAnswer).toString('utf8'),
        });
        posted.destroy();
      };
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length >= largestAnswer) done();
      });
      response.on('end', done).on('error', reject);
    });
    posted.end(body);
  });
}
