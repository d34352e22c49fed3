import { describe, expect, it } from 'vitest';
import { checkStopLimits } from './stop-limits.ts';

const minute = 60_000;
const reboot = { who: 'a reboot', ms: 90_000, remedy: 'use a service' };

describe('the check of who kills', () => {
  it.each([
    [[], 'no stop was seen yet'],
    [[2_000], 'the only stop seen took 2s'],
    [[2_000, 190_000, 1_000], 'the longest of the last 3 took 3m 10s'],
    [[2_000, 1_000, 45_001], 'the longest of the last 3 took 45s'],
  ])('warns where stops took %j', (observedMs, seen) => {
    expect(checkStopLimits({ atMostMs: 31 * minute, observedMs }, [reboot])).toEqual([
      {
        check: 'stop time',
        severity: 'warning',
        message: `a reboot kills after 1m 30s, and a stop may take up to 31m (${seen})`,
        remedy: 'use a service',
      },
    ]);
  });

  it('is content with twice the longest of three stops, and with what is no shorter than a stop may be', () => {
    const observedMs = [2_000, 1_000, 45_000];
    expect(checkStopLimits({ atMostMs: 31 * minute, observedMs }, [reboot])).toEqual([]);
    expect(checkStopLimits({ atMostMs: 90_000, observedMs: [] }, [reboot])).toEqual([]);
    const never = { ...reboot, ms: Infinity };
    expect(checkStopLimits({ atMostMs: Infinity, observedMs: [] }, [never])).toEqual([]);
  });

  it('knows a node that is never killed', () => {
    const [problem] = checkStopLimits({ atMostMs: Infinity, observedMs: [] }, [reboot]);
    expect(problem?.message).toContain('a stop may take for ever');
  });
});
