import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLogStore } from '../src/index.ts';
import { compiledInto } from './support/compiled.ts';
import { faultIn, startFlood, wholeLog } from './support/flood.ts';

const rotatesLog = fileURLToPath(new URL('fixtures/rotates-log.mjs', import.meta.url));
let compiled: Awaited<ReturnType<typeof temporaryDirectory>>;
let index = '';
beforeAll(async () => {
  compiled = await temporaryDirectory();
  index = compiledInto(compiled.path);
});
afterAll(() => compiled[Symbol.asyncDispose]());

/** A process that rotates a log, until it is killed or kills itself at a call. */
function startRotator(directory: string, group: number, last = 'never'): ChildProcess {
  return spawn(process.execPath, [rotatesLog, index, directory, String(group), last], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {},
  });
}

/** All lines of a log, once what was interrupted is settled by the next start. */
async function settledLog(directory: string): Promise<Buffer> {
  await openLogStore({ directory, name: 'node', compress: false }).dispose();
  return wholeLog(directory);
}

describe('a rotating process that is killed', () => {
  it.each(['pause', 'openSync', 'ftruncateSync', 'renameSync'])(
    'after %s, without a successor, leaves a node that runs on and lacks no line',
    async (last) => {
      await using home = await temporaryDirectory();
      const store = openLogStore({ directory: home.path, name: 'node', compress: false });
      const live = store.livePath;
      using flood = startFlood(store, { pauseMs: 1 });
      await store.dispose();
      const rotator = startRotator(home.path, flood.pausable.groupId, last);
      const [, signal] = (await once(rotator, 'exit')) as [unknown, string | null];
      expect(signal).toBe('SIGKILL');
      const size = statSync(live).size;
      await waitFor(() => statSync(live).size > size + 100_000, { what: 'the node to write on' });
      expect(existsSync(join(home.path, 'node.rotation'))).toBe(false);
      flood.pausable.pause();
      flood.child.kill('SIGKILL');
      await flood.ended;
      const whole = await settledLog(home.path);
      expect(faultIn(whole.subarray(0, whole.lastIndexOf(10) + 1))).toBeNull();
    },
  );

  it('at random moments, again and again, loses and repeats no line', async () => {
    await using home = await temporaryDirectory();
    const store = openLogStore({ directory: home.path, name: 'node', compress: false });
    using flood = startFlood(store, { lines: 400_000, blockBytes: 8192, pauseMs: 1 });
    await store.dispose();
    for (let kill = 0; flood.child.exitCode === null; kill += 1) {
      const rotator = startRotator(home.path, flood.pausable.groupId);
      const exited = once(rotator, 'exit');
      // The seed of the moments: how many lines of its output each of the rotators lives for.
      let lives = 1 + ((kill * 7) % 4);
      rotator.stdout?.on('data', () => {
        lives -= 1;
        if (lives <= 0) rotator.kill('SIGKILL');
      });
      await Promise.race([exited, flood.ended]);
      rotator.kill('SIGKILL');
      await exited;
    }
    const whole = await settledLog(home.path);
    expect(faultIn(whole, 400_000)).toBeNull();
    expect(readFileSync(join(home.path, 'node.log')).length).toBeLessThan(whole.length);
  });
});
