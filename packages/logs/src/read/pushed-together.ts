import type { Matches } from './select/matches.ts';

/** Moves the wanted bytes of a block together, in place, so that one write is enough for them all. */
export function pushedTogether({
  block: { bytes },
  spans,
}: Pick<Matches, 'block' | 'spans'>): Buffer {
  const start = spans[0] ?? 0;
  let end = start;
  for (let at = 0; at < spans.length; at += 2) {
    const [from = end, to = end] = [spans[at], spans[at + 1]];
    if (from !== end) bytes.copyWithin(end, from, to);
    end += to - from;
  }
  return bytes.subarray(start, end);
}
