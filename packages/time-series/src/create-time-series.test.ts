import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createTimeSeries } from './create-time-series.ts';

const start = Date.UTC(2026, 0, 1);
const day = 24 * 3_600_000;

/** A second, ten seconds: five slots each, and a column of each kind. */
function tenSeconds() {
  const series = createTimeSeries({
    columns: { mean: 'mean', last: 'last', max: 'max' },
    archives: [
      { stepMs: 1_000, slots: 5 },
      { stepMs: 10_000, slots: 5 },
    ],
  });
  const put = (seconds: number, value: number | null) =>
    series.record(start + seconds * 1_000, { mean: value, last: value, max: value });
  const get = (stepMs: number, seconds: number) =>
    series.window(stepMs, start + seconds * 1_000).values;
  return { series, put, get };
}

describe('a time series', () => {
  it('makes one value of those in a slot, as each column wants it', () => {
    const { put, get } = tenSeconds();
    for (const [second, value] of [4, null, 1, 10].entries()) put(second, value);
    expect(get(1_000, 3)).toMatchObject({ mean: [4, null, 1, 10], last: [4, null, 1, 10] });
    expect(get(10_000, 3)).toEqual({ mean: [5], last: [10], max: [10] });
    put(10, 7);
    expect(get(10_000, 10)).toEqual({ mean: [5, 7], last: [10, 7], max: [10, 7] });
  });

  it('forgets the oldest when it is full', () => {
    const { series, put, get } = tenSeconds();
    for (let second = 0; second < 8; second += 1) put(second, second);
    expect(get(1_000, 7).last).toEqual([3, 4, 5, 6, 7]);
    put(7.5, 8);
    expect(series.window(1_000, start + 7_700).times.map((at) => at - start)).toEqual([
      3_000, 4_000, 5_000, 6_000, 7_500,
    ]);
  });

  it('knows nothing of steps without a sample, before it and after it', () => {
    const { series, put, get } = tenSeconds();
    expect(series.window(1_000, start)).toMatchObject({ times: [], values: { last: [] } });
    put(0, 1);
    put(2, 3);
    // The step under way may still get one.
    expect(get(1_000, 3.9).last).toEqual([1, null, 3]);
    expect(get(1_000, 5).last).toEqual([1, null, 3, null, null]);
    expect(get(1_000, 8).last).toEqual([]);
    expect(get(1_000, 1e9).last).toEqual([]);
    put(1e6, 9);
    expect(get(1_000, 1e6).last).toEqual([9]);
  });

  it('follows a clock that was put back, with a gap', () => {
    const { series, put, get } = tenSeconds();
    for (const second of [100, 101, 102]) put(second, second);
    put(50, 103);
    expect(get(1_000, 50).last).toEqual([100, 101, 102, null, 103]);
    expect(series.window(1_000, start + 50_000).times.map((at) => at - start)).toEqual([
      46_000, 47_000, 48_000, 49_000, 50_000,
    ]);
    put(51, 104);
    expect(get(1_000, 51).last).toEqual([101, 102, null, 103, 104]);
  });

  it('takes a clock that was put back by less than a step as one that stands', () => {
    const { put, get } = tenSeconds();
    put(10, 1);
    put(9.2, 2);
    put(11, 3);
    expect(get(1_000, 11)).toMatchObject({ mean: [1.5, 3], max: [2, 3] });
  });

  it('ignores what is no time, and takes for unknown what is no number', () => {
    const { series, put, get } = tenSeconds();
    put(0, 1);
    for (const at of [Number.NaN, Infinity, -Infinity, 1e300]) series.record(at, { last: 5 });
    for (const value of [Number.NaN, Infinity, undefined]) {
      series.record(start + 1_000, value === undefined ? {} : { last: value });
    }
    expect(get(1_000, 1).last).toEqual([1, null]);
  });

  it('has no other steps and no odd shape', () => {
    expect(() => tenSeconds().get(2_000, 0)).toThrow(
      new RangeError('no archive has steps of 2000 ms'),
    );
    const make = (columns: Record<string, 'last'>, archives: { stepMs: number; slots: number }[]) =>
      createTimeSeries({ columns, archives });
    expect(() => make({}, [{ stepMs: 1, slots: 1 }])).toThrow(RangeError);
    expect(() => make({ a: 'last' }, [])).toThrow(RangeError);
    for (const odd of [0, -1, 0.5, Infinity, Number.NaN]) {
      expect(() => make({ a: 'last' }, [{ stepMs: odd, slots: 1 }])).toThrow(RangeError);
      expect(() => make({ a: 'last' }, [{ stepMs: 1, slots: odd }])).toThrow(RangeError);
    }
  });
});

describe('a time series with any samples', () => {
  const steps = fc.array(
    fc.record({
      ms: fc.nat({ max: 4_000 }),
      value: fc.option(fc.double({ noNaN: true, min: -1e6, max: 1e6 })),
    }),
    { maxLength: 60 },
  );

  it('holds in each slot what became of the samples in it, while the clock goes on', () => {
    fc.assert(
      fc.property(steps, (samples) => {
        const { series, put } = tenSeconds();
        let at = 0;
        const known: { slot: number; value: number }[] = [];
        const sampled: number[] = [];
        for (const { ms, value } of samples) {
          at += ms;
          put(at / 1_000, value);
          sampled.push(Math.floor((start + at) / 1_000));
          if (value !== null) known.push({ slot: Math.floor((start + at) / 1_000), value });
        }
        const { times, values } = series.window(1_000, start + at);
        const newest = Math.floor((start + at) / 1_000);
        for (const [index] of times.entries()) {
          const slot = newest - times.length + 1 + index;
          const inSlot = known.filter((one) => one.slot === slot).map(({ value }) => value);
          expect(values.last[index]).toBe(inSlot.at(-1) ?? null);
          expect(values.max[index]).toBe(inSlot.length === 0 ? null : Math.max(...inSlot));
          const mean = inSlot.reduce((sum, value) => sum + value, 0) / inSlot.length;
          if (inSlot.length === 0) expect(values.mean[index]).toBeNull();
          else expect(values.mean[index]).toBeCloseTo(mean, 3);
        }
        // No step since the first sample within the window is missing.
        expect(times.length).toBeLessThanOrEqual(5);
        const oldest = Math.min(...sampled.filter((slot) => slot > newest - 5));
        if (Number.isFinite(oldest)) expect(times.length).toBe(newest - oldest + 1);
      }),
    );
  });

  it('keeps them in their order whatever the clock does, and gives them back after a restart', () => {
    const jumps = fc.array(
      fc.oneof(
        fc.integer({ min: -5_000, max: 15_000 }),
        fc.integer({ min: -400 * day, max: 400 * day }),
        fc.double(),
      ),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(jumps, (moves) => {
        const { series } = tenSeconds();
        let at = start;
        for (const [index, ms] of moves.entries()) {
          series.record(at + ms, { last: index, max: index, mean: index });
          if (Math.abs(at + ms) <= 8.64e15) at += ms;
        }
        const after = tenSeconds().series;
        expect(after.restore(series.toBytes())).toBeNull();
        for (const stepMs of [1_000, 10_000]) {
          const seen = series.window(stepMs, at);
          const known = seen.values.last.filter((value) => value !== null);
          expect(known).toEqual([...new Set(known)].toSorted((a, b) => a - b));
          expect(seen.times).toEqual([...new Set(seen.times)].toSorted((a, b) => a - b));
          expect(seen.values.mean).toHaveLength(seen.times.length);
          expect(seen.times.length).toBeLessThanOrEqual(5);
          expect(after.window(stepMs, at)).toEqual(seen);
        }
      }),
    );
  });
});

describe('a saved time series', () => {
  it('goes on where it was, in the middle of a step too', () => {
    const { series, put } = tenSeconds();
    put(0, 2);
    put(1, 4);
    const next = tenSeconds();
    expect(next.series.restore(series.toBytes())).toBeNull();
    next.put(2, 12);
    expect(next.get(10_000, 2)).toEqual({ mean: [6], last: [12], max: [12] });
    expect(next.series.toBytes()).toHaveLength(series.toBytes().length);
  });

  it('has a size that does not grow', () => {
    const { series, put } = tenSeconds();
    const empty = series.toBytes().length;
    for (let second = 0; second < 1_000; second += 1) put(second, second);
    expect(series.toBytes()).toHaveLength(empty);
    expect(empty).toBeLessThan(4 * 10 * 8 + 1_024);
  });

  it.each([
    ['nothing', ''],
    ['another file', '{"schema":1}\n'],
  ])('is not taken from %s, and what is known stays', (_, text) => {
    const { series, put, get } = tenSeconds();
    put(0, 1);
    expect(series.restore(Buffer.from(text))).toBe(
      'it is no time series of these columns and steps',
    );
    expect(get(1_000, 0).last).toEqual([1]);
  });

  it('is not taken by one of another shape', () => {
    const archives = [{ stepMs: 1_000, slots: 5 }];
    const one = createTimeSeries({ columns: { a: 'last' }, archives });
    const other = createTimeSeries({ columns: { b: 'last' }, archives });
    expect(other.restore(one.toBytes())).toContain('of these columns and steps');
  });

  it('is not taken where a byte is changed, missing or too much', () => {
    const { series, put } = tenSeconds();
    for (let second = 0; second < 30; second += 1) put(second, second);
    const whole = series.toBytes();
    const at = fc.nat({ max: whole.length - 1 });
    fc.assert(
      fc.property(at, fc.integer({ min: 1, max: 255 }), (index, change) => {
        const changed = Uint8Array.from(whole);
        changed[index] = (changed[index] ?? 0) ^ change;
        const { series: next, get } = tenSeconds();
        expect(next.restore(changed)).toMatch(/damaged|no time series/);
        expect(next.restore(whole.subarray(0, index))).toMatch(/damaged|no time series/);
        expect(next.restore(Buffer.concat([whole, Buffer.alloc(change)]))).toBe('it is damaged');
        expect(get(1_000, 30).last).toEqual([]);
      }),
    );
  });
});
