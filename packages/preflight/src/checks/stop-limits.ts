import type { Problem } from '../problem.ts';
import type { StopLimit, Stops } from '../surroundings.ts';
import { formatDuration } from '../format-duration.ts';

/** So many stops are a measure. */
const enoughStops = 3;

/**
 * Who kills sooner than the node may need? The stops that were seen are the measure: a limit of twice the longest of three or more is
 * no problem, however long a stop may take.
 */
export function checkStopLimits(
  { atMostMs, observedMs }: Stops,
  limits: readonly StopLimit[],
): readonly Problem[] {
  const longest = Math.max(0, ...observedMs);
  const isMeasured = observedMs.length >= enoughStops;
  return limits
    .filter(({ ms }) => ms < atMostMs && !(isMeasured && ms >= 2 * longest))
    .map(({ who, ms, remedy }) => {
      const most = atMostMs === Infinity ? 'for ever' : `up to ${formatDuration(atMostMs)}`;
      const seen =
        observedMs.length === 0
          ? 'no stop was seen yet'
          : `${observedMs.length === 1 ? 'the only stop seen' : `the longest of the last ${observedMs.length}`} took ${formatDuration(longest)}`;
      const message = `${who} kills after ${formatDuration(ms)}, and a stop may take ${most} (${seen})`;
      return { check: 'stop time', severity: 'warning', message, remedy } as const;
    });
}
