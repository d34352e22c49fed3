import { writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { freePort, selfSigned, temporaryDirectory } from '@wemixvisor/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endpoints, operationNames } from '../src/control/endpoints.ts';
import type { Operations } from '../src/control/operations.ts';
import { serveControl, serveProbes, serveReading } from '../src/control/server.ts';
import { hostileBytes, spelledRequests } from './hostile-requests.ts';
import { statusOf } from './status-of.ts';

const token = '0123456789abcdef0123456789abcdef';
const reading = operationNames.filter((name) => endpoints[name].method === 'GET');

/** Operations that do nothing but write down that they were called. */
function recorded() {
  const called = new Set<string>();
  const all = operationNames.map((name) => {
    const call = () => {
      called.add(name);
      return name === 'status' ? statusOf({}) : {};
    };
    return [name, call] as const;
  });
  return { called, operations: Object.fromEntries(all) as unknown as Operations };
}

const places = ['socket', 'probes', 'api', 'api with TLS'] as const;

/** A server of that kind, as a supervisor has it. */
async function serving(place: (typeof places)[number]) {
  const folder = await temporaryDirectory();
  const { called, operations } = recorded();
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const socket = join(folder.path, 'run', 'control.sock');
  const tokenFile = join(folder.path, 'token');
  writeFileSync(tokenFile, token, { mode: 0o600 });
  const follow = () => () => {};
  const metrics = () => Promise.resolve({ type: 'text/plain', text: 'up 1\n' });
  const isTls = place === 'api with TLS';
  const tls = isTls ? selfSigned(folder.path) : { cert: null, key: null };
  const api = { address, tokenFile: () => tokenFile, tlsFiles: () => tls, onProblem: () => {} };
  const uid = process.getuid?.() ?? -1;
  const server =
    place === 'socket'
      ? await serveControl({ socket, uid }, operations, follow, metrics)
      : place === 'probes'
        ? await serveProbes(address, operations, metrics)
        : await serveReading(api, operations, follow, metrics);
  const to = { host: '127.0.0.1', port };
  const plain = () => (place === 'socket' ? connect(socket) : connect(to));
  return {
    called,
    plain,
    open: () => (isTls ? connectTls({ ...to, rejectUnauthorized: false }) : plain()),
    async [Symbol.asyncDispose]() {
      await server.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Sends bytes and closes that side; what comes back until the other side is closed too, or a stream has begun. */
function sent(connection: Socket, bytes: Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    connection.setEncoding('latin1').on('data', (text: string) => {
      answer += text;
      if (answer.includes('x-ndjson')) connection.destroy();
    });
    connection.on('error', () => {}).on('close', () => resolve(answer));
    connection.end(bytes);
  });
}

const asked = (path: string, ...headers: readonly string[]) =>
  Buffer.from(
    [`GET ${path} HTTP/1.1`, 'Host: x', 'Connection: close', ...headers, '', ''].join('\r\n'),
  );
const authorization = `Authorization: Bearer ${token}`;

describe.each(places)('hostile bytes to the %s', (place) => {
  it.each([
    ['without a token', []],
    ['with it', [authorization]],
  ])(
    '%s: the server stays, its memory too, and nothing is done that it does not offer',
    async (_, headers) => {
      await using server = await serving(place);
      const before = process.memoryUsage().rss;
      await fc.assert(
        fc.asyncProperty(hostileBytes(headers), fc.boolean(), async (bytes, isPlain) => {
          await sent(isPlain ? server.plain() : server.open(), bytes);
        }),
        { numRuns: 60 },
      );
      const answer = await sent(server.open(), asked('/healthz', authorization));
      expect(answer).toMatch(/^HTTP\/1.1 200 OK\r\n/);
      expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 ** 2);
      if (place === 'socket') return;
      const allowed: readonly string[] =
        place === 'probes' || headers.length === 0 ? ['status'] : reading;
      expect([...server.called].filter((name) => !allowed.includes(name))).toEqual([]);
    },
  );
});

it.each(['probes', 'api', 'api with TLS'] as const)(
  'nothing that changes anything is reached through the %s, in whatever spelling and with the token',
  async (place) => {
    await using server = await serving(place);
    const headers = ['Host: x', 'Connection: close', 'Content-Length: 2', authorization, '', '{}'];
    for (const first of spelledRequests) {
      const answer = await sent(server.open(), Buffer.from([first, ...headers].join('\r\n')));
      expect([first, /^HTTP\/1\.1 (?:200|400|404) /.test(answer)]).toEqual([first, true]);
    }
    const offered: readonly string[] = place === 'probes' ? ['status'] : reading;
    expect([...server.called].toSorted()).toEqual(offered.toSorted());
  },
);

it.each(['probes', 'api', 'api with TLS'] as const)(
  'a body to the %s is not kept',
  async (place) => {
    await using server = await serving(place);
    const body = 'a'.repeat(1_025);
    const head = `GET /healthz HTTP/1.1\r\nHost: x\r\n${authorization}\r\nContent-Length: 1025\r\n\r\n`;
    expect(await sent(server.open(), Buffer.from(head + body))).toMatch(/^HTTP\/1.1 413 /);
  },
);

it.each(['api', 'api with TLS'] as const)(
  'the %s tells nothing without the token, whatever the bytes',
  async (place) => {
    await using server = await serving(place);
    const isRefused = /^(?:HTTP\/1\.1 (?:4\d\d|5\d\d|100) |$)/;
    await fc.assert(
      fc.asyncProperty(hostileBytes(), async (bytes) => {
        expect(await sent(server.open(), bytes)).toMatch(isRefused);
      }),
      { numRuns: 60 },
    );
    expect([...server.called]).toEqual([]);
  },
);
