import { describe, expect, it } from 'vitest';
import { fakeMachine } from '../test/fake-machine.ts';
import { checkLaunch } from './check-launch.ts';

const mebibyte = 1024 ** 2;

describe('a launch', () => {
  it('that is described by nothing has only the file descriptors to check', async () => {
    const machine = fakeMachine();
    machine.paths.set('/proc/self/limits', 'Max open files   64   4095   files\n');
    expect((await checkLaunch({}, machine)).map(({ check }) => check)).toEqual([
      'file descriptors',
    ]);
    machine.paths.set('/proc/self/limits', 'Max open files   64   4096   files\n');
    expect(await checkLaunch({}, machine)).toEqual([]);
  });

  it('has every problem of the machine, in the order of the checks', async () => {
    const machine = fakeMachine();
    machine.paths.set('/srv/geth/geth/LOCK', '');
    machine.paths.set('/srv/geth/geth/chaindata/CURRENT', '');
    machine.paths.set('/srv/geth/geth/chaindata/000004.ldb', '');
    machine.paths.set('/srv/geth/geth/chaindata/ancient/chain', null);
    machine.paths.set('/proc/locks', '1: POSIX  ADVISORY  WRITE 4711 fd:01:4242 0 EOF\n');
    machine.paths.set('/proc/4711/comm', 'geth\n');
    machine.paths.set('/proc/self/limits', 'Max open files   64   99   files\n');
    machine.paths.set('/proc/4711/limits', 'Max open files   64   99   files\n');
    machine.paths.set('/proc/net/tcp', `head\n0: 00000000:2161 0:0 0A 0 0 0 0 0 77 1\n`);
    machine.links.set('/proc/4711/fd/3', 'socket:[77]');
    machine.closed.add('/srv');
    machine.free = 3 * mebibyte;
    const launch = {
      dataDirectory: '/srv/geth',
      instanceDirectory: '/srv/geth/geth',
      databaseEngine: 'pebble',
      stateScheme: 'path',
      ports: [{ name: 'http', host: '', port: 8545, protocol: 'tcp' }],
      files: [{ flag: 'config', path: '/srv/config.toml', purpose: 'its settings' }],
      minimumFreeDiskBytes: 2 * mebibyte,
      minimumFileDescriptors: 100,
    } as const;
    const problems = await checkLaunch(launch, machine);
    expect(problems.map(({ check, message }) => `${check}: ${message}`)).toEqual([
      'data directory: /srv/geth does not exist and cannot be made in /srv',
      'data directory: /srv/geth/geth is in use by geth (pid 4711)',
      'data directory: /srv/geth/geth/chaindata is a leveldb database, and --db.engine asks for pebble',
      'data directory: /srv/geth/geth/chaindata keeps its state by hash, and --state.scheme asks for path',
      'port: tcp :8545 (http) is taken by geth (pid 4711)',
      'file: /srv/config.toml (its settings) does not exist',
      'disk: 3 MiB free for /srv/geth, and the node stops itself below 2 MiB',
      'file descriptors: only 99 files may be open, and a geth-family node wants at least 100',
    ]);
    const ofOwn = await checkLaunch({ ...launch, ownPid: 4711 }, machine);
    expect(ofOwn.map(({ check }) => check)).toEqual([
      'data directory',
      'data directory',
      'data directory',
      'file',
      'disk',
      'file descriptors',
    ]);
  });

  it.each([null, 0])('has no check of the disk with a limit of %s', async (limit) => {
    const machine = fakeMachine();
    machine.free = 0;
    const launch = { dataDirectory: '/srv', minimumFreeDiskBytes: limit };
    expect(await checkLaunch(launch, machine)).toEqual([]);
  });
});
