import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLogStore, readLog } from '../src/index.ts';
import { compiledInto } from './support/compiled.ts';
import {
  createLineCheck,
  faultIn,
  startFlood,
  wholeLog,
  type Flood,
  steadily,
} from './support/flood.ts';
import { unit } from './support/ways.ts';

const rotatesLog = fileURLToPath(new URL('fixtures/rotates-log.mjs', import.meta.url));
let compiled: Awaited<ReturnType<typeof temporaryDirectory>>;
let index = '';
beforeAll(async () => {
  compiled = await temporaryDirectory();
  index = compiledInto(compiled.path);
});
afterAll(() => compiled[Symbol.asyncDispose]());

/** A process that rotates a log, until it is killed or sends itself a signal at a call. */
function startRotator(
  directory: string,
  group: number,
  { way, at = '', late = false }: { way: 'cut' | 'pause'; at?: string; late?: boolean },
): ChildProcess {
  const args = [rotatesLog, index, directory, String(group), way, at, ...(late ? ['late'] : [])];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env: {} });
}

async function diesOf(rotator: ChildProcess): Promise<void> {
  const [, signal] = (await once(rotator, 'exit')) as [unknown, string | null];
  expect(signal).toBe('SIGKILL');
}

/** All lines of a log, once what was interrupted is settled by the next start. */
async function settledLog(directory: string): Promise<Buffer> {
  await openLogStore({ directory, name: 'node', compress: false }).dispose();
  return wholeLog(directory);
}

const writesOn = (live: string, size = sizeOf(live)) =>
  waitFor(() => sizeOf(live) > size + 100_000, { what: 'the node to write on', everyMs: 5 });
const sizeOf = (live: string): number => statSync(live).size;

/** Ends a flood, and says what its log lacks once the next start has settled it; the last line may be unfinished. */
async function faultAfter(directory: string, flood: Flood): Promise<string | null> {
  flood.child.kill('SIGKILL');
  await flood.ended;
  const whole = await settledLog(directory);
  return faultIn(whole.subarray(0, whole.lastIndexOf(10) + 1));
}

/** What a reader misses in a log that nobody settles, once it does not wait any more. */
async function faultRead(directory: string): Promise<string | null> {
  const journal = join(directory, 'node.rotation');
  if (existsSync(journal)) utimesSync(journal, 0, 0);
  const check = createLineCheck();
  let lines = 0;
  for await (const { bytes, terminated } of readLog({ directory, name: 'node' })) {
    check.take(bytes, terminated);
    if (terminated) lines += 1;
  }
  return check.fault(lines);
}

async function startFlooded(directory: string) {
  const store = openLogStore({ directory, name: 'node', compress: false });
  const flood = startFlood(store, steadily);
  await store.dispose();
  return { ...flood, live: store.livePath };
}

const stages: readonly (readonly [way: 'cut' | 'pause', at: string])[] = [
  ['pause', 'linkSync'],
  ['pause', 'pause'],
  ['pause', 'openSync:1'],
  ['pause', 'renameSync'],
  ['pause', 'openSync:2'],
  ['pause', 'openSync:3'],
  ['pause', 'resume'],
  ['pause', 'unlinkSync:2'],
  ...(unit === null
    ? []
    : ['openSync:1', 'renameSync', 'writeSync:2', 'openSync:2', 'collapseSync', 'unlinkSync'].map(
        (at) => ['cut', at] as const,
      )),
];

describe('a rotating process that is killed', () => {
  it.each(stages)(
    'by way of %s, after %s, without a successor, leaves a node that runs on and lacks no line',
    async (way, at) => {
      await using home = await temporaryDirectory();
      using flood = await startFlooded(home.path);
      await diesOf(startRotator(home.path, flood.pausable.groupId, { way, at }));
      await writesOn(flood.live);
      expect(await faultRead(home.path)).toBeNull();
      expect(await faultAfter(home.path, flood)).toBeNull();
    },
  );

  it.each(['renameSync', 'openSync:2', 'openSync:3'])(
    'after %s, with a late guard, lacks no line although the operator wakes the node first',
    async (at) => {
      await using home = await temporaryDirectory();
      using flood = await startFlooded(home.path);
      await diesOf(
        startRotator(home.path, flood.pausable.groupId, { way: 'pause', at, late: true }),
      );
      flood.pausable.resume();
      await writesOn(flood.live);
      // The guard wakes when the successor is in a pause of its own.
      const successor = startRotator(home.path, flood.pausable.groupId, { way: 'pause' });
      await once(successor.stdout as Readable, 'data');
      await waitFor(() => segmentsIn(home.path) >= 3, { what: 'rotations of the successor' });
      successor.kill('SIGKILL');
      await once(successor, 'exit');
      expect(await faultAfter(home.path, flood)).toBeNull();
    },
  );

  it.each(['pause', 'writeSync:2', 'openSync:2'])(
    'by SIGSTOP after %s does not leave the node paused, and lacks no line when it goes on',
    async (call) => {
      await using home = await temporaryDirectory();
      using flood = await startFlooded(home.path);
      const at = `${call}=SIGSTOP`;
      const rotator = startRotator(home.path, flood.pausable.groupId, { way: 'pause', at });
      const said = collect(rotator);
      await waitFor(() => stateOf(rotator.pid) === 'T', {
        what: 'the rotator to stop',
        everyMs: 5,
      });
      // The guard wakes it; nobody else would.
      await writesOn(flood.live);
      rotator.kill('SIGCONT');
      await waitFor(() => said().includes('not rotated'), { what: 'the rotation to be given up' });
      await writesOn(flood.live);
      rotator.kill('SIGKILL');
      expect(await faultAfter(home.path, flood)).toBeNull();
    },
  );

  it.each(unit === null ? (['pause'] as const) : (['pause', 'cut'] as const))(
    'by way of %s, at random moments, again and again, loses and repeats no line',
    async (way) => {
      await using home = await temporaryDirectory();
      const store = openLogStore({ directory: home.path, name: 'node', compress: false });
      using flood = startFlood(store, steadily);
      await store.dispose();
      for (let kill = 0; kill < 8 || segmentsIn(home.path) < 3; kill += 1) {
        const rotator = startRotator(home.path, flood.pausable.groupId, { way });
        const exited = once(rotator, 'exit');
        // How many lines of its output each of the rotators lives for; the moments come again after four of them.
        let lives = 1 + ((kill * 7) % 4);
        rotator.stdout?.on('data', () => {
          lives -= 1;
          if (lives <= 0) rotator.kill('SIGKILL');
        });
        await exited;
      }
      expect(await faultAfter(home.path, flood)).toBeNull();
    },
  );
});

const segmentsIn = (directory: string): number =>
  readdirSync(directory).filter((name) => /^node-.*\.log(\.gz)?$/.test(name)).length;

function stateOf(pid = 0): string {
  return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1] ?? '';
}

function collect({ stdout }: ChildProcess): () => string {
  let text = '';
  stdout?.on('data', (bytes: Buffer) => (text += bytes.toString()));
  return () => text;
}
