import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeToFloor } from './time-to-floor.ts';

const minute = 60_000;
/** A value a minute. */
const minutes = (values: readonly (number | null)[]) => ({
  times: values.map((_, at) => at * minute),
  values,
});
const list = (length: number, value: (at: number) => number | null) =>
  Array.from({ length }, (_, at) => value(at));
const forecast = (values: readonly (number | null)[]) => timeToFloor(minutes(values), { floor: 0 });

describe('the time to a floor', () => {
  it('is where a line that falls gets to', () => {
    expect(forecast(list(60, (at) => 100 - at))).toBeCloseTo(41 * minute);
    expect(timeToFloor(minutes(list(60, (at) => 100 - at)), { floor: 21 })).toBeCloseTo(
      20 * minute,
    );
  });

  it('is zero for what is there', () => {
    expect(forecast(list(30, (at) => 10 - at))).toBe(0);
  });

  it('is not moved by a tenth of wild values, or a gap', () => {
    const wild = list(100, (at) => (at % 20 === 7 ? 5_000 : 200 - at));
    expect(forecast(wild)).toBeCloseTo(101 * minute, -4);
    const gap = list(100, (at) => (at > 20 && at < 60 ? null : 200 - at));
    expect(forecast(gap)).toBeCloseTo(101 * minute);
  });

  it.each([
    ['no value', []],
    ['unknown values', list(60, () => null)],
    ['values that stand', list(60, () => 100)],
    ['values that rise', list(60, (at) => at)],
    ['too few values', list(19, (at) => 100 - at)],
    ['a fall that has ended', list(60, (at) => Math.max(100 - at, 70))],
    ['a fall that has just begun', list(60, (at) => Math.min(100, 140 - at))],
    ['a saw', list(60, (at) => 100 - (at % 10))],
    ['a fall that takes longer than ten times the window', list(60, (at) => 1_000 - at)],
    ['values that are long gone', list(100, (at) => (at < 60 ? 100 - at : null))],
  ])('is unknown of %s', (_, values) => {
    expect(forecast(values)).toBeNull();
  });

  it('is unknown before the window is long enough', () => {
    const times = list(20, (at) => at * 5_000) as number[];
    const column = { times, values: times.map((at) => 1e6 - at) };
    expect(timeToFloor(column, { floor: 0 })).toBeNull();
    expect(timeToFloor(column, { floor: 0, minimumSpanMs: minute })).toBeCloseTo(905_000);
  });

  it('is unknown of noise that goes nowhere', () => {
    const noise = fc.array(fc.double({ min: 90, max: 110, noNaN: true }), {
      minLength: 60,
      maxLength: 60,
    });
    fc.assert(
      fc.property(noise, (values) => {
        fc.pre(new Set(values).size > 40);
        // However odd the values are, one half of their pairs falls in one of both directions only.
        const [there, back] = [forecast(values), forecast(values.toReversed())];
        expect(there === null || back === null).toBe(true);
      }),
    );
  });

  it('is near the truth on a line with noise', () => {
    const noise = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
      minLength: 180,
      maxLength: 180,
    });
    fc.assert(
      fc.property(noise, fc.integer({ min: 1, max: 20 }), (off, fall) => {
        const values = off.map((each, at) => 180 * fall * 2 - at * fall + each * fall);
        const found = forecast(values);
        expect(found).not.toBeNull();
        expect(Math.abs((found ?? 0) / minute - 181)).toBeLessThan(10);
      }),
      { numRuns: 30 },
    );
  });
});
