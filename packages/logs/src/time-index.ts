/*
 * The index file: a first line that names the segment before this part of the log ("-" for none), then one line per place:
 *
 *   wemixvisor-index 1 node-20260304T091502118Z
 *   1772615702118 1048623
 *
 * A record begins at the offset; it was written at the time, in milliseconds since 1970. A line that is torn or out of order is skipped.
 */

const title = 'wemixvisor-index 1';
const latestMs = 8.64e15;

/** One known place: the record at `offset` was written at `timeMs` or soon after. */
export interface IndexEntry {
  readonly timeMs: number;
  readonly offset: number;
}

/** What an index file says. */
export interface TimeIndex {
  /** The stem of the segment before; null when this part is the first. */
  readonly after: string | null;
  /** By offset. The times may run backwards where the clock was set back. */
  readonly entries: readonly IndexEntry[];
}

/** Reads an index file; null when it is none. Whatever is damaged in it is left out. */
export function parseIndex(text: string): TimeIndex | null {
  const [first = '', ...lines] = text.split('\n');
  if (!first.startsWith(`${title} `)) return null;
  const after = first.slice(title.length + 1);
  const entries: IndexEntry[] = [];
  let last = -1;
  for (const line of lines) {
    const entry = parseEntry(line);
    if (entry === null || entry.offset <= last) continue;
    entries.push(entry);
    last = entry.offset;
  }
  return { after: after === '-' ? null : after, entries };
}

function parseEntry(line: string): IndexEntry | null {
  const found = /^(\d{1,16}) (\d{1,16})$/.exec(line);
  if (found === null) return null;
  const [timeMs, offset] = [Number(found[1]), Number(found[2])];
  return timeMs <= latestMs && Number.isSafeInteger(offset) ? { timeMs, offset } : null;
}

/** The first line of an index file. */
export function indexTitle(after: string | null): string {
  return `${title} ${after ?? '-'}\n`;
}

/** One line of an index file. */
export function formatEntry({ timeMs, offset }: IndexEntry): string {
  return `${timeMs} ${offset}\n`;
}

/** A range of the log in which a time is searched: `[from, to)`. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/**
 * Where the first record that is not before `timeMs` must be: nothing before `from` is as late, and something at `to` is (or `to` is the end).
 * Holds also when the clock was set back in between.
 */
export function windowSince(entries: readonly IndexEntry[], timeMs: number, size: number): Window {
  const reached = entries.findIndex((entry) => entry.timeMs >= timeMs);
  if (reached < 0) return { from: entries.at(-1)?.offset ?? 0, to: size };
  return { from: entries[reached - 1]?.offset ?? 0, to: entries[reached]?.offset ?? size };
}

/** Where the last record that is not after `timeMs` must end: something at `from` is not later, and everything from `to` on is. */
export function windowUntil(entries: readonly IndexEntry[], timeMs: number, size: number): Window {
  const last = entries.findLastIndex((entry) => entry.timeMs <= timeMs);
  return { from: entries[last]?.offset ?? 0, to: entries[last + 1]?.offset ?? size };
}

/** When the record at an offset was written, as far as the index knows; null before its first entry. */
export function timeAt(entries: readonly IndexEntry[], offset: number): Date | null {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.offset ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const entry = entries[low - 1];
  return entry === undefined ? null : new Date(entry.timeMs);
}
