import { describe, expect, it } from 'vitest';
import type { Holder } from './port-owner.ts';
import { checkPorts } from './ports.ts';

const checking = (name: string, holder: Holder | undefined, protocol: 'tcp' | 'udp' = 'tcp') =>
  checkPorts([{ name, host: '0.0.0.0', port: 30303, protocol }], {
    ownPid: 7,
    search: { ofPort: () => Promise.resolve(holder), ofLock: () => Promise.resolve(undefined) },
  });

describe('checkPorts', () => {
  it('finds nothing where a port is free, or the node itself has it', async () => {
    expect(await checking('p2p', undefined)).toEqual([]);
    expect(await checking('p2p', { pid: 7, name: 'geth' })).toEqual([]);
  });

  it.each([
    ['p2p', '--port'],
    ['discovery', '--discovery.port'],
    ['http', '--http.port'],
    ['authrpc', '--authrpc.port'],
  ])('names who has the port of %s, and its option %s', async (name, option) => {
    expect(await checking(name, { pid: 8, name: 'bsc' })).toEqual([
      {
        check: 'port',
        severity: 'error',
        message: `tcp 0.0.0.0:30303 (${name}) is taken by bsc (pid 8)`,
        remedy: `stop that process, or choose another port with ${option}`,
      },
    ]);
  });

  it('takes a port of another user as taken', async () => {
    const [problem] = await checking('p2p', { pid: null, name: 'another process' }, 'udp');
    expect(problem?.message).toBe('udp 0.0.0.0:30303 (p2p) is taken by another process');
  });

  it.each(['metrics', 'pprof'])('only warns of %s: the node starts without', async (name) => {
    expect(await checking(name, { pid: 8, name: 'x' })).toMatchObject([{ severity: 'warning' }]);
  });
});
