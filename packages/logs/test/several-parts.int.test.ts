import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fakeClock, temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastLines, openLogStore, type StoreEvent } from '../src/index.ts';
import { at, line, read, writeThreeParts, writtenAt } from './support/three-parts.ts';

/** Compresses both segments of three parts. */
async function compressSegments(directory: string): Promise<readonly StoreEvent[]> {
  const events: StoreEvent[] = [];
  // The lines name no year: they are indexed when they were written.
  const clock = fakeClock(writtenAt.getTime());
  const onEvent = (event: StoreEvent) => void events.push(event);
  const store = openLogStore({ directory, name: 'node' }, { clock, onEvent });
  store.watch(() => null);
  await clock.advance(0);
  await waitFor(() => store.figures.compressed === 2, { what: 'two compressions', everyMs: 5 });
  await store.dispose();
  return events;
}

const filesIn = (directory: string, suffix: string): readonly string[] =>
  readdirSync(directory)
    .filter((name) => name.endsWith(suffix))
    .map((name) => join(directory, name));

describe('a log of several parts', () => {
  it.each([true, false])('is read as one, compressed: %s', async (compress) => {
    await using home = await temporaryDirectory();
    const log = { directory: home.path, name: 'node' };
    const lines = await writeThreeParts(home.path);
    if (compress) await compressSegments(home.path);
    expect(filesIn(home.path, '.gz')).toHaveLength(compress ? 2 : 0);
    const progress = { bytes: 0, of: 0 };
    expect(await read({ ...log, progress })).toEqual(lines);
    const bytes = Buffer.byteLength(`${lines.join('\n')}\n`);
    expect(progress).toEqual({ bytes, of: bytes });
    expect(await read({ ...log, lines: 1500 })).toEqual(lines.slice(-1500));
    expect(await lastLines(home.path, 'node', 1)).toEqual(['  continued']);
    const warnings = lines.filter((record) => record.startsWith('WARN'));
    expect(await read({ ...log, level: 'warn' })).toEqual(warnings);
    expect(await read({ ...log, level: 'warn', lines: 15, grep: 'continued$' })).toEqual(
      warnings.slice(-15),
    );
    const peers = lines.filter((record) => /peers=[34]/.test(record));
    expect(await read({ ...log, grep: 'peers=[34]' })).toEqual(peers);
    const others = lines.filter((record) => !/peers=[34]/.test(record));
    expect(await read({ ...log, grep: /peers=[34]/, invert: true, lines: 1200 })).toEqual(
      others.slice(-1200),
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -5, max: 3005 }), fc.nat(400), async (since, length) => {
        const until = since + length;
        const wanted = lines.slice(Math.max(0, since), Math.max(0, until + 1));
        expect(await read({ ...log, since: at(since), until: at(until) })).toEqual(wanted);
        expect(await read({ ...log, since: at(since), until: at(until), lines: 3 })).toEqual(
          wanted.slice(-3),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('is unpacked by zcat, and read when gzip compressed it', async () => {
    await using home = await temporaryDirectory();
    const lines = await writeThreeParts(home.path);
    const events = await compressSegments(home.path);
    const packed = filesIn(home.path, '.gz');
    expect(events).toEqual(
      packed.map((segment) => ({
        type: 'compressed',
        segment,
        bytes: readFileSync(segment).length,
      })),
    );
    const [first = ''] = packed;
    const plain = execFileSync('gzip', ['-dc', first]);
    expect(plain.toString()).toBe(`${lines.slice(0, 1000).join('\n')}\n`);
    writeFileSync(first, execFileSync('gzip', ['-c'], { input: plain }));
    expect(await read({ directory: home.path, name: 'node' })).toEqual(lines);
  });

  it('is found in time also without an index, or with a damaged one', async () => {
    await using home = await temporaryDirectory();
    const lines = await writeThreeParts(home.path);
    const since = { directory: home.path, name: 'node', since: at(1990) };
    const indexes = filesIn(home.path, '.index');
    expect(indexes).toHaveLength(2);
    for (const path of indexes) writeFileSync(path, 'damaged');
    expect(await read(since)).toEqual(lines.slice(1990));
    for (const path of indexes) rmSync(path);
    expect(await read(since)).toEqual(lines.slice(1990));
  });

  it('is found by the times of its lines when it was rotated long after they were written', async () => {
    await using home = await temporaryDirectory();
    const log = { directory: home.path, name: 'node' };
    const lines = await writeThreeParts(home.path, { compress: true });
    for (const second of [0, 999, 1000, 1999, 2000, 2999]) {
      expect(await read({ ...log, since: at(second) })).toEqual(lines.slice(second));
      expect(await read({ ...log, until: at(second) })).toEqual(lines.slice(0, second + 1));
    }
  });

  it('is followed from its end, with no more lines before than were asked for', async () => {
    await using home = await temporaryDirectory();
    const lines = await writeThreeParts(home.path);
    const clock = fakeClock(writtenAt.getTime());
    const log = { directory: home.path, name: 'node', compress: false };
    const store = openLogStore(log, { clock });
    await store.rotate(null);
    await store.dispose();
    appendFileSync(store.livePath, `${line(3000)}\n${line(3001)}\n`);
    utimesSync(store.livePath, writtenAt, writtenAt);
    const options = { ...log, follow: true, finish: AbortSignal.abort() };
    expect(await read({ ...options, lines: 1 })).toEqual([line(3001)]);
    expect(await read({ ...options, lines: 3 })).toEqual([lines.at(-1), line(3000), line(3001)]);
  });
});

describe('lines without a time', () => {
  it('are found by when they were captured', async () => {
    await using home = await temporaryDirectory();
    const clock = fakeClock(Date.parse('2026-03-04T09:00:00Z'));
    const log = { directory: home.path, name: 'node' };
    const store = openLogStore({ ...log, compress: false }, { clock });
    for (const hour of [9, 10, 11]) {
      appendFileSync(store.livePath, `plain line of ${hour}\n`);
      await store.rotate(null);
      await clock.advance(3_600_000);
    }
    await store.dispose();
    const found = await read({
      ...log,
      since: new Date('2026-03-04T09:30:00Z'),
      until: new Date('2026-03-04T10:30:00Z'),
    });
    expect(found).toEqual(['plain line of 10']);
  });
});
