import type { RotationReport } from './rotate/rotation-report.ts';
import type { StoreEvent } from './store-event.ts';

/**
 * Reports that the writers cannot be paused: each reason once, until a rotation succeeds, and only where it holds at a second
 * try: a node that ends just then is stopped for a moment too.
 */
export function createRefusalTeller(emit: (event: StoreEvent) => void) {
  const refusals = new Map<string, number>();
  return (report: RotationReport): void => {
    if (report.rotated) refusals.clear();
    else if (report.reason === 'cannot-pause' && report.error !== null) {
      const { error } = report;
      const times = (refusals.get(error.message) ?? 0) + 1;
      refusals.set(error.message, times);
      if (times === 2) emit({ type: 'cannot-pause', error });
    }
  };
}
