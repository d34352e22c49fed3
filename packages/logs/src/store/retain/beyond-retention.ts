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
