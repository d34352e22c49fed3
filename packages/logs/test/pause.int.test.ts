import {
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fakeClock, temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { openLogStore, type StoreEvent } from '../src/index.ts';
import { filesOf } from '../src/layout.ts';
import { systemStorePorts, type LogStorePorts } from '../src/ports.ts';
import { findCollapseUnit } from '../src/store/rotate/collapse-head.ts';
import { faultIn, startFlood, wholeLog, type Flood, steadily } from './support/flood.ts';

const memory = '/dev/shm';
const tmpfs = 0x01021994;
const hasTmpfs = existsSync(memory) && statfsSync(memory).type === tmpfs;
const options = { name: 'node', compress: false, maxFiles: 500 };

function stateOf({ child }: Flood): string {
  return /\) (\w)/.exec(readFileSync(`/proc/${child.pid}/stat`, 'latin1'))?.[1] ?? '';
}

/** A store that has to pause, with what it tells. */
function openStore(directory: string, ports: Partial<LogStorePorts> = {}) {
  const events: StoreEvent[] = [];
  const store = openLogStore(
    { directory, ...options },
    { collapseUnit: () => null, onEvent: (event) => events.push(event), ...ports },
  );
  return { store, events, told: (type: string) => events.filter((event) => event.type === type) };
}

describe.skipIf(!hasTmpfs)('a log on a tmpfs', () => {
  it('cannot be cut, and is rotated in pauses without losing a line', async () => {
    const directory = mkdtempSync(join(memory, 'wemixvisor-log-'));
    try {
      const store = openLogStore({ directory, ...options });
      using flood = startFlood(store, { lines: 200_000, blockBytes: 4096, pauseMs: 1 });
      expect(findCollapseUnit(filesOf(directory, 'node'))).toBeNull();
      while (flood.child.exitCode === null) {
        const report = await store.rotate(flood.pausable);
        if (report.rotated) expect(report.pauseMs).toBeGreaterThan(0);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await store.dispose();
      expect(store.figures.rotations).toBeGreaterThan(1);
      expect(faultIn(wholeLog(directory), 200_000)).toBeNull();
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

/** For seconds, so that it still writes when a busy machine comes to rotate its log. */
const slowly = { lines: 4_000, blockBytes: 1024, pauseMs: 20 };

describe.runIf(process.platform === 'linux')('a log that must be paused', () => {
  it.each([
    ['setsid', ['setsid', '-w']],
    ['timeout', ['/bin/sh', '-c', 'timeout 60 "$@"; exit $?', 'sh']],
    ['a shell that leaves it behind', ['/bin/sh', '-c', 'setsid "$@" & exec sleep 60', 'sh']],
  ])('is not rotated behind %s, which is told once', async (_, wrapper) => {
    await using home = await temporaryDirectory();
    const { store, told } = openStore(home.path);
    using flood = startFlood(store, { ...slowly, wrapper });
    const signals: string[] = [];
    const pausable = {
      ...flood.pausable,
      pause: () => signals.push('pause') > 0,
      resume: () => void signals.push('resume'),
    };
    await waitFor(() => statSync(store.livePath).size > 0, { what: 'lines', everyMs: 5 });
    for (let at = 0; at < 2; at += 1) {
      expect(await store.rotate(pausable)).toMatchObject({
        rotated: false,
        reason: 'cannot-pause',
        error: {
          message: expect.stringMatching(/^process \d+ \(.+\) writes to the log and is not/),
        },
      });
    }
    expect(signals).toEqual([]);
    expect(told('cannot-pause')).toHaveLength(1);
    expect(store.figures.failedRotations).toBe(2);
    await waitFor(() => readFileSync(store.livePath).includes(`\n${slowly.lines} a`), {
      what: 'the end',
    });
    expect(faultIn(wholeLog(home.path), slowly.lines)).toBeNull();
    // Nobody writes any more, and then somebody else does.
    flood[Symbol.dispose]();
    await flood.ended;
    expect(await store.rotate(null)).toMatchObject({ rotated: true });
    using next = startFlood(store, { ...slowly, wrapper });
    await waitFor(() => statSync(store.livePath).size > 0, { what: 'lines', everyMs: 5 });
    for (let at = 0; at < 2; at += 1) {
      await store.rotate({ ...pausable, groupId: next.pausable.groupId });
    }
    expect(told('cannot-pause')).toHaveLength(2);
    await store.dispose();
  });

  it.each([1, 2, 3])(
    'loses no line where somebody else wakes the node in a pause (after its write %i)',
    async (nth) => {
      await using home = await temporaryDirectory();
      const lines = 60_000;
      let woken = 0;
      let writes = 0;
      const { files } = systemStorePorts;
      const ports: Partial<LogStorePorts> = {
        files: {
          ...files,
          writeSync(...call) {
            const written = files.writeSync(...call);
            // What comes before the pause depends on the speed of the machine.
            if (stateOf(flood) === 'T') writes += 1;
            if (writes !== nth || woken > 0) return written;
            // The node writes for as long as this process is held up.
            flood.pausable.resume();
            woken = statSync(store.livePath).size;
            for (let look = 0; statSync(store.livePath).size === woken && look < 400; look += 1) {
              Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
            }
            return written;
          },
        },
      };
      const { store, told } = openStore(home.path, ports);
      using flood = startFlood(store, { ...steadily, lines });
      await waitFor(() => statSync(store.livePath).size > 0, { what: 'lines', everyMs: 5 });
      const report = await store.rotate(flood.pausable);
      // The first write may be of the copy, which then takes what was written meanwhile too.
      if (!report.rotated) expect(report).toMatchObject({ reason: 'cannot-pause' });
      expect(woken).toBeGreaterThan(0);
      expect(stateOf(flood)).not.toBe('T');
      // A machine that was busy may come here when the flood has ended: then there is nobody to pause.
      const writers = () => (flood.child.exitCode === null ? flood.pausable : null);
      await waitFor(async () => (await store.rotate(writers())).rotated, { what: 'a rotation' });
      await flood.ended;
      await store.dispose();
      expect(told('error')).toEqual([]);
      expect(faultIn(wholeLog(home.path), lines)).toBeNull();
    },
  );

  it('is not rotated, and its node not woken, while the operator has the node stopped', async () => {
    await using home = await temporaryDirectory();
    const { store, told } = openStore(home.path);
    using flood = startFlood(store, steadily);
    await waitFor(() => statSync(store.livePath).size > 0, { what: 'lines', everyMs: 5 });
    flood.pausable.pause();
    await waitFor(() => stateOf(flood) === 'T', { what: 'the node to stop', everyMs: 5 });
    for (let at = 0; at < 2; at += 1) {
      expect(await store.rotate(flood.pausable)).toMatchObject({ reason: 'cannot-pause' });
    }
    expect(stateOf(flood)).toBe('T');
    expect(told('cannot-pause')).toMatchObject([
      { error: { message: expect.stringContaining(`kill -CONT ${flood.child.pid}`) } },
    ]);
    flood.pausable.resume();
    await waitFor(() => stateOf(flood) !== 'T', { what: 'the node to run', everyMs: 5 });
    expect(await store.rotate(flood.pausable)).toMatchObject({ rotated: true });
    await store.dispose();
  });

  it.runIf(process.getuid?.() === 0 && existsSync('/bin/su'))(
    'leaves su running, which stops itself when it sees its child paused',
    async () => {
      await using home = await temporaryDirectory();
      const { store } = openStore(home.path);
      const su = `su -p -s /bin/sh -c 'exec "$0" "$@"' root -- "$@"; exit $?`;
      using flood = startFlood(store, { ...steadily, wrapper: ['/bin/sh', '-c', su, 'sh'] });
      await waitFor(() => statSync(store.livePath).size > 0, { what: 'lines', everyMs: 5 });
      for (let at = 0; at < 30; at += 1) {
        expect(await store.rotate(flood.pausable)).toMatchObject({ rotated: true });
        await waitFor(() => statSync(store.livePath).size > 0, { what: 'lines', everyMs: 5 });
      }
      await store.dispose();
    },
  );

  it('is not truncated while a process without a name for it writes', async () => {
    await using home = await temporaryDirectory();
    const { store } = openStore(home.path);
    using flood = startFlood(store, steadily);
    await waitFor(() => statSync(store.livePath).size > 0, { what: 'lines', everyMs: 5 });
    expect(await store.rotate(null)).toMatchObject({
      reason: 'still-writing',
      error: { message: `process ${flood.child.pid} (node) still writes to the log` },
    });
    await store.dispose();
  });
});

describe('a log that another program moves away', () => {
  it('is missed within a look, once, and again when it is replaced', async () => {
    await using home = await temporaryDirectory();
    const clock = fakeClock();
    const { store, told, events } = openStore(home.path, { clock });
    writeFileSync(store.livePath, 'some lines\n');
    store.watch(() => null);
    await clock.advance(5000);
    const elsewhere = join(home.path, 'taken.log');
    renameSync(store.livePath, elsewhere);
    await clock.advance(1000);
    expect(told('moved-by-other')).toMatchObject([
      { error: { message: expect.stringContaining(store.livePath) } },
    ]);
    await clock.advance(5000);
    renameSync(elsewhere, store.livePath);
    await clock.advance(5000);
    expect(told('moved-by-other')).toHaveLength(1);
    renameSync(store.livePath, elsewhere);
    writeFileSync(store.livePath, '');
    await clock.advance(1000);
    expect(told('moved-by-other')).toHaveLength(2);
    await clock.advance(5000);
    expect(events).toHaveLength(2);
    await store.dispose();
  });

  it('is the one that is there when the writer is started anew', async () => {
    await using home = await temporaryDirectory();
    const clock = fakeClock();
    const { store, events } = openStore(home.path, { clock });
    writeFileSync(store.livePath, 'some lines\n');
    store.watch(() => null);
    await clock.advance(1000);
    renameSync(store.livePath, join(home.path, 'taken.log'));
    store.openForAppend();
    writeFileSync(store.livePath, 'x\n');
    await clock.advance(5000);
    expect(events.filter(({ type }) => type === 'moved-by-other')).toEqual([]);
    await store.dispose();
  });
});
