import type { History } from '../history.ts';
import type { ResolvedOptions } from '../options.ts';

/** Has the file system of the data directory enough free space? `healthy` is null where that is not known. */
export interface DiskSpaceCheck {
  readonly healthy: boolean | null;
  readonly free_bytes: number | null;
  /** Below this the check fails: twice the space at which the node stops itself. */
  readonly min_required_bytes: number;
}

/** Checks the free space; null when there is no folder or no limit to watch. */
export function checkDiskSpace(
  { last }: History,
  { dataDirectory, minimumFreeDiskBytes }: ResolvedOptions,
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
