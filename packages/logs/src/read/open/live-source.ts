import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { LogFiles } from '../../layout.ts';
import type { Source } from './source.ts';
import { stableListing } from './stable-listing.ts';

/** Where a live file stands among the segments. */
export interface LivePlace {
  readonly directory: string;
  readonly name: string;
  readonly files: LogFiles;
  /** The newest segment when the file was opened: what it held then becomes the segment after that one. */
  readonly newest: string | null;
  openSegment(stem: string): Source | null;
}

/**
 * The live file, which may be rotated while it is read: its bytes are then, at the same places, in the segment that follows `newest`.
 * Each read is checked afterwards: if no segment has appeared by then, the file had not been truncated before the read.
 */
export function openLiveSource(place: LivePlace): Source {
  const descriptor = openSync(place.files.live, 'r');
  const size = fstatSync(descriptor).size;
  const successor = successorFinder(place);
  let moved: Source | null = null;
  return {
    size,
    read(target, position) {
      if (moved !== null) return moved.read(target, position);
      const read = readSync(descriptor, target, 0, target.length, position);
      const stem = successor();
      if (stem === undefined) return read;
      moved = place.openSegment(stem);
      return moved?.read(target, position) ?? 0;
    },
    close() {
      closeSync(descriptor);
      moved?.close();
    },
  };
}

/** Resolution of a folder's modification time on the coarsest file systems: two changes within it look like one. */
const coarsestMs = 2000;

/** Finds the segment after `newest`. Lists the folder again only when its modification time says that it changed, or may have. */
function successorFinder({ directory, name, newest }: LivePlace): () => string | undefined {
  let unchangedSince: number | null = null;
  return () => {
    const changedAt = statSync(directory, { throwIfNoEntry: false })?.mtimeMs ?? null;
    if (changedAt !== null && changedAt === unchangedSince) return undefined;
    const { segments, truncating } = stableListing(directory, name);
    const isOld = changedAt !== null && Date.now() - changedAt > coarsestMs;
    unchangedSince = isOld && !truncating ? changedAt : null;
    return segments.find(({ stem }) => newest === null || stem > newest)?.stem;
  };
}
