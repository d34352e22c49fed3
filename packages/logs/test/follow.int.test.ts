import { appendFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { fakeClock, temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { openLogStore, readLog } from '../src/index.ts';
import { filesOf } from '../src/layout.ts';
import type { LogReaderPorts } from '../src/read/reader-ports.ts';
import { cursorAt, positionOf } from '../src/read/follow/cursor.ts';
import { openLog } from '../src/read/open/open-log.ts';
import { createIndexWriter } from '../src/store/index/index-writer.ts';
import type { ReadOptions } from '../src/read/read-options.ts';

/** A follower on a fake clock that looks at its folder when the test says so. */
function startFollower(directory: string, options: Partial<ReadOptions> = {}) {
  const clock = fakeClock();
  const waiting: (() => void)[] = [];
  let isClosed = false;
  const ports: LogReaderPorts = {
    clock,
    watchFolder: () => ({
      wait: () => new Promise((resolve) => waiting.push(resolve)),
      close: () => (isClosed = true),
    }),
  };
  const found: string[] = [];
  let hasEnded = false;
  const ended = (async () => {
    const log = { directory, name: 'node', follow: true, lines: 0, ...options };
    for await (const { bytes, terminated } of readLog(log, ports)) {
      found.push(Buffer.from(bytes).toString() + (terminated ? '\n' : ''));
    }
    hasEnded = true;
  })();
  const untilWaiting = async (): Promise<void> => {
    while (waiting.length === 0 && !hasEnded) await turn();
  };
  /** Lets it look once, or end. */
  const look = async (): Promise<readonly string[]> => {
    await untilWaiting();
    waiting.pop()?.();
    await untilWaiting();
    return found.splice(0);
  };
  return { clock, look, ended, isClosed: () => isClosed };
}

describe('following', () => {
  it('gives the lines that are written, and leaves an unfinished one until its end is there', async () => {
    await using home = await temporaryDirectory();
    const live = join(home.path, 'node.log');
    const { clock, look } = startFollower(home.path);
    expect(await look()).toEqual([]);
    appendFileSync(live, 'one\ntwo\nthr');
    expect(await look()).toEqual(['one\n', 'two\n']);
    await clock.advance(999);
    expect(await look()).toEqual([]);
    appendFileSync(live, 'ee\n');
    expect(await look()).toEqual(['three\n']);
  });

  it('gives an unfinished line after a second in which it did not grow, and then what follows', async () => {
    await using home = await temporaryDirectory();
    const live = join(home.path, 'node.log');
    const { clock, look } = startFollower(home.path);
    appendFileSync(live, 'un');
    expect(await look()).toEqual([]);
    await clock.advance(900);
    appendFileSync(live, 'fin');
    expect(await look()).toEqual([]);
    await clock.advance(999);
    expect(await look()).toEqual([]);
    await clock.advance(1);
    expect(await look()).toEqual(['unfin']);
    await clock.advance(5000);
    expect(await look()).toEqual([]);
    appendFileSync(live, 'ished\nnext\n');
    expect(await look()).toEqual(['ished\n', 'next\n']);
  });

  it('takes the unfinished line that was there before for one of its own', async () => {
    await using home = await temporaryDirectory();
    const live = join(home.path, 'node.log');
    writeFileSync(live, 'one\nunfin');
    const { look } = startFollower(home.path, { lines: 1 });
    expect(await look()).toEqual(['one\n']);
    appendFileSync(live, 'ished\n');
    expect(await look()).toEqual(['unfinished\n']);
  });

  it('goes on across rotations, also with a line that a rotation cut', async () => {
    await using home = await temporaryDirectory();
    const store = openLogStore({ directory: home.path, name: 'node', compress: false });
    const { look } = startFollower(home.path);
    appendFileSync(store.livePath, 'one\nunfin');
    expect(await look()).toEqual(['one\n']);
    await store.rotate(null);
    appendFileSync(store.livePath, 'ished\n');
    await store.rotate(null);
    appendFileSync(store.livePath, 'three\n');
    expect(await look()).toEqual(['unfinished\n', 'three\n']);
    await store.dispose();
  });

  it('keeps its place in a log that is rotated between its opening and the look for the place', async () => {
    await using home = await temporaryDirectory();
    const store = openLogStore({ directory: home.path, name: 'node', compress: false });
    appendFileSync(store.livePath, 'one\n');
    await store.rotate(null);
    appendFileSync(store.livePath, 'two\nthree\n');
    const log = await openLog(home.path, 'node');
    const cursor = cursorAt(log, 'one\ntwo\n'.length, null);
    log.close();
    const later = await openLog(home.path, 'node', { after: cursor.after });
    await store.rotate(null);
    const index = createIndexWriter(home.path, 'node', filesOf(home.path, 'node'));
    appendFileSync(store.livePath, 'four\n');
    index.advance(Date.now());
    expect(positionOf(cursor, later)).toBe('two\n'.length);
    later.close();
    await store.dispose();
  });

  it('goes on at the beginning of what is left when its place was removed or truncated', async () => {
    await using home = await temporaryDirectory();
    const store = openLogStore({ directory: home.path, name: 'node', compress: false });
    const { look } = startFollower(home.path);
    appendFileSync(store.livePath, 'one\ntwo\n');
    expect(await look()).toEqual(['one\n', 'two\n']);
    truncateSync(store.livePath, 0);
    appendFileSync(store.livePath, '3\n');
    expect(await look()).toEqual(['3\n']);
    const first = await store.rotate(null);
    appendFileSync(store.livePath, 'four\n');
    await store.rotate(null);
    appendFileSync(store.livePath, 'five and more\n');
    await store.rotate(null);
    await store.dispose();
    if (first.rotated) rmSync(first.segment);
    expect(await look()).toEqual(['four\n', 'five and more\n']);
  });

  it('ends when the time it reads until is over', async () => {
    await using home = await temporaryDirectory();
    const until = new Date(Date.UTC(2026, 0, 1) + 5000);
    const { clock, look, ended, isClosed } = startFollower(home.path, { until });
    await clock.advance(5000);
    expect(await look()).toEqual([]);
    expect(isClosed()).toBe(false);
    await clock.advance(1);
    await look();
    await ended;
    expect(isClosed()).toBe(true);
  });

  it('gives what is there when it is finished, an unfinished line too', async () => {
    await using home = await temporaryDirectory();
    const finish = new AbortController();
    const { look, ended } = startFollower(home.path, { finish: finish.signal });
    expect(await look()).toEqual([]);
    writeFileSync(join(home.path, 'node.log'), 'one\ntwo');
    finish.abort();
    expect(await look()).toEqual(['one\n', 'two']);
    await ended;
  });

  it('ends when it is aborted, without a look', async () => {
    await using home = await temporaryDirectory();
    const stop = new AbortController();
    const { look, ended, isClosed } = startFollower(home.path, { signal: stop.signal });
    expect(await look()).toEqual([]);
    writeFileSync(join(home.path, 'node.log'), 'one\n');
    stop.abort();
    expect(await look()).toEqual([]);
    await ended;
    expect(isClosed()).toBe(true);
  });
});
