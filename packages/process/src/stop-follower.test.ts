import { fakeClock } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { run } from '../test/support/lifecycles.ts';
import type { LifecycleEvent } from './lifecycle/event.ts';
import type { Platform } from './platform/platform.ts';
import { withDefaults } from './ports.ts';
import { createStopFollower, type StopProgress } from './stop-follower.ts';
import { createTimers } from './timers.ts';

const writing: StopProgress = { what: 'writing cached state', isWriting: true, position: 1 };

/** A follower of a node that does what the state says. */
function follower() {
  const clock = fakeClock();
  const state = { seen: writing as StopProgress | null | Error, cpuMs: 10, alive: true };
  const asked: (string | null)[] = [];
  const events: LifecycleEvent[] = [];
  const platform = {
    identify: () => (state.alive ? run.identity : undefined),
    membersOf: () => [],
    usage: () => ({ cpuMs: state.cpuMs, residentBytes: 0 }),
  } as Partial<Platform> as Platform;
  const stopPhase = (logMark: string | null) => {
    asked.push(logMark);
    return state.seen instanceof Error ? Promise.reject(state.seen) : Promise.resolve(state.seen);
  };
  const timers = createTimers(clock);
  const dispatch = (event: LifecycleEvent) => void events.push(event);
  const ports = withDefaults({ clock, platform });
  const own = createStopFollower({ stopPhase, timers, dispatch }, ports);
  own.follow({ ...run, logMark: 'here' }, 3);
  const whats = () => events.map((event) => 'what' in event && event.what);
  return { clock, state, asked, whats, isWriting: () => own.isWriting(), timers };
}

describe('a follower of a stop', () => {
  it('looks each second from the log mark of the process on, until the node is gone', async () => {
    const { clock, state, asked, whats } = follower();
    await clock.advance(2_000);
    expect(asked).toEqual(['here', 'here']);
    expect(whats()).toEqual(['writing cached state', 'writing cached state']);
    state.alive = false;
    await clock.advance(10_000);
    expect(asked).toHaveLength(3);
  });

  it('tells of nothing where the look fails, and looks again', async () => {
    const { clock, state, whats, isWriting } = follower();
    state.seen = new Error('no log');
    await clock.advance(1_000);
    state.seen = writing;
    await clock.advance(1_000);
    expect(whats()).toEqual([null, 'writing cached state']);
    expect(isWriting()).toBe(true);
  });

  it('finds no writing before the first look, nor in another phase', async () => {
    const { clock, state, isWriting } = follower();
    expect(isWriting()).toBe(false);
    state.seen = { ...writing, isWriting: false };
    await clock.advance(1_000);
    expect(isWriting()).toBe(false);
  });

  it('finds writing while lines come or the processor works, and half a minute longer', async () => {
    const { clock, state, isWriting } = follower();
    await clock.advance(1_000);
    expect(isWriting()).toBe(true);
    await clock.advance(30_000);
    expect(isWriting()).toBe(true);
    await clock.advance(1_000);
    expect(isWriting()).toBe(false);
    state.cpuMs += 1;
    await clock.advance(1_000);
    expect(isWriting()).toBe(true);
    await clock.advance(31_000);
    expect(isWriting()).toBe(false);
    state.seen = { ...writing, position: 2 };
    await clock.advance(1_000);
    expect(isWriting()).toBe(true);
  });

  it('ends with its timers', async () => {
    const { clock, asked, timers } = follower();
    timers.dispose();
    await clock.advance(5_000);
    expect(asked).toEqual([]);
  });
});
