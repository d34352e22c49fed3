import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { strangerAt } from './stranger-at.ts';

/** No process of this test descends from it. */
const noRelative = 2 ** 30;

async function listening(where: string | number) {
  const server = createServer();
  if (typeof where === 'string') server.listen(where);
  else server.listen(where, '127.0.0.1');
  await once(server, 'listening');
  return { server, [Symbol.dispose]: () => void server.close() };
}

describe.runIf(process.platform === 'linux')('who answers in the place of a node', () => {
  it('is who listens on its port, unless that is the node', async () => {
    using other = await listening(0);
    const { port } = other.server.address() as AddressInfo;
    const endpoint = { kind: 'http', url: `http://127.0.0.1:${port}` } as const;
    expect(await strangerAt(endpoint, noRelative)).toContain(`(pid ${process.pid})`);
    expect(await strangerAt(endpoint, process.pid)).toBeNull();
  });

  it('is who listens on its socket, unless that is the node or nobody', async () => {
    await using folder = await temporaryDirectory();
    const path = join(folder.path, 'geth.ipc');
    using _ = await listening(path);
    const endpoint = { kind: 'ipc', path } as const;
    expect(await strangerAt(endpoint, noRelative)).toMatch(
      new RegExp(`^${path} is the socket of .+ \\(pid ${process.pid}\\)$`),
    );
    expect(await strangerAt(endpoint, process.pid)).toBeNull();
    expect(await strangerAt({ kind: 'ipc', path: `${path}2` }, noRelative)).toBeNull();
  });
});
