import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  lastLines,
  openLogStore,
  readLog,
  type LogStoreOptions,
  type ReadOptions,
  type StoreEvent,
} from '../src/index.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

async function read(options: ReadOptions): Promise<string[]> {
  const found: string[] = [];
  for await (const { bytes } of readLog(options)) found.push(text(bytes));
  return found;
}

const start = new Date();
start.setMilliseconds(0);
const at = (seconds: number): Date => new Date(start.getTime() - 3_600_000 + seconds * 1000);
const p = (value: number, length = 2): string => String(value).padStart(length, '0');
const line = (seconds: number, level = 'INFO ', more = ''): string => {
  const time = at(seconds);
  const day = `${p(time.getMonth() + 1)}-${p(time.getDate())}`;
  const clock = `${p(time.getHours())}:${p(time.getMinutes())}:${p(time.getSeconds())}`;
  return `${level}[${day}|${clock}.000] line ${seconds} of the node${' '.repeat(20)}peers=${seconds % 7}${more}`;
};

/** A log in three parts: compressed, plain and live, with a line a second. */
async function threeParts(
  directory: string,
  options: Partial<LogStoreOptions> = {},
): Promise<string[]> {
  const store = openLogStore({ directory, name: 'node', compress: false, ...options });
  const lines = Array.from({ length: 3000 }, (_, second) =>
    second % 100 === 99 ? `${line(second, 'WARN ')}\n  continued` : line(second),
  );
  for (const part of [lines.slice(0, 1000), lines.slice(1000, 2000)]) {
    appendFileSync(store.livePath, `${part.join('\n')}\n`);
    expect(await store.rotate(null)).toMatchObject({ rotated: true });
  }
  appendFileSync(store.livePath, `${lines.slice(2000).join('\n')}\n`);
  await store.dispose();
  return lines;
}

describe('a log of several parts', () => {
  it.each([true, false])('is read as one, compressed: %s', async (compress) => {
    await using home = await temporaryDirectory();
    const log = { directory: home.path, name: 'node' };
    const lines = await threeParts(home.path);
    const store = openLogStore({ ...log, compress });
    store.watch(() => null);
    await waitFor(() => store.figures.compressed === (compress ? 2 : 0), { what: 'compression' });
    await store.dispose();
    expect(await read(log)).toEqual(lines);
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
    const lines = await threeParts(home.path);
    const store = openLogStore({ directory: home.path, name: 'node' });
    const events: string[] = [];
    store.watch(() => null);
    await waitFor(() => store.figures.compressed === 2, { what: 'compression' });
    await store.dispose();
    expect(events).toEqual([]);
    const [first = ''] = execFileSync('ls', [home.path], { encoding: 'utf8' })
      .split('\n')
      .filter((name) => name.endsWith('.gz'));
    const plain = execFileSync('gzip', ['-dc', join(home.path, first)]);
    expect(plain.toString().trimEnd()).toBe(lines.slice(0, 1000).join('\n'));
    rmSync(join(home.path, first));
    const byHand = execFileSync('gzip', ['-c'], { input: plain });
    writeFileSync(join(home.path, first), byHand);
    expect(await read({ directory: home.path, name: 'node' })).toEqual(lines);
  });

  it('is found in time also without an index, or with a damaged one', async () => {
    await using home = await temporaryDirectory();
    const lines = await threeParts(home.path);
    const since = { directory: home.path, name: 'node', since: at(2990) };
    for (const name of execFileSync('ls', [home.path], { encoding: 'utf8' }).split('\n')) {
      if (name.endsWith('.index')) writeFileSync(join(home.path, name), 'damaged');
    }
    expect(await read(since)).toEqual(lines.slice(2990));
    rmSync(join(home.path, 'node.index'), { force: true });
    expect(await read(since)).toEqual(lines.slice(2990));
  });

  it('keeps to its limits', async () => {
    await using home = await temporaryDirectory();
    await threeParts(home.path);
    const events: StoreEvent[] = [];
    const store = openLogStore(
      { directory: home.path, name: 'node', maxFiles: 1, compress: false },
      { onEvent: (event) => events.push(event) },
    );
    store.watch(() => null);
    await waitFor(() => store.figures.removed === 1, { what: 'the oldest to go' });
    store.update({ maxTotalBytes: 0 });
    await waitFor(() => store.figures.removed === 2, { what: 'all rotated ones to go' });
    expect(() => store.update({ maxFiles: 0 })).toThrow(/maxFiles/);
    await store.dispose();
    expect(events.filter(({ type }) => type === 'removed')).toHaveLength(2);
  });
});

describe('a log of which the live part is short', () => {
  it('is followed from its end, and with no more lines before than were asked for', async () => {
    await using home = await temporaryDirectory();
    const lines = await threeParts(home.path);
    const store = openLogStore({ directory: home.path, name: 'node', compress: false });
    await store.rotate(null);
    await store.dispose();
    appendFileSync(store.livePath, `${line(3000)}\n${line(3001)}\n`);
    const options = {
      directory: home.path,
      name: 'node',
      follow: true,
      finish: AbortSignal.abort(),
    };
    expect(await read({ ...options, lines: 1 })).toEqual([line(3001)]);
    expect(await read({ ...options, lines: 3 })).toEqual([lines.at(-1), line(3000), line(3001)]);
  });
});

describe('a log that was rotated long after it was written', () => {
  it('is found by the times of its lines, at the end of it too', async () => {
    await using home = await temporaryDirectory();
    const log = { directory: home.path, name: 'node' };
    const lines = await threeParts(home.path, { compress: true });
    for (const second of [0, 999, 1000, 1999, 2000, 2999]) {
      expect(await read({ ...log, since: at(second) })).toEqual(lines.slice(second));
      expect(await read({ ...log, until: at(second) })).toEqual(lines.slice(0, second + 1));
    }
  });
});

describe('lines without a time', () => {
  it('are found by when they were captured', async () => {
    await using home = await temporaryDirectory();
    let now = new Date('2026-03-04T09:00:00Z');
    const log = { directory: home.path, name: 'node' };
    const store = openLogStore({ ...log, compress: false }, { now: () => now });
    for (const hour of [9, 10, 11]) {
      now = new Date(`2026-03-04T${p(hour)}:00:00Z`);
      appendFileSync(store.livePath, `plain line of ${hour}\n`);
      await store.rotateIfDue(null);
      await store.rotate(null);
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

describe('the store', () => {
  it('rotates by age', async () => {
    await using home = await temporaryDirectory();
    let now = new Date();
    const store = openLogStore(
      { directory: home.path, name: 'node', maxAgeMs: 60_000 },
      { now: () => now },
    );
    writeFileSync(store.livePath, 'x\n');
    expect(await store.rotateIfDue(null)).toBeNull();
    now = new Date(now.getTime() + 61_000);
    expect(await store.rotateIfDue(null)).toMatchObject({ rotated: true });
    await store.dispose();
  });

  it('says once that the disk is full, and once that it is not, and goes on', async () => {
    await using home = await temporaryDirectory();
    let free = 0;
    let now = new Date('2026-03-04T09:00:00Z');
    const events: StoreEvent[] = [];
    const store = openLogStore(
      { directory: home.path, name: 'node' },
      { now: () => now, freeBytes: () => free, onEvent: (event) => events.push(event) },
    );
    store.watch(() => null);
    await waitFor(() => store.figures.diskFull, { what: 'the full disk' });
    now = new Date(now.getTime() + 61_000);
    free = 1e9;
    await waitFor(() => !store.figures.diskFull, { what: 'the room' });
    await store.dispose();
    expect(events).toEqual([
      { type: 'disk-full', freeBytes: 0 },
      { type: 'disk-recovered', freeBytes: 1e9, fullMs: 61_000 },
    ]);
  });

  it('counts what another program cut from the live file', async () => {
    await using home = await temporaryDirectory();
    const events: StoreEvent[] = [];
    const store = openLogStore(
      { directory: home.path, name: 'node' },
      { onEvent: (event) => events.push(event) },
    );
    writeFileSync(store.livePath, 'x\n'.repeat(1000));
    store.watch(() => null);
    await waitFor(() => existsSync(join(home.path, 'node.index')), { what: 'the index' });
    truncateSync(store.livePath, 0);
    await waitFor(() => store.figures.lostBytes === 2000, { what: 'the loss to be seen' });
    await store.dispose();
    expect(events).toContainEqual({ type: 'truncated-by-other', lostBytes: 2000 });
  });

  it('puts a rotation off on a full disk, and does it when there is room', async () => {
    await using home = await temporaryDirectory();
    let isFull = true;
    const { systemPorts } = await import('../src/ports.ts');
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const files = {
      ...systemPorts.files,
      copyFile: (...args: Parameters<typeof systemPorts.files.copyFile>) =>
        isFull ? Promise.reject(full) : systemPorts.files.copyFile(...args),
    };
    const store = openLogStore({ directory: home.path, name: 'node', compress: false }, { files });
    writeFileSync(store.livePath, 'x\n');
    expect(await store.rotate(null)).toMatchObject({ rotated: false, reason: 'disk-full' });
    expect(readFileSync(store.livePath, 'utf8')).toBe('x\n');
    isFull = false;
    expect(await store.rotate(null)).toMatchObject({ rotated: true, bytes: 2 });
    await store.dispose();
  });

  it('says why the log cannot be opened', async () => {
    await using home = await temporaryDirectory();
    const store = openLogStore({ directory: home.path, name: 'node' });
    mkdirSync(store.livePath);
    expect(() => store.openForAppend()).toThrow(/cannot be opened for append .*EISDIR/);
    await store.dispose();
  });
});
