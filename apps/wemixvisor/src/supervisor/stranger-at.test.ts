import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { strangerAt } from './stranger-at.ts';

const program = { flavour: 'geth', version: '1.16.9', raw: '1.16.9-stable' } as const;
/** No process of this test descends from it. */
const noRelative = { pid: 2 ** 30, program };
const thisProcess = { pid: process.pid, program };
const other = 'Geth/v1.13.15-stable-c5ba367e/linux-amd64/go1.21.6';

async function listening(where: string | number) {
  const server = createServer();
  if (typeof where === 'string') server.listen(where);
  else server.listen(where, '127.0.0.1');
  await once(server, 'listening');
  return { server, [Symbol.dispose]: () => void server.close() };
}

describe.runIf(process.platform === 'linux')('who answers in the place of a node', () => {
  it('is who listens on its port, unless that is the node', async () => {
    using first = await listening(0);
    const { port } = first.server.address() as AddressInfo;
    const endpoint = { kind: 'http', url: `http://127.0.0.1:${port}` } as const;
    expect(await strangerAt(endpoint, noRelative, null)).toContain(`(pid ${process.pid})`);
    expect(await strangerAt(endpoint, thisProcess, other)).toBeNull();
  });

  it('is who listens on its socket, unless that is the node or nobody', async () => {
    await using folder = await temporaryDirectory();
    const path = join(folder.path, 'geth.ipc');
    using _ = await listening(path);
    const endpoint = { kind: 'ipc', path } as const;
    expect(await strangerAt(endpoint, noRelative, null)).toMatch(
      new RegExp(`^${path} is taken by .+ \\(pid ${process.pid}\\)$`),
    );
    expect(await strangerAt(endpoint, thisProcess, other)).toBeNull();
    expect(await strangerAt({ kind: 'ipc', path: `${path}2` }, noRelative, null)).toBeNull();
  });
});

describe('the client version of an answer whose process cannot be told', () => {
  const endpoint = { kind: 'ipc', path: '/nowhere/geth.ipc' } as const;

  it.each([
    ['of another release', other, program],
    ['of another program', 'Gwemix/v1.16.9-stable/linux-amd64/go1.19', program],
  ])('names a stranger: %s', async (_, said, expected) => {
    const who = await strangerAt(endpoint, { pid: 7, program: expected }, said);
    expect(who).toBe(`${said}, where the program is geth 1.16.9`);
  });

  it.each([
    ['of the same release', 'Geth/my-node/v1.16.9-stable/linux-amd64/go1.25.1', program],
    ['without a version', 'anvil', program],
    ['of a wrapper', other, { flavour: 'unknown', version: null, raw: '' } as const],
    ['of a fork', other, { ...program, flavour: 'unknown' } as const],
  ])('names none: %s', async (_, said, expected) => {
    expect(await strangerAt(endpoint, { pid: 7, program: expected }, said)).toBeNull();
  });
});
