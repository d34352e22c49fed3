import { statSync } from 'node:fs';
import { listLog, type LogFiles } from '../layout.ts';
import { compressSegment } from './compress.ts';
import type { StoreEvent } from './events.ts';
import type { CompleteOptions } from './options.ts';
import { beyondRetention, removeSegment, sizeOnDisk, type SizedSegment } from './retain.ts';

/** What is done to rotated files. */
export interface Housekeeping {
  readonly files: LogFiles;
  readonly options: () => CompleteOptions;
  readonly signal: AbortSignal;
  readonly tell: (event: StoreEvent) => void;
}

/** Removes what is beyond the limits, then compresses what is left, oldest first; limits are looked at again after each file. */
export async function keepHouse(house: Housekeeping): Promise<void> {
  const { files, options, signal, tell } = house;
  const { directory, name, compress } = options();
  retain(house);
  const compression = { signal, isUrgent: () => isNearLimit(house) };
  for (const { stem, plain, compressed } of listLog(directory, name).segments) {
    if (signal.aborted) return;
    // Both exist when we died after the compressed copy was complete: compressing again is harmless and rare.
    if (!plain || (!compress && !compressed)) continue;
    const bytes = await compressSegment(files, stem, compression).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null; // Removed meanwhile.
      throw error;
    });
    if (bytes !== null) tell({ type: 'compressed', segment: files.compressed(stem), bytes });
    retain(house);
  }
}

/** Whether older segments will have to go for the next one, unless those that are plain become smaller before. */
function isNearLimit({ files, options }: Housekeeping): boolean {
  const { directory, name, maxSizeBytes, maxTotalBytes } = options();
  if (maxTotalBytes === null) return false;
  const segments = sizedSegments(files, directory, name);
  return segments.reduce((sum, { bytes }) => sum + bytes, maxSizeBytes) > maxTotalBytes;
}

const sizedSegments = (files: LogFiles, directory: string, name: string): readonly SizedSegment[] =>
  listLog(directory, name).segments.map((segment) => sizeOnDisk(files, segment));

/** Removes what is beyond the limits. */
export function retain({ files, options, tell }: Omit<Housekeeping, 'signal'>): void {
  const { directory, name, maxFiles, maxTotalBytes } = options();
  const segments = sizedSegments(files, directory, name);
  const live = statSync(files.live, { throwIfNoEntry: false })?.size ?? 0;
  const beyond = beyondRetention(segments, live, { maxFiles, maxTotalBytes });
  for (const { stem } of beyond) removeSegment(files, stem);
  if (beyond.length > 0) tell({ type: 'removed', segments: beyond.map(({ stem }) => stem) });
}
