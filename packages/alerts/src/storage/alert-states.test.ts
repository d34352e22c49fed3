import { fakeClock } from '@wemixvisor/testkit';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakePorts } from '../../test/fake-ports.ts';
import type { AlertState } from '../conditions/track-conditions.ts';
import { storedAlertStates } from './alert-states.ts';

const state: AlertState = {
  ...{ key: 'peers', event: 'peers', severity: 'warning', summary: 'few peers' },
  ...{ since: 1, notifiedAt: 2, goneAt: null },
};

/** The file as 0.4.0 wrote it. */
const written =
  '{"schema":1,"troubles":[{"key":"peers","event":"peers","severity":"warning","summary":"few peers","since":1,"toldAt":2,"goneAt":null}]}\n';

const reading = (text: string) => {
  const ports = fakePorts(fakeClock());
  ports.files.set('/f', text);
  return storedAlertStates('/f', ports).load();
};

describe('the stored alert states', () => {
  it('are written as 0.4.0 wrote them, and read from its file', () => {
    const ports = fakePorts(fakeClock());
    storedAlertStates('/f', ports).save([state]);
    expect(ports.files.get('/f')).toBe(written);
    expect(reading(written)).toEqual([state]);
  });

  it('are none where there is no file, and where nothing is to be stored', () => {
    const ports = fakePorts(fakeClock());
    expect(storedAlertStates('/f', ports).load()).toEqual([]);
    storedAlertStates(null, ports).save([state]);
    expect(ports.files.size).toBe(0);
    expect(storedAlertStates(null, { ...ports, readFile: () => written }).load()).toEqual([]);
  });

  it('throw where they cannot be written', () => {
    const ports = fakePorts(fakeClock());
    ports.mayWrite = false;
    expect(() => storedAlertStates('/f', ports).save([state])).toThrow('no space left');
  });

  it.each(['', '\0\0', 'null', '[]', '{"troubles":7}', '{"troubles":[null,3,{}]}'])(
    'are none in a damaged file: %j',
    (text) => {
      expect(reading(text)).toEqual([]);
    },
  );

  it.each([
    { key: 7 },
    { event: 'test' },
    { severity: 'loud' },
    { summary: null },
    { since: null },
    { since: -1 },
    { since: 8.64e15 + 2 },
    { toldAt: 'yesterday' },
    { goneAt: -1 },
  ])('leave out an item with %j, and keep the others', (change) => {
    const { notifiedAt: toldAt, ...rest } = state;
    const good = { ...rest, toldAt };
    expect(reading(JSON.stringify({ troubles: [{ ...good, ...change }, good] }))).toEqual([state]);
  });

  it('keep items at the limits', () => {
    const edge = { ...state, since: 0, notifiedAt: null, goneAt: 8.64e15 };
    const ports = fakePorts(fakeClock());
    const stored = storedAlertStates('/f', ports);
    stored.save([edge]);
    expect(stored.load()).toEqual([edge]);
  });

  it('are fit for use whatever the file holds', () => {
    const { notifiedAt: toldAt, ...rest } = state;
    const wrong = fc.constantFrom('toldAt', ...Object.keys(rest));
    fc.assert(
      fc.property(wrong, fc.oneof(fc.double(), fc.anything()), (name, value) => {
        const text = JSON.stringify({ troubles: [{ ...rest, toldAt, [name]: value }] });
        for (const { notifiedAt, since, key } of reading(text)) {
          expect(typeof key).toBe('string');
          expect(new Date(since).toISOString()).toMatch(/Z$/);
          expect(notifiedAt === null || notifiedAt >= 0).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});
