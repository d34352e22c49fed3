import type { StoreEvent } from './events.ts';

/** Below this many free bytes the node's next lines may not be written. */
const leastBytes = 1024 * 1024;

/** Says once that the disk is full, and once that it has room again. */
export function createDiskWatch(
  freeBytes: () => number,
  now: () => Date,
  tell: (event: StoreEvent) => void,
) {
  let fullSince: number | null = null;
  return {
    isFull: () => fullSince !== null,
    look(): void {
      const free = freeBytes();
      const isFull = free < leastBytes;
      if (isFull === (fullSince !== null)) return;
      const at = now().getTime();
      // A clock that is set back counts nothing.
      const fullMs = Math.max(0, at - (fullSince ?? at));
      fullSince = isFull ? at : null;
      tell(
        isFull
          ? { type: 'disk-full', freeBytes: free }
          : { type: 'disk-recovered', freeBytes: free, fullMs },
      );
    },
  };
}
