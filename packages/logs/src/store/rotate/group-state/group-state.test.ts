import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { writersOnDarwin } from './darwin.ts';
import { writersOnLinux } from './linux.ts';

const own = 99;

interface Played {
  readonly group: number;
  /** The state of each thread. */
  readonly states?: string;
  readonly parent?: number;
  readonly session?: number;
  /** Files it has open, and with which flags, in octal. */
  readonly open?: readonly (readonly [file: string, flags: string])[];
}

/** A folder like /proc, with a process of us that writes everything. */
async function played() {
  const home = await temporaryDirectory();
  const proc = join(home.path, 'proc');
  const live = join(home.path, 'node.log');
  writeFileSync(live, '');
  const put = (pid: number, { group, states = 'S', open = [], ...rest }: Played): void => {
    const { parent = 1, session = pid } = rest;
    const folder = join(proc, String(pid));
    rmSync(folder, { recursive: true, force: true });
    const stat = (state: string): string =>
      `${pid} (a) b) S) ${state} ${parent} ${group} ${session} 0 -1 0`;
    for (const part of ['task', 'fd', 'fdinfo']) mkdirSync(join(folder, part), { recursive: true });
    writeFileSync(join(folder, 'stat'), stat(states.charAt(0)));
    Array.from(states).forEach((state, thread) => {
      mkdirSync(join(folder, 'task', String(pid + thread)));
      writeFileSync(join(folder, 'task', String(pid + thread), 'stat'), stat(state));
    });
    open.forEach(([file, flags], fd) => {
      symlinkSync(file, join(folder, 'fd', String(fd)));
      writeFileSync(join(folder, 'fdinfo', String(fd)), `pos:\t0\nflags:\t${flags}\nmnt_id:\t1\n`);
    });
  };
  put(own, { group: own, open: [[live, '0102001']] });
  mkdirSync(join(proc, 'self'));
  return {
    proc,
    live,
    put,
    end: (pid: number) => rmSync(join(proc, String(pid)), { recursive: true }),
    /** Makes descriptors unreadable as those of another user are, by a loop: no mode stops the root user. */
    hide: (pid: number) => {
      rmSync(join(proc, String(pid), 'fd'), { recursive: true });
      symlinkSync('fd', join(proc, String(pid), 'fd'));
    },
    writers: writersOnLinux(proc, own),
    [Symbol.asyncDispose]: () => home[Symbol.asyncDispose](),
  };
}

it.each([0, own])('refuses the group %i, in which it would pause itself', async (group) => {
  await using at = await played();
  const why = `the process group ${group} is that of the program that rotates`;
  expect(() => at.writers.watch(group, at.live)).toThrow(why);
  const mac = writersOnDarwin(() => ` ${own} ${own} S\n`, own);
  expect(() => mac.watch(group, at.live)).toThrow(why);
});

describe('the writers on Linux', () => {
  it('are not paused, and so not woken, where the operator has stopped one, or is about to', async () => {
    await using place = await played();
    const { put, writers, live } = place;
    for (const states of ['TT', 'TS', 'tT']) {
      put(10, { group: 10, states });
      expect(() => writers.watch(10, live), states).toThrow('kill -CONT 10');
    }
    // A thread that waits for the disk, of a process that runs.
    put(10, { group: 10, states: 'ST' });
    expect(() => writers.watch(10, live)).not.toThrow();
  });

  it('stand still when each thread of each member does, new ones too, and nobody else counts', async () => {
    await using place = await played();
    const { put, writers, live } = place;
    put(10, { group: 10, states: 'ST' });
    put(20, { group: 20, states: 'R' });
    const standStill = writers.watch(10, live);
    expect(standStill()).toBe(false);
    put(10, { group: 10, states: 'TT' });
    expect(standStill()).toBe(true);
    // Who was there without the file has none of the group to inherit it from.
    put(20, { group: 20, states: 'R', open: [[live, '0102001']] });
    expect(standStill()).toBe(true);
    put(30, { group: 10, states: 'D' });
    expect(standStill()).toBe(false);
    put(30, { group: 10, states: 'Z' });
    expect(standStill()).toBe(true);
    place.end(10);
    expect(standStill()).toBe(true);
  });

  it.each([
    ['write only', '0102001', true],
    ['read and write', '0100002', true],
    ['read only', '0100000', false],
  ])('are those who have the file open: %s', async (_, flags, isHolder) => {
    await using place = await played();
    const { put, writers, live } = place;
    put(20, {
      group: 20,
      open: [
        ['/dev/null', '0100002'],
        [live, flags],
      ],
    });
    expect(writers.holders(live)).toEqual(isHolder ? [{ pid: 20, name: 'a) b) S' }] : []);
  });

  it('are not those who have another file of the same name', async () => {
    await using place = await played();
    const { put, writers, live } = place;
    const other = join(place.proc, 'node.log');
    writeFileSync(other, '');
    put(20, { group: 20, open: [[other, '0102001']] });
    expect(writers.holders(live)).toEqual([]);
  });

  it('are those who have it by another path of the same name', async () => {
    await using place = await played();
    const { put, writers, live, proc } = place;
    symlinkSync(join(live, '..'), join(proc, 'bound'));
    put(20, { group: 20, open: [[join(proc, 'bound', 'node.log'), '0102001']] });
    expect(writers.holders(live)).toMatchObject([{ pid: 20 }]);
  });

  it('cannot be paused when one of them is outside the group', async () => {
    await using place = await played();
    const { put, writers, live } = place;
    put(10, { group: 10, open: [[live, '0102001']] });
    put(20, { group: 20, open: [[live, '0102001']] });
    expect(() => writers.watch(10, live)).toThrow(
      /^process 20 \(a\) b\) S\) writes to the log and is not in the node's process group/,
    );
  });

  it.each([
    ['in the session of the group', { session: 5 }, /^process 20 .* of another user may write/],
    ['descended from the group', { parent: 30 }, /^process 20 .* of another user may write/],
    ['without any tie to the group', { parent: 40 }, null],
  ])('may be processes of another user: one %s', async (_, tie, refusal) => {
    await using place = await played();
    const { put, hide, writers, live } = place;
    put(10, { group: 10, session: 5, states: 'S' });
    put(30, { group: 30, parent: 10 });
    put(40, { group: 40, parent: 40 });
    put(20, { group: 20, ...tie });
    hide(20);
    if (refusal !== null) expect(() => writers.watch(10, live)).toThrow(refusal);
    else {
      const standStill = writers.watch(10, live);
      put(10, { group: 10, session: 5, states: 'T' });
      expect(standStill()).toBe(true);
    }
    expect(writers.holders(live)).toEqual([]);
  });

  it('do not stand still while one that left the group, or is new, has the file', async () => {
    await using place = await played();
    const { put, writers, live } = place;
    put(10, { group: 10, open: [[live, '0102001']] });
    put(11, { group: 10, open: [[live, '0102001']] });
    const standStill = writers.watch(10, live);
    put(10, { group: 10, states: 'T', open: [[live, '0102001']] });
    put(11, { group: 11, states: 'T', open: [[live, '0102001']] });
    expect(standStill()).toBe(false);
    put(11, { group: 11, states: 'R' });
    expect(standStill()).toBe(true);
    put(12, { group: 12, open: [[live, '0102001']] });
    expect(standStill()).toBe(false);
  });

  it('are stopped in part when one member of the group is, and nobody else counts', async () => {
    await using place = await played();
    const { put, writers } = place;
    put(10, { group: 10 });
    put(11, { group: 10 });
    put(20, { group: 20, states: 'T' });
    expect(writers.someStopped(10)).toBe(false);
    put(11, { group: 10, states: 'T' });
    expect(writers.someStopped(10)).toBe(true);
  });

  it.each(['T', 't'])(
    'are left alone when the operator stopped one of them, state %s',
    async (state) => {
      await using place = await played();
      const { put, writers, live } = place;
      put(10, { group: 10 });
      put(11, { group: 10, states: state });
      expect(() => writers.watch(10, live)).toThrow(/^process 11 of the node was stopped/);
      put(11, { group: 10, states: 'Z' });
      expect(() => writers.watch(10, live)).not.toThrow();
    },
  );
});

describe('the writers on macOS', () => {
  const table = (rows: string, fields = ''): ReturnType<typeof writersOnDarwin> =>
    writersOnDarwin((program) => (program.endsWith('ps') ? rows : fields), own);

  it.each([
    ['    1   501 S\n    2   777 T+\n12345 777 Z\n', true],
    ['  1 501 S\n  2 777 T\n  3 777 U\n', false],
    ['  2 777 R+\n', false],
    ['', true],
  ])('stand still by %j', (rows, stand) => {
    let listed = '  2 777 S\n';
    const writers = writersOnDarwin((program) => (program.endsWith('ps') ? listed : ''), own);
    const standStill = writers.watch(777, '/l/node.log');
    listed = rows;
    expect(standStill()).toBe(stand);
  });

  it.each([
    ['  1 501 T\n  2 777 S\n', false],
    ['  2 777 S\n  3 777 T+\n', true],
  ])('are stopped in part by %j: %s', (rows, expected) => {
    expect(table(rows).someStopped(777)).toBe(expected);
  });

  it('are those whom lsof shows with the file open for writing, but for us', () => {
    const fields = `p5\ncgeth\nf1\naw\nf2\naw\np6\nctail\nf3\nar\np7\ncsu\nf1\nau\np${own}\ncnode\nf9\naw\n`;
    expect(table('', fields).holders('/l/node.log')).toEqual([
      { pid: 5, name: 'geth' },
      { pid: 7, name: 'su' },
    ]);
  });

  it('cannot be paused when one of them is outside the group, or stopped', () => {
    const fields = 'p5\ncgeth\nf1\naw\np7\ncsu\nf1\naw\n';
    expect(() => table('5 777 S\n7 7 S\n', fields).watch(777, '/l/node.log')).toThrow(
      /^process 7 \(su\) writes/,
    );
    expect(() => table('5 777 T\n', '').watch(777, '/l/node.log')).toThrow(/^process 5 .*stopped/);
    expect(() => table('5 777 S\n7 777 S\n', fields).watch(777, '/l/node.log')).not.toThrow();
  });
});
