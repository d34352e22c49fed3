import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { command, diagnosis, lifecycles, run, upgrade } from '../test/support/lifecycles.ts';
import type { LastExit } from './lifecycle/state.ts';
import { parseLifecycleRecord } from './parse-record.ts';

const lastExit: LastExit = {
  code: null,
  signal: 'SIGKILL',
  cause: 'forced',
  at: 1,
  uptimeMs: 2,
  lastLine: 'Fatal: no',
};
const ended = { ...lifecycles.stopped, lastExit };
const withEnvironment = (env: unknown) => ({
  ...lifecycles.stopped,
  command: { ...command, env },
});

const through = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('parseLifecycleRecord', () => {
  it.each(Object.entries(lifecycles))('gives back what was written while %s', (_, lifecycle) => {
    expect(parseLifecycleRecord(through(lifecycle))).toEqual(lifecycle);
  });

  it.each(Object.entries(lifecycles))(
    'refuses %s without any one of its fields',
    (_, lifecycle) => {
      // These stand only where a restart waits, where a stop may have more time, and where an upgrade was planned.
      const optional = ['hold', 'extendUntil', 'upgrade'];
      for (const name of Object.keys(lifecycle).filter((field) => !optional.includes(field))) {
        const damaged: Record<string, unknown> = { ...lifecycle };
        Reflect.deleteProperty(damaged, name);
        expect(parseLifecycleRecord(damaged), name).toBeUndefined();
      }
    },
  );

  it('gives back how the node last ended, and what is to run next', () => {
    expect(parseLifecycleRecord(through(ended))).toEqual(ended);
    const stopping = { ...lifecycles.stopping, killedFor: 'grace-period', next: command };
    expect(parseLifecycleRecord(through(stopping))).toEqual(stopping);
  });

  it('gives back what a node does that is to end, and until when it may have more time', () => {
    const phase = { what: 'writing cached state', since: 5 };
    const stopping = { ...lifecycles.stopping, phase, extendUntil: 9 };
    expect(parseLifecycleRecord(through(stopping))).toEqual(stopping);
    for (const damaged of [{ phase: 'writing' }, { phase: { what: 'x' } }, { extendUntil: '9' }]) {
      expect(parseLifecycleRecord({ ...stopping, ...damaged })).toBeUndefined();
    }
  });

  it('gives back who outlived the first process of the node', () => {
    const stopping = { ...lifecycles.stopping, then: 'policy', survivors: [run.identity] };
    expect(parseLifecycleRecord(through(stopping))).toEqual(stopping);
    expect(parseLifecycleRecord({ ...stopping, survivors: [{ pid: 5 }] })).toBeUndefined();
    expect(parseLifecycleRecord({ ...stopping, survivors: null })).toBeUndefined();
  });

  it('gives back what an end meant and where the log of a run begins, and refuses half of it', () => {
    const diagnosed = { ...ended, lastExit: { ...lastExit, diagnosis } };
    expect(parseLifecycleRecord(through(diagnosed))).toEqual(diagnosed);
    for (const name of Object.keys(diagnosis)) {
      const damaged = { ...lastExit, diagnosis: { ...diagnosis, [name]: undefined } };
      expect(parseLifecycleRecord({ ...ended, lastExit: damaged }), name).toBeUndefined();
    }
    const marked = { ...lifecycles.running, run: { ...run, logMark: 'here' } };
    expect(parseLifecycleRecord(through(marked))).toEqual(marked);
    expect(parseLifecycleRecord({ ...marked, run: { ...run, logMark: 7 } })).toBeUndefined();
    const counted = {
      ...lifecycles.running,
      run: { ...run, killsBefore: { group: '/g', count: 2 } },
    };
    expect(parseLifecycleRecord(counted)).toEqual(counted);
    expect(parseLifecycleRecord({ ...marked, run: { ...run, killsBefore: 2 } })).toBeUndefined();
    const held = lifecycles['crashed, on hold'];
    expect(parseLifecycleRecord({ ...held, hold: false })).toBeUndefined();
  });

  it('refuses an exit or a command without any one of its fields', () => {
    for (const name of Object.keys(lastExit)) {
      expect(parseLifecycleRecord({ ...ended, lastExit: { ...lastExit, [name]: undefined } })).toBe(
        undefined,
      );
    }
    for (const name of Object.keys(command)) {
      const damaged = { ...lifecycles.stopped, command: { ...command, [name]: undefined } };
      expect(parseLifecycleRecord(damaged), name).toBeUndefined();
    }
  });

  it.each([
    ['a state of another version', { ...lifecycles.stopped, state: 'hibernating' }],
    ['a state named like an inherited member', { ...lifecycles.stopped, state: 'constructor' }],
    ['a negative generation', { ...lifecycles.stopped, generation: -1 }],
    [
      'a pid that means every process',
      { ...lifecycles.running, run: { ...run, identity: { ...run.identity, pid: -1 } } },
    ],
    [
      'the pid of init',
      { ...lifecycles.running, run: { ...run, recorder: { ...run.recorder, pid: 1 } } },
    ],
    [
      'counts that are no numbers',
      { ...lifecycles.stopped, restarts: { crash: '1', health: 0, operator: 0 } },
    ],
    ['a time that is no number', { ...lifecycles.crashed, dueAt: '1' }],
    ['a time that is not finite', { ...lifecycles.crashed, dueAt: Infinity }],
    [
      'a cause of an end that it does not know',
      { ...ended, lastExit: { ...lastExit, cause: 'bored' } },
    ],
    [
      'an exit of 0.4.0, which had no cause',
      { ...ended, lastExit: { ...lastExit, cause: undefined, asked: true, forced: false } },
    ],
    ['a kill that it does not know', { ...lifecycles.stopping, killedFor: true }],
    ['a command that is none', { ...lifecycles.stopped, command: 'geth' }],
    [
      'a next command that is none',
      { ...lifecycles.stopping, next: { ...command, args: '--http' } },
    ],
    ['an environment that is null', withEnvironment(null)],
    ['an environment that is a list', withEnvironment(['A=1'])],
    ['an environment that is a text', withEnvironment('')],
    ['an environment that is missing', withEnvironment(undefined)],
    ['an environment with a number', withEnvironment({ A: 1 })],
    ['a list that is none', { ...lifecycles.stopped, healthRestarts: {} }],
  ])('refuses %s', (_, value) => {
    expect(parseLifecycleRecord(value)).toBeUndefined();
  });

  it('never throws, and gives only what it was given', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect([undefined, value]).toContain(parseLifecycleRecord(value));
      }),
    );
  });

  it('refuses an upgrade without its plan or its new command', () => {
    const { plan, to } = upgrade;
    for (const damaged of [{ plan }, { to, from: null }, { plan: [], to, from: null }, 'one']) {
      expect(parseLifecycleRecord({ ...lifecycles.running, upgrade: damaged })).toBeUndefined();
    }
  });
});
