import { isAtLeast, type Level } from '../../format/level.ts';
import { levelOfLetter } from '../../format/quick-level.ts';
import { isTerminalHead, lineKind } from './line-kind.ts';
import { continues, lineEnd, recordsIn } from './record-boundaries.ts';

/** Gives the records between two record boundaries as `recordsIn` does, but for those in geth's terminal format that are surely below a level. */
export type SevereRecords = (bytes: Buffer, start: number, end: number) => readonly number[];

/** Finds the records of at least a level, of which a log has few: the lines of all others are passed without a look at more than where they begin. */
export function severeRecords(minimum: Level): SevereRecords {
  const isBelow = Uint8Array.from({ length: 256 }, (_, letter) => {
    const level = levelOfLetter(letter);
    return level !== null && !isAtLeast(level, minimum) ? 1 : 0;
  });
  return (bytes, start, end) => {
    const spans: number[] = [];
    const take = (from: number, to: number): void => {
      if (from >= 0) for (const edge of recordsIn(bytes, from, to)) spans.push(edge);
    };
    // Where records begin that are not left out; negative within those that are.
    let from = start;
    for (let at = start; at < end;) {
      const stop = lineEnd(bytes, at, end);
      if (isBelow[bytes[at] ?? 0] === 1 && isTerminalHead(bytes, at, stop)) {
        take(from, at);
        from = -1;
      } else if (from < 0 && !continues('terminal', lineKind(bytes, at, stop))) from = at;
      at = stop;
    }
    take(from, end);
    return spans;
  };
}
