import { statSync } from 'node:fs';
import { filesOf, listLog } from '../layout.ts';
import { openFileSource, type Source } from './source.ts';

/** One file of the log as a reader sees it. */
export interface Part {
  /** A moment at or after every record in it. */
  readonly near: Date;
  open(): Source;
}

/** The parts of a log, oldest first; the last is the live file, if there is one. */
export function partsOf(directory: string, name: string): readonly Part[] {
  const files = filesOf(directory, name);
  const parts: Part[] = listLog(directory, name)
    .segments.filter(({ plain }) => plain)
    .map(({ stem, rotatedAt }) => ({
      near: rotatedAt,
      open: () => openFileSource(files.segment(stem)),
    }));
  const live = statSync(files.live, { throwIfNoEntry: false });
  if (live !== undefined) parts.push({ near: live.mtime, open: () => openFileSource(files.live) });
  return parts;
}
