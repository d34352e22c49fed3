import {
  type PathLike,
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { fakeClock, temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { openLogStore, readLog, type StoreEvent } from '../src/index.ts';
import { filesOf } from '../src/layout.ts';
import { systemStorePorts, type LogStorePorts } from '../src/ports.ts';
import { readJournal } from '../src/rotation-journal.ts';
import { faultIn, startFlood, wholeLog, steadily } from './support/flood.ts';
import { unit } from './support/ways.ts';

const none = { groupId: 1, pause: () => false, resume: () => undefined };
const numbered = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, at) => `${from + at} a line\n`).join('');

/** A store that cuts, on a fake clock, with its events. */
function openStore(directory: string, ports: Partial<LogStorePorts> = {}) {
  const events: StoreEvent[] = [];
  const clock = fakeClock();
  const store = openLogStore(
    { directory, name: 'node', compress: false, maxFiles: 500 },
    { clock, onEvent: (event) => events.push(event), ...ports },
  );
  return { store, clock, events, files: filesOf(directory, 'node') };
}

const segmentsIn = (directory: string): readonly string[] =>
  readdirSync(directory).filter((name) => /^node-.*\.log$/.test(name));

async function linesOf(directory: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const { bytes } of readLog({ directory, name: 'node' })) {
    lines.push(Buffer.from(bytes).toString());
  }
  return lines;
}

describe.skipIf(unit === null)('a log that is cut under its writers', () => {
  const block = unit ?? 4096;

  it.each([
    ['after the last block with which a line ends', 17, 17],
    ['after its last block where none does in its last quarter', 14, 20],
  ])('is cut %s; the rest stays', async (_, lineBlocks, blocks) => {
    await using home = await temporaryDirectory();
    const { store, files } = openStore(home.path);
    const text = `${'x'.repeat(lineBlocks * block - 1)}\n${'y'.repeat((20 - lineBlocks) * block)}rest`;
    writeFileSync(files.live, text);
    const bytes = blocks * block;
    expect(await store.rotate(none)).toMatchObject({ rotated: true, bytes, pauseMs: 0 });
    expect(readFileSync(files.live, 'utf8')).toBe(text.slice(bytes));
    const [segment = ''] = segmentsIn(home.path);
    expect(readFileSync(`${home.path}/${segment}`, 'utf8')).toBe(text.slice(0, bytes));
    expect(statSync(`${home.path}/${segment}`).mode & 0o777).toBe(0o600);
    expect(existsSync(files.journal)).toBe(false);
    await store.dispose();
  });

  it('is cut within a line where no line ends with a block, and read as if it were not', async () => {
    await using home = await temporaryDirectory();
    const { store, files } = openStore(home.path);
    const text = `${'x'.repeat(3 * block)}\n`;
    writeFileSync(files.live, text);
    expect(await store.rotate(none)).toMatchObject({ bytes: 3 * block });
    expect(readFileSync(files.live, 'utf8')).toBe('\n');
    expect(await linesOf(home.path)).toEqual(['x'.repeat(3 * block)]);
    await store.dispose();
  });

  it('keeps its last byte, as the system cannot cut all of a file', async () => {
    await using home = await temporaryDirectory();
    const { store, files } = openStore(home.path);
    writeFileSync(files.live, 'x'.repeat(2 * block));
    expect(await store.rotate(none)).toMatchObject({ bytes: block });
    expect(statSync(files.live).size).toBe(block);
    await store.dispose();
  });

  it('is paused and truncated where it has no more than a block', async () => {
    await using home = await temporaryDirectory();
    const { store, files } = openStore(home.path);
    using flood = startFlood(store, {
      wrapper: ['/bin/sh', '-c', 'echo one line; exec sleep 60', 'sh'],
    });
    await waitFor(() => statSync(files.live).size > 0, { what: 'the line' });
    expect(await store.rotate(flood.pausable)).toMatchObject({ rotated: true });
    expect(statSync(files.live).size).toBe(0);
    await store.dispose();
  });

  it.each([
    ['setsid', ['setsid']],
    ['timeout', ['/bin/sh', '-c', 'timeout 60 "$@"; exit $?', 'sh']],
    ['a plain shell', ['/bin/sh', '-c', '"$@"; exit $?', 'sh']],
    ['a shell that leaves it behind', ['/bin/sh', '-c', 'setsid "$@" & exec sleep 60', 'sh']],
  ])('loses and repeats no line of a writer behind %s', async (_, wrapper) => {
    await using home = await temporaryDirectory();
    const store = openLogStore({
      directory: home.path,
      name: 'node',
      compress: false,
      maxFiles: 500,
    });
    using flood = startFlood(store, { lines: 150_000, blockBytes: 16_384, pauseMs: 1, wrapper });
    const signals: string[] = [];
    const pausable = { ...flood.pausable, pause: () => signals.push('pause') > 0 };
    const last = Buffer.from('150000 a line');
    for (let isLast = false; !isLast;) {
      isLast = readFileSync(store.livePath).includes(last);
      if (statSync(store.livePath).size > block) await store.rotate(pausable);
      else await new Promise((resolve) => setImmediate(resolve));
    }
    await store.dispose();
    expect(store.figures.rotations).toBeGreaterThan(1);
    expect(signals).toEqual([]);
    expect(faultIn(wholeLog(home.path), 150_000)).toBeNull();
  });

  it('gives a reader that opened it before the same bytes, also behind the cut', async () => {
    await using home = await temporaryDirectory();
    const { store, files } = openStore(home.path);
    const text = numbered(1, 30_000);
    writeFileSync(files.live, text);
    const records = readLog({ directory: home.path, name: 'node' });
    const first = await records.next();
    const lines = [Buffer.from(first.value?.bytes ?? []).toString()];
    expect(await store.rotate(none)).toMatchObject({ rotated: true });
    appendFileSync(files.live, numbered(30_001, 60_000));
    expect(await store.rotate(none)).toMatchObject({ rotated: true });
    for await (const { bytes } of records) lines.push(Buffer.from(bytes).toString());
    expect(`${lines.join('\n')}\n`).toBe(text);
    await store.dispose();
  });

  it('has an index of what is behind the cut', async () => {
    await using home = await temporaryDirectory();
    const { store, clock, files } = openStore(home.path);
    writeFileSync(files.live, '');
    store.watch(() => none);
    await clock.advance(2000);
    appendFileSync(files.live, `${'x'.repeat(block - 1)}\n`);
    await clock.advance(2000);
    appendFileSync(files.live, 'behind the cut\n');
    await clock.advance(2000);
    const times = readFileSync(files.index, 'utf8').trimEnd().split('\n').slice(1);
    expect(times.map((line) => line.split(' ')[1])).toEqual(['0', String(block)]);
    await store.rotate(none);
    const [stem = ''] = segmentsIn(home.path).map((name) => name.replace('.log', ''));
    expect(readFileSync(files.index, 'utf8')).toBe(
      `wemixvisor-index 1 ${stem}\n${times[1]?.split(' ')[0]} 0\n`,
    );
    await store.dispose();
  });

  it('is whole again, and paused from then on, where the system does not cut it', async () => {
    await using home = await temporaryDirectory();
    const refuses = (): never => {
      throw new Error('EOPNOTSUPP');
    };
    const files = { ...systemStorePorts.files, collapseSync: refuses };
    const store = openLogStore({ directory: home.path, name: 'node', compress: false }, { files });
    using flood = startFlood(store, steadily);
    await waitFor(() => statSync(store.livePath).size > 2 * block, { what: 'lines', everyMs: 5 });
    expect(await store.rotate(flood.pausable)).toMatchObject({
      reason: 'failed',
      error: { message: 'EOPNOTSUPP' },
    });
    expect(segmentsIn(home.path)).toEqual([]);
    expect(existsSync(filesOf(home.path, 'node').journal)).toBe(false);
    const report = await store.rotate(flood.pausable);
    expect(report).toMatchObject({ rotated: true, pauseMs: expect.any(Number) });
    expect(report.rotated && report.pauseMs).toBeGreaterThan(0);
    flood.child.kill();
    await flood.ended;
    await store.dispose();
    const whole = wholeLog(home.path);
    expect(faultIn(whole.subarray(0, whole.lastIndexOf(10) + 1))).toBeNull();
  });

  it('is cut at the next try when the system refused for want of memory', async () => {
    await using home = await temporaryDirectory();
    let refusals = 0;
    const { collapseSync } = systemStorePorts.files;
    const calls = {
      ...systemStorePorts.files,
      collapseSync: (descriptor: number, bytes: number) => {
        refusals += 1;
        if (refusals <= 2) throw Object.assign(new Error('no memory'), { code: 'ENOMEM' });
        collapseSync(descriptor, bytes);
      },
    };
    const { store, files } = openStore(home.path, { files: calls });
    writeFileSync(files.live, numbered(1, 5000));
    expect(await store.rotate(none)).toMatchObject({ rotated: false });
    expect(faultIn(wholeLog(home.path), 5000)).toBeNull();
    expect(await store.rotate(none)).toMatchObject({ rotated: true, pauseMs: 0 });
    expect(faultIn(wholeLog(home.path), 5000)).toBeNull();
    await store.dispose();
  });

  it('is rotated after all when only the first of two tries is refused', async () => {
    await using home = await temporaryDirectory();
    let refusals = 0;
    const { collapseSync } = systemStorePorts.files;
    const calls = {
      ...systemStorePorts.files,
      collapseSync: (descriptor: number, bytes: number) => {
        refusals += 1;
        if (refusals === 1) throw new Error('EINTR');
        collapseSync(descriptor, bytes);
      },
    };
    const { store, files, events } = openStore(home.path, { files: calls });
    writeFileSync(files.live, numbered(1, 5000));
    const report = await store.rotate(none);
    expect(report).toMatchObject({ rotated: true, pauseMs: 0 });
    expect(report.rotated && existsSync(report.segment)).toBe(true);
    expect(events).toEqual([{ type: 'rotation', report }]);
    expect(faultIn(wholeLog(home.path), 5000)).toBeNull();
    await store.dispose();
  });

  it('is read right while it stands halfway, and completed when the system lets it', async () => {
    await using home = await temporaryDirectory();
    let refuse = true;
    const { collapseSync, renameSync } = systemStorePorts.files;
    let renames = 0;
    const calls = {
      ...systemStorePorts.files,
      collapseSync: (descriptor: number, bytes: number) => {
        if (refuse) throw new Error('EIO');
        collapseSync(descriptor, bytes);
      },
      // The first makes the copy a segment, the second would take it back.
      renameSync: (from: PathLike, to: PathLike) => {
        renames += 1;
        if (refuse && renames > 1) throw new Error('EIO');
        renameSync(from, to);
      },
    };
    const { store, clock, files, events } = openStore(home.path, { files: calls });
    const text = numbered(1, 5000);
    writeFileSync(files.live, text);
    expect(await store.rotate(none)).toMatchObject({ reason: 'failed', error: { message: 'EIO' } });
    expect(readJournal(files.journal)).toMatchObject({ way: 'cut', isMarked: true });
    // Five seconds later readers take the journal for one that was left.
    utimesSync(files.journal, 0, 0);
    expect(`${(await linesOf(home.path)).join('\n')}\n`).toBe(text);
    const records = readLog({ directory: home.path, name: 'node' });
    const lines = [Buffer.from((await records.next()).value?.bytes ?? []).toString()];
    appendFileSync(files.live, numbered(5001, 5002));
    store.watch(() => none);
    await clock.advance(2000);
    expect(events.map(({ type }) => type)).toEqual(['rotation']);
    refuse = false;
    const bytes = readJournal(files.journal)?.bytes;
    expect(await store.rotate(none)).toMatchObject({ rotated: true, bytes });
    expect(faultIn(wholeLog(home.path), 5002)).toBeNull();
    expect(store.figures).toMatchObject({ rotations: 1, lostBytes: 0 });
    // A reader that was open all the while.
    for await (const { bytes: each } of records) lines.push(Buffer.from(each).toString());
    expect(`${lines.join('\n')}\n`).toBe(text);
    await store.dispose();
  });

  it('is left as it is where it cannot even be copied', async () => {
    await using home = await temporaryDirectory();
    const { store, clock, files } = openStore(home.path);
    writeFileSync(files.live, numbered(1, 5000));
    const time = new Date(clock.now()).toISOString().replace(/[-:.]/g, '');
    mkdirSync(`${home.path}/node-${time}.log.partial/x`, { recursive: true });
    expect(await store.rotate(none)).toMatchObject({ rotated: false, reason: 'failed' });
    expect(faultIn(readFileSync(files.live), 5000)).toBeNull();
    await store.dispose();
  });
});
