import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { listLog, type LogFiles } from '../layout.ts';
import { firstTime } from '../read/first-time.ts';
import { lineEnd } from '../read/records.ts';
import {
  formatEntry,
  indexTitle,
  parseIndex,
  type IndexEntry,
  type TimeIndex,
} from '../time-index.ts';

/** Bytes of log between two entries. */
const stepBytes = 1024 * 1024;
/** Milliseconds between two entries of a log whose lines carry no time: as exact as `--since` can be in it. */
const stepMs = 1000;
const sampleBytes = 64 * 1024;
/** Places looked at in one go; a log that grew unseen is indexed over several. */
const maxSamples = 256;

/** Keeps the time index of the live file. */
export interface IndexWriter {
  /** Indexes what was appended since the last call. @throws the system's error on a full disk; the next call tries again */
  advance(now: Date): void;
  /** The live file became a segment: its index goes with it, and a new one begins. */
  rotated(stem: string): void;
  /** Bytes of the live file that vanished without a rotation: somebody else truncated it. */
  readonly vanishedBytes: number;
}

/** How far the live file is indexed. */
interface Progress {
  /** The end of what was seen: later bytes are known to be new. */
  readonly seen: number;
  /** Where the next entry is due. */
  readonly due: number;
  readonly lastOffset: number;
  /** No entry for a line without a time before this moment. */
  readonly quietUntilMs: number;
}

/** Goes on with the index there is; one that is missing, damaged or of another part of the log is built anew. */
export function createIndexWriter(directory: string, name: string, files: LogFiles): IndexWriter {
  const newest = listLog(directory, name).segments.at(-1)?.stem ?? null;
  const found = adoptIndex(directory, name, files);
  const last = found?.entries.at(-1)?.offset ?? -1;
  let after = newest;
  let isNew = found === null;
  let progress: Progress = { ...fresh, due: last < 0 ? 0 : last + stepBytes, lastOffset: last };
  progress = { ...progress, seen: statSync(files.live, { throwIfNoEntry: false })?.size ?? 0 };
  let vanishedBytes = 0;

  return {
    advance(now) {
      const size = statSync(files.live, { throwIfNoEntry: false })?.size ?? 0;
      if (size === progress.seen && progress.due >= size) return;
      if (size < progress.seen) {
        vanishedBytes += progress.seen - size;
        progress = fresh;
        isNew = true;
      }
      const step = sample(files.live, size, progress, now);
      const lines = step.entries.map(formatEntry).join('');
      if (isNew) rmSync(files.index, { force: true });
      if (lines !== '')
        appendFileSync(files.index, (isNew ? indexTitle(after) : '') + lines, { mode: 0o600 });
      isNew &&= lines === '';
      progress = step.progress;
    },
    rotated(stem) {
      if (existsSync(files.index)) renameSync(files.index, files.segmentIndex(stem));
      after = stem;
      isNew = true;
      progress = fresh;
    },
    get vanishedBytes() {
      return vanishedBytes;
    },
  };
}

const fresh: Progress = { seen: 0, due: 0, lastOffset: -1, quietUntilMs: 0 };

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

function sample(path: string, size: number, progress: Progress, now: Date) {
  const descriptor = openSync(path, 'r');
  try {
    return sampleFile(descriptor, size, progress, now);
  } finally {
    closeSync(descriptor);
  }
}

function sampleFile(descriptor: number, size: number, progress: Progress, now: Date) {
  const entries: IndexEntry[] = [];
  let { due, lastOffset, quietUntilMs } = progress;
  const add = (entry: IndexEntry | null): void => {
    if (entry === null || entry.offset <= lastOffset) return;
    entries.push(entry);
    lastOffset = entry.offset;
  };
  for (let samples = 0; due < size && samples < maxSamples; samples += 1) {
    add(placeAt(descriptor, { offset: due, size, isNew: due >= progress.seen }, now).entry);
    due = Math.max(due, lastOffset) + stepBytes;
  }
  if (size > progress.seen && now.getTime() >= quietUntilMs) {
    const newest = { offset: progress.seen, size, isNew: true };
    const { entry, timed } = placeAt(descriptor, newest, now);
    if (!timed) add(entry);
    quietUntilMs = now.getTime() + stepMs;
  }
  return { entries, progress: { seen: size, due, lastOffset, quietUntilMs } };
}

/** A place in a file of `size` bytes; `isNew` when what stands there was written since the last look. */
interface Place {
  readonly offset: number;
  readonly size: number;
  readonly isNew: boolean;
}

/** The first record from an offset on that tells its time; of bytes that are new, else the first line, written now. */
function placeAt(descriptor: number, { offset, size, isNew }: Place, now: Date) {
  // One byte more, to see whether a line begins at the offset itself.
  const from = Math.max(0, offset - 1);
  const buffer = Buffer.allocUnsafe(Math.min(sampleBytes, size - from));
  const bytes = buffer.subarray(0, readSync(descriptor, buffer, 0, buffer.length, from));
  const timed = firstTime(bytes, offset === 0, now);
  if (timed !== null) {
    return { entry: { timeMs: timed.timeMs, offset: from + timed.start }, timed: true };
  }
  const start = offset === 0 ? 0 : lineEnd(bytes, 0, bytes.length);
  const known = isNew && start < bytes.length;
  return { entry: known ? { timeMs: now.getTime(), offset: from + start } : null, timed: false };
}
