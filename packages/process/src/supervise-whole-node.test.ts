import { openSync } from 'node:fs';
import { devNull } from 'node:os';
import { createFakeMachine } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { command, life, policy } from '../test/support/life.ts';
import type { LifecycleRecord } from './snapshot.ts';
import { stopVerifiedNode } from './stop-verified-node.ts';
import { supervise } from './supervise.ts';

/** A supervised wrapper, up and ready, and its child. */
async function wrapper(changes: Parameters<typeof life>[0] = {}) {
  const own = life(changes);
  own.machine.behaviour.wraps = true;
  const node = await own.up();
  const child = (node.snapshot.pid ?? 0) + 1;
  return { ...own, node, child, record: () => own.record };
}

describe('a wrapper that dies of the SIGTERM of a stop', () => {
  it('is stopped when its child is gone, within the grace period of that stop', async () => {
    const { node, machine, clock, child } = await wrapper();
    const { pid } = node.snapshot;
    machine.behaviour.ignoresTerm = true;
    const stopped = node.stop();
    machine.exit(0);
    await clock.advance(9_999);
    expect(node.snapshot).toMatchObject({ state: 'stopping', pid: child });
    expect(machine.signals.filter(({ signal }) => signal === 'SIGTERM')).toEqual([
      { pid, signal: 'SIGTERM' },
      { pid: child, signal: 'SIGTERM' },
    ]);
    await clock.advance(101);
    expect(await stopped).toMatchObject({
      state: 'stopped',
      lastExit: { code: 0, cause: 'grace-period' },
    });
    expect(machine.nodes()).toEqual([]);
  });

  it('ended when the last of it did', async () => {
    const { node, machine, clock } = await wrapper();
    machine.behaviour.ignoresTerm = true;
    const stopped = node.stop();
    machine.exit(0);
    await clock.advance(3_000);
    machine.orphansExit();
    await clock.advance(100);
    const { lastExit } = await stopped;
    expect(lastExit).toMatchObject({ at: clock.now(), uptimeMs: 3_100, cause: 'asked' });
  });
});

describe('a wrapper that crashes', () => {
  it('is followed by a restart only after the end of its child, counted from there', async () => {
    const { node, machine, clock, child } = await wrapper();
    machine.behaviour.ignoresTerm = true;
    machine.exit(1);
    await clock.advance(5_000);
    expect(node.snapshot).toMatchObject({ state: 'stopping', pid: child, desired: 'up' });
    expect(machine.executions()).toBe(1);
    machine.orphansExit();
    await clock.advance(100);
    expect(node.snapshot).toMatchObject({
      state: 'crashed',
      nextAction: { what: 'restart', at: clock.now() + 1_000 },
    });
    expect(machine.wrongs).toEqual([]);
  });

  it('lets its child be killed when the grace period of the policy is over', async () => {
    const { node, machine, clock } = await wrapper({ restart: 'never' });
    machine.behaviour.ignoresTerm = true;
    machine.exit(1);
    await clock.advance(9_999);
    expect(machine.nodes()).toHaveLength(1);
    await clock.advance(101);
    expect(machine.nodes()).toEqual([]);
    expect(node.snapshot).toMatchObject({ state: 'error', lastExit: { cause: 'grace-period' } });
  });
});

describe('a child whose wrapper and supervisor are gone', () => {
  const orphaned = async () => {
    const all = await wrapper();
    all.machine.behaviour.ignoresTerm = true;
    all.kill();
    all.machine.exit(1);
    return all;
  };
  const terms = ({ machine, child }: Awaited<ReturnType<typeof orphaned>>) =>
    machine.signals.filter(({ pid, signal }) => pid === child && signal === 'SIGTERM');

  it('is asked once, by whichever supervisor comes, and killed when its time is over', async () => {
    const all = await orphaned();
    const second = await all.supervisor();
    expect(second.snapshot).toMatchObject({ state: 'stopping', pid: all.child });
    await all.clock.advance(4_000);
    all.kill();
    await all.clock.advance(4_000);
    const third = await all.supervisor();
    expect(third.snapshot).toMatchObject({ state: 'stopping', pid: all.child });
    await all.clock.advance(1_900);
    expect(terms(all)).toHaveLength(1);
    expect(all.machine.nodes()).toEqual([all.child]);
    await all.clock.advance(200);
    expect(all.machine.nodes()).toEqual([]);
    expect(third.snapshot.state).toBe('crashed');
  });

  it('is no stranger, though it writes to the log', async () => {
    const { machine, child, record } = await orphaned();
    const { ports } = machine.ports();
    const platform = { ...ports.platform, writersOf: () => [child] };
    const known = record();
    if (known === undefined) throw new Error('no record');
    const options = { runDirectory: '/nowhere', logFile: '/log', policy, persist: () => undefined };
    const openLog = () => openSync(devNull, 'a');
    const adopted = supervise({ ...options, openLog, record: known }, { ...ports, platform });
    await machine.clock.advance(0);
    const node = await adopted;
    expect(node.snapshot).toMatchObject({ state: 'stopping', pid: child });
    node.dispose();
  });

  it('is killed by a forced stop without a supervisor, and that is recorded', async () => {
    const { machine, clock, record } = await orphaned();
    const known = record();
    if (known === undefined) throw new Error('no record');
    const options = { runDirectory: '/nowhere', policy, persist: () => undefined, force: true };
    const stopped = stopVerifiedNode(known, options, machine.ports().ports);
    await clock.advance(200);
    expect((await stopped).snapshot).toMatchObject({
      state: 'stopped',
      lastExit: { cause: 'forced' },
    });
    expect(machine.nodes()).toEqual([]);
  });
});

describe('a node that left its session', () => {
  /** Its first process ends at once, if it does, and a process with this pid writes to the log. */
  const scene = async ({ ends } = { ends: true }) => {
    const machine = createFakeMachine();
    const { ports } = machine.ports();
    const daemon = {
      pid: 4_500,
      startTime: 'later',
      bootId: 'boot 1',
      executable: '/usr/bin/geth',
    };
    const there = { yet: true };
    const platform = {
      ...ports.platform,
      identify: (pid: number) =>
        pid === daemon.pid ? (there.yet ? daemon : undefined) : ports.platform.identify(pid),
      writersOf: () => (there.yet && machine.executions() > 0 ? [daemon.pid] : []),
    };
    const records: LifecycleRecord[] = [];
    const options = {
      runDirectory: '/nowhere',
      logFile: '/log',
      policy,
      persist: (next: LifecycleRecord) => void records.push(next),
    };
    const openLog = () => openSync(devNull, 'a');
    const node = await supervise({ ...options, openLog }, { ...ports, platform });
    void node.start(command);
    await machine.clock.advance(0);
    if (ends) machine.exit(0);
    await machine.clock.advance(2_000);
    const leave = () => (there.yet = false);
    return { ...machine, node, leave, records, options, ports: { ...ports, platform } };
  };

  it('is in error, and starts again only when that process is gone', async () => {
    const { node, clock, executions, leave } = await scene();
    expect(node.snapshot).toMatchObject({
      state: 'error',
      pid: null,
      reason: expect.stringContaining('geth (4500) left the session'),
      lastExit: { code: 0, cause: 'unasked' },
    });
    void node.start(command);
    await clock.advance(0);
    expect(node.snapshot).toMatchObject({
      state: 'error',
      reason: expect.stringContaining('geth (4500) left the session'),
    });
    expect(executions()).toBe(1);
    leave();
    void node.start(command);
    await clock.advance(0);
    expect(node.snapshot.state).toBe('starting');
    expect(executions()).toBe(2);
  });

  it('is not called stopped, and gets no signal', async () => {
    const { node, signals, leave } = await scene();
    await expect(node.stop({ force: true })).rejects.toMatchObject({
      code: 'NODE_UNKNOWN',
      message: expect.stringContaining('kill -TERM 4500'),
    });
    expect(node.snapshot.state).toBe('error');
    expect(signals).toEqual([]);
    leave();
    expect(await node.stop()).toMatchObject({ state: 'stopped' });
  });

  it('is not called stopped where no supervisor runs, and nothing is written then', async () => {
    const { node, records, options, ports, clock } = await scene();
    node.dispose();
    const record = records.at(-1);
    if (record === undefined) throw new Error('no record');
    const count = records.length;
    const stopped = stopVerifiedNode(record, options, ports);
    const refused = expect(stopped).rejects.toMatchObject({ code: 'NODE_UNKNOWN' });
    await clock.advance(2_000);
    await refused;
    expect(records).toHaveLength(count);
  });

  it('makes a stop fail under which it does so', async () => {
    const { node, clock } = await scene({ ends: false });
    expect(node.snapshot.state).toBe('starting');
    const refused = expect(node.stop()).rejects.toMatchObject({ code: 'NODE_UNKNOWN' });
    await clock.advance(2_000);
    await refused;
    expect(node.snapshot).toMatchObject({ state: 'error', desired: 'down' });
  });
});
