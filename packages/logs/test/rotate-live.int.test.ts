import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fakeClock, temporaryDirectory } from '@wemixvisor/testkit';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOf, type LogFiles } from '../src/layout.ts';
import { systemStorePorts, type LogStorePorts } from '../src/ports.ts';
import { outsideGroup } from '../src/store/rotate/group-state/writer-states.ts';
import { recoverRotation } from '../src/store/rotate/recover-rotation.ts';
import { rotateLive } from '../src/store/rotate/rotate-live.ts';
import type { Writers } from '../src/store/rotate/writers.ts';

const stem = 'node-20260304T091502118Z';

/** Real files; a guard and a group that are only played, with what happened to them in order. */
function stage(directory: string, ports: Partial<LogStorePorts> = {}) {
  const files = filesOf(directory, 'node');
  const clock = fakeClock();
  const steps: string[] = [];
  const step = (name: string): void => void steps.push(name);
  const group = {
    groupId: 777,
    pause: (): boolean => (step('pause'), true),
    resume: () => step(existsSync(files.journal) ? 'resume with journal' : 'resume'),
  };
  const effects: LogStorePorts = {
    ...systemStorePorts,
    clock,
    collapseUnit: () => null,
    startGuard: (groupId, { fence }) => {
      step(`guard ${groupId} ${existsSync(fence) ? 'with' : 'without'} fence`);
      return Promise.resolve({ release: () => step('release') });
    },
    writerStates: {
      holders: () => [],
      watch: (groupId, live) => {
        step(`look at ${groupId} and ${basename(live)}`);
        return () => true;
      },
      someStopped: () => false,
    },
    ...ports,
  };
  const rotate = (writers: Writers) =>
    rotateLive({ files, stem, finalStem: () => stem, writers, ports: effects });
  return { files, clock, steps, group, rotate };
}

/** The system's file calls, with what they open and close. */
function countingCalls() {
  const open = new Set<number>();
  const files = {
    ...systemStorePorts.files,
    openSync: (...args: Parameters<typeof systemStorePorts.files.openSync>) => {
      const descriptor = systemStorePorts.files.openSync(...args);
      open.add(descriptor);
      return descriptor;
    },
    closeSync: (descriptor: number) => {
      systemStorePorts.files.closeSync(descriptor);
      open.delete(descriptor);
    },
  };
  return { files, open };
}

const textOf = (path: string): string | null =>
  existsSync(path) ? readFileSync(path, 'utf8') : null;

function left(files: LogFiles) {
  return {
    live: textOf(files.live),
    segment: textOf(files.segment(stem)),
    partial: textOf(files.partial(files.segment(stem))),
    journal: textOf(files.journal),
  };
}

describe('rotateLive', () => {
  it('pauses the group under a guard, and releases both', async () => {
    await using home = await temporaryDirectory();
    const { files, open } = countingCalls();
    const { files: paths, steps, group, rotate, clock } = stage(home.path, { files });
    writeFileSync(paths.live, 'one\n');
    expect(await rotate(group)).toEqual({
      rotated: true,
      at: new Date(clock.now()),
      segment: paths.segment(stem),
      bytes: 4,
      pauseMs: 0,
    });
    expect(steps).toEqual([
      'look at 777 and node.log',
      'guard 777 with fence',
      'pause',
      // Right before the truncation, as somebody else may have woken it.
      'pause',
      'resume with journal',
      'release',
    ]);
    expect(left(paths)).toEqual({ live: '', segment: 'one\n', partial: null, journal: null });
    expect(existsSync(paths.fence)).toBe(false);
    expect(open.size).toBe(0);
  });

  it('copies what is written until the pause', async () => {
    await using home = await temporaryDirectory();
    const { files, group, rotate } = stage(home.path);
    writeFileSync(files.live, 'one\n');
    const pause = () => {
      if (!existsSync(files.journal)) appendFileSync(files.live, 'two\n');
      return true;
    };
    expect(await rotate({ ...group, pause })).toMatchObject({ rotated: true, bytes: 8 });
    expect(left(files)).toMatchObject({ live: '', segment: 'one\ntwo\n' });
  });

  it('measures the pause', async () => {
    await using home = await temporaryDirectory();
    let now = 0;
    const clock = { ...fakeClock(), monotonic: () => now };
    const { files, group, rotate } = stage(home.path, { clock });
    writeFileSync(files.live, 'one\n');
    const resume = () => (now += 25);
    expect(await rotate({ ...group, resume })).toMatchObject({ pauseMs: 25 });
  });

  const { holders, someStopped } = systemStorePorts.writerStates;
  const fails = (): never => {
    throw new Error('EACCES');
  };
  const look = 'look at 777 and node.log';
  const guard = 'guard 777 with fence';
  it.each<[string, Partial<LogStorePorts>, string, string[]]>([
    [
      'there is no guard',
      { startGuard: () => Promise.resolve(null) },
      'no shell guards the pause',
      [look],
    ],
    [
      'the group does not stop',
      { writerStates: { holders, someStopped, watch: () => fails } },
      'the writers could not be stopped, or not in time',
      [guard, 'pause', 'resume', 'release'],
    ],
    [
      'the writers cannot all be paused',
      {
        writerStates: {
          holders,
          someStopped,
          watch: () => {
            throw outsideGroup(9, 'su');
          },
        },
      },
      outsideGroup(9, 'su').message,
      [],
    ],
  ])('leaves all as it was, and says why, when %s', async (_, ports, message, expected) => {
    await using home = await temporaryDirectory();
    const { files, steps, group, rotate } = stage(home.path, ports);
    writeFileSync(files.live, 'one\n');
    expect(await rotate(group)).toMatchObject({
      rotated: false,
      reason: 'cannot-pause',
      error: { message },
    });
    expect(steps).toEqual(expected);
    expect(left(files)).toMatchObject({ live: 'one\n', segment: null, journal: null });
    expect(existsSync(files.fence)).toBe(false);
  });

  it('leaves all as it was, without a word, when the group has just ended', async () => {
    await using home = await temporaryDirectory();
    const { files, group, rotate } = stage(home.path);
    writeFileSync(files.live, 'one\n');
    expect(await rotate({ ...group, pause: () => false })).toMatchObject({
      reason: 'cannot-pause',
      error: null,
    });
    expect(left(files)).toMatchObject({ live: 'one\n', segment: null, journal: null });
  });

  it('says that a group cannot be signalled that is still there', async () => {
    await using home = await temporaryDirectory();
    const writerStates = { holders, someStopped, watch: () => () => false };
    const { files, group, rotate } = stage(home.path, { writerStates });
    writeFileSync(files.live, 'one\n');
    expect(await rotate({ ...group, pause: () => false })).toMatchObject({
      reason: 'cannot-pause',
      error: { message: 'the writers could not be stopped, or not in time' },
    });
  });

  it('gives up a pause in which a second has passed, before it moves anything', async () => {
    await using home = await temporaryDirectory();
    let now = 0;
    const clock = { ...fakeClock(), monotonic: () => now };
    const { files, steps, group, rotate } = stage(home.path, { clock });
    writeFileSync(files.live, 'one\n');
    const lasts = (ms: number) => ({ ...group, pause: () => ((now += ms), true) });
    expect(await rotate(lasts(1001))).toMatchObject({
      reason: 'cannot-pause',
      error: { message: 'the last bytes took too long for a pause' },
    });
    expect(steps.slice(-2)).toEqual(['resume', 'release']);
    expect(left(files)).toMatchObject({ live: 'one\n', segment: null, journal: null });
    rmSync(files.partial(files.segment(stem)));
    expect(await rotate(lasts(1000))).toMatchObject({ rotated: true, bytes: 4 });
  });

  it('truncates nothing once the guard has ended the pause', async () => {
    await using home = await temporaryDirectory();
    const { files, rotate, group } = stage(home.path);
    writeFileSync(files.live, 'one\n');
    const pause = () => {
      rmSync(files.fence);
      return true;
    };
    expect(await rotate({ ...group, pause })).toMatchObject({
      rotated: false,
      error: { code: 'ENOENT' },
    });
    appendFileSync(files.live, 'two\n');
    expect(recoverRotation(files, systemStorePorts.files).recovery).toBe('undone');
    expect(left(files)).toEqual({
      live: 'one\ntwo\n',
      segment: null,
      partial: null,
      journal: null,
    });
  });

  it('rotates nothing that somebody has open for writing although nobody was named', async () => {
    await using home = await temporaryDirectory();
    const holder = { pid: 9, name: 'su' };
    const { files, rotate } = stage(home.path, {
      writerStates: { holders: () => [holder], watch: fails, someStopped: fails },
    });
    writeFileSync(files.live, 'one\n');
    expect(await rotate(null)).toMatchObject({
      reason: 'still-writing',
      error: { message: 'process 9 (su) still writes to the log' },
    });
    expect(left(files)).toMatchObject({ live: 'one\n', segment: null, journal: null });
  });

  it('rotates nothing that still grows although nobody was named who writes it', async () => {
    await using home = await temporaryDirectory();
    const { open } = systemStorePorts.files;
    const grows: typeof open = async (path, flags) => {
      const file = await open(path, flags);
      if (String(path).endsWith('.partial')) return file;
      return new Proxy(file, {
        get: (target, key) => {
          const value: unknown = Reflect.get(target, key, target);
          if (key === 'fd') appendFileSync(String(path), 'more\n');
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        },
      });
    };
    const files = { ...systemStorePorts.files, open: grows };
    const { files: paths, rotate } = stage(home.path, { files });
    writeFileSync(paths.live, 'one\n');
    expect(await rotate(null)).toMatchObject({ rotated: false, reason: 'still-writing' });
    expect(left(paths)).toMatchObject({ live: 'one\nmore\n', segment: null, journal: null });
    // A writer of this thread cannot write during the last step: what it wrote before is taken along.
    const own = 'node-20260304T091502119Z';
    const ports = { ...systemStorePorts, clock: fakeClock(), files };
    const report = await rotateLive({
      files: paths,
      stem: own,
      finalStem: () => own,
      writers: 'this-thread',
      ports,
    });
    expect(report).toMatchObject({ rotated: true, bytes: 14, pauseMs: 0 });
    expect(textOf(paths.segment(own))).toBe('one\nmore\nmore\n');
  });

  it('closes the journal also when it cannot be written', async () => {
    await using home = await temporaryDirectory();
    const { files, open } = countingCalls();
    const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    const writeSync = (): never => {
      throw full;
    };
    const { files: paths, rotate } = stage(home.path, { files: { ...files, writeSync } });
    writeFileSync(paths.live, 'one\n');
    expect(await rotate(null)).toMatchObject({ rotated: false, reason: 'disk-full', error: full });
    expect(open.size).toBe(0);
    expect(textOf(paths.live)).toBe('one\n');
  });

  it('copies a log of many chunks, whatever one call of the system takes', async () => {
    await using home = await temporaryDirectory();
    const short = 1000;
    const files = {
      ...systemStorePorts.files,
      readSync: (fd: number, bytes: Buffer, offset: number, length: number, position: number) =>
        systemStorePorts.files.readSync(fd, bytes, offset, Math.min(length, 3 * short), position),
      writeSync: (fd: number, bytes: Buffer, offset: number, length: number, position: number) =>
        systemStorePorts.files.writeSync(fd, bytes, offset, Math.min(length, short), position),
    };
    const { files: paths, group, rotate } = stage(home.path, { files });
    const late = Buffer.from(Array.from({ length: 2500 }, (_, line) => `${line} late\n`).join(''));
    writeFileSync(paths.live, 'one\n');
    const pause = () => {
      if (!existsSync(paths.journal)) appendFileSync(paths.live, late);
      return true;
    };
    const bytes = 4 + late.length;
    expect(await rotate({ ...group, pause })).toMatchObject({ rotated: true, bytes });
    expect(textOf(paths.segment(stem))).toBe(`one\n${late.toString()}`);
  });
});
