import { rmSync, statSync } from 'node:fs';
import type { LogFiles, Segment } from '../layout.ts';

/** How much of the log is kept, besides the live file. */
export interface Retention {
  readonly maxFiles: number;
  readonly maxTotalBytes: number | null;
}

/** A segment and the bytes it takes on the disk. */
export interface SizedSegment {
  readonly stem: string;
  readonly bytes: number;
}

/** The segments to remove, oldest first, so that count and bytes, those of the live file included, are within the limits. */
export function beyondRetention(
  segments: readonly SizedSegment[],
  liveBytes: number,
  { maxFiles, maxTotalBytes }: Retention,
): readonly SizedSegment[] {
  let count = segments.length;
  let total = liveBytes + segments.reduce((sum, { bytes }) => sum + bytes, 0);
  return segments.filter(({ bytes }) => {
    const remove = count > maxFiles || (maxTotalBytes !== null && total > maxTotalBytes);
    if (remove) {
      count -= 1;
      total -= bytes;
    }
    return remove;
  });
}

/** What a segment takes on the disk, in whichever form it is. */
export function sizeOnDisk(files: LogFiles, { stem }: Segment): SizedSegment {
  const size = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return { stem, bytes: size(files.segment(stem)) + size(files.compressed(stem)) };
}

/** Removes a segment with its index. */
export function removeSegment(files: LogFiles, stem: string): void {
  for (const path of [files.segment(stem), files.compressed(stem), files.segmentIndex(stem)]) {
    rmSync(path, { force: true });
  }
}
