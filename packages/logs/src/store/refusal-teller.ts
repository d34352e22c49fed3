import type { RotationReport } from './rotate/rotation-report.ts';
import type { StoreEvent } from './store-event.ts';

/** Reports that the writers cannot be paused: each reason once, until a rotation succeeds. */
export function createRefusalTeller(emit: (event: StoreEvent) => void) {
  const told = new Set<string>();
  return (report: RotationReport): void => {
    if (report.rotated) told.clear();
    else if (report.reason === 'cannot-pause' && report.error !== null) {
      const { error } = report;
      if (!told.has(error.message)) emit({ type: 'cannot-pause', error });
      told.add(error.message);
    }
  };
}
