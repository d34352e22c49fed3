import type { History } from '../history.ts';
import type { Thresholds } from '../options.ts';

/** Is there room in the data directory's file system? Null where it cannot be asked. */
export interface DiskSpaceCheck {
  readonly healthy: boolean | null;
  readonly free_bytes: number | null;
  /** Below this the check fails: twice the space at which the node stops itself. */
  readonly min_required_bytes: number;
}

/** Judges the free space of the last check; null when there is no folder or no limit to watch. */
export function checkDiskSpace(
  { last }: History,
  { dataDirectory, minimumFreeDiskBytes }: Thresholds,
): DiskSpaceCheck | null {
  if (dataDirectory === null || minimumFreeDiskBytes === null || minimumFreeDiskBytes <= 0) {
    return null;
  }
  const free = last?.freeDiskBytes ?? null;
  const needed = 2 * minimumFreeDiskBytes;
  return {
    healthy: free === null ? null : free >= needed,
    free_bytes: free,
    min_required_bytes: needed,
  };
}
