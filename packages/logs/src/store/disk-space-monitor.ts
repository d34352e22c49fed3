import type { Clock } from '../clock.ts';
import type { StoreEvent } from './store-event.ts';

/** Below this many free bytes the writer's next lines may not be written. */
const leastFreeBytes = 1024 * 1024;

/** Reports once that the disk is full, and once that it has room again. */
export function createDiskSpaceMonitor(
  freeBytes: () => number,
  clock: Pick<Clock, 'monotonic'>,
  emit: (event: StoreEvent) => void,
) {
  let fullSince: number | null = null;
  return {
    isFull: () => fullSince !== null,
    check(): void {
      const free = freeBytes();
      if (free < leastFreeBytes === (fullSince !== null)) return;
      const now = clock.monotonic();
      if (fullSince === null) {
        fullSince = now;
        emit({ type: 'disk-full', freeBytes: free });
      } else {
        const fullMs = now - fullSince;
        fullSince = null;
        emit({ type: 'disk-recovered', freeBytes: free, fullMs });
      }
    },
  };
}
