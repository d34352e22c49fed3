import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lifecycles, run } from '../test/support/lifecycles.ts';
import { parseLifecycleRecord } from './parse-record.ts';

const through = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('parseLifecycleRecord', () => {
  it.each(Object.entries(lifecycles))('gives back what was written while %s', (_, lifecycle) => {
    expect(parseLifecycleRecord(through(lifecycle))).toEqual(lifecycle);
  });

  it.each(Object.entries(lifecycles))(
    'refuses %s without any one of its fields',
    (_, lifecycle) => {
      for (const name of Object.keys(lifecycle)) {
        const damaged: Record<string, unknown> = { ...lifecycle };
        Reflect.deleteProperty(damaged, name);
        expect(parseLifecycleRecord(damaged), name).toBeUndefined();
      }
    },
  );

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
});
