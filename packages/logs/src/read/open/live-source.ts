import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import type { LogFiles } from '../../layout.ts';
import { movedBytes } from '../../rotation-journal.ts';
import type { Source } from './source.ts';
import { stableListing } from './stable-listing.ts';

/** Where a live file stands among the segments. */
export interface LivePlace {
  readonly directory: string;
  readonly name: string;
  readonly files: LogFiles;
  /** The newest segment when the file was opened: what it held then becomes the segment after that one, and what follows that. */
  readonly newest: string | null;
  openSegment(stem: string): Source | null;
}

/**
 * The live file, which may be rotated while it is read: its bytes are then in the segment that follows `newest`, and those that the segment does
 * not have, in what comes after it. Each read is checked afterwards: if no segment has appeared by then, nothing was cut from the file before
 * the read.
 */
export function openLiveSource(place: LivePlace): Source {
  const descriptor = openSync(place.files.live, 'r');
  const successor = successorFinder(place);
  const moved = (): number => movedBytes(place.files, place.newest);
  // An interrupted rotation left bytes of `newest` at the beginning.
  let skipped: number;
  let total: number;
  do {
    skipped = moved();
    total = fstatSync(descriptor).size;
    // Settled in between: the size may be that of before or of after it.
  } while (skipped > 0 && moved() !== skipped);
  let rotated: Source | null = null;
  const readLive = (target: Buffer, position: number): number => {
    const read = readSync(descriptor, target, 0, target.length, position + skipped);
    if (skipped === 0 || moved() === skipped) return read;
    // Somebody settled the rotation: completed it, or undid it, which takes the segment away.
    if (!isSegment(place)) return read;
    skipped = 0;
    return readSync(descriptor, target, 0, target.length, position);
  };
  return {
    size: Math.max(0, total - skipped),
    read(target, position) {
      if (rotated !== null) return rotated.read(target, position);
      const read = readLive(target, position);
      const stem = successor.find();
      if (stem === undefined) return read;
      rotated = followingSource(place, stem);
      return rotated.read(target, position);
    },
    close() {
      closeSync(descriptor);
      successor.close();
      rotated?.close();
    },
  };
}

function isSegment({ files, newest }: LivePlace): boolean {
  return [files.segment, files.compressed].some(
    (pathOf) => newest !== null && existsSync(pathOf(newest)),
  );
}

/** What the live file held, after a rotation: the segment, and beyond its end the live file of today. */
function followingSource(place: LivePlace, stem: string): Source {
  const segment = place.openSegment(stem);
  let live: Source | null = null;
  return {
    size: segment?.size ?? 0,
    read(target, position) {
      if (segment === null) return 0; // Removed already.
      const left = segment.size - position;
      if (left > 0) {
        return segment.read(left < target.length ? target.subarray(0, left) : target, position);
      }
      live ??= openLiveSource({ ...place, newest: stem });
      return live.read(target, -left);
    },
    close() {
      segment?.close();
      live?.close();
    },
  };
}

/** Resolution of a folder's modification time on the coarsest file systems: two changes within it look like one. */
const coarsestMs = 2000;

/** Finds the segment after `newest`. Lists the folder again only when its modification time says that it changed, or may have. */
function successorFinder({ directory, name, newest }: LivePlace) {
  // Held open: each block is checked, and the way to a path takes twice as long.
  const folder = openSync(directory, 'r');
  let unchangedSince: number | null = null;
  return {
    find(): string | undefined {
      const changedAt = fstatSync(folder).mtimeMs;
      if (changedAt === unchangedSince) return undefined;
      const { segments, truncating } = stableListing(directory, name);
      const isOld = Date.now() - changedAt > coarsestMs;
      unchangedSince = isOld && !truncating ? changedAt : null;
      return segments.find(({ stem }) => newest === null || stem > newest)?.stem;
    },
    close: () => closeSync(folder),
  };
}
