import { describe, expect, it } from 'vitest';
import { fakeMachine } from '../../test/fake-machine.ts';
import { checkLaunch } from '../check-launch.ts';

const path = '/srv/geth.ipc';
const table = [
  'Num       RefCount Protocol Flags    Type St Inode Path',
  `0000000000000000: 00000003 00000000 00000000 0001 03 11 ${path}`,
  '0000000000000000: 00000002 00000000 00010000 0001 01    12 /srv/other.ipc',
  `0000000000000000: 00000002 00000000 00010000 0001 01   777 ${path}`,
].join('\n');

/** A machine on which a process listens on the path. */
function machine() {
  const linux = fakeMachine();
  linux.paths.set('/proc/net/unix', table);
  linux.paths.set('/proc/7/comm', 'gwemix\n');
  linux.paths.set('/proc/7/stat', '7 (gwemix) S 1 7 7');
  linux.links.set('/proc/7/fd/9', 'socket:[777]');
  return linux;
}
const checked = async (ipcPath: string | null, ownPid: number | null = null, at = machine()) => {
  const problems = await checkLaunch({ ipcPath, ownPid }, at);
  return problems.filter(({ check }) => check === 'ipc path');
};

describe('the check of the IPC path', () => {
  it('names the process whose socket would be taken over', async () => {
    expect(await checked(path)).toEqual([
      {
        check: 'ipc path',
        severity: 'warning',
        message: '/srv/geth.ipc is the socket of gwemix (pid 7)',
        remedy: 'the node would take its place: stop that process, or choose another --ipcpath',
      },
    ]);
  });

  it('has nothing to say where it is free, its own, or not asked for', async () => {
    expect(await checked('/srv/free.ipc')).toEqual([]);
    expect(await checked(path, 7)).toEqual([]);
    expect(await checked(null)).toEqual([]);
  });

  it('asks lsof on macOS', async () => {
    const mac = fakeMachine('darwin');
    mac.output.set(`/usr/sbin/lsof -nP -F pc ${path}`, 'p7\ncgeth\nf9\n');
    expect(await checked(path, null, mac)).toMatchObject([
      { message: expect.stringContaining('geth (pid 7)') },
    ]);
  });
});
