import { fakeClock } from '@wemixvisor/testkit';
import { describe, expect, it, vi } from 'vitest';
import { run } from '../test/support/lifecycles.ts';
import type { ExitRecord } from './exit-record.ts';
import type { ProcessIdentity } from './platform/platform.ts';
import { withDefaults } from './ports.ts';
import { watchNode } from './watch-node.ts';

function scene(identifyEveryMs = 0) {
  const clock = fakeClock();
  const alive = new Map<number, ProcessIdentity>();
  alive.set(run.identity.pid, run.identity);
  alive.set(run.recorder.pid, run.recorder);
  const identify = vi.fn((pid: number) => alive.get(pid));
  const platform = {
    identify,
    writersOf: () => [],
    membersOf: () => [],
    identifyEveryMs,
    memoryKills: () => undefined,
    awaitsHandler: () => false,
    listeningSockets: () => [],
    memoryKillOf: () => undefined,
    commandLine: () => 'geth',
    usage: () => undefined,
    fileDescriptors: () => undefined,
    mayExist: (pid: number) => alive.has(pid),
  };
  let record: ExitRecord | undefined;
  const onGone = vi.fn();
  const watched = { run, generation: 3, runDirectory: '/nowhere' };
  const stop = watchNode(
    watched,
    onGone,
    withDefaults({ clock, platform, readExit: () => record }),
  );
  return {
    clock,
    alive,
    identify,
    onGone,
    stop,
    write: (next: ExitRecord) => (record = next),
  };
}
const ended: ExitRecord = { code: 3, signal: null, ran: true, at: 5 };

describe('watchNode', () => {
  it('waits for the recorder of a node that is a zombie', async () => {
    const { clock, alive, onGone, write } = scene();
    alive.delete(run.identity.pid);
    await clock.advance(300);
    expect(onGone).not.toHaveBeenCalled();
    write(ended);
    await clock.advance(5);
    expect(onGone).toHaveBeenCalledExactlyOnceWith(ended);
  });

  it('waits at most a second for a recorder that hangs', async () => {
    const { clock, alive, onGone } = scene();
    alive.delete(run.identity.pid);
    await clock.advance(1_249);
    expect(onGone).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(onGone).toHaveBeenCalledExactlyOnceWith(undefined);
    expect(clock.pending).toBe(0);
  });

  it('does not wait for a recorder that is gone', async () => {
    const { clock, alive, onGone } = scene();
    alive.clear();
    await clock.advance(250);
    expect(onGone).toHaveBeenCalledExactlyOnceWith(undefined);
  });

  it('takes a later process with the same pid for another', async () => {
    const { clock, alive, onGone } = scene();
    alive.set(run.identity.pid, { ...run.identity, startTime: 'later' });
    alive.delete(run.recorder.pid);
    await clock.advance(250);
    expect(onGone).toHaveBeenCalledOnce();
  });

  it('looks cheaply in between where a full look is dear', async () => {
    const { clock, identify, alive, onGone } = scene(5_000);
    await clock.advance(4_750);
    expect(identify).toHaveBeenCalledTimes(1);
    await clock.advance(250);
    expect(identify).toHaveBeenCalledTimes(2);
    alive.clear();
    await clock.advance(250);
    expect(onGone).toHaveBeenCalledOnce();
  });

  it('ends when it is told to', async () => {
    const { clock, stop, alive, onGone } = scene();
    stop();
    alive.clear();
    await clock.advance(10_000);
    expect(onGone).not.toHaveBeenCalled();
  });
});
