import { statSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { requestJson, streamJson, UnixHttpError } from '@wemixvisor/unix-http';
import { describe, expect, it } from 'vitest';
import { AppError } from '../src/app-error.ts';
import { createControlClient, SupervisorUnreachable } from '../src/control/client.ts';
import type { Operations } from '../src/control/operations.ts';
import { serveControl } from '../src/control/server.ts';
import { statusOf } from './status-of.ts';

const uid = process.getuid?.() ?? -1;
const unasked = () => Promise.reject(new Error('not asked for in this test'));

function operations(overrides: Partial<Operations> = {}): Operations {
  return {
    status: () => statusOf({ state: 'running' }),
    health: unasked,
    samples: unasked as never,
    start: unasked,
    stop: unasked,
    restart: unasked,
    reload: unasked,
    rotateLog: unasked,
    detach: unasked,
    alerts: () => ({ schema: 1, channels: [], events: [], troubles: [], deliveries: [] }),
    testAlerts: unasked,
    upgrade: () => ({
      schema: 1,
      upgrade: null,
      conditions: [],
      watch_ends_at: null,
      copied: null,
    }),
    startUpgrade: unasked,
    cancelUpgrade: unasked,
    rollbackUpgrade: unasked,
    ...overrides,
  };
}

async function serving(overrides: Partial<Operations> = {}) {
  const folder = await temporaryDirectory();
  const socket = join(folder.path, 'run', 'control.sock');
  const readers = new Set<(line: string) => void>();
  const follow = (reader: (line: string) => void) => {
    readers.add(reader);
    return () => readers.delete(reader);
  };
  const metrics = () => Promise.resolve({ type: 'text/plain', text: 'up 1\n' });
  const server = await serveControl({ socket, uid }, operations(overrides), follow, metrics);
  return {
    socket,
    readers,
    /** Writes a line to the journal. */
    journal: (line: string) => readers.forEach((read) => read(line)),
    client: createControlClient(socket),
    async [Symbol.asyncDispose]() {
      await server.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const post = (socket: string, path: string, body?: unknown) =>
  requestJson(socket, { method: 'POST', path, body });

describe('the control socket', () => {
  it('streams the events of the journal as they happen, and no line that is none', async () => {
    await using served = await serving();
    const abort = new AbortController();
    const { signal } = abort;
    const { status, values } = await streamJson(served.socket, { path: '/v1/events', signal });
    await waitFor(() => served.readers.size === 1);
    const time = '2026-11-28T12:00:00.000Z';
    served.journal(`${JSON.stringify({ level: 'debug', time, event: 'tick', msg: 'x' })}\n`);
    served.journal('torn');
    served.journal(`${JSON.stringify({ level: 'info', time, event: 'ready', msg: 'y' })}\n`);
    expect(status).toBe(200);
    for await (const value of values) {
      expect(value).toEqual({ schema: 1, level: 'info', time, event: 'ready', message: 'y' });
      abort.abort();
    }
    await waitFor(() => served.readers.size === 0);
  });

  it('carries a request and its answer', async () => {
    const asked: unknown[] = [];
    await using served = await serving({
      stop: (request) => {
        asked.push(request);
        return Promise.resolve(statusOf({ state: 'stopped' }));
      },
    });
    expect(await served.client.status()).toMatchObject({ schema: 1, state: 'running' });
    expect(await served.client.stop({ force: true })).toMatchObject({ state: 'stopped' });
    expect(asked).toEqual([{ force: true }]);
  });

  it('answers 413 to a body that is too large, and goes on', async () => {
    await using served = await serving();
    const body = 'a'.repeat(9 * 1024 ** 2);
    expect(await post(served.socket, '/v1/stop', body)).toEqual({
      status: 413,
      body: {
        error: `the request has ${body.length + 2} bytes, and ${8 * 1024 ** 2} are the most: send less`,
        exit_code: 64,
      },
    });
    expect(await served.client.status()).toMatchObject({ state: 'running' });
  });

  it('is open to its owner only', async () => {
    await using served = await serving();
    expect(statSync(served.socket).mode & 0o777).toBe(0o600);
    expect(statSync(join(served.socket, '..')).mode & 0o777).toBe(0o700);
  });

  it("carries the supervisor's refusal with its exit code", async () => {
    await using served = await serving({
      stop: () => Promise.reject(new AppError('there is no node', { exitCode: 3 })),
    });
    await expect(served.client.stop({})).rejects.toMatchObject({
      message: 'there is no node',
      exitCode: 3,
    });
  });

  it('tells a supervisor that is ending from one that refuses', async () => {
    await using served = await serving({
      detach: () => Promise.reject(new UnixHttpError('ENDING', 'ending')),
    });
    await expect(served.client.detach()).rejects.toBeInstanceOf(SupervisorUnreachable);
  });

  it('says that nobody listens', async () => {
    await using folder = await temporaryDirectory();
    const client = createControlClient(join(folder.path, 'none.sock'));
    await expect(client.status()).rejects.toBeInstanceOf(SupervisorUnreachable);
  });

  it.each([
    ['/v1/stop', '{"force":"no"}', 'force: "no" is not true or false'],
    ['/v1/stop', '{"timeout_ms":-1}', 'timeout_ms: -1 is not a whole number of milliseconds'],
    ['/v1/start', '{"launch":{}}', 'settings is missing: give an object'],
    ['/v1/restart', '[]', 'the request is not a JSON object'],
    ['/v1/reload', '{"now":1}', 'now is not a field of this request: it has none'],
    ['/v1/detach', 'null', 'the request is not a JSON object'],
    ['/v1/logs/rotate', '7', 'the request is not a JSON object'],
    ['/v1/alerts/test', '{"a":1}', 'a is not a field of this request: it has none'],
  ])('refuses %s %s with 400, and asks the supervisor for nothing', async (path, body, why) => {
    await using served = await serving();
    const answer = await post(served.socket, path, JSON.parse(body));
    expect(answer.status).toBe(400);
    const said = answer.body as { error: string; exit_code: number };
    expect(said.error.startsWith(why)).toBe(true);
    expect(said.exit_code).toBe(64);
  });

  it('is of another version, perhaps, where a command is not understood', async () => {
    await using served = await serving();
    await expect(served.client.stop({ timeoutMs: -1 })).rejects.toMatchObject({
      message: expect.stringMatching(
        /^timeout_ms: -1 is not .*; if the supervisor is of another version: detach, then start$/,
      ) as string,
      exitCode: 64,
    });
  });

  it('takes no body for the defaults', async () => {
    const asked: unknown[] = [];
    const note = (request?: unknown) => {
      asked.push(request);
      return Promise.resolve(statusOf({ state: 'stopped' }));
    };
    await using served = await serving({ stop: note, restart: note });
    expect(await post(served.socket, '/v1/stop')).toMatchObject({ status: 200 });
    expect(await post(served.socket, '/v1/restart')).toMatchObject({ status: 200 });
    expect(asked).toEqual([{}, undefined]);
  });

  it('answers in snake case, and its client reads it', async () => {
    const rotated = { rotated: true, segment: '/l/node-1.log', bytes: 7, pause_ms: 1.5 } as const;
    const reloaded = { applied: [], at_next_start: ['a'], overridden: [], problems: [] };
    await using served = await serving({
      rotateLog: () => Promise.resolve(rotated),
      reload: () => Promise.resolve(reloaded),
    });
    const answers = [
      await post(served.socket, '/v1/logs/rotate'),
      await post(served.socket, '/v1/reload'),
    ];
    expect(answers.map(({ body }) => body)).toEqual([
      { rotated: true, segment: '/l/node-1.log', bytes: 7, pause_ms: 1.5 },
      reloaded,
    ]);
    expect(await served.client.rotateLog()).toEqual(rotated);
    expect(await served.client.reload()).toEqual(reloaded);
  });

  it('gives the reason of a log that was not rotated', async () => {
    const kept = { rotated: false, reason: 'the log is empty' } as const;
    await using served = await serving({ rotateLog: () => Promise.resolve(kept) });
    expect(await served.client.rotateLog()).toEqual(kept);
  });
});
