import { describe, expect, it } from 'vitest';
import { findServiceUser } from './find-service-user.ts';

const passwd = [
  'root:x:0:0:root:/root:/bin/bash',
  '# a comment: of macOS',
  'geth:x:995:994::/var/lib/geth:/usr/sbin/nologin',
  'odd:x:many:1::/home/odd:/bin/sh',
  '',
].join('\n');

/** What the programs are answered, and which were run. */
function machine(answers: Readonly<Record<string, { code: number | null; stdout?: string }>> = {}) {
  const ran: string[] = [];
  const run = (program: string, args: readonly string[]) => {
    ran.push([program, ...args].join(' '));
    const { code, stdout = '' } = answers[program] ?? { code: null };
    return { code, stdout };
  };
  return { ran, ports: { uid: 0, readUsers: () => passwd, run } };
}

describe('findServiceUser', () => {
  it('finds a user of this machine without running anything', () => {
    const { ran, ports } = machine();
    const { user, known } = findServiceUser('geth', ports);
    expect(user).toMatchObject({ name: 'geth', uid: 995, gid: 994, home: '/var/lib/geth' });
    expect(known).toEqual(['root', 'geth', 'odd']);
    expect(ran).toEqual([]);
  });

  it('asks the system for others, in two ways', () => {
    const linux = machine({ getent: { code: 0, stdout: 'op:*:5000:5000:Op:/home/op:/bin/sh\n' } });
    expect(findServiceUser('op', linux.ports).user).toMatchObject({ uid: 5000, home: '/home/op' });
    const mac = machine({ id: { code: 0, stdout: 'op:*:501:20::0:0:Op:/Users/op:/bin/zsh\n' } });
    expect(findServiceUser('op', mac.ports).user).toMatchObject({
      uid: 501,
      gid: 20,
      home: '/Users/op',
    });
    expect(mac.ran).toEqual(['getent passwd op', 'id -P op']);
  });

  it('finds nobody where nobody is known, and for what is no name', () => {
    const { ran, ports } = machine({ getent: { code: 2 }, id: { code: 1, stdout: 'usage: x' } });
    expect(findServiceUser('nobody', ports).user).toBeNull();
    expect(findServiceUser('odd', ports).user).toBeNull();
    ran.length = 0;
    for (const name of ['', '-P', 'a:b', 'a b'])
      expect(findServiceUser(name, ports).user).toBeNull();
    expect(ran).toEqual([]);
  });

  it('asks as another user what that one may do, as root', () => {
    const { ran, ports } = machine({ setpriv: { code: 1 } });
    const { user } = findServiceUser('geth', ports);
    expect(user?.may('x', '/opt/a b')).toBe(false);
    expect(ran).toEqual(['setpriv --reuid 995 --regid 994 --init-groups -- test -x /opt/a b']);
    const may = (code: number | null, uid = 0) =>
      findServiceUser('geth', { ...machine({ setpriv: { code } }).ports, uid }).user?.may('w', '/');
    expect(may(0)).toBe(true);
    expect(may(127)).toBeNull();
    expect(may(null)).toBeNull();
    expect(may(0, 1000)).toBeNull();
  });

  it('looks itself for the user of this process', () => {
    const { ran, ports } = machine();
    const { user } = findServiceUser('geth', { ...ports, uid: 995 });
    expect(user?.may('r', import.meta.filename)).toBe(true);
    expect(user?.may('r', '/no/such/file')).toBe(false);
    expect(ran).toEqual([]);
  });

  it('says how to make a user, where that is a name for one', () => {
    const { ports } = machine();
    expect(findServiceUser('op', ports).make).toBe(
      'sudo useradd --system --user-group --create-home --shell /usr/sbin/nologin --home-dir /var/lib/op op',
    );
    for (const name of ['-P', 'a b', '$(id)']) expect(findServiceUser(name, ports).make).toBeNull();
  });

  it('names each right that is missing, but nothing that does not exist', () => {
    const here = import.meta.dirname;
    const needs = { programs: [here], files: [here], cwd: here, writable: [here, '/no/such'] };
    const obstacles = (code: number | null, cwd: string | null = here) =>
      findServiceUser('geth', machine({ setpriv: { code } }).ports).user?.obstacles({
        ...needs,
        cwd,
      });
    expect(obstacles(0)).toEqual([]);
    expect(obstacles(null)).toEqual([]);
    expect(obstacles(1)).toEqual(
      ['run', 'read', 'enter', 'write to'].map((word) => `the user geth may not ${word} ${here}`),
    );
    expect(obstacles(1, null)).toHaveLength(3);
  });
});
