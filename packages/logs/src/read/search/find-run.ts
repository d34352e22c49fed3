import type { Run } from './required.ts';

/** The first place from one on where a row of a class begins, as it were the first; negative where there is none. Most bytes are never looked at. */
export function findRun({ run, least }: Run, bytes: Buffer, from: number): number {
  const end = bytes.length;
  for (let at = from + least - 1; at < end;) {
    if (run[bytes[at] ?? 0] === 0) {
      at += least;
      continue;
    }
    const floor = at - least + 1;
    let begin = at;
    while (begin > floor && run[bytes[begin - 1] ?? 0] === 1) begin -= 1;
    const stop = begin + least;
    let to = at + 1;
    while (to < stop && to < end && run[bytes[to] ?? 0] === 1) to += 1;
    if (to === stop) return begin;
    // The byte at `to` is none of the class.
    at = to + least;
  }
  return -1;
}
