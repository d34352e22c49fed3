import type { ChildProcess } from 'node:child_process';
import { closeSync, readdirSync, writeSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { openLogStore, readLog } from '../src/index.ts';
import { ways } from './support/ways.ts';
import { createLineCheck, faultIn, linesIn, startFlood, wholeLog } from './support/flood.ts';

describe.each(ways)('a log that is %s', (_way, ports) => {
  it.each([
    ['whole lines', 0, 60_000],
    ['blocks that cut lines', 4096, 10_000],
  ])(
    'keeps every line once and in order, for files and a follower, of %s',
    async (_, blockBytes, count) => {
      await using home = await temporaryDirectory();
      const options = { directory: home.path, name: 'node', maxFiles: 500 };
      const store = openLogStore(options, ports);
      // About a second of writing: a disk that is slow to sync must not have more to do the slower it is.
      using flood = startFlood(store, { lines: count, blockBytes, pauseMs: 10 });
      const writers = () => (hasEnded(flood.child) ? null : flood.pausable);
      const stop = new AbortController();
      const followed = createLineCheck();
      const following = (async () => {
        for await (const { bytes, terminated } of readLog({
          ...options,
          follow: true,
          signal: stop.signal,
        })) {
          followed.take(bytes, terminated);
        }
      })();
      while (writers() !== null) {
        await store.rotate(writers());
        await turn();
      }
      await store.rotate(null);
      const whole = wholeLog(home.path);
      const lines = linesIn(whole);
      await waitFor(() => followed.lines() >= lines, { what: 'the follower to reach the end' });
      stop.abort();
      await following;
      await store.dispose();
      expect(lines).toBe(count);
      expect(store.figures.rotations).toBeGreaterThan(0);
      expect(store.figures.lostBytes).toBe(0);
      expect(faultIn(whole.subarray(0, whole.lastIndexOf(10) + 1))).toBeNull();
      expect(followed.fault(lines)).toBeNull();
      const read = createLineCheck();
      for await (const { bytes, terminated } of readLog(options)) read.take(bytes, terminated);
      expect(read.fault(lines)).toBeNull();
    },
  );

  it('rotates by itself when the size is reached, and compresses what it rotated', async () => {
    await using home = await temporaryDirectory();
    const limits = { maxSizeBytes: 256 * 1024, maxFiles: 500 };
    const store = openLogStore({ directory: home.path, name: 'node', ...limits }, ports);
    using flood = startFlood(store, { pauseMs: 50 });
    store.watch(() => flood.pausable);
    // Each syncs what it wrote, which takes a disk that others write to seconds.
    const patience = { what: 'two compressions', timeoutMs: 100_000 };
    await waitFor(() => store.figures.compressed >= 2, patience);
    flood.child.kill();
    await flood.ended;
    await store.dispose();
    expect(readdirSync(home.path).filter((name) => name.endsWith('.gz'))).toHaveLength(
      store.figures.compressed,
    );
    expect(faultIn(wholeLog(home.path))).toBeNull();
  }, 120_000);
});

const hasEnded = ({ exitCode, signalCode }: ChildProcess) =>
  exitCode !== null || signalCode !== null;

describe('a writer in the same thread', () => {
  it('loses nothing to rotations although it is not paused', async () => {
    await using home = await temporaryDirectory();
    const store = openLogStore({ directory: home.path, name: 'node', maxFiles: 500 });
    const descriptor = store.openForAppend();
    let count = 0;
    const writing = setInterval(() => {
      const lines = Array.from({ length: 200 }, () => `${(count += 1)} of our own\n`);
      writeSync(descriptor, lines.join(''));
    }, 0);
    while (store.figures.rotations < 20) {
      await store.rotate('this-thread');
      await turn();
    }
    clearInterval(writing);
    await store.dispose();
    closeSync(descriptor);
    expect(store.figures).toMatchObject({ rotations: 20, lastPauseMs: 0 });
    expect(faultIn(wholeLog(home.path), count)).toBeNull();
  });
});
