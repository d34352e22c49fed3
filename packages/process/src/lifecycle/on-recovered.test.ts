import { describe, expect, it } from 'vitest';
import { at, lifecycles, run, stopping } from '../../test/support/lifecycles.ts';
import { defaultRestartPolicy as policy } from './restart-policy.ts';
import type { Lifecycle } from './state.ts';
import { transition } from './transition.ts';

const adopted = { ...run, adopted: true };
const watch = { type: 'watch', generation: 3, run: adopted } as const;
const follow = { type: 'followStop', generation: 3, run: adopted } as const;
const terminate = (waitMs: number) =>
  ({ type: 'terminate', generation: 3, run: adopted, waitMs }) as const;
const timer = (name: 'kill' | 'restart', delayMs: number) =>
  ({ type: 'startTimer', timer: name, generation: 3, delayMs }) as const;

const recovered = (lifecycle: Lifecycle, found: 'alive' | 'absent' = 'alive') =>
  transition(lifecycle, { type: 'recovered', at, found }, policy);

describe('a child that is alive', () => {
  it.each(['starting', 'running'] as const)('is adopted and watched while %s', (state) => {
    expect(recovered(lifecycles[state])).toEqual({
      lifecycle: { ...lifecycles[state], run: adopted },
      effects: [watch],
    });
  });

  it('has what is left of its grace period', () => {
    const before = stopping({ graceMs: 300_000, killAt: at + 200_000 });
    expect(recovered(before)).toEqual({
      lifecycle: { ...before, run: adopted, killAt: at + 200_000 },
      effects: [watch, follow, timer('kill', 200_000)],
    });
  });

  it('is killed at once, not earlier than now, when its grace period is over', () => {
    const before = stopping({ graceMs: 300_000, killAt: at - 5_000 });
    expect(recovered(before)).toEqual({
      lifecycle: { ...before, run: adopted, killAt: at },
      effects: [watch, follow, timer('kill', 0)],
    });
  });

  it('never has more than its grace period, whatever the clock did', () => {
    const before = stopping({ graceMs: 300_000, killAt: at + 9_000_000 });
    expect(recovered(before)).toEqual({
      lifecycle: { ...before, run: adopted, killAt: at + 300_000 },
      effects: [watch, follow, timer('kill', 300_000)],
    });
  });

  it('is never killed when its stop is unlimited', () => {
    const before = stopping({ graceMs: 0, killAt: null });
    expect(recovered(before)).toEqual({
      lifecycle: { ...before, run: adopted },
      effects: [watch, follow],
    });
  });

  it('is asked to end when the earlier supervisor had no time for that', () => {
    const before = stopping({ asked: false, killAt: at + 200_000 });
    expect(recovered(before).effects).toEqual([watch, terminate(60_000), timer('kill', 200_000)]);
    const unlimited = stopping({ asked: false, graceMs: 0, killAt: null });
    expect(recovered(unlimited).effects).toEqual([watch, terminate(60_000)]);
  });

  it('is killed again when SIGKILL was ordered, and not asked', () => {
    const before = stopping({ asked: false, killedFor: 'forced', killAt: null });
    expect(recovered(before)).toEqual({
      lifecycle: { ...before, run: adopted },
      effects: [watch, { type: 'kill', run: adopted }],
    });
  });
});

describe('a child that is gone', () => {
  it.each(['starting', 'running', 'stopping'] as const)(
    'changes nothing before its end is known while %s',
    (state) => {
      expect(recovered(lifecycles[state], 'absent')).toEqual({
        lifecycle: lifecycles[state],
        effects: [],
      });
    },
  );
});

describe('a restart that was due', () => {
  it('comes after what is left of the wait', () => {
    expect(recovered(lifecycles.crashed)).toEqual({
      lifecycle: { ...lifecycles.crashed, dueAt: at + 2_000 },
      effects: [timer('restart', 2_000)],
    });
  });

  it('comes at once when it became due meanwhile', () => {
    expect(recovered({ ...lifecycles.crashed, dueAt: at - 9_000 })).toEqual({
      lifecycle: { ...lifecycles.crashed, dueAt: at },
      effects: [timer('restart', 0)],
    });
  });

  it('never waits longer than the policy can ask for, whatever the clock did', () => {
    expect(recovered({ ...lifecycles.crashed, failures: 2, dueAt: at + 9_000_000 })).toEqual({
      lifecycle: { ...lifecycles.crashed, failures: 2, dueAt: at + 10_000 },
      effects: [timer('restart', 10_000)],
    });
  });

  it('that waits for a condition looks at it within 10 s, whatever the clock did', () => {
    const held = lifecycles['crashed, on hold'];
    expect(recovered({ ...held, dueAt: at + 9_000_000 })).toEqual({
      lifecycle: { ...held, dueAt: at + 10_000 },
      effects: [timer('restart', 10_000)],
    });
    expect(recovered({ ...held, dueAt: at - 9_000 }).effects).toEqual([timer('restart', 0)]);
  });
});

describe('an upgrade that an earlier supervisor left', () => {
  it('is left to whoever goes on with its plan', () => {
    expect(recovered(lifecycles.upgrading, 'absent')).toEqual({
      lifecycle: lifecycles.upgrading,
      effects: [],
    });
  });

  it('is over where its plan was lost: the node is started with the command of the record', () => {
    const { lifecycle, effects } = recovered(lifecycles['upgrading, plan lost'], 'absent');
    expect(lifecycle.state).toBe('starting');
    expect(effects).toEqual([{ type: 'spawn', generation: 4, command: lifecycle.command }]);
  });
});
