import { describe, expect, it } from 'vitest';
import { life, policy } from '../test/support/life.ts';
import { exited, lifecycles, stopping } from '../test/support/lifecycles.ts';
import type { Exited } from './lifecycle/event.ts';
import { defaultRestartPolicy } from './lifecycle/restart-policy.ts';
import type { Lifecycle } from './lifecycle/state.ts';
import { transition } from './lifecycle/transition.ts';
import { stopVerifiedNode } from './stop-verified-node.ts';

const causeAfter = (lifecycle: Lifecycle, event: Exited) =>
  transition(lifecycle, event, defaultRestartPolicy).lifecycle.lastExit?.cause;

const bySigkill = exited({ code: null, signal: 'SIGKILL', killed: true });

describe('the cause of an end', () => {
  it('is unasked while nobody wanted an end', () => {
    expect(causeAfter(lifecycles.running, exited())).toBe('unasked');
    expect(causeAfter(lifecycles.starting, bySigkill)).toBe('unasked');
  });

  it('is asked once SIGTERM was delivered, whatever the node makes of it', () => {
    expect(causeAfter(stopping({}), exited({ code: 0 }))).toBe('asked');
    expect(causeAfter(stopping({}), exited({ code: 1 }))).toBe('asked');
    expect(causeAfter(stopping({}), exited({ code: null, signal: 'SIGTERM' }))).toBe('asked');
  });

  it('is unasked when a stop was requested but its SIGTERM reached nobody', () => {
    expect(causeAfter(stopping({ asked: false }), exited())).toBe('unasked');
  });

  it.each(['grace-period', 'forced'] as const)('is %s when SIGKILL ended it', (killedFor) => {
    expect(causeAfter(stopping({ killedFor }), bySigkill)).toBe(killedFor);
    expect(causeAfter(stopping({ killedFor, asked: false }), bySigkill)).toBe(killedFor);
  });

  it('is the kill when the status is unknown, or told only by the recorder itself', () => {
    const killed = stopping({ killedFor: 'forced' });
    expect(causeAfter(killed, exited({ code: null, killed: true }))).toBe('forced');
    expect(causeAfter(killed, exited({ code: 137, killed: true }))).toBe('forced');
  });

  it('is not the kill when the node ended by itself just before', () => {
    const killed = { killedFor: 'grace-period' } as const;
    expect(causeAfter(stopping(killed), exited({ code: 0, killed: true }))).toBe('asked');
    const crashed = exited({ code: null, signal: 'SIGSEGV', killed: true });
    expect(causeAfter(stopping({ ...killed, asked: false }), crashed)).toBe('unasked');
  });

  it('is not a kill that was ordered after the end had been seen', () => {
    const foreign = exited({ code: null, signal: 'SIGKILL', killed: false });
    expect(causeAfter(stopping({ killedFor: 'forced' }), foreign)).toBe('asked');
  });

  it('is not changed by a later kill: the first one wins', () => {
    for (const killedFor of ['grace-period', 'forced'] as const) {
      const killed = stopping({ killedFor, killAt: null });
      for (const event of [
        { type: 'stopRequested', at: 1, force: true },
        { type: 'timerFired', timer: 'kill', generation: 3, at: 1 },
      ] as const) {
        const next = transition(killed, event, defaultRestartPolicy);
        expect(next.lifecycle).toMatchObject({ killedFor });
        expect(next.effects).toEqual([]);
      }
    }
  });
});

describe('the cause of an end under supervision', () => {
  it('is forced when force comes while the grace period runs', async () => {
    const { up, machine, clock } = life();
    machine.behaviour.ignoresTerm = true;
    const node = await up();
    void node.stop();
    await clock.advance(5_000);
    const stopped = node.stop({ force: true });
    await clock.advance(0);
    expect((await stopped).lastExit).toMatchObject({ signal: 'SIGKILL', cause: 'forced' });
  });

  it('is unasked when the node had gone before the stop came', async () => {
    const { up, machine, clock } = life();
    const node = await up();
    machine.exit(3);
    const stopped = node.stop(); // the end is not known yet
    await clock.advance(0);
    expect(await stopped).toMatchObject({
      state: 'stopped',
      lastExit: { code: 3, cause: 'unasked' },
    });
    expect(machine.signals).toEqual([]);
  });

  it('is the kill of an earlier supervisor when that one died before it saw the end', async () => {
    const { up, machine, clock, kill, supervisor } = life();
    machine.behaviour.ignoresTerm = true;
    const node = await up();
    void node.stop({ timeoutMs: 100 }).catch(() => undefined);
    await clock.advance(99);
    kill();
    const second = await supervisor();
    await clock.advance(1); // killed, and not looked at again before 250 ms
    kill();
    expect(second.snapshot.state).toBe('stopping');
    const third = await supervisor();
    await clock.advance(0);
    expect(third.snapshot).toMatchObject({
      state: 'stopped',
      lastExit: { signal: 'SIGKILL', cause: 'grace-period' },
    });
  });

  it('is known when a full disk kept the recorder from writing it down', async () => {
    const { up, machine, clock } = life();
    machine.behaviour.recordsNothing = true;
    const node = await up();
    const stopped = node.stop({ force: true });
    await clock.advance(0);
    expect((await stopped).lastExit).toMatchObject({ code: 137, cause: 'forced' });
  });

  it('is unasked when somebody killed the node before a forced stop without a supervisor', async () => {
    const own = life();
    await own.up();
    own.kill();
    own.machine.exit('SIGKILL');
    const { ports } = own.machine.ports();
    const options = { runDirectory: '/nowhere', policy, persist: () => undefined, force: true };
    const done = stopVerifiedNode(own.record!, options, ports);
    await own.clock.advance(0);
    expect((await done).snapshot.lastExit).toMatchObject({ signal: 'SIGKILL', cause: 'unasked' });
  });

  it('is forced when a stop without a supervisor kills the node', async () => {
    const own = life();
    await own.up();
    own.kill();
    const { ports } = own.machine.ports();
    const options = { runDirectory: '/nowhere', policy, persist: () => undefined, force: true };
    const done = stopVerifiedNode(own.record!, options, ports);
    await own.clock.advance(250);
    expect((await done).snapshot.lastExit).toMatchObject({ signal: 'SIGKILL', cause: 'forced' });
    expect(own.machine.signals.map(({ signal }) => signal)).not.toContain('SIGTERM');
  });
});
