import { parseLogLine } from '../../format/parse-log-line.ts';
import type { LineContext } from '../../format/parsed-line.ts';
import { startsRecord, lineEnd } from '../record/record-boundaries.ts';

/** A record with a time of its own: where it begins and when it was written. */
export interface TimedPlace {
  readonly start: number;
  readonly timeMs: number;
}

/** The longest line head that can hold a time; a JSON line is read whole, as old geth puts `t` last. */
const longestLine = 64 * 1024;

/** The first record in some bytes that states its own time; `isLineStart` tells whether the first byte begins a line. */
export function firstTime(
  bytes: Buffer,
  isLineStart: boolean,
  context: LineContext,
): TimedPlace | null {
  let start = isLineStart ? 0 : lineEnd(bytes, 0, bytes.length);
  while (start < bytes.length) {
    const end = lineEnd(bytes, start, bytes.length);
    if (context.parse !== undefined || startsRecord(bytes, start, end)) {
      const line = bytes.toString('latin1', start, Math.min(end, start + longestLine));
      const { time } = parseLogLine(line, context);
      if (time !== null) return { start, timeMs: time.getTime() };
    }
    start = end;
  }
  return null;
}

/** The last record in some bytes, which end after a record, that states its own time; looks at the last 64 KiB only. */
export function lastTime(bytes: Buffer, context: LineContext): TimedPlace | null {
  const floor = Math.max(0, bytes.length - longestLine);
  for (let end = bytes.length; end > floor;) {
    const start = end < 2 ? 0 : bytes.lastIndexOf(0x0a, end - 2) + 1;
    const found = firstTime(bytes.subarray(start, end), true, context);
    if (found !== null) return { start: start + found.start, timeMs: found.timeMs };
    if (start === 0) return null;
    end = start;
  }
  return null;
}
