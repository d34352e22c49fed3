import { appendFileSync, existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fakeClock, temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { openLogStore, writeLog, type StoreEvent } from '../src/index.ts';
import { filesOf } from '../src/layout.ts';
import { systemStorePorts, type LogStorePorts, type RotationCalls } from '../src/ports.ts';
import { recoverRotation } from '../src/store/rotate/recover-rotation.ts';
import { rotateLive } from '../src/store/rotate/rotate-live.ts';
import type { Writers } from '../src/store/rotate/writers.ts';
import { wholeLog } from './support/flood.ts';
import { unit } from './support/ways.ts';

const before = Array.from({ length: 5000 }, (_, line) => `${line} before\n`).join('');
const after = 'after the crash\n';
const draft = 'node-20260304T091501000Z';
const stem = 'node-20260304T091502118Z';

/** File calls that work up to a number of them; from then on nothing happens any more, as after a kill -9. */
function callsUntil(limit: number) {
  let calls = 0;
  const dies = (call: (...args: readonly unknown[]) => unknown) =>
    ((...args: readonly unknown[]) => {
      calls += 1;
      if (calls > limit) throw new Error('killed');
      return call(...args);
    }) as never;
  const { files } = systemStorePorts;
  const names = Object.keys(files) as (keyof RotationCalls)[];
  const wrapped = Object.fromEntries(names.map((name) => [name, dies(files[name] as never)]));
  return { files: wrapped as unknown as RotationCalls, made: () => calls };
}

const group = { groupId: 1, pause: () => true, resume: () => undefined };
const played: Partial<LogStorePorts> = {
  collapseUnit: () => null,
  startGuard: () => Promise.resolve({ release: () => undefined }),
  writerStates: { holders: () => [], watch: () => () => true, someStopped: () => false },
};
const kinds: readonly (readonly [string, Writers, Partial<LogStorePorts>])[] = [
  ['without writers', null, {}],
  ['of paused writers', group, played],
  ...(unit === null ? [] : [['that cuts', group, {}] as const]),
];

async function dieAfter(
  limit: number,
  directory: string,
  writers: Writers,
  ports: Partial<LogStorePorts>,
): Promise<boolean> {
  writeFileSync(join(directory, 'node.log'), before);
  const { files, made } = callsUntil(limit);
  const effects = { ...systemStorePorts, ...ports, files };
  await rotateLive({
    files: filesOf(directory, 'node'),
    stem: draft,
    finalStem: () => stem,
    writers,
    ports: effects,
  });
  return made() <= limit;
}

async function readText(directory: string): Promise<string> {
  const pieces: Buffer[] = [];
  await writeLog({ directory, name: 'node' }, (bytes) => void pieces.push(Buffer.from(bytes)));
  return Buffer.concat(pieces).toString();
}

describe.each(kinds)('a supervisor that dies during a rotation %s', (_kind, writers, ports) => {
  it.each([
    ['nothing more was written', ''],
    ['the node wrote a line meanwhile', after],
    ['the node wrote more than was copied', after.repeat(before.length / 8)],
    ['the node wrote the same again', before],
  ])('loses and repeats nothing at any instruction, when %s', async (_, more) => {
    for (let limit = 0, done = false; !done; limit += 1) {
      await using home = await temporaryDirectory();
      const { journal, live } = filesOf(home.path, 'node');
      done = await dieAfter(limit, home.path, writers, ports);
      appendFileSync(live, more);
      const where = `after ${limit} calls`;
      // A reader that finds a journal of long ago does not wait for its end.
      const isLeft = existsSync(journal);
      if (isLeft) utimesSync(journal, 0, 0);
      expect((await readText(home.path)) === before + more, `read ${where}`).toBe(true);
      // Whoever settles it may die as well.
      for (let died = 0; died < limit % 4; died += 1) {
        const { files } = callsUntil(died);
        try {
          recoverRotation(filesOf(home.path, 'node'), files);
        } catch {
          // Killed.
        }
      }
      const events: StoreEvent[] = [];
      const store = openLogStore(
        { directory: home.path, name: 'node', compress: false },
        { onEvent: (event) => events.push(event) },
      );
      await store.dispose();
      expect(wholeLog(home.path).toString() === before + more, `settled ${where}`).toBe(true);
      expect(existsSync(journal)).toBe(false);
      expect(readdirSync(home.path).filter((name) => name.endsWith('.partial'))).toEqual([]);
      if (isLeft && limit % 4 === 0) expect(events).toMatchObject([{ type: 'recovered' }]);
    }
  });
});

describe('a store that finds a fence', () => {
  it('resumes the writers once', async () => {
    await using home = await temporaryDirectory();
    const { fence } = filesOf(home.path, 'node');
    writeFileSync(fence, '');
    const clock = fakeClock();
    let resumed = 0;
    const writers = { groupId: 1, pause: () => false, resume: () => (resumed += 1) };
    for (let start = 0; start < 2; start += 1) {
      const store = openLogStore({ directory: home.path, name: 'node' }, { clock });
      expect(existsSync(fence)).toBe(start === 0);
      store.watch(() => writers);
      await clock.advance(5000);
      expect(resumed).toBe(1);
      await store.dispose();
    }
    expect(existsSync(fence)).toBe(false);
  });

  it('resumes nobody otherwise, whatever it finds of a rotation', async () => {
    await using home = await temporaryDirectory();
    await dieAfter(7, home.path, null, {});
    const clock = fakeClock();
    let resumed = 0;
    const store = openLogStore({ directory: home.path, name: 'node' }, { clock });
    store.watch(() => ({ groupId: 1, pause: () => false, resume: () => (resumed += 1) }));
    await clock.advance(5000);
    expect(resumed).toBe(0);
    await store.dispose();
  });
});
