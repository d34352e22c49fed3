import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { signalProcess, temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LifecycleSnapshot } from '../src/index.ts';
import { identifyProcess } from '../src/process-identity.ts';
import { bundle } from './support/bundle.ts';

/** Kills per life; WEMIXVISOR_KILLS=200 for a long run, WEMIXVISOR_SEED to play one again. */
const kills = Number(process.env['WEMIXVISOR_KILLS'] ?? 15);
const seed = Number(process.env['WEMIXVISOR_SEED'] ?? Date.now() % 100_000);

/** Asks a node to end; a stop that the killed supervisor had begun may have been faster. */
function endNode(pid: number): void {
  try {
    signalProcess(pid, 'SIGUSR2');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

describe('a supervisor that is killed at any instant', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let supervisor: string;

  beforeAll(async () => {
    directory = await temporaryDirectory();
    // The bundle is an ES module by the word of this file.
    writeFileSync(join(directory.path, 'package.json'), '{"type":"module"}');
    supervisor = await bundle(new URL('fixtures/supervisor.ts', import.meta.url), directory.path);
  });
  afterAll(() => directory[Symbol.asyncDispose]());

  const log = () => {
    const file = join(directory.path, 'node.log');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };
  const livingNodes = () =>
    [...log().matchAll(/^born (\d+)$/gm)]
      .map(([, pid]) => Number(pid))
      .filter((pid) => identifyProcess(pid) !== undefined);

  /** One supervisor from its first act to its violent end, `ms` later. */
  async function liveFor(ms: number, life: number | 'up'): Promise<void> {
    const args = [supervisor, directory.path, String(life)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const gone = once(child, 'exit');
    await once(child.stdout, 'data');
    await pause(ms); // the instant of the kill is what varies; nothing is expected to be done by then
    child.kill('SIGKILL');
    expect(await gone).toEqual([null, 'SIGKILL']);
  }

  async function takeOverAndStop() {
    const args = [supervisor, directory.path, 'stop'];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return JSON.parse(stdout) as { found: LifecycleSnapshot; stopped: LifecycleSnapshot };
  }

  it(
    `leaves one node or none, loses none and runs no second one (seed ${seed})`,
    { timeout: 60_000 + kills * 8_000 },
    async () => {
      for (let round = 0; round < kills; round += 1) {
        await liveFor((seed + round * 7_919) % 200, seed + round);
        // A child that was not released yet ends by itself; a node that was asked to end may still do so.
        await waitFor(() => livingNodes().length <= 1, { what: 'one node at most' });
        expect(log()).not.toContain('second');
      }
      // On a slow machine all of them may have been too short for a node.
      for (let ms = 400; !log().includes('born'); ms *= 2) await liveFor(ms, seed + kills);
      expect(log().match(/^born/gm)?.length).toBeGreaterThan(0);
      const [living] = livingNodes();
      const { found, stopped } = await takeOverAndStop();
      if (living !== undefined && found.pid !== null) expect(found.pid).toBe(living);
      expect(stopped).toMatchObject({ state: 'stopped', desired: 'down', pid: null });
      expect(livingNodes()).toEqual([]);
      expect(log()).not.toContain('second');
    },
  );

  it(
    'tells its successor the true exit code of a node that ended meanwhile',
    { timeout: 180_000 },
    async () => {
      for (let round = 1; round <= 5; round += 1) {
        await liveFor(200, seed + round);
        let [pid] = livingNodes();
        // A random life that ends without a node is followed by one that only starts it.
        for (let ms = 100; pid === undefined; ms *= 2) {
          await liveFor(ms, 'up');
          [pid] = livingNodes();
        }
        const { state } = JSON.parse(readFileSync(join(directory.path, 'record.json'), 'utf8')) as {
          state: string;
        };
        endNode(pid);
        await waitFor(() => identifyProcess(pid) === undefined, { what: 'the end of the node' });
        const { found } = await takeOverAndStop();
        const codes = state === 'stopping' ? [0, 7] : [7];
        expect(codes).toContain(found.lastExit?.code);
      }
    },
  );
});
