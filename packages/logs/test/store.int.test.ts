import { execFileSync } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fakeClock, temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { LogsError, openLogStore, type StoreEvent } from '../src/index.ts';
import type { LogStoreOptions } from '../src/store/options.ts';
import { systemStorePorts, type LogStorePorts } from '../src/ports.ts';
import { writeThreeParts } from './support/three-parts.ts';

/** A store on a fake clock whose events are kept. */
function openStore(
  directory: string,
  options: Partial<LogStoreOptions> = {},
  ports: Partial<LogStorePorts> = {},
) {
  const clock = fakeClock();
  const events: StoreEvent[] = [];
  const store = openLogStore(
    { directory, name: 'node', compress: false, ...options },
    { clock, freeBytes: () => 1e9, onEvent: (event) => events.push(event), ...ports },
  );
  return { store, clock, events };
}

describe('a log store', () => {
  it('rotates by size', async () => {
    await using home = await temporaryDirectory();
    const { store } = openStore(home.path, { maxSizeBytes: 5000 });
    writeFileSync(store.livePath, 'x'.repeat(4999));
    expect(await store.rotateIfDue(null)).toBeNull();
    appendFileSync(store.livePath, 'x');
    expect(await store.rotateIfDue(null)).toMatchObject({ rotated: true, bytes: 5000, pauseMs: 0 });
    expect(await store.rotateIfDue(null)).toBeNull();
    await store.dispose();
  });

  it('rotates by age since the last rotation', async () => {
    await using home = await temporaryDirectory();
    const { store, clock } = openStore(home.path, { maxAgeMs: 60_000 });
    writeFileSync(store.livePath, 'x\n');
    await store.rotate(null);
    writeFileSync(store.livePath, 'y\n');
    await clock.advance(59_999);
    expect(await store.rotateIfDue(null)).toBeNull();
    await clock.advance(1);
    expect(await store.rotateIfDue(null)).toMatchObject({ rotated: true });
    await clock.advance(60_000);
    expect(await store.rotateIfDue(null)).toBeNull();
    await store.dispose();
  });

  it('rotates by age since the live file was made, when nothing was rotated yet', async () => {
    await using home = await temporaryDirectory();
    const { store, clock } = openStore(home.path, { maxAgeMs: 60_000 });
    writeFileSync(store.livePath, 'x\n');
    clock.jump(statSync(store.livePath).birthtime.getTime() - clock.now());
    expect(await store.rotateIfDue(null)).toBeNull();
    await clock.advance(60_000);
    expect(await store.rotateIfDue(null)).toMatchObject({ rotated: true });
    await store.dispose();
  });

  it('rotates a live file of any size when asked to, but no empty one', async () => {
    await using home = await temporaryDirectory();
    const { store, clock, events } = openStore(home.path);
    const why = { reason: 'empty', error: null, message: 'the log is empty' };
    const empty = { rotated: false, at: new Date(clock.now()), ...why };
    expect(await store.rotate(null)).toEqual(empty);
    writeFileSync(store.livePath, 'x\n');
    const report = await store.rotate(null);
    const segment = join(home.path, 'node-20260101T000000000Z.log');
    expect(report).toEqual({
      rotated: true,
      at: new Date(clock.now()),
      segment,
      bytes: 2,
      pauseMs: 0,
    });
    expect(readFileSync(segment, 'utf8')).toBe('x\n');
    expect(statSync(segment).mode & 0o777).toBe(0o600);
    expect(readFileSync(store.livePath)).toHaveLength(0);
    expect(events.map(({ type }) => type)).toEqual(['rotation', 'rotation']);
    expect(store.figures).toMatchObject({ rotations: 1, bytesRotated: 2, failedRotations: 0 });
    await store.dispose();
  });

  it('says once that the disk is full, and once that it has room again', async () => {
    await using home = await temporaryDirectory();
    let free = 1024 * 1024 - 1;
    const { store, clock, events } = openStore(home.path, {}, { freeBytes: () => free });
    store.watch(() => null);
    await clock.advance(30_000);
    expect(store.figures.diskFull).toBe(true);
    free = 1024 * 1024;
    await clock.advance(30_000);
    expect(store.figures.diskFull).toBe(false);
    await store.dispose();
    expect(events).toEqual([
      { type: 'disk-full', freeBytes: 1024 * 1024 - 1 },
      { type: 'disk-recovered', freeBytes: 1024 * 1024, fullMs: expect.closeTo(30_000, -3) },
    ]);
  });

  it('puts a rotation off on a full disk, and does it when there is room', async () => {
    await using home = await temporaryDirectory();
    let isFull = true;
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const { copyFile } = systemStorePorts.files;
    const files = {
      ...systemStorePorts.files,
      copyFile: (...args: Parameters<typeof copyFile>) =>
        isFull ? Promise.reject(full) : copyFile(...args),
    };
    const { store, clock, events } = openStore(home.path, { maxSizeBytes: 4096 }, { files });
    writeFileSync(store.livePath, 'x'.repeat(5000));
    store.watch(() => null);
    await clock.advance(0);
    await waitFor(() => events.length > 0, { what: 'the first try', everyMs: 1 });
    expect(events).toMatchObject([
      { type: 'rotation', report: { rotated: false, reason: 'disk-full', error: full } },
    ]);
    expect(store.figures).toMatchObject({ failedRotations: 1, lastFailure: full.message });
    isFull = false;
    // It does not try again for ten seconds.
    for (let second = 0; second < 10; second += 1) await clock.advance(999);
    expect(readFileSync(store.livePath)).toHaveLength(5000);
    await clock.advance(1010);
    await waitFor(() => store.figures.rotations === 1, { what: 'the next try', everyMs: 1 });
    expect(readFileSync(store.livePath)).toHaveLength(0);
    expect(store.figures).toMatchObject({ failedRotations: 1, lastFailure: null });
    await store.dispose();
  });

  it('reports an error of its rounds and goes on', async () => {
    await using home = await temporaryDirectory();
    let failures = 0;
    const freeBytes = (): number => {
      failures += 1;
      if (failures === 1) throw new Error('EIO');
      return 1e9;
    };
    const { store, clock, events } = openStore(home.path, {}, { freeBytes });
    store.watch(() => null);
    await clock.advance(5000);
    await store.dispose();
    expect(failures).toBeGreaterThan(2);
    expect(events).toEqual([{ type: 'error', error: new Error('EIO') }]);
  });

  it('keeps to its limits, also to new ones at once', async () => {
    await using home = await temporaryDirectory();
    await writeThreeParts(home.path);
    const segments = () => readdirSync(home.path).filter((name) => /^node-.*\.log$/.test(name));
    const [first, second] = segments();
    const { store, clock, events } = openStore(home.path, { maxFiles: 1 });
    store.watch(() => null);
    await clock.advance(0);
    expect(segments()).toEqual([second]);
    store.update({ maxTotalBytes: 0 });
    expect(segments()).toEqual([]);
    expect(readdirSync(home.path).filter((name) => name.startsWith('node-'))).toEqual([]);
    expect(store.figures.removed).toBe(2);
    expect(() => store.update({ maxFiles: 0 })).toThrow(/maxFiles/);
    await store.dispose();
    const stems = [first, second].map((name) => name?.replace('.log', ''));
    expect(events).toEqual(stems.map((stem) => ({ type: 'removed', segments: [stem] })));
  });

  it.each(['mkdir', 'mkfifo'])('says why the log cannot be opened, after %s', async (command) => {
    await using home = await temporaryDirectory();
    const { store } = openStore(home.path);
    // A named pipe would hold up whoever opens it.
    execFileSync(command, [store.livePath]);
    expect(() => store.openForAppend()).toThrow(/cannot be opened for append .*no regular file/);
    expect(() => store.openForAppend()).toThrow(LogsError);
    await store.dispose();
  });

  it('refuses work once it is disposed of', async () => {
    await using home = await temporaryDirectory();
    const { store, clock } = openStore(home.path);
    store.watch(() => null);
    await clock.advance(1000);
    await store.dispose();
    expect(clock.pending).toBe(0);
    await expect(store.rotate(null)).rejects.toThrow(/disposed/);
    await expect(store.rotateIfDue(null)).rejects.toThrow(/disposed/);
    expect(() => store.openForAppend()).toThrow(/disposed/);
    expect(() => store.watch(() => null)).toThrow(/disposed/);
  });
});
