import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatEntry,
  indexTitle,
  parseIndex,
  timeAt,
  windowSince,
  windowUntil,
  type IndexEntry,
} from './time-index.ts';

const entries = fc
  .array(fc.record({ timeMs: fc.nat(10_000), step: fc.integer({ min: 1, max: 500 }) }))
  .map((list) => {
    let offset = -1;
    return list.map(({ timeMs, step }): IndexEntry => ({ timeMs, offset: (offset += step) }));
  });

describe('the index file', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(entries, fc.option(fc.constant('node-20260304T091502118Z')), (list, after) => {
        const text = indexTitle(after) + list.map(formatEntry).join('');
        expect(parseIndex(text)).toEqual({ after, entries: list });
      }),
    );
  });

  it('loses only the damaged lines', () => {
    const text = `${indexTitle(null)}1 0\n2 10\ngarbage\n3 5\n99999999999999999 20\n4 30\n5 4`;
    expect(parseIndex(text)?.entries.map(({ timeMs }) => timeMs)).toEqual([1, 2, 4]);
    expect(parseIndex('something else')).toBeNull();
    expect(parseIndex('')).toBeNull();
  });
});

describe('a window', () => {
  it('never leaves out a place that is late, or early, enough, even when the clock was set back', () => {
    fc.assert(
      fc.property(entries, fc.nat(10_000), (list, timeMs) => {
        const size = (list.at(-1)?.offset ?? 0) + 1;
        const since = windowSince(list, timeMs, size);
        const until = windowUntil(list, timeMs, size);
        for (const entry of list) {
          if (entry.timeMs >= timeMs) expect(entry.offset).toBeGreaterThanOrEqual(since.from);
          if (entry.timeMs <= timeMs) expect(entry.offset).toBeLessThan(until.to);
        }
        expect(since.from).toBeLessThanOrEqual(since.to);
        expect(until.from).toBeLessThanOrEqual(until.to);
      }),
    );
  });
});

describe('timeAt', () => {
  it('is the time of the last entry not beyond the place', () => {
    fc.assert(
      fc.property(entries, fc.nat(5000), (list, offset) => {
        const entry = list.findLast((candidate) => candidate.offset <= offset);
        expect(timeAt(list, offset)?.getTime()).toBe(entry?.timeMs);
      }),
    );
  });
});
