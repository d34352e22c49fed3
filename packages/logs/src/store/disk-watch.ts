import type { StoreEvent } from './events.ts';

/** Below this many free bytes the node's next lines may not be written. */
const leastBytes = 1024 * 1024;
/** Looks between two questions to the file system. */
const everyLooks = 5;

/** Says once that the disk is full, and once that it has room again. */
export function createDiskWatch(freeBytes: () => number, tell: (event: StoreEvent) => void) {
  let full = false;
  let looks = 0;
  return {
    isFull: () => full,
    look(): void {
      looks += 1;
      if (looks % everyLooks !== 1) return;
      const free = freeBytes();
      if (free < leastBytes === full) return;
      full = !full;
      tell({ type: full ? 'disk-full' : 'disk-recovered', freeBytes: free });
    },
  };
}
