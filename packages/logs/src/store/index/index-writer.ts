import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { listLog, type LogFiles } from '../../layout.ts';
import {
  formatEntry,
  indexTitle,
  parseIndex,
  type IndexEntry,
  type TimeIndex,
} from '../../time-index.ts';
import { freshProgress, nextDue, sampleFile } from './sample-file.ts';

/** Keeps the time index of the live file. */
export interface IndexWriter {
  /**
   * Indexes what was appended since the last call. `lostBytes` of the live file vanished without a rotation: another program truncated it.
   *
   * @throws the system's error on a full disk; the next call tries again
   */
  advance(nowMs: number): { readonly lostBytes: number };
  /** So many bytes at the beginning of the live file became a segment: their index goes with them, and a new one begins with the rest. */
  rotated(stem: string, bytes: number): void;
  /** Another program put another file in the place of the live file: a new index begins. */
  replaced(): void;
}

/** Goes on with the index there is; one that is missing, damaged or of another part of the log is built anew. */
export function createIndexWriter(directory: string, name: string, files: LogFiles): IndexWriter {
  const liveBytes = (): number => statSync(files.live, { throwIfNoEntry: false })?.size ?? 0;
  const found = adoptIndex(directory, name, files);
  const last = found?.entries.at(-1)?.offset ?? -1;
  let after = listLog(directory, name).segments.at(-1)?.stem ?? null;
  let isNew = found === null;
  let progress = { ...freshProgress, seen: liveBytes(), due: nextDue(last), lastOffset: last };

  const write = (entries: readonly IndexEntry[]): void => {
    if (entries.length === 0) return;
    const lines = entries.map(formatEntry).join('');
    appendFileSync(files.index, (isNew ? indexTitle(after) : '') + lines, { mode: 0o600 });
    isNew = false;
  };

  return {
    advance(nowMs) {
      const size = liveBytes();
      if (size === progress.seen && progress.due >= size) return { lostBytes: 0 };
      const lostBytes = Math.max(0, progress.seen - size);
      if (lostBytes > 0) {
        progress = freshProgress;
        isNew = true;
      }
      const sampled = sampleFile(files.live, size, progress, nowMs);
      if (isNew) rmSync(files.index, { force: true });
      write(sampled.entries);
      progress = sampled.progress;
      return { lostBytes };
    },
    rotated(stem, bytes) {
      const left = progress.seen - bytes;
      const entries = left > 0 ? entriesAfter(readEntries(files.index), bytes) : [];
      if (existsSync(files.index)) renameSync(files.index, files.segmentIndex(stem));
      after = stem;
      isNew = true;
      progress = freshProgress;
      const last = entries.at(-1);
      if (last === undefined) return;
      write(entries);
      const { offset } = last;
      progress = { ...freshProgress, seen: left, due: nextDue(offset), lastOffset: offset };
    },
    replaced() {
      isNew = true;
      progress = freshProgress;
    },
  };
}

/**
 * The entries of what stays in the live file when bytes are cut from its beginning. What then stands at its beginning was written at the time of
 * the last entry before, or soon after.
 */
function entriesAfter(entries: readonly IndexEntry[], bytes: number): readonly IndexEntry[] {
  const later = entries
    .filter(({ offset }) => offset >= bytes)
    .map(({ timeMs, offset }) => ({ timeMs, offset: offset - bytes }));
  const before = entries.findLast(({ offset }) => offset < bytes);
  if (before === undefined || later[0]?.offset === 0) return later;
  return [{ timeMs: before.timeMs, offset: 0 }, ...later];
}

function readEntries(path: string): readonly IndexEntry[] {
  return existsSync(path) ? (parseIndex(readFileSync(path, 'latin1'))?.entries ?? []) : [];
}

/** The usable index of the live file. One that a rotation left behind is given to the segment it belongs to. */
function adoptIndex(directory: string, name: string, files: LogFiles): TimeIndex | null {
  if (!existsSync(files.index)) return null;
  const [newest, before] = listLog(directory, name).segments.toReversed();
  const index = parseIndex(readFileSync(files.index, 'latin1'));
  if (index?.after === (newest?.stem ?? null)) return index;
  if (newest !== undefined && index?.after === (before?.stem ?? null)) {
    renameSync(files.index, files.segmentIndex(newest.stem));
  }
  return null;
}
