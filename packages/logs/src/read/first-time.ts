import { parseLogLine } from '../format/parse-log-line.ts';
import { isSureHead, lineEnd } from './records.ts';

/** A record with a time of its own: where it begins and when it was written. */
export interface TimedPlace {
  readonly start: number;
  readonly timeMs: number;
}

/** The longest line head that can hold a time; a JSON line is read whole, as old geth puts `t` last. */
const longestLine = 64 * 1024;

/** The first record in some bytes that states its own time; `isLineStart` tells whether the first byte begins a line. */
export function firstTime(bytes: Buffer, isLineStart: boolean, near: Date): TimedPlace | null {
  let start = isLineStart ? 0 : lineEnd(bytes, 0, bytes.length);
  while (start < bytes.length) {
    const end = lineEnd(bytes, start, bytes.length);
    if (isSureHead(bytes, start, end)) {
      const line = bytes.toString('latin1', start, Math.min(end, start + longestLine));
      const { time } = parseLogLine(line, { near });
      if (time !== null) return { start, timeMs: time.getTime() };
    }
    start = end;
  }
  return null;
}
