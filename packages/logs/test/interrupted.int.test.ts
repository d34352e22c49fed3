import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fakeClock, temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { openLogStore, type StoreEvent } from '../src/index.ts';
import { filesOf } from '../src/layout.ts';
import { systemStorePorts, type RotationCalls } from '../src/ports.ts';
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

  it('resumes the writers once at the next start', async () => {
    await using home = await temporaryDirectory();
    await dieAfter(5, home.path);
    const clock = fakeClock();
    let resumed = 0;
    const writers = { groupId: 1, pause: () => false, resume: () => (resumed += 1) };
    const store = openLogStore({ directory: home.path, name: 'node' }, { clock });
    store.watch(() => writers);
    await clock.advance(5000);
    expect(resumed).toBe(1);
    await store.dispose();
    const next = openLogStore({ directory: home.path, name: 'node' }, { clock });
    next.watch(() => writers);
    await clock.advance(5000);
    expect(resumed).toBe(1);
    await next.dispose();
  });
});
