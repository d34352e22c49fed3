import { describe, expect, it } from 'vitest';
import {
  at,
  events,
  facts,
  lifecycles,
  run,
  stopping,
  upgrade,
} from '../../test/support/lifecycles.ts';
import type { LifecycleEvent } from './event.ts';
import { defaultRestartPolicy, type RestartPolicy } from './restart-policy.ts';
import type { Lifecycle } from './state.ts';
import { transition } from './transition.ts';

const after = (lifecycle: Lifecycle, event: LifecycleEvent, changes: Partial<RestartPolicy> = {}) =>
  transition(lifecycle, event, { ...defaultRestartPolicy, ...changes });

const other = { file: '/bin/other', args: [], env: {}, cwd: '/' };
const stop = (changes: { timeoutMs?: number; force?: boolean; source?: string } = {}) =>
  ({ type: 'stopRequested', at, ...changes }) as const;
const restart = (changes: { reason?: string; timeoutMs?: number } = {}) =>
  ({ type: 'restartRequested', at, cause: 'operator', ...changes }) as const;
const killTimer = (delayMs: number) =>
  ({ type: 'startTimer', timer: 'kill', generation: 3, delayMs }) as const;
const terminate = (waitMs: number) => ({ type: 'terminate', generation: 3, run, waitMs }) as const;

const spent = {
  restarts: { crash: 4, health: 2, operator: 1 },
  failures: 4,
  healthRestarts: [at],
};
const none = { restarts: { crash: 0, health: 0, operator: 0 }, failures: 0, healthRestarts: [] };

describe('a start', () => {
  const start = { type: 'startRequested', at, command: other } as const;

  it.each(['stopped', 'crashed', 'error'] as const)(
    'from %s forgets what went wrong before and spawns the given command',
    (state) => {
      const { lifecycle, effects } = after({ ...lifecycles[state], ...spent }, start);
      expect(lifecycle).toEqual({
        ...facts,
        ...none,
        desired: 'up',
        generation: 4,
        command: other,
        state: 'starting',
        run: null,
        cause: 'start',
      });
      expect(effects.at(-1)).toEqual({ type: 'spawn', generation: 4, command: other });
    },
  );

  it.each(['starting', 'running'] as const)(
    'of a node that is %s gives it its command only where the record has none',
    (state) => {
      const unknown = { ...lifecycles[state], ...spent, command: null };
      expect(after(unknown, start)).toEqual({
        lifecycle: { ...unknown, command: other },
        effects: [],
      });
      expect(after(lifecycles[state], start).lifecycle).toBe(lifecycles[state]);
    },
  );

  it('during a stop follows it', () => {
    expect(after({ ...stopping({}), ...spent }, start).lifecycle).toEqual({
      ...stopping({}),
      ...none,
      desired: 'up',
      then: 'start',
      next: other,
    });
  });

  it('during an upgrade follows it', () => {
    expect(after({ ...lifecycles.upgrading, ...spent, desired: 'down' }, start).lifecycle).toEqual({
      ...lifecycles.upgrading,
      ...none,
      desired: 'up',
      command: other,
    });
  });
});

describe('a stop', () => {
  it.each(['starting', 'running'] as const)('of a node that is %s asks it to end', (state) => {
    const { lifecycle, effects } = after(lifecycles[state], stop({ source: 'SIGTERM' }));
    expect(lifecycle).toEqual({
      ...facts,
      desired: 'down',
      state: 'stopping',
      run,
      then: 'rest',
      reason: 'stopped by SIGTERM',
      asked: false,
      killedFor: null,
      next: null,
      graceMs: 300_000,
      killAt: at + 300_000,
      extendUntil: at + 1_800_000,
    });
    expect(effects).toEqual([terminate(60_000), killTimer(300_000)]);
  });

  it('may bring a grace period of its own', () => {
    const { lifecycle, effects } = after(lifecycles.running, stop({ timeoutMs: 50 }));
    expect(lifecycle).toMatchObject({ graceMs: 50, killAt: at + 50 });
    expect(effects).toEqual([terminate(25), killTimer(50)]);
  });

  it.each([
    ['its own grace period is 0', stop({ timeoutMs: 0 }), {}],
    ["the policy's grace period is 0", stop(), { stopTimeoutMs: 0 }],
  ])('arms no timer when %s', (_, event, changes) => {
    const { lifecycle, effects } = after(lifecycles.running, event, changes);
    expect(lifecycle).toMatchObject({ graceMs: 0, killAt: null });
    expect(effects).toEqual([terminate(60_000)]);
  });

  it('by force kills at once and asks nothing', () => {
    const { lifecycle, effects } = after(lifecycles.running, stop({ force: true }));
    expect(lifecycle).toMatchObject({
      killedFor: 'forced',
      graceMs: 0,
      killAt: null,
      asked: false,
    });
    expect(effects).toEqual([
      { type: 'cancelTimer', timer: 'kill' },
      { type: 'kill', run },
    ]);
  });

  it.each([{}, { force: true }])('before there is a child signals nobody (%j)', (how) => {
    const { lifecycle, effects } = after(lifecycles['starting, no child yet'], stop(how));
    expect(lifecycle).toMatchObject({ state: 'stopping', killedFor: null, killAt: null });
    expect(effects).toEqual([]);
  });

  it.each(['crashed', 'error', 'stopped', 'upgrading', 'stopping'] as const)(
    'of a node that is %s takes back the wish that it be up',
    (state) => {
      const before = { ...lifecycles[state], desired: 'up' } as const;
      expect(after(before, stop()).lifecycle.desired).toBe('down');
    },
  );

  it('of a node that is crashed or in error leads to stopped, with its reason', () => {
    for (const state of ['crashed', 'error'] as const) {
      expect(after(lifecycles[state], stop()).lifecycle).toEqual({
        ...facts,
        failures: lifecycles[state].failures,
        desired: 'down',
        state: 'stopped',
        reason: 'stopped by the operator',
      });
    }
  });
});

describe('a second stop', () => {
  const until = (killAt: number | null, graceMs = 300_000) => stopping({ killAt, graceMs });

  it('shortens the grace period from now on', () => {
    const { lifecycle, effects } = after(until(at + 200_000), stop({ timeoutMs: 5_000 }));
    expect(lifecycle).toMatchObject({ graceMs: 5_000, killAt: at + 5_000, killedFor: null });
    expect(effects).toEqual([killTimer(5_000)]);
  });

  it('limits a stop that was unlimited', () => {
    const { lifecycle, effects } = after(until(null, 0), stop({ timeoutMs: 5_000 }));
    expect(lifecycle).toMatchObject({ graceMs: 5_000, killAt: at + 5_000 });
    expect(effects).toEqual([killTimer(5_000)]);
  });

  it.each([
    ['later', stop({ timeoutMs: 200_001 })],
    ['at the same time', stop({ timeoutMs: 200_000 })],
    ['never', stop({ timeoutMs: 0 })],
    ['whenever the policy says', stop()],
  ])('that would kill %s changes no time', (_, event) => {
    const { lifecycle, effects } = after(until(at + 200_000), event);
    expect(lifecycle).toMatchObject({ graceMs: 300_000, killAt: at + 200_000 });
    expect(effects).toEqual([]);
  });

  it('by force kills at once', () => {
    const { lifecycle, effects } = after(until(at + 200_000), stop({ force: true }));
    expect(lifecycle).toMatchObject({ killedFor: 'forced', killAt: null });
    expect(effects.map(({ type }) => type)).toEqual(['cancelTimer', 'kill']);
  });

  it.each([{ force: true }, { timeoutMs: 5 }])(
    'changes nothing once the node is killed or while there is no child (%j)',
    (how) => {
      const killed = stopping({ killedFor: 'grace-period', killAt: null });
      expect(after(killed, stop(how))).toEqual({ lifecycle: killed, effects: [] });
      const early = lifecycles['stopping, no child yet'];
      expect(after(early, stop(how))).toEqual({ lifecycle: early, effects: [] });
    },
  );

  it('takes back what was to follow, and names who asked last', () => {
    const before = stopping({ desired: 'up', then: 'operator', reason: 'restarted' });
    expect(after(before, stop({ source: 'SIGINT' })).lifecycle).toMatchObject({
      desired: 'down',
      then: 'rest',
      reason: 'stopped by SIGINT',
    });
  });
});

describe('a restart by the operator', () => {
  it('stops the node and brings it up again, with the counts but without the failures', () => {
    const { lifecycle, effects } = after(
      { ...lifecycles.running, ...spent, desired: 'down' },
      restart({ timeoutMs: 50 }),
    );
    expect(lifecycle).toMatchObject({
      state: 'stopping',
      then: 'operator',
      reason: 'restarted by the operator',
      desired: 'up',
      failures: 0,
      restarts: spent.restarts,
      graceMs: 50,
    });
    expect(effects).toEqual([terminate(25), killTimer(50)]);
  });

  it('names its reason', () => {
    expect(after(lifecycles.running, restart({ reason: 'new flags' })).lifecycle).toMatchObject({
      reason: 'new flags',
    });
  });

  it('during a stop replaces what was to follow', () => {
    const before = { ...stopping({}), failures: 3 };
    expect(after(before, restart()).lifecycle).toEqual({
      ...before,
      desired: 'up',
      failures: 0,
      then: 'operator',
      reason: 'restarted by the operator',
    });
  });

  it('during an upgrade only wants the node up', () => {
    const before = { ...lifecycles.upgrading, desired: 'down', failures: 3 } as const;
    expect(after(before, restart()).lifecycle).toEqual({ ...before, desired: 'up', failures: 0 });
  });

  it.each(['stopped', 'crashed', 'error'] as const)('from %s spawns and counts', (state) => {
    const { lifecycle, effects } = after(lifecycles[state], restart());
    expect(lifecycle).toMatchObject({
      state: 'starting',
      desired: 'up',
      failures: 0,
      cause: 'operator',
      restarts: { crash: 0, health: 0, operator: 1 },
    });
    expect(effects.at(-1)).toMatchObject({ type: 'spawn' });
  });
});

describe('a restart for health', () => {
  const forHealth = { type: 'restartRequested', at, cause: 'health' } as const;

  it('is remembered together with those that still count', () => {
    const healthRestarts = [at - 30_000_000, at - 7_200_000];
    const { lifecycle } = after({ ...lifecycles.running, healthRestarts }, forHealth);
    expect(lifecycle).toMatchObject({
      state: 'stopping',
      then: 'health',
      reason: 'restarted because it was unhealthy',
      healthRestarts: [at - 7_200_000, at],
    });
  });

  it('is refused during the cooldown', () => {
    const before = { ...lifecycles.running, healthRestarts: [at - 60_000] };
    expect(after(before, forHealth).lifecycle).toBe(before);
  });

  it('keeps the failures in a row and what the operator wants', () => {
    const before = { ...lifecycles.running, failures: 3 };
    const { lifecycle } = after(before, { ...forHealth, reason: 'no answer' });
    expect(lifecycle).toMatchObject({ failures: 3, desired: 'up', reason: 'no answer' });
  });
});

describe('an upgrade', () => {
  const asked = { type: 'upgradeRequested', at, upgrade } as const;
  const finished = { type: 'upgradeFinished', at, command: upgrade.to, upgrade } as const;

  it('stops the node first, and is saved with that', () => {
    const { lifecycle, effects } = after(lifecycles.running, asked);
    expect(lifecycle).toMatchObject({
      state: 'stopping',
      then: 'upgrade',
      reason: 'stopped for an upgrade',
      desired: 'up',
      upgrade,
    });
    expect(effects).toEqual([terminate(60_000), killTimer(300_000)]);
  });

  it('during a stop follows it', () => {
    expect(after(stopping({}), asked).lifecycle).toEqual(
      stopping({ then: 'upgrade', reason: 'stopped for an upgrade', upgrade }),
    );
  });

  it('starts its command where the node is wanted up, and counts no earlier failure against it', () => {
    const before = { ...lifecycles.upgrading, failures: 4 };
    expect(after(before, finished).lifecycle).toMatchObject({
      state: 'starting',
      cause: 'operator',
      command: upgrade.to,
      failures: 0,
      upgrade,
    });
  });

  it('leaves the node down where it is wanted down', () => {
    expect(after({ ...lifecycles.upgrading, desired: 'down' }, finished).lifecycle).toEqual({
      ...facts,
      desired: 'down',
      state: 'stopped',
      reason: 'upgraded while it was down',
      command: upgrade.to,
      upgrade,
    });
  });

  it.each(Object.entries(lifecycles))(
    'is planned while %s, and nothing else changes',
    (_, before) => {
      const plan = { ...upgrade, plan: { step: 'cancelled' } };
      expect(after(before, { type: 'upgradePlanned', upgrade: plan })).toEqual({
        lifecycle: { ...before, upgrade: plan },
        effects: [],
      });
    },
  );

  it('is remembered through everything that follows', () => {
    const planned = { ...lifecycles.running, upgrade };
    for (const event of Object.values<LifecycleEvent>(events)) {
      expect(after(planned, event).lifecycle.upgrade).toEqual(upgrade);
    }
  });
});
