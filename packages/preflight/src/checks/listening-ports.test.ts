import { describe, expect, it } from 'vitest';
import type { Owner } from '../owner-search.ts';
import { checkListeningPorts } from './listening-ports.ts';

const checking = (
  name: string,
  owner: Owner | undefined,
  { protocol = 'tcp', ownPid = 7 }: { protocol?: 'tcp' | 'udp'; ownPid?: number | null } = {},
) =>
  checkListeningPorts([{ name, host: '0.0.0.0', port: 30303, protocol }], {
    ownPid,
    search: {
      ofSocket: () => Promise.resolve(undefined),
      ofPort: () => Promise.resolve(owner),
      ofLock: () => Promise.resolve(undefined),
      belongsTo: (pid) => Promise.resolve(pid === 7),
      seesAllOf: () => Promise.resolve(false),
    },
  });

describe('the check of ports', () => {
  it('finds nothing where a port is free, or the node itself has it', async () => {
    expect(await checking('p2p', undefined)).toEqual([]);
    expect(await checking('p2p', { pid: 7, name: 'geth' })).toEqual([]);
    // It may be the node's own: nobody can tell.
    expect(await checking('p2p', { pid: null, name: 'another process' })).toEqual([]);
  });

  it.each([
    ['p2p', '--port'],
    ['discovery', '--discovery.port'],
    ['http', '--http.port'],
    ['authrpc', '--authrpc.port'],
  ])('names the owner of the port of %s, and its option %s', async (name, option) => {
    expect(await checking(name, { pid: 8, name: 'bsc' })).toEqual([
      {
        check: 'port',
        severity: 'error',
        message: `tcp 0.0.0.0:30303 (${name}) is taken by bsc (pid 8)`,
        remedy: `stop that process, or choose another port with ${option}`,
      },
    ]);
  });

  it('takes a port whose owner is unknown for taken', async () => {
    const [problem] = await checking(
      'p2p',
      { pid: null, name: 'another process' },
      { protocol: 'udp', ownPid: null },
    );
    expect(problem?.message).toBe('udp 0.0.0.0:30303 (p2p) is taken by another process');
  });

  it('says of a port of etcd that it has no other', async () => {
    expect(await checking('etcd client', { pid: 8, name: 'x' })).toMatchObject([
      {
        severity: 'warning',
        message: 'tcp 0.0.0.0:30303 (etcd client) is taken by x (pid 8)',
        remedy: expect.stringMatching(/^stop that process: this member takes no turn before/),
      },
    ]);
  });

  it.each(['metrics', 'pprof'])('only warns of %s: the node starts without', async (name) => {
    expect(await checking(name, { pid: 8, name: 'x' })).toMatchObject([{ severity: 'warning' }]);
  });
});
