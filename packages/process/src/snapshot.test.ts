import { describe, expect, it } from 'vitest';
import { at, command, lifecycles, run, stopping } from '../test/support/lifecycles.ts';
import { initialLifecycle } from './lifecycle/state.ts';
import { snapshotOf } from './snapshot.ts';

describe('snapshotOf', () => {
  it('shows a node that runs', () => {
    expect(snapshotOf(lifecycles.running)).toEqual({
      state: 'running',
      since: null,
      desired: 'up',
      generation: 3,
      pid: 4_321,
      groupId: 4_320,
      command,
      startedAt: 900_000,
      adopted: false,
      logMark: null,
      restarts: { crash: 0, health: 0, operator: 0 },
      failures: 0,
      lastExit: null,
      nextAction: null,
      stopPhase: null,
      upgrade: null,
      reason: null,
    });
  });

  it('shows where the log of the run begins, and whether a restart waits for a time or a condition', () => {
    const marked = { ...lifecycles.running, run: { ...run, logMark: 'here' } };
    expect(snapshotOf(marked).logMark).toBe('here');
    const { dueAt: at } = lifecycles.crashed;
    expect(snapshotOf(lifecycles.crashed).nextAction).toEqual({ what: 'restart', at });
    expect(snapshotOf(lifecycles['crashed, on hold']).nextAction).toEqual({ what: 'check', at });
  });

  it('shows who of a node lives whose first process has ended', () => {
    const survivors = [{ ...run.identity, pid: 4_322 }];
    expect(snapshotOf(stopping({ survivors }))).toMatchObject({
      pid: 4_322,
      reason:
        'stopped by the operator; its first process was outlived by geth (4322), which was asked to end too',
    });
    expect(snapshotOf(stopping({}))).toMatchObject({
      pid: 4_321,
      reason: 'stopped by the operator',
    });
  });

  it('shows a node that was never started', () => {
    expect(snapshotOf(initialLifecycle)).toMatchObject({
      state: 'stopped',
      pid: null,
      groupId: null,
      command: null,
      startedAt: null,
      adopted: false,
      nextAction: null,
      reason: null,
    });
  });

  it('shows whose node it is', () => {
    const adopted = { ...lifecycles.running, run: { ...run, adopted: true } };
    expect(snapshotOf(adopted).adopted).toBe(true);
  });

  it('shows what is due, and why', () => {
    expect(snapshotOf(lifecycles.crashed)).toMatchObject({
      nextAction: { what: 'restart', at: at + 2_000 },
      reason: 'exit code 1',
      failures: 1,
    });
    expect(snapshotOf(stopping({ killAt: 7 }))).toMatchObject({
      nextAction: { what: 'kill', at: 7 },
      reason: 'stopped by the operator',
    });
    expect(snapshotOf(stopping({ killAt: null })).nextAction).toBeNull();
  });
});
