import { describe, expect, it } from 'vitest';
import { at, command, exited, lifecycles, run, stopping } from '../../test/support/lifecycles.ts';
import type { LifecycleEvent } from './event.ts';
import { defaultRestartPolicy, type RestartPolicy } from './restart-policy.ts';
import type { Lifecycle } from './state.ts';
import { transition } from './transition.ts';

const geth = { ...run.identity, pid: 4_322 };
const survivorsFound = {
  type: 'survivorsFound',
  generation: 3,
  at,
  survivors: [geth],
  recovered: false,
  code: 1,
  signal: null,
} as const;
const killTimer = (delayMs: number) =>
  ({ type: 'startTimer', timer: 'kill', generation: 3, delayMs }) as const;
const after = (
  lifecycle: Lifecycle,
  event: LifecycleEvent = survivorsFound,
  changes: Partial<RestartPolicy> = {},
) => transition(lifecycle, event, { ...defaultRestartPolicy, ...changes });
const outlived = 'its first process was outlived by geth (4322), which was asked to end too';

describe('a node whose first process ended before others of it', () => {
  it.each(['starting', 'running'] as const)(
    'is stopping, with a grace period, though nobody asked, when it was %s',
    (state) => {
      const { lifecycle, effects } = after(lifecycles[state]);
      expect(lifecycle).toEqual({
        ...stopping({ desired: 'up', then: 'policy', reason: 'exit code 1', asked: false }),
        survivors: [geth],
        killAt: at + 300_000,
        extendUntil: at + 1_800_000,
      });
      expect(effects).toEqual([killTimer(300_000)]);
    },
  );

  it('is never killed where the policy kills nobody', () => {
    const { lifecycle, effects } = after(lifecycles.running, survivorsFound, { stopTimeoutMs: 0 });
    expect(lifecycle).toMatchObject({ state: 'stopping', killAt: null });
    expect(effects).toEqual([]);
  });

  it('goes on to stop as it was asked to, within the same grace period', () => {
    const before = stopping({});
    expect(after(before)).toEqual({ lifecycle: { ...before, survivors: [geth] }, effects: [] });
  });

  it('has what is left of its grace period when an earlier supervisor stopped it', () => {
    const { effects } = after(stopping({}), { ...survivorsFound, recovered: true });
    expect(effects).toEqual([killTimer(200_000)]);
    const endless = stopping({ graceMs: 0, killAt: null });
    expect(after(endless, { ...survivorsFound, recovered: true }).effects).toEqual([]);
  });

  it('is killed when that was ordered already', () => {
    const { lifecycle, effects } = after(stopping({ killedFor: 'forced', killAt: null }));
    expect(lifecycle).toMatchObject({ killedFor: 'forced', survivors: [geth] });
    expect(effects).toContainEqual({ type: 'kill', run });
  });
});

describe('the end of the last of them', () => {
  const unasked = after(lifecycles.running).lifecycle;

  it('is a crash that is decided on then, when nobody had asked', () => {
    const { lifecycle, effects } = after(unasked, exited());
    expect(lifecycle).toMatchObject({
      state: 'crashed',
      failures: 1,
      reason: `exit code 1; ${outlived}`,
      lastExit: { code: 1, cause: 'unasked' },
    });
    expect(effects.map(({ type }) => type)).toEqual(['cancelTimer', 'startTimer']);
  });

  it('is no crash where the first process ended well', () => {
    expect(after(unasked, exited({ code: 0 })).lifecycle).toMatchObject({
      state: 'stopped',
      reason: `the node ended by itself: exit code 0; ${outlived}`,
    });
  });

  it('is by force when they had to be killed, however the first process ended', () => {
    const graceOver = { type: 'timerFired', timer: 'kill', generation: 3, at } as const;
    const asked = after(unasked, graceOver).lifecycle;
    const nothing = { type: 'progressTold', generation: 3, at, isWriting: false } as const;
    const killed = after(asked, nothing);
    const { lifecycle } = after(killed.lifecycle, exited({ signal: 'SIGTERM', killed: true }));
    expect(lifecycle.lastExit).toMatchObject({ signal: 'SIGTERM', cause: 'grace-period' });
    const late = after(killed.lifecycle, exited({ code: 0, killed: false }));
    expect(late.lifecycle.lastExit).toMatchObject({ cause: 'unasked' });
  });

  it('ends a stop, whose reason names them', () => {
    const asked = after(stopping({})).lifecycle;
    expect(after(asked, exited({ code: null, signal: 'SIGTERM' })).lifecycle).toMatchObject({
      state: 'stopped',
      reason: `stopped by the operator; ${outlived}`,
      lastExit: { cause: 'asked' },
    });
  });

  it('lets a stop that came meanwhile take the place of the decision', () => {
    const asked = after(unasked, { type: 'stopRequested', at }).lifecycle;
    expect(asked).toMatchObject({ state: 'stopping', then: 'rest', desired: 'down' });
    expect(after(asked, exited()).lifecycle).toMatchObject({ state: 'stopped' });
  });
});

describe('an end that leaves somebody outside the session', () => {
  const left = [{ ...run.identity, pid: 4_400 }];

  it.each([
    ['starting', lifecycles.starting],
    ['running', lifecycles.running],
    ['stopping', lifecycles.stopping],
    ['restarting', stopping({ then: 'operator' })],
  ])('is an error that says who and what to do, when the node was %s', (_, before) => {
    const { lifecycle } = after(before, exited({ code: 0, left }), { restart: 'always' });
    expect(lifecycle).toMatchObject({
      state: 'error',
      desired: before.desired,
      reason: expect.stringMatching(/^geth \(4400\) left the session .*kill -TERM 4400/),
      lastExit: { code: 0 },
    });
  });

  it('keeps the command that a restart was to bring', () => {
    const next = { ...command, args: ['--new'] };
    const before = stopping({ then: 'operator', next });
    expect(after(before, exited({ left })).lifecycle.command).toEqual(next);
  });
});
