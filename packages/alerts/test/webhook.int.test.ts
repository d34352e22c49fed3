import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryDirectory, waitFor, type Answering } from '@wemixvisor/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { postAlert, sendHeartbeat, type WebhookOptions } from '../src/channels/webhook.ts';
import { alertOf } from './alert-of.ts';
import { receiver } from './receiver.ts';

const endless = () => new AbortController().signal;

function post(url: string, options: Partial<WebhookOptions> = {}) {
  const rest = {
    format: 'json',
    secretFile: null,
    reminderMs: 0,
    signal: endless(),
    ...options,
  } as const;
  return postAlert(alertOf(), { url: new URL(url), ...rest });
}

async function secretFile(text: string): Promise<string> {
  const folder = await temporaryDirectory();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const file = join(folder.path, 'secret');
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

describe('a webhook', () => {
  it('is posted the alert as JSON, with an id to know a repetition by', async () => {
    const { received, url } = await receiver();
    expect(await post(`${url}/hook?token=abc`)).toEqual({ delivered: true });
    expect(received).toMatchObject([
      {
        method: 'POST',
        path: '/hook?token=abc',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'x-wemixvisor-id': alertOf().id,
        },
      },
    ]);
    expect(JSON.parse(received[0]?.body ?? '')).toEqual(alertOf());
    expect(received[0]?.headers).not.toHaveProperty('x-wemixvisor-signature');
  });

  it('gets the integration key of PagerDuty in the body, and nothing else that tells of it', async () => {
    const { received, url } = await receiver();
    const posted = { format: 'pagerduty', secretFile: await secretFile('k3y\n') } as const;
    expect(await post(url, posted)).toEqual({ delivered: true });
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ routing_key: 'k3y' });
    expect(received[0]?.headers).not.toHaveProperty('x-wemixvisor-signature');
    expect(await post(url, { format: 'pagerduty' })).toEqual({
      delivered: false,
      why: 'alerts.webhook_secret_file must name the file with the integration key of PagerDuty',
      retry: false,
    });
    expect(received).toHaveLength(1);
  });

  it('can tell by a signature who posted it, and when', async () => {
    const { received, url } = await receiver();
    await post(url, { secretFile: await secretFile('s3cret-key\n') });
    const { headers = {}, body = '' } = received[0] ?? {};
    const timestamp = String(headers['x-wemixvisor-timestamp']);
    const expected = createHmac('sha256', 's3cret-key')
      .update(`${timestamp}.${body}`)
      .digest('hex');
    expect(headers['x-wemixvisor-signature']).toBe(`sha256=${expected}`);
    expect(Math.abs(Number(timestamp) - Date.now() / 1_000)).toBeLessThan(60);
  });

  it.each<[string, Answering, object]>([
    [
      'breaks',
      (response) => response.writeHead(500).end('out\nof order'),
      {
        why: 'it answered 500: out of order',
        retry: true,
      },
    ],
    [
      'is busy',
      (response) => response.writeHead(429, { 'retry-after': '7' }).end(),
      {
        why: 'it answered 429',
        retry: true,
        retryAfterMs: 7_000,
      },
    ],
    [
      'refuses',
      (response) => response.writeHead(404).end('no_service'),
      {
        why: 'it answered 404: no_service',
        retry: false,
      },
    ],
    ['hangs', () => {}, { why: 'no whole answer within 0.3 s', retry: true }],
    [
      'drips',
      (response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write('.'), 20);
        response.on('close', () => clearInterval(drip));
      },
      { why: 'no whole answer within 0.3 s', retry: true },
    ],
    ['resets', (response) => response.destroy(), { why: 'socket hang up', retry: true }],
  ])('that %s is no delivery', async (_what, answering, outcome) => {
    const { url } = await receiver(answering);
    expect(await post(url, { timeoutMs: 300 })).toEqual({ delivered: false, ...outcome });
  });

  it('is not followed to another place', async () => {
    const other = await receiver();
    const { url } = await receiver((response) =>
      response.writeHead(307, { location: other.url }).end(),
    );
    expect(await post(url)).toEqual({
      ...{ delivered: false, retry: false },
      why: 'it answered 307 (redirects are not followed)',
    });
    expect(other.received).toEqual([]);
  });

  it('is left when its answer is endless', async () => {
    let closed = false;
    const { url } = await receiver((response) => {
      response.writeHead(200);
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) {
          // until the pipe is full
        }
      };
      response.on('drain', pour).on('close', () => (closed = true));
      pour();
    });
    expect(await post(url)).toEqual({ delivered: true });
    await waitFor(() => closed);
  });

  it('that answers something else than HTTP is no delivery', async () => {
    const server = createServer((socket) => socket.end('\0\u0001 no HTTP\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await post(url)).toMatchObject({ delivered: false, retry: true });
  });

  it('that is asked for encryption and has none gets nothing', async () => {
    const { url, received } = await receiver();
    expect(await post(url.replace('http:', 'https:'))).toMatchObject({
      delivered: false,
      retry: true,
    });
    expect(received).toEqual([]);
  });

  it('that nobody listens on is tried again', async () => {
    expect(await post('http://127.0.0.1:1/s3cret')).toEqual({
      ...{ delivered: false, retry: true },
      why: 'connect ECONNREFUSED 127.0.0.1:1',
    });
  });

  it('is given up when the supervisor ends', async () => {
    const { url } = await receiver(() => {});
    expect(await post(url, { signal: AbortSignal.abort() })).toEqual({
      ...{ delivered: false, retry: true },
      why: 'given up, as the supervisor ends',
    });
  });

  it('shows no secret, also when the receiver repeats it', async () => {
    const { url } = await receiver((response, { path, headers }) =>
      response.writeHead(400).end(`${path} ${headers.authorization ?? ''} key-in-file T0K3N`),
    );
    const address = url.replace('//', '//op:p4ssword@');
    const file = await secretFile('key-in-file');
    const answer = await post(`${address}/services/T0K3N`, { secretFile: file });
    expect(answer).toMatchObject({
      delivered: false,
      why: expect.stringContaining('***') as string,
    });
    expect(JSON.stringify(answer)).not.toMatch(/services|key-in-file|p4ssword/);
  });

  it.each([
    ['is missing', '/nonexistent/secret', 'ENOENT'],
    ['is empty', '', 'is empty: write the webhook'],
  ])('is not posted without its signature when the secret %s', async (_what, given, why) => {
    const { url, received } = await receiver();
    const file = given === '' ? await secretFile(' \n') : given;
    expect(await post(url, { secretFile: file })).toMatchObject({
      ...{ delivered: false, retry: true },
      why: expect.stringContaining(why) as string,
    });
    expect(received).toEqual([]);
  });
});

describe('the receiver of a heartbeat', () => {
  const { signal } = new AbortController();

  it('is asked by GET, without a body', async () => {
    const { received, url } = await receiver();
    const beat = { url: new URL(`${url}/ping/abc?state=up`), signal };
    expect(await sendHeartbeat(beat)).toEqual({ delivered: true });
    expect(received).toMatchObject([{ method: 'GET', path: '/ping/abc?state=up', body: '' }]);
  });

  it('is not shown when it refuses, is late or is not there', async () => {
    const { url } = await receiver((response, { path }) =>
      path.endsWith('late') ? undefined : response.writeHead(404).end(`no ${path}`),
    );
    const refused = await sendHeartbeat({ url: new URL(`${url}/s3cret`), signal });
    expect(refused).toEqual({ delivered: false, why: 'it answered 404: no ***', retry: false });
    const late = { url: new URL(`${url}/late`), signal, timeoutMs: 50 };
    expect(await sendHeartbeat(late)).toMatchObject({ why: 'no whole answer within 0.05 s' });
    const gone = await sendHeartbeat({ url: new URL('http://127.0.0.1:1/s3cret'), signal });
    expect(gone).toMatchObject({ delivered: false, why: expect.not.stringContaining('s3cret') });
  });
});
