import { openSync } from 'node:fs';
import { devNull } from 'node:os';
import { createFakeMachine, type FakeMachine } from '@wemixvisor/testkit';
import { describe, expect, it, vi } from 'vitest';
import { command, policy } from '../test/support/life.ts';
import type { ProcessPorts } from './ports.ts';
import { recorderName } from './recorder-script.ts';
import { supervise } from './supervise.ts';

type Ports = ReturnType<FakeMachine['ports']>['ports'];

/** A supervisor whose ports differ from those of the fake machine in some way. */
async function scene(change: (ports: Ports) => Partial<ProcessPorts> = () => ({})) {
  const machine = createFakeMachine();
  const { ports } = machine.ports();
  const node = await supervise(
    {
      runDirectory: '/run/of/node',
      policy,
      persist: () => undefined,
      openLog: () => openSync(devNull, 'a'),
    },
    { ...ports, ...change(ports) },
  );
  return { machine, clock: machine.clock, node };
}

/** Whether a promise has resolved by now. */
function watched(promise: Promise<unknown>): { readonly resolved: boolean } {
  const state = { resolved: false };
  void promise.then(() => (state.resolved = true));
  return state;
}

describe('a start', () => {
  it('is over only when the child has become the node', async () => {
    const shows = { commandLine: `/bin/sh ${recorderName}` };
    const { node, clock } = await scene(({ platform }) => ({
      platform: { ...platform, commandLine: () => shows.commandLine },
    }));
    const start = watched(node.start(command));
    await clock.advance(1_000);
    expect(start.resolved).toBe(false);
    shows.commandLine = 'geth';
    await clock.advance(2);
    expect(start.resolved).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('waits at most 2 seconds for that', async () => {
    const { node, clock } = await scene(({ platform }) => ({
      platform: { ...platform, commandLine: () => `/bin/sh ${recorderName}` },
    }));
    const start = watched(node.start(command));
    await clock.advance(1_999);
    expect(start.resolved).toBe(false);
    await clock.advance(1);
    expect(start.resolved).toBe(true);
  });

  it('takes a command line that cannot be read for that of the node', async () => {
    const { node, clock } = await scene(({ platform }) => ({
      platform: { ...platform, commandLine: () => undefined },
    }));
    const start = watched(node.start(command));
    await clock.advance(0);
    expect(start.resolved).toBe(true);
  });

  it('makes no process once it was disposed of', async () => {
    const spawn = vi.fn<ProcessPorts['spawn']>();
    const { node, clock } = await scene(() => ({ spawn }));
    node.start(command).catch(() => undefined);
    node.dispose();
    await clock.advance(0);
    expect(spawn).not.toHaveBeenCalled();
  });

  it.each([
    ['the node', 102],
    ['its recorder', 101],
  ])('has failed when %s ended before it could be identified', async (_, gone) => {
    const { node, clock, machine } = await scene(({ platform }) => ({
      platform: {
        ...platform,
        identify: (pid) => (pid === gone ? undefined : platform.identify(pid)),
      },
    }));
    void node.start(command);
    await clock.advance(0);
    expect(node.snapshot).toMatchObject({
      state: 'crashed',
      pid: null,
      failures: 1,
      reason: 'the new process ended at once',
    });
    expect(machine.executions()).toBe(0);
  });

  it('hands its folder, its generation and its command to the spawn', async () => {
    const spawn = vi.fn<ProcessPorts['spawn']>(() => Promise.reject(new Error('EAGAIN')));
    const { node, clock } = await scene(() => ({ spawn }));
    void node.start(command);
    await clock.advance(0);
    expect(spawn).toHaveBeenCalledExactlyOnceWith(command, {
      runDirectory: '/run/of/node',
      generation: 1,
      log: expect.any(Number),
    });
  });

  it('is no adoption', async () => {
    const { node, clock } = await scene();
    void node.start(command);
    await clock.advance(0);
    expect(node.snapshot).toMatchObject({ adopted: false, startedAt: clock.now() });
  });
});

describe('an end', () => {
  it('of the node after the supervisor was disposed of is left to the next one', async () => {
    const readExit = vi.fn<ProcessPorts['readExit']>();
    const { node, clock, machine } = await scene(() => ({ readExit }));
    void node.start(command);
    await clock.advance(0);
    node.dispose();
    machine.killRecorder();
    await clock.advance(1_000);
    machine.exit(1);
    await clock.advance(1_000);
    expect(readExit).not.toHaveBeenCalled();
    expect(clock.pending).toBe(0);
  });

  it('is known without a record by the status that the recorder ends with', async () => {
    const { node, clock, machine } = await scene();
    machine.behaviour.recordsNothing = true;
    await clock.advance(777);
    void node.start(command);
    await clock.advance(5_000);
    machine.exit(3);
    await clock.advance(0);
    expect(node.snapshot.lastExit).toMatchObject({ code: 3, signal: null, uptimeMs: 5_000 });
  });

  it('is not earlier than the start, whatever the record says', async () => {
    const { node, clock, machine } = await scene(({ readExit }) => ({
      readExit: (folder, generation) => {
        const record = readExit(folder, generation);
        return record === undefined ? undefined : { ...record, at: 5 };
      },
    }));
    void node.start(command);
    await clock.advance(1_000);
    machine.exit(3);
    await clock.advance(0);
    expect(node.snapshot.lastExit).toMatchObject({ at: clock.now() - 1_000, uptimeMs: 1_000 });
  });

  it('by force takes what is left of the group with it, once the node is gone', async () => {
    const { node, clock, machine } = await scene();
    void node.start(command);
    await clock.advance(0);
    const { pid, groupId } = node.snapshot;
    void node.stop({ force: true });
    await clock.advance(0);
    expect(machine.signals).toEqual([
      { pid, signal: 'SIGKILL' },
      { pid: -(groupId ?? 0), signal: 'SIGKILL' },
    ]);
  });

  it('by itself leaves the group alone', async () => {
    const { node, clock, machine } = await scene();
    void node.start(command);
    await clock.advance(0);
    machine.exit(1);
    await clock.advance(0);
    expect(node.snapshot.state).toBe('crashed');
    expect(machine.signals).toEqual([]);
  });
});

it('lets the node go on when it is disposed of, and no longer waits for it', async () => {
  const unref = vi.fn();
  const { node, clock, machine } = await scene((ports) => ({
    spawn: async (...given) => ({ ...(await ports.spawn(...given)), unref }),
  }));
  void node.start(command);
  await clock.advance(0);
  expect(unref).not.toHaveBeenCalled();
  node.dispose();
  expect(unref).toHaveBeenCalledOnce();
  expect(machine.nodes()).toHaveLength(1);
});
