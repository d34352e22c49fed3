import { describe, expect, it } from 'vitest';
import { fakeMachine } from '../test/fake-machine.ts';
import { findListener } from './find-listener.ts';

const port = { host: '127.0.0.1', port: 8545, protocol: 'tcp' } as const;
const path = '/srv/geth.ipc';

/** A machine on which process 20 is the node; the port belongs to one process, the socket to another one that cannot be looked into. */
function machine() {
  const linux = fakeMachine();
  linux.paths.set('/proc/net/tcp', 'head\n0: 0100007F:2161 0:0 0A 0 0 0 0 0 77 1\n');
  linux.paths.set(
    '/proc/net/unix',
    `head\n0000000000000000: 00000002 00000000 00010000 0001 01 88 ${path}\n`,
  );
  linux.paths.set('/proc/20/stat', '20 (geth) S 1 20 20 0');
  linux.paths.set('/proc/21/stat', '21 (node) S 1 21 21 0');
  linux.paths.set('/proc/21/comm', 'node\n');
  linux.links.set('/proc/20/fd/0', '/dev/null');
  linux.links.set('/proc/21/fd/5', 'socket:[77]');
  return linux;
}

describe('who listens where a node should answer', () => {
  it('is the node, or named', async () => {
    expect(await findListener(port, 21, machine())).toEqual({
      name: 'node (pid 21)',
      isNode: true,
    });
    expect(await findListener(port, 20, machine())).toEqual({
      name: 'node (pid 21)',
      isNode: false,
    });
  });

  it('is not the node where it cannot be looked into, and the node can', async () => {
    const listener = { name: 'another process', isNode: false };
    expect(await findListener({ path }, 20, machine())).toEqual(listener);
  });

  it('is not told where neither can be looked into', async () => {
    const closed = machine();
    closed.links.delete('/proc/20/fd/0');
    const listener = { name: 'another process', isNode: null };
    expect(await findListener({ path }, 20, closed)).toEqual(listener);
  });

  it('is nobody where nobody listens', async () => {
    expect(await findListener({ ...port, port: 1 }, 20, machine())).toBeNull();
    expect(await findListener({ path: '/srv/other.ipc' }, 20, machine())).toBeNull();
  });
});
