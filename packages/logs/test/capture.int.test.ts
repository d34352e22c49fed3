import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, readFileSync } from 'node:fs';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { lastLines, openLogStore } from '../src/index.ts';

/** A store that rotates each 4 KiB by pausing its writers, as where nothing can be cut off the head of a file. */
function pausing(directory: string) {
  const events: string[] = [];
  const store = openLogStore(
    { directory, name: 'node', maxSizeBytes: 4096, compress: false },
    { collapseUnit: () => null, onEvent: ({ type }) => events.push(type) },
  );
  return { store, events };
}

const counts = 'at=0; while [ $at -lt 2000 ]; do at=$((at + 1)); echo "line $at"; done';

describe('a captured program', () => {
  it('has both its outputs in the log, and is paused where a rotation needs that', async () => {
    await using home = await temporaryDirectory();
    const { store, events } = pausing(home.path);
    const env = { PATH: '/usr/bin:/bin', UNSET: undefined, A: 'a' };
    const script = `echo "$A" >&2; ${counts}; sleep 600 & wait`;
    const child = store.capture({ file: 'sh', args: ['-c', script], cwd: '/', env });
    await waitFor(() => events.includes('rotation') && store.figures.rotations > 0, {
      what: 'a rotation',
    });
    expect(store.figures.lastPauseMs).toBeGreaterThan(0);
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await once(child, 'exit');
    await store.dispose();
    const lines = await lastLines(home.path, 'node', 5_000);
    expect(lines.slice(0, 2)).toEqual(['a', 'line 1']);
    expect(lines.at(-1)).toBe('line 2000');
    expect(lines).toHaveLength(2_001);
  });

  it('may have been spawned by the caller', async () => {
    await using home = await temporaryDirectory();
    const { store } = pausing(home.path);
    const log = store.openForAppend();
    const stdio = ['ignore' as const, log, log];
    const child = spawn('/bin/sh', ['-c', 'echo said'], { detached: true, stdio });
    closeSync(log);
    expect(store.capture(child)).toBe(child);
    await once(child, 'exit');
    expect(readFileSync(store.livePath, 'utf8')).toBe('said\n');
    // Nobody writes any more.
    expect(await store.rotate(null)).toMatchObject({ rotated: true });
    await store[Symbol.asyncDispose]();
    expect(() => store.openForAppend()).toThrow('dispose');
  });

  it('that does not exist is an error of the child, and leaves no descriptor', async () => {
    await using home = await temporaryDirectory();
    const { store } = pausing(home.path);
    const child = store.capture({ file: '/no/such/program' });
    const [error] = (await once(child, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ENOENT');
    await store.dispose();
    expect(() => store.capture({ file: 'true' })).toThrow(
      expect.objectContaining({ code: 'DISPOSED' }),
    );
  });
});
