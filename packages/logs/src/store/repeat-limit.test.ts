import { describe, expect, it } from 'vitest';
import { createRepeatLimit } from './repeat-limit.ts';

function limited() {
  let now = 0;
  const limit = createRepeatLimit({ monotonic: () => now });
  return {
    limit,
    passed: (kind: string, times: number) =>
      Array.from({ length: times }, () => limit.passes(kind)).filter((passes) => passes).length,
    after: (milliseconds: number) => (now += milliseconds),
  };
}

describe('a limit of repeats', () => {
  it('lets ten of a kind pass in a minute, and tells once how many did not', () => {
    const { limit, passed, after } = limited();
    expect(passed('a', 25)).toBe(10);
    after(59_999);
    expect(limit.leftOut()).toEqual([]);
    expect(passed('a', 1)).toBe(0);
    after(1);
    expect(limit.leftOut()).toEqual([{ kind: 'a', times: 16 }]);
    expect(limit.leftOut()).toEqual([]);
    expect(passed('a', 11)).toBe(10);
  });

  it('counts each kind for itself, and tells of none that passed whole', () => {
    const { limit, passed, after } = limited();
    expect([passed('a', 10), passed('b', 12)]).toEqual([10, 10]);
    after(60_000);
    expect(limit.leftOut()).toEqual([{ kind: 'b', times: 2 }]);
  });

  it('tells of windows that are not over where it is asked for all', () => {
    const { limit, passed } = limited();
    passed('a', 13);
    expect(limit.leftOut(true)).toEqual([{ kind: 'a', times: 3 }]);
  });

  it('remembers a thousand kinds and forgets the oldest', () => {
    const { limit, passed } = limited();
    passed('first', 11);
    for (let index = 1; index < 1_000; index += 1) passed(`${index}`, 1);
    expect(limit.leftOut()).toEqual([]);
    passed('one more', 1);
    expect(limit.leftOut()).toEqual([{ kind: 'first', times: 1 }]);
    expect(passed('first', 11)).toBe(10);
    expect(passed('1', 10)).toBe(10 - 1);
  });
});
