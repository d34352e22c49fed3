import { describe, expect, it } from 'vitest';
import { at, lifecycles, run, stopping } from '../../test/support/lifecycles.ts';
import { defaultRestartPolicy } from './restart-policy.ts';
import type { LifecycleEvent } from './event.ts';
import type { Lifecycle } from './state.ts';
import { transition } from './transition.ts';

const after = (lifecycle: Lifecycle, event: LifecycleEvent) =>
  transition(lifecycle, event, defaultRestartPolicy);
const killTimer = (delayMs: number) =>
  ({ type: 'startTimer', timer: 'kill', generation: 3, delayMs }) as const;
const follow = { type: 'followStop', generation: 3, run } as const;
const kill = [
  { type: 'cancelTimer', timer: 'kill' },
  { type: 'kill', run },
];
const waits = (time = at) => ({ type: 'terminationWaits', generation: 3, at: time }) as const;
const delivered = (time = at) =>
  ({ type: 'terminationDelivered', generation: 3, at: time }) as const;
const graceOver = (time = at) =>
  ({ type: 'timerFired', timer: 'kill', generation: 3, at: time }) as const;
const told = (isWriting: boolean, time = at) =>
  ({ type: 'progressTold', generation: 3, at: time, isWriting }) as const;
const seen = (what: string | null, time = at) =>
  ({ type: 'stopPhaseSeen', generation: 3, at: time, what }) as const;

describe('a SIGTERM', () => {
  const asking = stopping({
    asked: false,
    graceMs: 300_000,
    killAt: at + 300_000,
    extendUntil: at + 1_800_000,
  });

  it('that waits is said', () => {
    const { lifecycle, effects } = after(asking, waits());
    expect(lifecycle).toMatchObject({ asked: false, phase: { since: at } });
    expect(lifecycle).toHaveProperty('phase.what', expect.stringMatching(/^waiting until it can/));
    expect(effects).toEqual([]);
  });

  it('that was delivered is followed, within the grace period that began with the stop', () => {
    const { lifecycle, effects } = after(asking, delivered(at + 5));
    expect(lifecycle).toEqual({ ...asking, asked: true });
    expect(effects).toEqual([follow]);
  });

  it('that had to wait begins the grace period anew, and the longest one', () => {
    const { lifecycle, effects } = after(after(asking, waits()).lifecycle, delivered(at + 2_000));
    expect(lifecycle).toEqual({
      ...asking,
      asked: true,
      killAt: at + 302_000,
      extendUntil: at + 1_802_000,
    });
    expect(effects).toEqual([follow, killTimer(300_000)]);
  });

  it('that had to wait moves no limit where there is none', () => {
    const endless = stopping({ asked: false, graceMs: 0, killAt: null });
    const { lifecycle, effects } = after(after(endless, waits()).lifecycle, delivered(at + 2_000));
    expect(lifecycle).toEqual({ ...endless, asked: true });
    expect(effects).toEqual([follow]);
    const chosen = stopping({ asked: false, graceMs: 10_000, killAt: at + 10_000 });
    expect(after(after(chosen, waits()).lifecycle, delivered(at + 2_000)).lifecycle).toEqual({
      ...chosen,
      asked: true,
      killAt: at + 12_000,
    });
  });

  it('says nothing of a node that runs, has it already, or has no process', () => {
    for (const lifecycle of [lifecycles.running, lifecycles.stopping]) {
      expect(after(lifecycle, waits())).toEqual({ lifecycle, effects: [] });
    }
    expect(after(lifecycles.running, delivered()).lifecycle).toBe(lifecycles.running);
    const unborn = lifecycles['stopping, no child yet'];
    expect(after(unborn, delivered())).toEqual({
      lifecycle: { ...unborn, asked: true },
      effects: [],
    });
  });
});

describe('what a node does before it ends', () => {
  it('is known since it was first seen', () => {
    const writing = after(lifecycles.stopping, seen('writing cached state')).lifecycle;
    expect(writing).toMatchObject({ phase: { what: 'writing cached state', since: at } });
    expect(after(writing, seen('writing cached state', at + 1_000)).lifecycle).toBe(writing);
    const next = after(writing, seen('closing its database', at + 2_000)).lifecycle;
    expect(next).toMatchObject({ phase: { what: 'closing its database', since: at + 2_000 } });
    expect(after(next, seen(null)).lifecycle).toEqual(lifecycles.stopping);
  });

  it('is nothing where it does not end, or nothing was known', () => {
    expect(after(lifecycles.running, seen('x')).lifecycle).toBe(lifecycles.running);
    expect(after(lifecycles.stopping, seen(null)).lifecycle).toBe(lifecycles.stopping);
  });
});

describe('the end of a grace period', () => {
  const extendable = stopping({ extendUntil: at + 100_000 });

  it('kills where nothing may be extended, or the longest is over', () => {
    expect(after(lifecycles.stopping, graceOver()).effects).toEqual(kill);
    const { lifecycle, effects } = after(extendable, graceOver(at + 100_000));
    expect(lifecycle).toMatchObject({ killedFor: 'grace-period', killAt: null });
    expect(effects).toEqual(kill);
  });

  it('asks first whether the node is writing its state', () => {
    expect(after(extendable, graceOver(at + 99_999))).toEqual({
      lifecycle: extendable,
      effects: [{ type: 'askProgress', generation: 3 }],
    });
  });

  it('is put off while it is, by half a minute, never beyond the longest', () => {
    const { lifecycle, effects } = after(extendable, told(true));
    expect(lifecycle).toEqual({ ...extendable, killAt: at + 30_000 });
    expect(effects).toEqual([killTimer(30_000)]);
    expect(after(extendable, told(true, at + 99_000)).effects).toEqual([killTimer(1_000)]);
  });

  it('kills a node that is not writing, or for which the longest is over', () => {
    expect(after(extendable, told(false)).effects).toEqual(kill);
    expect(after(extendable, told(true, at + 100_000)).effects).toEqual(kill);
    expect(after(lifecycles.stopping, told(true)).effects).toEqual(kill);
  });

  it('changes nothing where the node does not end, or was killed already', () => {
    const killed = stopping({ killedFor: 'forced', killAt: null });
    for (const lifecycle of [lifecycles.running, killed]) {
      expect(after(lifecycle, told(true))).toEqual({ lifecycle, effects: [] });
    }
  });

  it('cannot be put off any more once a further stop has shortened it', () => {
    const sooner = { type: 'stopRequested', at, timeoutMs: 50 } as const;
    const { lifecycle } = after(extendable, sooner);
    expect(lifecycle).not.toHaveProperty('extendUntil');
    expect(after(lifecycle, graceOver(at + 50)).effects).toEqual(kill);
  });
});
