import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { messageOf, systemCodeOf } from '../app-error.ts';
import type { Settings } from '../settings/settings.ts';
import type { Alert } from './alert.ts';
import type { Attempt } from './channel.ts';
import { oneLine } from './one-line.ts';
import { webhookBody } from './webhook-body.ts';

/** Where an alert is posted to and how. */
export interface WebhookOptions {
  readonly url: URL;
  readonly format: Settings['alertsWebhookFormat'];
  readonly secretFile: string | null;
  readonly signal: AbortSignal;
  /** Milliseconds for the whole exchange. @default 10_000 */
  readonly timeoutMs?: number;
}

/** Bytes of an answer that are read; the rest is of no interest. */
const largestAnswer = 2_048;

/**
 * Posts an alert once. A redirect is not followed: it could carry the alert and the address' secret elsewhere.
 *
 * With a secret, `X-Wemixvisor-Signature` is `sha256=` and the HMAC-SHA256, in hex, of the value of
 * `X-Wemixvisor-Timestamp` (seconds since the epoch), a dot and the body.
 */
export async function postAlert(alert: Alert, options: WebhookOptions): Promise<Attempt> {
  const { url, format, secretFile, signal, timeoutMs = 10_000 } = options;
  const hidden = [url.href, `${url.pathname}${url.search}`, url.username, url.password];
  try {
    const secret = secretFile === null ? null : readSecret(secretFile);
    if (secret !== null) hidden.push(secret);
    const body = webhookBody(alert, format);
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const headers = { ...plainHeaders(alert, body), ...signature(secret, body) };
    const answer = await exchange(url, { headers, body, signal: limit });
    return judged(answer, (text) => blotted(text, hidden));
  } catch (error) {
    const why = blotted(explain(error, { signal, timeoutMs }), hidden);
    return { delivered: false, why, retry: true };
  }
}

function readSecret(file: string): string {
  const text = readFileSync(file, 'utf8').trim();
  if (text === '') throw new Error(`${file} is empty: write the webhook's secret into it`);
  return text;
}

function plainHeaders({ id }: Alert, body: string) {
  return {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'wemixvisor',
    // Lets a receiver drop what it has already taken: a lost answer makes us post again.
    'x-wemixvisor-id': id,
  };
}

function signature(secret: string | null, body: string): Record<string, string> {
  if (secret === null) return {};
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const hmac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { 'x-wemixvisor-timestamp': timestamp, 'x-wemixvisor-signature': `sha256=${hmac}` };
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

/** Node's own client, loaded for the first alert only; got belongs to the health checks. */
async function exchange(
  url: URL,
  {
    body,
    ...options
  }: {
    readonly headers: Readonly<Record<string, string | number>>;
    readonly body: string;
    readonly signal: AbortSignal;
  },
): Promise<Answer> {
  const { request } = await (url.protocol === 'https:'
    ? import('node:https')
    : import('node:http'));
  return new Promise((resolve, reject) => {
    const posted: ClientRequest = request(url, { ...options, method: 'POST', agent: false });
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

/** Receivers that are busy or broken may do better later; any other refusal stays one. */
function judged({ status, retryAfter, text }: Answer, blot: (text: string) => string): Attempt {
  if (status >= 200 && status < 300) return { delivered: true };
  const said = oneLine(text, 200, blot);
  const quoted = said === '' ? '' : `: ${said}`;
  const redirected = status >= 300 && status < 400 ? ' (redirects are not followed)' : '';
  const why = `it answered ${status}${redirected}${quoted}`;
  const retry = status >= 500 || status === 429 || status === 408;
  const seconds = /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : null;
  return seconds === null
    ? { delivered: false, why, retry }
    : { delivered: false, why, retry, retryAfterMs: seconds * 1_000 };
}

function explain(
  error: unknown,
  { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
): string {
  if (signal.aborted) return 'given up, as the supervisor ends';
  if (systemCodeOf(error) === 'ABORT_ERR') return `no whole answer within ${timeoutMs / 1_000} s`;
  // An address that resolves to several machines has the reasons inside, and no message of its own.
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  return oneLine(messageOf(first ?? error), 300);
}

/** A path of one character would blot out every slash. */
const shortestSecret = 3;

function blotted(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= shortestSecret)
    .reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
}
