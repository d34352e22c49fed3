import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Alert } from '../alert.ts';
import { messageOf, systemCodeOf } from '../error-text.ts';
import { oneLine } from '../one-line.ts';
import type { Attempt } from './attempt.ts';
import { httpRequest, type HttpAnswer } from './http-request.ts';
import { timeLimit } from './time-limit.ts';
import { webhookBody, type WebhookFormat } from './webhook-body.ts';

/** Where an alert is posted to and how. */
export interface WebhookOptions {
  readonly url: URL;
  readonly format: WebhookFormat;
  readonly secretFile: string | null;
  /** Milliseconds between two reminders of a condition; 0: there are none. */
  readonly reminderMs: number;
  readonly signal: AbortSignal;
  /** Milliseconds for the whole exchange. @default 10_000 */
  readonly timeoutMs?: number;
}

/**
 * Posts an alert once.
 *
 * With a secret, `X-Wemixvisor-Signature` is `sha256=` and the HMAC-SHA256, in hex, of the value of
 * `X-Wemixvisor-Timestamp` (seconds since the epoch), a dot and the body. For PagerDuty it is the integration key, which is in the body.
 */
export async function postAlert(alert: Alert, options: WebhookOptions): Promise<Attempt> {
  const { url, format, secretFile, reminderMs, signal, timeoutMs = 10_000 } = options;
  const secrets = secretsOf(url);
  if (format === 'pagerduty' && secretFile === null) {
    return { delivered: false, why: noIntegrationKey, retry: false };
  }
  const limit = timeLimit(signal, timeoutMs);
  try {
    const secret = secretFile === null ? null : readSecret(secretFile);
    if (secret !== null) secrets.push(secret);
    const body = webhookBody(alert, format, { integrationKey: secret ?? '', reminderMs });
    const signed = format === 'pagerduty' ? {} : signature(secret, body);
    const headers = { ...plainHeaders(alert, body), ...signed };
    const answer = await httpRequest(url, { method: 'POST', headers, body, signal: limit.signal });
    return judged(answer, (text) => withoutSecrets(text, secrets));
  } catch (error) {
    const why = withoutSecrets(explain(error, { signal, timeoutMs }), secrets);
    return { delivered: false, why, retry: true };
  } finally {
    limit.release();
  }
}

const noIntegrationKey =
  'alerts.webhook_secret_file must name the file with the integration key of PagerDuty';

/** What a heartbeat is sent with. */
interface HeartbeatOptions {
  readonly url: URL;
  readonly signal: AbortSignal;
  /** Milliseconds for the whole exchange. @default 10_000 */
  readonly timeoutMs?: number;
}

/** Asks the address of a heartbeat once, by GET: whoever is there notes that it came. */
export async function sendHeartbeat(options: HeartbeatOptions): Promise<Attempt> {
  const { url, signal, timeoutMs = 10_000 } = options;
  const redact = (text: string) => withoutSecrets(text, secretsOf(url));
  const limit = timeLimit(signal, timeoutMs);
  try {
    const headers = { 'user-agent': 'wemixvisor' };
    return judged(await httpRequest(url, { method: 'GET', headers, signal: limit.signal }), redact);
  } catch (error) {
    return { delivered: false, why: redact(explain(error, { signal, timeoutMs })), retry: true };
  } finally {
    limit.release();
  }
}

const secretsOf = ({ href, pathname, search, username, password }: URL) => [
  href,
  `${pathname}${search}`,
  username,
  password,
];

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
    // Lets a receiver drop what it already has: after a lost answer the alert is posted again.
    'x-wemixvisor-id': id,
  };
}

function signature(secret: string | null, body: string): Record<string, string> {
  if (secret === null) return {};
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const hmac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { 'x-wemixvisor-timestamp': timestamp, 'x-wemixvisor-signature': `sha256=${hmac}` };
}

/** A receiver that is busy or broken may succeed later; any other refusal is final. */
function judged(
  { status, retryAfter, text }: HttpAnswer,
  redact: (text: string) => string,
): Attempt {
  if (status >= 200 && status < 300) return { delivered: true };
  const said = oneLine(text, 200, redact);
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
  // A name that resolves to several machines has the reasons inside, and no message of its own.
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  return oneLine(messageOf(first ?? error), 300);
}

/** A path of one character would redact every slash. */
const shortestSecret = 3;

function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= shortestSecret)
    .reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
}
