import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { openLogStore, type StoreEvent } from '../src/index.ts';
import { filesOf } from '../src/layout.ts';
import { systemStorePorts, type RotationCalls } from '../src/ports.ts';
import { startResumeGuard } from '../src/store/rotate/resume-guard.ts';
import { rotateLive } from '../src/store/rotate/rotate-live.ts';
import { wholeLog } from './support/flood.ts';

const before = Array.from({ length: 5000 }, (_, line) => `${line} before\n`).join('');
const after = 'after the crash\n';
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

async function dieAfter(limit: number, directory: string): Promise<boolean> {
  writeFileSync(join(directory, 'node.log'), before);
  const { files, made } = callsUntil(limit);
  const ports = { ...systemStorePorts, files };
  await rotateLive({ files: filesOf(directory, 'node'), stem, writers: null, ports });
  return made() <= limit;
}

describe('a supervisor that dies during a rotation', () => {
  it.each([
    ['nothing more was written', ''],
    ['the node wrote a line meanwhile', after],
    ['the node wrote more than was copied', after.repeat(before.length)],
  ])('loses and repeats nothing at any instruction, when %s', async (_, more) => {
    for (let limit = 0, done = false; !done; limit += 1) {
      await using home = await temporaryDirectory();
      done = await dieAfter(limit, home.path);
      appendFileSync(join(home.path, 'node.log'), more);
      const events: StoreEvent[] = [];
      const store = openLogStore(
        { directory: home.path, name: 'node', compress: false },
        { onEvent: (event) => events.push(event) },
      );
      await store.dispose();
      expect(wholeLog(home.path).toString() === before + more, `call ${limit}`).toBe(true);
      expect(existsSync(filesOf(home.path, 'node').journal)).toBe(false);
      if (limit > 4 && !done) expect(events).toMatchObject([{ type: 'recovered' }]);
    }
  });

  it('resumes the writers at the next start', async () => {
    await using home = await temporaryDirectory();
    await dieAfter(5, home.path);
    const store = openLogStore({ directory: home.path, name: 'node' });
    let resumed = 0;
    store.watch(() => ({ groupId: 1, pause: () => false, resume: () => (resumed += 1) }));
    await waitFor(() => resumed === 1, { what: 'the resume' });
    await store.dispose();
  });
});

describe('the guard', () => {
  const state = (pid: number): string =>
    readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .charAt(0);

  it.runIf(process.platform === 'linux').each([
    ['was not truncated', before, stem, false, false],
    ['was truncated', '', `${stem}\n`, true, false],
    ['was truncated by a successor', '', 'node-20260304T091502119Z\n', false, true],
  ])(
    'wakes the node and settles the files when the live file %s',
    async (_, live, named, isMoved, isLeft) => {
      await using home = await temporaryDirectory();
      const files = filesOf(home.path, 'node');
      const node = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
      const pid = node.pid ?? 0;
      try {
        writeFileSync(files.live, live);
        writeFileSync(files.partial(files.segment(stem)), before);
        writeFileSync(files.journal, named);
        const guard = await startResumeGuard(pid, files, stem);
        expect(guard).not.toBeNull();
        process.kill(-pid, 'SIGSTOP');
        await waitFor(() => state(pid) === 'T', { what: 'the node to stop' });
        guard?.pipe.destroy();
        await waitFor(() => state(pid) === 'S', { what: 'the node to run' });
        expect(existsSync(files.segment(stem))).toBe(isMoved);
        expect(existsSync(files.journal)).toBe(isLeft);
      } finally {
        node.kill('SIGKILL');
        await once(node, 'exit');
      }
    },
  );
});
