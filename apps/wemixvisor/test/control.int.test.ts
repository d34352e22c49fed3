import { connect } from 'node:net';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { AppError } from '../src/app-error.ts';
import { createControlClient, SupervisorUnreachable } from '../src/control/client.ts';
import { SupervisorEnding, type Operations } from '../src/control/operations.ts';
import { serveControl } from '../src/control/server.ts';
import { statusOf } from './status-of.ts';

const uid = process.getuid?.() ?? -1;
const unasked = () => Promise.reject(new Error('not asked for in this test'));

function operations(overrides: Partial<Operations> = {}): Operations {
  return {
    status: () => statusOf({ state: 'running' }),
    health: unasked,
    start: unasked,
    stop: unasked,
    restart: unasked,
    reload: unasked,
    rotateLog: unasked,
    detach: unasked,
    alerts: () => ({ schema: 1, channels: [], events: [], troubles: [], deliveries: [] }),
    testAlerts: unasked,
    ...overrides,
  };
}

async function serving(overrides: Partial<Operations> = {}) {
  const folder = await temporaryDirectory();
  const socket = join(folder.path, 'run', 'control.sock');
  const server = await serveControl({ socket, uid }, operations(overrides));
  return {
    socket,
    client: createControlClient(socket),
    async [Symbol.asyncDispose]() {
      await server.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Sends bytes to a socket and returns what comes back. */
function raw(socket: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const connection = connect(socket, () => connection.write(bytes));
    connection.setEncoding('utf8').on('data', (text: string) => (answer += text));
    connection.on('error', reject).on('close', () => resolve(answer));
  });
}

describe('the control socket', () => {
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

  it('is open to its owner only', async () => {
    await using served = await serving();
    expect(statSync(served.socket).mode & 0o777).toBe(0o600);
    expect(statSync(join(served.socket, '..')).mode & 0o777).toBe(0o700);
  });

  it('replaces a dead socket', async () => {
    await using folder = await temporaryDirectory();
    const socket = join(folder.path, 'control.sock');
    writeFileSync(socket, '');
    const server = await serveControl({ socket, uid }, operations());
    expect(await createControlClient(socket).status()).toMatchObject({ state: 'running' });
    await server.close();
    expect(existsSync(socket)).toBe(false);
  });

  it('refuses a folder that others may enter', async () => {
    await using folder = await temporaryDirectory();
    mkdirSync(join(folder.path, 'shared'), { mode: 0o777 });
    const socket = join(folder.path, 'shared', 'control.sock');
    await expect(serveControl({ socket, uid: uid + 1 }, operations())).rejects.toThrow(
      'is not yours alone',
    );
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
      detach: () => Promise.reject(new SupervisorEnding('ending')),
    });
    await expect(served.client.detach()).rejects.toBeInstanceOf(SupervisorUnreachable);
  });

  it('says that nobody listens', async () => {
    await using folder = await temporaryDirectory();
    const client = createControlClient(join(folder.path, 'none.sock'));
    await expect(client.status()).rejects.toBeInstanceOf(SupervisorUnreachable);
  });

  it('answers what it does not know with 404, and what is no JSON with a reason', async () => {
    await using served = await serving();
    const unknown = await raw(served.socket, 'GET /v2/x HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(unknown).toContain('404 Not Found');
    const garbage = await raw(
      served.socket,
      'POST /v1/stop HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\n{{{',
    );
    expect(garbage).toContain('the request is not JSON');
  });
});
