import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allowsHealthRestart,
  completePolicy,
  defaultRestartPolicy as policy,
  longestRestartDelay,
  nextHealthRestartAt,
  recentHealthRestarts,
  restartDelay,
} from './restart-policy.ts';

describe('restartDelay', () => {
  it('doubles from 5 seconds to 5 minutes', () => {
    const delays = [1, 2, 3, 6, 7, 8, 5_000].map((failures) => restartDelay(failures, 0, policy));
    expect(delays).toEqual([5_000, 10_000, 20_000, 160_000, 300_000, 300_000, 300_000]);
  });

  it('is never shorter than the policy says nor longer than the longest', () => {
    fc.assert(
      fc.property(
        fc.nat(2_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failures, jitter, restartJitter) => {
          const own = { ...policy, restartJitter };
          const delay = restartDelay(failures, jitter, own);
          expect(delay).toBeGreaterThanOrEqual(restartDelay(failures, 0, own));
          expect(delay).toBeLessThanOrEqual(longestRestartDelay(failures, own));
        },
      ),
    );
  });
});

describe('allowsHealthRestart', () => {
  const own = { ...policy, health: { maxRestarts: 2, windowMs: 1_000, cooldownMs: 100 } };

  it('allows the first one', () => {
    expect(allowsHealthRestart([], 5_000, own)).toBe(true);
  });
  it('refuses during the cooldown', () => {
    expect(allowsHealthRestart([4_950], 5_000, own)).toBe(false);
    expect(allowsHealthRestart([4_900], 5_000, own)).toBe(true);
  });
  it('refuses beyond the budget until the window has passed', () => {
    expect(allowsHealthRestart([4_100, 4_800], 5_000, own)).toBe(false);
    expect(allowsHealthRestart([4_000, 4_800], 5_000, own)).toBe(true);
  });
  it('is not held up by a time in the future, which a clock that jumped leaves behind', () => {
    expect(allowsHealthRestart([9_000, 9_500], 5_000, own)).toBe(true);
  });
});

describe('recentHealthRestarts', () => {
  it('gives those within the window, without times in the future', () => {
    const own = { ...policy, health: { ...policy.health, windowMs: 1_000 } };
    const times = [3_999, 4_000, 4_001, 5_000, 5_001];
    expect(recentHealthRestarts(times, 5_000, own)).toEqual([4_001, 5_000]);
  });
});

describe('nextHealthRestartAt', () => {
  const own = { ...policy, health: { maxRestarts: 2, windowMs: 1_000, cooldownMs: 100 } };

  it.each([
    [[], Number.NEGATIVE_INFINITY],
    [[4_950], 5_050],
    [[4_100, 4_800], 5_100],
    [[3_500, 4_950], 5_050],
    [[4_100, 4_500, 4_950], 5_500],
  ])('after restarts at %j is %d', (times, at) => {
    expect(nextHealthRestartAt(times, 5_000, own)).toBe(at);
  });

  it('is never where the policy allows none', () => {
    const none = { ...own, health: { ...own.health, maxRestarts: 0 } };
    expect(nextHealthRestartAt([], 5_000, none)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('completePolicy', () => {
  it('keeps what is given and fills in the defaults', () => {
    expect(completePolicy()).toEqual(policy);
    const given = { restart: 'always', maxRestarts: 9, health: { windowMs: 7 } } as const;
    expect(completePolicy(given)).toEqual({
      ...policy,
      restart: 'always',
      maxRestarts: 9,
      health: { ...policy.health, windowMs: 7 },
    });
  });
  it.each([
    [{ ...policy, stopTimeoutMs: -1 }, 'stopTimeoutMs is -1'],
    [{ maxRestarts: Infinity }, 'maxRestarts is Infinity'],
    [{ health: { cooldownMs: -1 } }, 'health.cooldownMs is -1'],
    [{ ...policy, health: { ...policy.health, windowMs: NaN } }, 'health.windowMs is NaN'],
  ])('names the number that makes no sense', (bad, message) => {
    expect(() => completePolicy(bad)).toThrow(message);
  });

  it('checks every number there is', () => {
    const { health } = policy;
    for (const [name, value] of Object.entries(policy)) {
      if (typeof value !== 'number') continue;
      expect(() => completePolicy({ ...policy, [name]: -1 })).toThrow(`${name} is -1`);
      expect(completePolicy({ ...policy, [name]: 0 })).toMatchObject({ [name]: 0 });
    }
    for (const name of Object.keys(health)) {
      const bad = { ...policy, health: { ...health, [name]: -1 } };
      expect(() => completePolicy(bad)).toThrow(`health.${name} is -1`);
    }
  });

  it('refuses a word for the restart that it does not know', () => {
    const bad = { restart: 'sometimes' as 'always' };
    expect(() => completePolicy(bad)).toThrow(
      'restart is sometimes: give on-failure, always or never',
    );
  });
});
