import { rmSync, statSync } from 'node:fs';
import type { LogFiles } from '../../layout.ts';
import type { SizedSegment } from './beyond-retention.ts';

/** What a segment takes on the disk, in whichever form it is. */
export function sizeOnDisk(files: LogFiles, stem: string): SizedSegment {
  const size = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return { stem, bytes: size(files.segment(stem)) + size(files.compressed(stem)) };
}

/** Removes a segment with its index. */
export function removeSegment(files: LogFiles, stem: string): void {
  for (const path of [files.segment(stem), files.compressed(stem), files.segmentIndex(stem)]) {
    rmSync(path, { force: true });
  }
}
