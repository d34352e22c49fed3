import { closeSync, openSync, readSync } from 'node:fs';
import { lineEnd } from '../../read/record/record-boundaries.ts';
import { firstTime } from '../../read/select/first-time.ts';
import type { IndexEntry } from '../../time-index.ts';

/** Bytes of log between two entries. */
const stepBytes = 1024 * 1024;
/** Milliseconds between two entries of a log whose lines carry no time: as exact as `--since` can be in it. */
const stepMs = 1000;
const sampleBytes = 64 * 1024;
/** Samples taken in one go; a log that grew unseen is indexed over several. */
const maxSamples = 256;

/** How far the live file is indexed. */
export interface IndexProgress {
  /** The end of what was seen: later bytes are known to be new. */
  readonly seen: number;
  /** Where the next entry is due. */
  readonly due: number;
  readonly lastOffset: number;
  /** No entry for a line without a time before this moment, in epoch milliseconds. */
  readonly quietUntilMs: number;
}

/** Nothing of the file is indexed. */
export const freshProgress: IndexProgress = {
  seen: 0,
  due: 0,
  lastOffset: -1,
  quietUntilMs: 0,
};

/** Where an entry is due after one at an offset; -1 stands for none. */
export function nextDue(lastOffset: number): number {
  return lastOffset < 0 ? 0 : lastOffset + stepBytes;
}

/** The new entries of a file of `size` bytes, and how far it is then indexed. */
export function sampleFile(path: string, size: number, progress: IndexProgress, nowMs: number) {
  const descriptor = openSync(path, 'r');
  try {
    return sampleDescriptor(descriptor, size, progress, nowMs);
  } finally {
    closeSync(descriptor);
  }
}

function sampleDescriptor(
  descriptor: number,
  size: number,
  progress: IndexProgress,
  nowMs: number,
) {
  const entries: IndexEntry[] = [];
  let { due, lastOffset, quietUntilMs } = progress;
  const add = (entry: IndexEntry | null): void => {
    if (entry === null || entry.offset <= lastOffset) return;
    entries.push(entry);
    lastOffset = entry.offset;
  };
  for (let samples = 0; due < size && samples < maxSamples; samples += 1) {
    add(sampleAt(descriptor, { offset: due, size, isNew: due >= progress.seen }, nowMs).entry);
    due = Math.max(due, lastOffset) + stepBytes;
  }
  if (size > progress.seen && nowMs >= quietUntilMs) {
    const { entry, timed } = sampleAt(
      descriptor,
      { offset: progress.seen, size, isNew: true },
      nowMs,
    );
    if (!timed) add(entry);
    quietUntilMs = nowMs + stepMs;
  }
  return { entries, progress: { seen: size, due, lastOffset, quietUntilMs } };
}

/** A place in a file of `size` bytes; `isNew` when what stands there was written since the last look. */
interface Place {
  readonly offset: number;
  readonly size: number;
  readonly isNew: boolean;
}

/** The first record from an offset on that states its time; in new bytes, else, the first line, written now. */
function sampleAt(descriptor: number, { offset, size, isNew }: Place, nowMs: number) {
  // One byte more, to see whether a line begins at the offset itself.
  const from = Math.max(0, offset - 1);
  const buffer = Buffer.allocUnsafe(Math.min(sampleBytes, size - from));
  const bytes = buffer.subarray(0, readSync(descriptor, buffer, 0, buffer.length, from));
  const timed = firstTime(bytes, offset === 0, { near: new Date(nowMs) });
  if (timed !== null) {
    return { entry: { timeMs: timed.timeMs, offset: from + timed.start }, timed: true };
  }
  const start = offset === 0 ? 0 : lineEnd(bytes, 0, bytes.length);
  const isKnown = isNew && start < bytes.length;
  return { entry: isKnown ? { timeMs: nowMs, offset: from + start } : null, timed: false };
}
