import { readFileSync } from 'node:fs';
import { indexFileOf } from '../../layout.ts';
import {
  parseIndex,
  timeAt,
  windowSince,
  windowUntil,
  type IndexEntry,
  type Window,
} from '../../time-index.ts';
import { firstTime } from './first-time.ts';
import { partAt, type LogPart, type OpenLog } from '../open/open-log.ts';

/** Lines of several threads may be written a little out of order. */
export const disorderMs = 2000;
/** A range this short is read through rather than halved. */
const shortBytes = 256 * 1024;
const probeBytes = 64 * 1024;

/** Finds places in a log by time, and the time of a place. */
export interface TimeLookup {
  /** A record boundary before which nothing was written at or after a time. */
  since(time: Date): number;
  /** A record boundary from which on nothing was written at or before a time. */
  until(time: Date): number;
  /** When the record at a place was captured, as far as the index knows. */
  capturedAt(position: number): Date | null;
}

/** A lookup that uses the index of each part, if it has a valid one, and the times in the lines. */
export function createTimeLookup(log: OpenLog): TimeLookup {
  const loaded = new Map<LogPart, readonly IndexEntry[]>();
  const entriesOf = (part: LogPart): readonly IndexEntry[] => {
    const known = loaded.get(part) ?? loadEntries(log, part);
    loaded.set(part, known);
    return known;
  };
  return {
    since(time) {
      const earliest = time.getTime() - disorderMs;
      const part = firstSince(log, entriesOf, earliest);
      if (part === undefined) return log.size;
      const window = windowSince(entriesOf(part), earliest, part.source.size);
      return narrow(log, part, window, earliest).from;
    },
    until(time) {
      const latest = time.getTime() + disorderMs;
      const part = log.parts.findLast(
        (candidate) => (firstOf(entriesOf(candidate)) ?? beginningOf(log, candidate)) <= latest,
      );
      if (part === undefined) return 0;
      const window = windowUntil(entriesOf(part), latest, part.source.size);
      return narrow(log, part, window, latest).to;
    },
    capturedAt(position) {
      const part = partAt(log, position);
      return part === undefined ? null : timeAt(entriesOf(part), position - part.base);
    },
  };
}

type EntriesOf = (part: LogPart) => readonly IndexEntry[];

/**
 * The first part that may hold records of a time or later. The time of its rotation alone does not show that, since a part may have been rotated
 * long after its last line: its index and the beginning of the next part do.
 */
function firstSince(log: OpenLog, entriesOf: EntriesOf, earliest: number): LogPart | undefined {
  const candidates = log.parts.filter(
    ({ near, stem }) => stem === null || near.getTime() >= earliest,
  );
  return candidates.find((part, at) => {
    const next = candidates[at + 1];
    if (next === undefined) return true;
    const entries = entriesOf(part);
    const isEarlier = entries.length > 0 && entries.every(({ timeMs }) => timeMs < earliest);
    return !isEarlier || (firstOf(entriesOf(next)) ?? beginningOf(log, next)) >= earliest;
  });
}

/** The time at which a part begins, if its index has it. */
function firstOf([first]: readonly IndexEntry[]): number | null {
  return first?.offset === 0 ? first.timeMs : null;
}

/** Narrows a range of a part by binary search on the times of its lines, as long as it finds any. */
function narrow(log: OpenLog, part: LogPart, { from, to }: Window, timeMs: number): Window {
  let [low, high] = [part.base + from, part.base + to];
  const buffer = Buffer.allocUnsafe(probeBytes);
  while (high - low > shortBytes) {
    const middle = low + Math.floor((high - low) / 2);
    const bytes = buffer.subarray(0, log.read(buffer, middle));
    const found = firstTime(bytes, false, { near: part.near, parse: log.parse });
    if (found === null || middle + found.start >= high) break;
    if (found.timeMs < timeMs) low = middle + found.start;
    else high = middle + found.start;
  }
  return { from: low, to: high };
}

/** The time at which a part begins: that of its first lines, else that of the rotation before it. */
function beginningOf(log: OpenLog, part: LogPart): number {
  const buffer = Buffer.allocUnsafe(probeBytes);
  const bytes = buffer.subarray(0, log.read(buffer, part.base));
  const before = log.parts[log.parts.indexOf(part) - 1];
  return (
    firstTime(bytes, true, { near: part.near, parse: log.parse })?.timeMs ??
    before?.near.getTime() ??
    0
  );
}

function loadEntries({ files }: OpenLog, part: LogPart): readonly IndexEntry[] {
  try {
    const index = parseIndex(readFileSync(indexFileOf(files, part.stem), 'latin1'));
    // An index of another part: the log was rotated since it was opened.
    if (index === null || (part.after !== null && index.after !== part.after)) return [];
    return index.entries.filter(({ offset }) => offset < part.source.size);
  } catch {
    return []; // Without an index the search takes a few reads more.
  }
}
