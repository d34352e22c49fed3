import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { acquireLock } from '../src/index.ts';
import { bundle } from './support/bundle.ts';

const apart = ['--pid', '--fork', '--mount-proc'];
const allowed = spawnSync('unshare', [...apart, 'true']).status === 0;
if (!allowed) process.stderr.write('skipped: this machine lets nobody make a PID namespace\n');

describe.runIf(allowed)('two PID namespaces on one folder', () => {
  let contender: string;
  beforeAll(async () => {
    const folder = await temporaryDirectory();
    contender = await bundle(new URL('fixtures/contender.ts', import.meta.url), folder.path);
    return () => folder[Symbol.asyncDispose]();
  });

  /** What a contender in a namespace of its own is told; its holder here beats meanwhile. */
  async function askApart(folder: string, how: string): Promise<unknown> {
    const { promisify } = await import('node:util');
    const { execFile } = await import('node:child_process');
    const args = [...apart, process.execPath, contender, folder, how];
    const { stdout } = await promisify(execFile)('unshare', args);
    return JSON.parse(stdout);
  }

  it('give the lock to one of them while the other beats', async () => {
    await using folder = await temporaryDirectory();
    const { lock } = await acquireLock(folder.path, process.pid);
    expect(await askApart(folder.path, 'patient')).toMatchObject({
      lock: false,
      heldBy: process.pid,
    });
    expect(existsSync(join(folder.path, 'lock.1'))).toBe(true);
    lock?.release();
    expect(await askApart(folder.path, 'patient')).toMatchObject({ lock: true });
  });

  it('pass the lock on when its holder died with its namespace, whose pids are used here too', async () => {
    await using folder = await temporaryDirectory();
    // It ends without a release, as after SIGKILL; its pid is 1, which lives here.
    const args = [...apart, process.execPath, contender, folder.path];
    expect(JSON.parse(execFileSync('unshare', args, { encoding: 'utf8' }))).toMatchObject({
      pid: 1,
      lock: true,
    });
    expect(await askApart(folder.path, 'hasty')).toMatchObject({ lock: true });
  });
});
