import { statSync } from 'node:fs';
import type { Clock } from '../../clock.ts';
import { listLog, type LogFiles } from '../../layout.ts';
import type { CompleteOptions } from '../options.ts';
import type { StoreEvent } from '../store-event.ts';
import { beyondRetention, type SizedSegment } from './beyond-retention.ts';
import { compressSegment } from './compress-segment.ts';
import { removeSegment, sizeOnDisk } from './segment-files.ts';

/** The rotated files of one log, and how many of them are kept. */
export interface Retained {
  readonly files: LogFiles;
  readonly options: () => CompleteOptions;
  readonly emit: (event: StoreEvent) => void;
}

/** What {@link enforceRetention} needs besides. */
export interface Enforcement extends Retained {
  readonly clock: Pick<Clock, 'monotonic' | 'setTimer'>;
  readonly signal: AbortSignal;
}

/** Removes segments beyond the limits, then compresses what is left, oldest first; the limits are checked again after each segment. */
export async function enforceRetention(enforcement: Enforcement): Promise<void> {
  const { files, options, signal, clock, emit } = enforcement;
  const { directory, name, compress } = options();
  removeOldest(enforcement);
  const compression = { signal, clock, isUrgent: () => isNearLimit(enforcement) };
  for (const { stem, plain, compressed } of listLog(directory, name).segments) {
    if (signal.aborted) return;
    // Both exist when we died after the compressed copy was complete: compressing again is harmless and rare.
    if (!plain || (!compress && !compressed)) continue;
    const bytes = await compressSegment(files, stem, compression).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null; // Removed meanwhile.
      throw error;
    });
    if (bytes !== null) emit({ type: 'compressed', segment: files.compressed(stem), bytes });
    removeOldest(enforcement);
  }
}

/** Removes the oldest segments beyond the limits. */
export function removeOldest({ files, options, emit }: Retained): void {
  const { maxFiles, maxTotalBytes } = options();
  const live = statSync(files.live, { throwIfNoEntry: false })?.size ?? 0;
  const beyond = beyondRetention(sizedSegments(files, options()), live, {
    maxFiles,
    maxTotalBytes,
  });
  for (const { stem } of beyond) removeSegment(files, stem);
  if (beyond.length > 0) emit({ type: 'removed', segments: beyond.map(({ stem }) => stem) });
}

/** Whether the next segment will push out older ones, unless those that are plain become smaller before. */
function isNearLimit({ files, options }: Retained): boolean {
  const { maxSizeBytes, maxTotalBytes } = options();
  if (maxTotalBytes === null) return false;
  const segments = sizedSegments(files, options());
  return segments.reduce((sum, { bytes }) => sum + bytes, maxSizeBytes) > maxTotalBytes;
}

function sizedSegments(
  files: LogFiles,
  { directory, name }: CompleteOptions,
): readonly SizedSegment[] {
  return listLog(directory, name).segments.map(({ stem }) => sizeOnDisk(files, stem));
}
