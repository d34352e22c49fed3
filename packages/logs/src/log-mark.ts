import { statSync } from 'node:fs';
import { filesOf } from './layout.ts';
import type { OpenLog } from './read/open/open-log.ts';
import { stableListing } from './read/open/stable-listing.ts';
import { movedBytes } from './rotation-journal.ts';

/**
 * Names the present end of a log in a way that rotation does not change: the newest segment, and how many bytes were written
 * after it. What follows those bytes is written later, wherever it is by the time it is read.
 */
export function markOf(directory: string, name: string): string {
  const files = filesOf(directory, name);
  const newestNow = () => stableListing(directory, name).segments.at(-1)?.stem ?? null;
  for (let newest = newestNow(); ; newest = newestNow()) {
    const size = statSync(files.live, { throwIfNoEntry: false })?.size ?? 0;
    const written = Math.max(0, size - movedBytes(files, newest));
    // Else it was rotated meanwhile, and the size may be that of before or of after it.
    if (newestNow() === newest) return `${written}@${newest ?? ''}`;
  }
}

/** Where a mark lies in an open log: 0 where it is none, or before all that is left. */
export function positionOf(mark: string, log: OpenLog): number {
  const { parts, size } = log;
  const [, offset = '0', after = ''] = /^(\d{1,15})@(.*)$/s.exec(mark) ?? [];
  const first = parts.find(({ stem }) => stem === null || stem > after);
  if (first === undefined) return size;
  // The segment that it lies in was removed: all that is left was written later.
  if ((first.after ?? '') > after) return first.base;
  const isCut = first.stem === null && first.source.size < Number(offset);
  // Another program truncated the log: all that is in it was written later.
  return isCut ? first.base : Math.min(size, first.base + Number(offset));
}
