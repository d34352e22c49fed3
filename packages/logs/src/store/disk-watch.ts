import type { StoreEvent } from './events.ts';

/** Below this many free bytes the node's next lines may not be written. */
const leastBytes = 1024 * 1024;

/** Says once that the disk is full, and once that it has room again. */
export function createDiskWatch(freeBytes: () => number, tell: (event: StoreEvent) => void) {
  let full = false;
  return {
    isFull: () => full,
    look(): void {
      const free = freeBytes();
      if (free < leastBytes === full) return;
      full = !full;
      tell({ type: full ? 'disk-full' : 'disk-recovered', freeBytes: free });
    },
  };
}
