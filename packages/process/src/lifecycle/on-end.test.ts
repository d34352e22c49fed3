import { describe, expect, it } from 'vitest';
import {
  at,
  diagnosis,
  exited,
  found,
  lifecycles,
  stopping,
} from '../../test/support/lifecycles.ts';
import type { LifecycleEvent } from './event.ts';
import { defaultRestartPolicy, type RestartPolicy } from './restart-policy.ts';
import { factsOf, type Lifecycle, type StartCause } from './state.ts';
import { transition } from './transition.ts';

const policy: RestartPolicy = { ...defaultRestartPolicy, restartJitter: 0.5 };
const after = (lifecycle: Lifecycle, event: LifecycleEvent, changes: Partial<RestartPolicy> = {}) =>
  transition(lifecycle, event, { ...policy, ...changes });

const failed = (permanent: boolean, jitter = 0) =>
  ({ type: 'spawnFailed', generation: 3, at, reason: 'no program', permanent, jitter }) as const;
const startedBy = (cause: StartCause) => ({ ...lifecycles['starting, no child yet'], cause });

describe('a program that cannot be executed', () => {
  it.each(['start', 'operator'] as const)('is an error at once after %s', (cause) => {
    const { lifecycle, effects } = after(startedBy(cause), failed(true));
    expect(lifecycle).toMatchObject({ state: 'error', reason: 'no program', failures: 0 });
    expect(effects).toEqual([]);
  });

  it.each(['crash', 'health'] as const)(
    'counts as one more failure after %s: the file may just be replaced',
    (cause) => {
      const { lifecycle } = after(startedBy(cause), failed(true));
      expect(lifecycle).toMatchObject({ state: 'crashed', reason: 'no program', failures: 1 });
    },
  );

  it('that may be cured by waiting counts as a failure whoever asked', () => {
    const { lifecycle } = after(startedBy('start'), failed(false));
    expect(lifecycle).toMatchObject({ state: 'crashed', failures: 1 });
  });

  it('is followed by a restart after the delay and its random share', () => {
    const { lifecycle, effects } = after(startedBy('crash'), failed(false, 1));
    expect(lifecycle).toMatchObject({ dueAt: at + 7_500 });
    expect(effects).toEqual([
      { type: 'startTimer', timer: 'restart', generation: 3, delayMs: 7_500 },
    ]);
  });

  it('leaves the last exit as it was', () => {
    const lastExit = {
      code: 1,
      signal: null,
      cause: 'unasked',
      at: 1,
      uptimeMs: 1,
      lastLine: 'x',
    } as const;
    const { lifecycle } = after({ ...startedBy('crash'), lastExit }, failed(false));
    expect(lifecycle.lastExit).toEqual(lastExit);
  });

  it('ends a stop that waits for the child', () => {
    const before = { ...lifecycles['stopping, no child yet'], next: null };
    const { lifecycle, effects } = after(before, failed(true));
    expect(lifecycle).toEqual({
      ...factsOf(before),
      state: 'stopped',
      reason: 'stopped by the operator',
    });
    expect(effects).toEqual([{ type: 'cancelTimer', timer: 'kill' }]);
  });
});

describe('an unasked end', () => {
  it('is saved with all that is known of it', () => {
    const event = exited({ code: null, signal: 'SIGSEGV', findings: { lastLine: 'panic' } });
    expect(after(lifecycles.running, event).lifecycle.lastExit).toEqual({
      code: null,
      signal: 'SIGSEGV',
      cause: 'unasked',
      at,
      uptimeMs: 60_000,
      lastLine: 'panic',
    });
  });

  it.each([
    [exited({ code: 1 }), 'exit code 1'],
    [exited({ code: null, signal: 'SIGSEGV' }), 'ended by SIGSEGV'],
    [exited({ code: null }), 'ended, exit status unknown'],
  ])('gives the reason of the crash', (event, reason) => {
    expect(after(lifecycles.running, event).lifecycle).toMatchObject({ state: 'crashed', reason });
  });

  it('is followed by a restart that is due a delay after the end, not after it was seen', () => {
    const event = exited({ at, seenAt: at + 3_000, classifiedAt: at + 3_200 });
    const { lifecycle, effects } = after(lifecycles.running, event);
    expect(lifecycle).toMatchObject({ state: 'crashed', dueAt: at + 5_000 });
    expect(effects).toMatchObject([{ type: 'startTimer', timer: 'restart', delayMs: 1_800 }]);
  });

  it('is followed by a restart at once when the delay is over already', () => {
    const event = exited({ at, seenAt: at + 9_000, classifiedAt: at + 9_100 });
    const { lifecycle, effects } = after(lifecycles.running, event);
    expect(lifecycle).toMatchObject({ dueAt: at + 9_100 });
    expect(effects).toMatchObject([{ delayMs: 0 }]);
  });

  it('doubles the delay with each failure and adds the random share', () => {
    const { effects } = after({ ...lifecycles.running, failures: 2 }, exited({ jitter: 1 }));
    expect(effects).toMatchObject([{ delayMs: 30_000 }]);
  });

  it('forgets earlier failures from restartResetMs of uptime on', () => {
    const before = { ...lifecycles.running, failures: 4 };
    const failures = (uptimeMs: number) => after(before, exited({ uptimeMs })).lifecycle.failures;
    expect(failures(599_999)).toBe(5);
    expect(failures(600_000)).toBe(1);
  });

  it('leads to error when the budget is spent, and not one failure earlier', () => {
    const end = (failures: number) =>
      after({ ...lifecycles.running, failures }, exited(), { maxRestarts: 2 }).lifecycle;
    expect(end(1)).toMatchObject({ state: 'crashed', failures: 2 });
    expect(end(2)).toMatchObject({
      state: 'error',
      failures: 3,
      reason: 'exit code 1; gave up after 2 restarts',
    });
  });

  it('leads to error at once where nothing is known to start again, and counts nothing', () => {
    const { lifecycle, effects } = after({ ...lifecycles.running, command: null }, exited({}));
    expect(lifecycle).toMatchObject({
      state: 'error',
      reason: 'exit code 1; what to start it with is not known, as its record was lost',
      failures: 0,
    });
    expect(effects).toEqual([]);
  });

  it('names one restart as one', () => {
    const { lifecycle } = after({ ...lifecycles.running, failures: 1 }, exited(), {
      maxRestarts: 1,
    });
    expect(lifecycle).toMatchObject({ reason: 'exit code 1; gave up after 1 restart' });
  });

  it('with code 0 is no crash, unless every end is to be followed by a restart', () => {
    const clean = exited({ code: 0 });
    expect(after({ ...lifecycles.running, failures: 2 }, clean).lifecycle).toMatchObject({
      state: 'stopped',
      desired: 'up',
      failures: 2,
      reason: 'the node ended by itself: exit code 0',
    });
    expect(after(lifecycles.running, clean, { restart: 'always' }).lifecycle.state).toBe('crashed');
  });

  it('of a child that never became the node is followed by a spawn that counts as nothing', () => {
    const { lifecycle, effects } = after(startedBy('crash'), exited({ ran: false }));
    expect(lifecycle).toMatchObject({
      state: 'starting',
      cause: 'crash',
      generation: 4,
      restarts: { crash: 0 },
      lastExit: null,
    });
    expect(effects).toEqual([
      { type: 'spawn', generation: 4, command: lifecycles.running.command },
    ]);
  });
});

describe('an end that was waited for', () => {
  it('leads to rest, or to what was to follow', () => {
    const state = (then: 'rest' | 'upgrade' | 'start' | 'operator' | 'health') =>
      after(stopping({ then }), exited()).lifecycle.state;
    expect(state('rest')).toBe('stopped');
    expect(state('upgrade')).toBe('upgrading');
    expect(state('start')).toBe('starting');
  });

  it.each([
    ['start', { crash: 0, health: 0, operator: 0 }],
    ['operator', { crash: 0, health: 0, operator: 1 }],
    ['health', { crash: 0, health: 1, operator: 0 }],
  ] as const)('is followed by a spawn counted as %s', (then, restarts) => {
    const { lifecycle, effects } = after(stopping({ then, desired: 'up' }), exited());
    expect(lifecycle).toMatchObject({ state: 'starting', cause: then, generation: 4, restarts });
    expect(effects).toEqual([
      { type: 'cancelTimer', timer: 'kill' },
      { type: 'spawn', generation: 4, command: lifecycles.running.command },
    ]);
  });

  it('takes over the command that was to follow, whatever follows', () => {
    const next = { file: '/bin/other', args: [], env: {}, cwd: '/' };
    for (const then of ['rest', 'upgrade', 'start'] as const) {
      const { lifecycle } = after(stopping({ then, next }), exited());
      expect(lifecycle.command).toEqual(next);
      expect(lifecycle).not.toHaveProperty('next');
    }
  });

  it('of a child that never became the node leaves the last exit as it was', () => {
    const lastExit = {
      code: 1,
      signal: null,
      cause: 'unasked',
      at: 1,
      uptimeMs: 1,
      lastLine: null,
    } as const;
    const event = exited({ ran: false, code: 125 });
    expect(after(stopping({ lastExit }), event).lifecycle.lastExit).toEqual(lastExit);
  });
});

describe('an end whose cause is known', () => {
  const end = (kind: 'never' | 'short' | 'retry' | 'hold', changes = {}) =>
    exited({ findings: found(kind), ...changes });
  const how = 'the disk is full (exit code 1)';

  it('that no restart can help is an error at once, and counts nothing', () => {
    const { lifecycle, effects } = after({ ...lifecycles.running, failures: 2 }, end('never'));
    expect(lifecycle).toMatchObject({ state: 'error', reason: how, failures: 2 });
    expect(lifecycle.lastExit?.diagnosis).toEqual({ ...diagnosis, class: 'never' });
    expect(effects).toEqual([]);
  });

  it('that a restart may help is counted like one of which nothing is known', () => {
    const { lifecycle } = after({ ...lifecycles.running, failures: 2 }, end('retry'));
    expect(lifecycle).toMatchObject({ state: 'crashed', reason: how, failures: 3 });
    expect(lifecycle).not.toHaveProperty('hold');
  });

  it('is a failure with exit code 0 where the policy names its cause', () => {
    const event = end('retry', { code: 0 });
    expect(after(lifecycles.running, event).lifecycle.state).toBe('stopped');
    const named = after(lifecycles.running, event, { failureCauses: [diagnosis.cause] });
    expect(named.lifecycle).toMatchObject({ state: 'crashed', failures: 1 });
  });

  it('waits for its condition where it has one, also after code 0, and counts nothing', () => {
    const event = end('hold', { code: 0, classifiedAt: at + 300 });
    const { lifecycle, effects } = after({ ...lifecycles.running, failures: 2 }, event);
    expect(lifecycle).toMatchObject({
      state: 'crashed',
      hold: true,
      dueAt: at + 10_000,
      reason: 'the disk is full (exit code 0)',
      failures: 2,
      restarts: { crash: 0 },
    });
    expect(effects).toEqual([
      { type: 'startTimer', timer: 'restart', generation: 3, delayMs: 9_700 },
    ]);
  });

  it.each(['hold', 'short'] as const)(
    'counts as a failure where it comes back within a run that was short (%s)',
    (kind) => {
      const { lifecycle: first } = after(lifecycles.running, end(kind));
      const again = { ...lifecycles.running, lastExit: first.lastExit };
      const second = (failures: number, changes = {}) =>
        after({ ...again, failures }, end(kind, changes), { maxRestarts: 2 }).lifecycle;
      expect(second(0)).toMatchObject({ hold: true, failures: 1, dueAt: at + 5_000 });
      expect(second(1)).toMatchObject({ hold: true, failures: 2, dueAt: at + 10_000 });
      expect(second(2)).toMatchObject({
        state: 'error',
        failures: 3,
        reason: `${how}; gave up after 2 restarts`,
      });
      expect(second(2, { uptimeMs: 600_000 })).toMatchObject({ state: 'crashed', failures: 0 });
      expect(second(2, { findings: found(kind, 'another') })).toMatchObject({ failures: 2 });
    },
  );

  it('tries once where the condition may be short, by the delay of the policy and uncounted', () => {
    const { lifecycle, effects } = after(lifecycles.running, end('short', { jitter: 1 }));
    expect(lifecycle).toMatchObject({ state: 'crashed', dueAt: at + 7_500, failures: 0 });
    expect(lifecycle).not.toHaveProperty('hold');
    expect(effects).toMatchObject([{ type: 'startTimer', timer: 'restart', delayMs: 7_500 }]);
  });

  it('is tried no sooner than now where it was seen late', () => {
    const event = end('short', { classifiedAt: at + 60_000 });
    expect(after(lifecycles.running, event).lifecycle).toMatchObject({ dueAt: at + 60_000 });
  });

  it('waits after a second end of a short condition, unless the node had long been well', () => {
    const { lifecycle: first } = after(lifecycles.running, end('short'));
    const again = { ...lifecycles.running, lastExit: first.lastExit };
    const hold = (changes: object) => 'hold' in after(again, end('short', changes)).lifecycle;
    expect(hold({})).toBe(true);
    expect(hold({ uptimeMs: 599_999 })).toBe(true);
    expect(hold({ uptimeMs: 600_000 })).toBe(false);
    expect(hold({ findings: found('short', 'another') })).toBe(false);
  });

  it.each(['hold', 'short'] as const)('is not waited for (%s) where nothing restarts', (kind) => {
    const off = { restart: 'never' } as const;
    expect(after(lifecycles.running, end(kind, { code: 0 }), off).lifecycle).toMatchObject({
      state: 'stopped',
      reason: 'the node ended by itself: the disk is full (exit code 0)',
    });
    expect(after(lifecycles.running, end(kind), off).lifecycle.state).toBe('error');
    const lost = { ...lifecycles.running, command: null };
    expect(after(lost, end(kind)).lifecycle).toMatchObject({ state: 'error', failures: 0 });
  });

  it('has no diagnosis where somebody asked for it', () => {
    expect(after(stopping({}), end('never')).lifecycle.lastExit).not.toHaveProperty('diagnosis');
    const gone = stopping({ asked: false, then: 'policy' });
    expect(after(gone, end('never')).lifecycle).toMatchObject({ state: 'error', reason: how });
  });
});

describe('a restart that waits for a condition', () => {
  const held = lifecycles['crashed, on hold'];
  const fired = { type: 'timerFired', timer: 'restart', generation: 3, at } as const;
  const checked = (over: boolean) => ({ type: 'holdChecked', generation: 3, over }) as const;

  it('looks at it when its time has come, and changes nothing before it is answered', () => {
    const { lifecycle, effects } = after(held, fired);
    expect(lifecycle).toBe(held);
    expect(effects).toEqual([{ type: 'checkHold', generation: 3, exit: held.lastExit }]);
  });

  it('is a restart after a crash when the condition has cleared', () => {
    const { lifecycle, effects } = after(held, checked(true));
    expect(lifecycle).toMatchObject({ state: 'starting', cause: 'crash', restarts: { crash: 1 } });
    expect(lifecycle).not.toHaveProperty('hold');
    expect(effects).toMatchObject([{ type: 'spawn', generation: 4 }]);
  });

  it('looks again 10 s later as long as it has not, and stays as it is', () => {
    const { lifecycle, effects } = after(held, checked(false));
    expect(lifecycle).toBe(held);
    expect(effects).toEqual([
      { type: 'startTimer', timer: 'restart', generation: 3, delayMs: 10_000 },
    ]);
  });

  it('hears nothing of a condition where none is waited for', () => {
    expect(after(lifecycles.crashed, checked(true)).lifecycle).toBe(lifecycles.crashed);
  });
});
