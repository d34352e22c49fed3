import { describe, expect, it } from 'vitest';
import { fakeMachine, lockIdentity } from '../test/fake-machine.ts';
import { isNode, ownerSearch } from './owner-search.ts';

const port = { host: '127.0.0.1', port: 8545, protocol: 'tcp' } as const;

describe('the search for an owner on Linux', () => {
  const listening = (inode: number) => `head\n0: 0100007F:2161 0:0 0A 0 0 0 0 0 ${inode} 1\n`;

  it.each([
    ['tcp', '/proc/net/tcp'],
    ['tcp', '/proc/net/tcp6'],
    ['udp', '/proc/net/udp'],
    ['udp', '/proc/net/udp6'],
  ] as const)('finds the process with a %s socket of %s', async (protocol, table) => {
    const machine = fakeMachine();
    machine.paths.set(table, listening(77));
    machine.paths.set('/proc/10/comm', 'bash\n');
    machine.links.set('/proc/10/fd/0', '/dev/null');
    machine.links.set('/proc/10/fd/1', 'socket:[7]');
    machine.links.set('/proc/10/fd/2', 'socket:[77] (deleted)');
    machine.links.set('/proc/10/fd/3', '/srv/socket:[77]');
    machine.paths.set('/proc/11/comm', 'geth\n');
    machine.links.set('/proc/11/fd/9', 'socket:[77]');
    machine.links.set('/proc/self/fd/9', 'socket:[77]');
    const search = ownerSearch(machine);
    expect(await search.ofPort({ ...port, protocol })).toEqual({ pid: 11, name: 'geth' });
    expect(await search.ofPort({ ...port, protocol, port: 8546 })).toBeUndefined();
    expect(
      await search.ofPort({ ...port, protocol: protocol === 'tcp' ? 'udp' : 'tcp' }),
    ).toBeUndefined();
  });

  it('knows that a port is taken by a process that it may not look into', async () => {
    const machine = fakeMachine();
    machine.paths.set('/proc/net/tcp', listening(77));
    machine.paths.set('/proc/10/comm', 'geth\n');
    expect(await ownerSearch(machine).ofPort(port)).toEqual({ pid: null, name: 'another process' });
  });

  it('finds the process that locks a file', async () => {
    const machine = fakeMachine();
    machine.paths.set('/proc/locks', '1: POSIX  ADVISORY  WRITE 4711 fd:01:4242 0 EOF\n');
    machine.paths.set('/proc/4711/comm', 'geth\n');
    const search = ownerSearch(machine);
    expect(await search.ofLock('/any', lockIdentity)).toEqual({ pid: 4711, name: 'geth' });
    expect(await search.ofLock('/any', { ...lockIdentity, ino: 1 })).toBeUndefined();
  });
});

describe('the search for an owner on macOS', () => {
  it.each([
    ['p4711\ncgeth\nf23\np4712\ncnode\n', { pid: 4711, name: 'geth' }],
    ['p4711\n', { pid: 4711, name: '' }],
    ['', undefined],
    ['lsof: no such file', undefined],
  ])('reads the output %j of lsof', async (output, owner) => {
    const machine = fakeMachine('darwin');
    const lsof = '/usr/sbin/lsof -nP -F pc';
    machine.output.set(`${lsof} -iTCP:8545 -sTCP:LISTEN`, output);
    machine.output.set(`${lsof} -iUDP:30303`, output);
    machine.output.set(`${lsof} /srv/geth/LOCK`, output);
    const search = ownerSearch(machine);
    expect(await search.ofPort(port)).toEqual(owner);
    expect(await search.ofPort({ ...port, port: 30303, protocol: 'udp' })).toEqual(owner);
    expect(await search.ofLock('/srv/geth/LOCK', lockIdentity)).toEqual(owner);
  });

  it('gives lsof three seconds', async () => {
    const limits: number[] = [];
    const run = (_file: string, _args: readonly string[], timeoutMs: number) => {
      limits.push(timeoutMs);
      return Promise.resolve('');
    };
    await ownerSearch({ ...fakeMachine('darwin'), run }).ofPort(port);
    expect(limits).toEqual([3_000]);
  });
});

describe('whose process another one is', () => {
  const linux = (...stats: readonly [pid: number, parent: number, session: number][]) => {
    const machine = fakeMachine();
    for (const [pid, parent, session] of stats) {
      machine.paths.set(`/proc/${pid}/stat`, `${pid} (a) b) S ${parent} ${session} ${session} 0`);
    }
    return ownerSearch(machine);
  };

  it.each([
    ['itself', 20, true],
    ['one of its session', 21, true],
    ['its grandchild in a session of its own', 23, true],
    ['another', 30, false],
    ['its own ancestor', 10, false],
    ['one that has gone', 99, false],
  ])('is told on Linux: %s', async (_, pid, isOwn) => {
    const search = linux(
      [10, 1, 10],
      [20, 10, 19],
      [21, 1, 19],
      [22, 20, 22],
      [23, 22, 23],
      [30, 1, 30],
    );
    expect(await search.belongsTo(pid, 20)).toBe(isOwn);
  });

  it.each([
    ['all can be seen', [20, 21], true],
    ['one can not', [20], false],
    ['the node has gone', [20, 21], false, 99],
  ])(
    'is known of one that cannot be seen, where of the node %s',
    async (_, seen, all, node = 20) => {
      const machine = fakeMachine();
      for (const pid of [20, 21, 30]) {
        machine.paths.set(`/proc/${pid}/stat`, `${pid} (geth) S 1 19 ${pid === 30 ? 30 : 19} 0`);
      }
      for (const pid of seen) machine.links.set(`/proc/${pid}/fd/0`, '/dev/null');
      const search = ownerSearch(machine);
      expect(await search.seesAllOf(node)).toBe(all);
      const stranger = { pid: null, name: 'another process' };
      expect(await isNode(stranger, node, search)).toBe(all ? false : null);
    },
  );

  it('is not looked for in a circle for ever', async () => {
    expect(await linux([40, 41, 40], [41, 40, 41], [20, 1, 20]).belongsTo(40, 20)).toBe(false);
  });

  it.each([
    [21, true],
    [22, true],
    [30, false],
    [99, false],
  ])('is told on macOS by parent and process group: %i', async (pid, isOwn) => {
    const machine = fakeMachine('darwin');
    machine.output.set(
      '/bin/ps -A -o pid=,ppid=,pgid=',
      '    1     0     1\n   20     1    19\n   21     1    19\n   22    20    22\n   30     1    30\n',
    );
    expect(await ownerSearch(machine).belongsTo(pid, 20)).toBe(isOwn);
  });
});
