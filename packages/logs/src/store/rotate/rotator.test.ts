import {
  existsSync,
  ftruncateSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { fakeClock, temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { filesOf } from '../../layout.ts';
import { systemStorePorts, type LogStorePorts } from '../../ports.ts';
import { completeOptions, type LogStoreOptions } from '../options.ts';
import { outsideGroup } from './group-state/writer-states.ts';
import { createRotator } from './rotator.ts';

const failing = (code: string) => Object.assign(new Error(code), { code });

/** A rotator of a folder, with what it told the index. */
async function place(options: Partial<LogStoreOptions> = {}, ports: Partial<LogStorePorts> = {}) {
  const home = await temporaryDirectory();
  const files = filesOf(home.path, 'node');
  const clock = fakeClock();
  const indexed: (readonly [string, number])[] = [];
  const complete = completeOptions({ directory: home.path, name: 'node', ...options });
  const index = {
    advance: () => ({ lostBytes: 0 }),
    replaced: () => undefined,
    rotated: (stem: string, bytes: number) => void indexed.push([stem, bytes]),
  };
  const rotator = createRotator({
    files,
    options: () => complete,
    ports: { ...systemStorePorts, clock, ...ports },
    index,
  });
  const write = (text: string): void => writeFileSync(files.live, text);
  return {
    rotator,
    files,
    clock,
    indexed,
    write,
    [Symbol.asyncDispose]: () => home[Symbol.asyncDispose](),
  };
}

/** The system's copy, and what happens meanwhile. */
function slowCopy(meanwhile: () => void): typeof systemStorePorts.files.copyFile {
  return async (...args) => {
    await systemStorePorts.files.copyFile(...args);
    meanwhile();
  };
}

/** Cuts bytes from the beginning of a file, as no file system does it. */
function cutByHand(descriptor: number, bytes: number): void {
  const rest = readFileSync(descriptor).subarray(bytes);
  ftruncateSync(descriptor);
  writeSync(descriptor, rest, 0, rest.length, 0);
}

const group = { groupId: 7, pause: () => true, resume: () => undefined };
const played: Partial<LogStorePorts> = {
  startGuard: () => Promise.resolve({ release: () => undefined }),
  writerStates: { holders: () => [], watch: () => () => true, someStopped: () => false },
};

describe('a rotation', () => {
  it('is due from the size on, whatever the age', async () => {
    await using at = await place({ maxSizeBytes: 5000 });
    expect(at.rotator.isDue()).toBe(false);
    at.write('');
    expect(at.rotator.isDue()).toBe(false);
    at.write('x'.repeat(4999));
    at.clock.jump(1e12);
    expect(at.rotator.isDue()).toBe(false);
    at.write('x'.repeat(5000));
    expect(at.rotator.isDue()).toBe(true);
  });

  it('is due from the age on, since the file was made or the last rotation, unless it is empty', async () => {
    await using at = await place({ maxAgeMs: 60_000 });
    at.write('x');
    at.clock.jump(statSync(at.files.live).birthtimeMs - at.clock.now() + 59_000);
    expect(at.rotator.isDue()).toBe(false);
    at.clock.jump(1001);
    expect(at.rotator.isDue()).toBe(true);
    await at.rotator.rotate(null);
    at.clock.jump(60_000);
    expect(at.rotator.isDue()).toBe(false);
    at.write('y');
    expect(at.rotator.isDue()).toBe(true);
    at.clock.jump(-1);
    expect(at.rotator.isDue()).toBe(false);
  });

  it('is not tried again for ten seconds after a failure, but at once after an empty log', async () => {
    let isFull = true;
    const copyFile = async (...args: Parameters<typeof systemStorePorts.files.copyFile>) => {
      if (isFull) throw failing('ENOSPC');
      await systemStorePorts.files.copyFile(...args);
    };
    await using at = await place({}, { files: { ...systemStorePorts.files, copyFile } });
    const { rotator, clock, indexed } = at;
    expect(await rotator.rotate(null)).toMatchObject({ reason: 'empty' });
    expect(rotator.isBackingOff()).toBe(false);
    at.write('x');
    expect(await rotator.rotate(null)).toMatchObject({ reason: 'disk-full' });
    expect(rotator.isBackingOff()).toBe(true);
    await clock.advance(9999);
    expect(rotator.isBackingOff()).toBe(true);
    await clock.advance(1);
    expect(rotator.isBackingOff()).toBe(false);
    expect(indexed).toEqual([]);
    isFull = false;
    expect(await rotator.rotate(null)).toMatchObject({ rotated: true });
    expect(rotator.isBackingOff()).toBe(false);
    expect(indexed).toEqual([['node-20260101T000010000Z', 1]]);
  });

  it('names the segment when its bytes move, so that no line is newer than its name', async () => {
    await using at = await place(
      {},
      { files: { ...systemStorePorts.files, copyFile: slowCopy(() => at.clock.jump(5000)) } },
    );
    at.write('x');
    const report = await at.rotator.rotate(null);
    expect(report).toMatchObject({ segment: at.files.segment('node-20260101T000005000Z') });
    expect(at.indexed).toEqual([['node-20260101T000005000Z', 1]]);
    expect(existsSync(at.files.segment('node-20260101T000005000Z'))).toBe(true);
  });

  it('asks once whether the file system cuts, and never for a writer that needs no pause', async () => {
    let asked = 0;
    await using at = await place({}, { ...played, collapseUnit: () => ((asked += 1), null) });
    for (const writers of [null, 'this-thread', group, group] as const) {
      at.write('x'.repeat(10_000));
      expect(await at.rotator.rotate(writers)).toMatchObject({ rotated: true, bytes: 10_000 });
    }
    expect(asked).toBe(1);
  });

  it('asks again where the answer failed', async () => {
    let asked = 0;
    const collapseUnit = () => {
      asked += 1;
      if (asked === 1) throw failing('EMFILE');
      return null;
    };
    await using at = await place({}, { ...played, collapseUnit });
    at.write('x');
    expect(await at.rotator.rotate(group)).toMatchObject({ reason: 'failed' });
    expect(await at.rotator.rotate(group)).toMatchObject({ rotated: true });
    expect(asked).toBe(2);
  });

  it.each([
    ['refused', failing('EOPNOTSUPP'), null],
    ['refused for now', failing('EAGAIN'), 4096],
  ])('is paused after a cut that was %s', async (_, error, unit) => {
    const collapseSync = () => {
      throw error;
    };
    const files = { ...systemStorePorts.files, collapseSync };
    await using at = await place({}, { ...played, files, collapseUnit: () => 4096 });
    const text = 'x'.repeat(9000);
    at.write(text);
    expect(await at.rotator.rotate(group)).toMatchObject({ reason: 'failed', error });
    expect(statSync(at.files.live).size).toBe(9000);
    const report = await at.rotator.rotate(group);
    expect(report).toMatchObject(unit === null ? { rotated: true, bytes: 9000 } : { error });
  });

  it('is still a cut after a pause for less than a block was refused', async () => {
    let isOutside = true;
    const watch = () => {
      if (isOutside) throw outsideGroup(9, 'su');
      return () => true;
    };
    const writerStates = { holders: () => [], watch, someStopped: () => false };
    const files = { ...systemStorePorts.files, collapseSync: cutByHand };
    await using at = await place({}, { ...played, files, writerStates, collapseUnit: () => 4096 });
    at.write('x'.repeat(4096));
    expect(await at.rotator.rotate(group)).toMatchObject({ reason: 'cannot-pause' });
    at.write('x'.repeat(9000));
    expect(await at.rotator.rotate(group)).toMatchObject({ rotated: true, bytes: 8192 });
    isOutside = false;
    at.write('x'.repeat(4096));
    expect(await at.rotator.rotate(group)).toMatchObject({ rotated: true, bytes: 4096 });
  });

  it('stands halfway while its journal is there, and is settled before the next', async () => {
    await using at = await place();
    expect(at.rotator.isHalfway()).toBe(false);
    at.write('12345678');
    const { ino } = statSync(at.files.live);
    const stem = 'node-20251231T000000000Z';
    writeFileSync(at.files.segment(stem), 'all before');
    writeFileSync(at.files.journal, `swap ${stem} 10 ${ino} ffff\nmarked\n`);
    expect(at.rotator.isHalfway()).toBe(true);
    expect(await at.rotator.rotate(null)).toEqual({
      rotated: true,
      at: new Date(at.clock.now()),
      segment: at.files.segment(stem),
      bytes: 10,
      pauseMs: 0,
    });
    expect(at.rotator.isHalfway()).toBe(false);
    expect(at.indexed).toEqual([[stem, 10]]);
    expect(statSync(at.files.live).size).toBe(8);
  });

  it('that stands halfway and cannot be settled is a failure, and is left as it is', async () => {
    const unlinkSync = (): never => {
      throw failing('EIO');
    };
    const files = { ...systemStorePorts.files, unlinkSync };
    await using broken = await place({}, { files });
    broken.write('12345678');
    writeFileSync(broken.files.journal, `cut node-20251231T000000000Z 10 1 ffff\n`);
    expect(await broken.rotator.rotate(null)).toMatchObject({ reason: 'failed' });
    expect(broken.rotator.isBackingOff()).toBe(true);
    expect(existsSync(broken.files.journal)).toBe(true);
    expect(broken.indexed).toEqual([]);
  });
});

describe('writers that an earlier store left paused', () => {
  it('are resumed where its fence is, once', async () => {
    await using at = await place();
    let resumed = 0;
    const writers = { ...group, resume: () => (resumed += 1) };
    at.rotator.resumeLeft(writers);
    expect(resumed).toBe(0);
    writeFileSync(at.files.fence, '');
    at.rotator.resumeLeft(writers);
    at.rotator.resumeLeft(writers);
    expect(resumed).toBe(1);
    writeFileSync(at.files.fence, '');
    at.rotator.resumeLeft(null);
    expect(existsSync(at.files.fence)).toBe(false);
  });
});
