import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { fakeClock, temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { filesOf } from '../src/layout.ts';
import { completeOptions, type LogStoreOptions } from '../src/store/options.ts';
import { compressSegment } from '../src/store/retain/compress-segment.ts';
import { enforceRetention } from '../src/store/retain/enforce-retention.ts';
import { createRetentionWorker } from '../src/store/retain/retention-worker.ts';
import type { StoreEvent } from '../src/store/store-event.ts';

const mebibyte = 1024 * 1024;
const stem = 'node-20260304T091502118Z';
const threeBlocks = Buffer.alloc(2 * mebibyte + 1, 'a line of the node\n');

/** A clock on which each block takes so many milliseconds, and on which a rest is over at once. */
function restlessClock(blockMs: number) {
  const rests: number[] = [];
  let now = 0;
  return {
    rests,
    clock: {
      monotonic: () => (now += blockMs),
      setTimer: (callback: () => void, delayMs: number) => {
        rests.push(delayMs);
        setImmediate(callback);
        return () => undefined;
      },
    },
  };
}

function compress(directory: string, blockMs: number, isUrgent = false) {
  const files = filesOf(directory, 'node');
  writeFileSync(files.segment(stem), threeBlocks);
  const { clock, rests } = restlessClock(blockMs);
  const signal = new AbortController().signal;
  const compression = { clock, signal, isUrgent: () => isUrgent };
  return { files, rests, done: compressSegment(files, stem, compression) };
}

describe('compressSegment', () => {
  it('replaces the plain file by one that gzip reads, for its owner alone', async () => {
    await using home = await temporaryDirectory();
    const { files, done } = compress(home.path, 1);
    const target = files.compressed(stem);
    expect(await done).toBe(statSync(target).size);
    expect(gunzipSync(readFileSync(target)).equals(threeBlocks)).toBe(true);
    expect(statSync(target).mode & 0o777).toBe(0o600);
    expect(readdirSync(home.path)).toEqual([`${stem}.log.gz`]);
  });

  it('rests between blocks, 49 times as long as it works', async () => {
    await using home = await temporaryDirectory();
    const { rests, done } = compress(home.path, 10);
    await done;
    expect(rests).toEqual([490, 490]);
  });

  it('rests a second at most', async () => {
    await using home = await temporaryDirectory();
    const { rests, done } = compress(home.path, 1000);
    await done;
    expect(rests).toEqual([1000, 1000]);
  });

  it('does not rest when room is needed soon', async () => {
    await using home = await temporaryDirectory();
    const { rests, done } = compress(home.path, 10, true);
    await done;
    expect(rests).toEqual([]);
  });

  it.each(['during a rest', 'before'])(
    'leaves the plain file when it is aborted %s',
    async (when) => {
      await using home = await temporaryDirectory();
      const files = filesOf(home.path, 'node');
      writeFileSync(files.segment(stem), threeBlocks);
      const clock = fakeClock();
      const stop = new AbortController();
      if (when === 'before') stop.abort();
      const compression = { clock, signal: stop.signal, isUrgent: () => false };
      const done = compressSegment(files, stem, compression);
      if (when !== 'before') {
        await waitFor(() => clock.pending === 1, { what: 'the first rest', everyMs: 1 });
        stop.abort();
      }
      expect(await done).toBeNull();
      expect(clock.pending).toBe(0);
      expect(readdirSync(home.path)).toEqual([`${stem}.log`]);
    },
  );

  it('leaves nothing behind when the segment is gone', async () => {
    await using home = await temporaryDirectory();
    const compression = {
      clock: fakeClock(),
      signal: new AbortController().signal,
      isUrgent: () => false,
    };
    const done = compressSegment(filesOf(home.path, 'node'), stem, compression);
    await expect(done).rejects.toMatchObject({ code: 'ENOENT' });
    expect(readdirSync(home.path)).toEqual([]);
  });
});

const stems = [1, 2, 3, 4].map((at) => `node-2026030${at}T000000000Z`);

/** Four segments, and what is reported of them. */
function fourSegments(directory: string, bytes: Buffer, options: Partial<LogStoreOptions>) {
  const files = filesOf(directory, 'node');
  for (const each of stems) {
    writeFileSync(files.segment(each), bytes);
    writeFileSync(files.segmentIndex(each), 'index');
  }
  const complete = completeOptions({ directory, name: 'node', ...options });
  const events: StoreEvent[] = [];
  const log = { files, options: () => complete, emit: (event: StoreEvent) => events.push(event) };
  const compressed = (): readonly (string | undefined)[] =>
    stems.filter((each) => existsSync(files.compressed(each)));
  return { files, log, events, compressed };
}

describe('enforceRetention', () => {
  const signal = new AbortController().signal;

  it('removes the oldest with their indexes, then compresses what is left, oldest first', async () => {
    await using home = await temporaryDirectory();
    const { files, log, events } = fourSegments(home.path, Buffer.from('x\n'), { maxFiles: 2 });
    await enforceRetention({ ...log, clock: fakeClock(), signal });
    const kept = stems.slice(2);
    expect(events).toEqual([
      { type: 'removed', segments: stems.slice(0, 2) },
      ...kept.map((each) => ({
        type: 'compressed',
        segment: files.compressed(each),
        bytes: statSync(files.compressed(each)).size,
      })),
    ]);
    const names = kept.flatMap((each) => [`${each}.index`, `${each}.log.gz`]);
    expect(readdirSync(home.path).toSorted()).toEqual(names);
  });

  it('compresses nothing unasked, but finishes what was compressed already', async () => {
    await using home = await temporaryDirectory();
    const off = { compress: false };
    const { files, log, compressed } = fourSegments(home.path, Buffer.from('x\n'), off);
    writeFileSync(files.compressed(stems[1] ?? ''), 'from before we died');
    await enforceRetention({ ...log, clock: fakeClock(), signal });
    expect(compressed()).toEqual([stems[1]]);
    expect(existsSync(files.segment(stems[1] ?? ''))).toBe(false);
    expect(existsSync(files.segment(stems[0] ?? ''))).toBe(true);
  });

  it.each([
    ['does not rest when the next segment would push out older ones', 8 * mebibyte + 4, 0],
    ['rests when there is room for the next', 10 * mebibyte, 2],
  ])('%s', async (_, maxTotalBytes, rests) => {
    await using home = await temporaryDirectory();
    const limits = { maxSizeBytes: mebibyte, maxTotalBytes };
    const { log, events } = fourSegments(home.path, threeBlocks, limits);
    const { clock, rests: found } = restlessClock(1);
    const stop = new AbortController();
    const emit = (event: StoreEvent) => {
      events.push(event);
      stop.abort();
    };
    await enforceRetention({ ...log, emit, clock, signal: stop.signal });
    expect(found).toHaveLength(rests);
    expect(events).toHaveLength(1);
  });

  it('goes on when a segment was removed meanwhile', async () => {
    await using home = await temporaryDirectory();
    const { files, log, events, compressed } = fourSegments(home.path, Buffer.from('x\n'), {});
    // A link that leads nowhere is listed, and cannot be opened.
    const { rmSync, symlinkSync } = await import('node:fs');
    rmSync(files.segment(stems[0] ?? ''));
    symlinkSync('/no/such/file', files.segment(stems[0] ?? ''));
    await enforceRetention({ ...log, clock: fakeClock(), signal });
    expect(compressed()).toEqual(stems.slice(1));
    expect(events).toHaveLength(3);
  });
});

describe('a retention worker', () => {
  it('enforces new limits at once, also during a compression', async () => {
    await using home = await temporaryDirectory();
    const { files, log } = fourSegments(home.path, threeBlocks, {});
    let { maxFiles } = log.options();
    const options = () => ({ ...log.options(), maxFiles });
    const clock = fakeClock();
    const worker = createRetentionWorker({ ...log, options, clock });
    worker.start();
    await waitFor(() => clock.pending === 1, { what: 'the first rest', everyMs: 1 });
    maxFiles = 1;
    worker.limitsChanged();
    const plain = () => stems.filter((each) => existsSync(files.segment(each)));
    expect(plain()).toEqual([stems[3]]);
    await worker.dispose();
    expect(clock.pending).toBe(0);
  });

  it('runs once at a time, again when something changed meanwhile, and no more when disposed', async () => {
    await using home = await temporaryDirectory();
    const { files, log, events, compressed } = fourSegments(home.path, Buffer.from('x\n'), {});
    const worker = createRetentionWorker({ ...log, clock: fakeClock() });
    worker.start();
    worker.start();
    await waitFor(() => events.length === 4, { what: 'four compressions', everyMs: 1 });
    expect(compressed()).toEqual(stems);
    const late = 'node-20260305T000000000Z';
    writeFileSync(files.segment(late), 'y\n');
    worker.start();
    worker.limitsChanged();
    worker.start();
    await waitFor(() => existsSync(files.compressed(late)), { what: 'the fifth', everyMs: 1 });
    await worker.dispose();
    writeFileSync(files.segment(late), 'z\n');
    worker.limitsChanged();
    worker.start();
    await worker.dispose();
    expect(existsSync(files.segment(late))).toBe(true);
    expect(events.filter(({ type }) => type !== 'compressed')).toEqual([]);
  });

  it('reports what fails', async () => {
    await using home = await temporaryDirectory();
    const { log, events } = fourSegments(home.path, Buffer.from('x\n'), {});
    const gone = { ...log, options: () => ({ ...log.options(), directory: '/proc/self/mem' }) };
    const worker = createRetentionWorker({ ...gone, clock: fakeClock() });
    worker.limitsChanged();
    worker.start();
    await worker.dispose();
    expect(events).toHaveLength(2);
    expect(events).toMatchObject([{ type: 'error' }, { type: 'error' }]);
  });
});
