/** Bytes of log text, the most frequent first; others are rarer than all of these. */
const frequent = Buffer.from(' e=0t1a2n3o4i5s6r7d8l9c-m:p.hbugf[]"_,ky|/vw');
const rank = new Uint8Array(256).fill(frequent.length);
frequent.forEach((byte, at) => (rank[byte] = at));

/** `Buffer.indexOf` looks for the first byte of a needle this short; for a longer one it has another algorithm, which is slower on text. */
const mostBytes = 7;
const leastBytes = 4;

/** A part of a literal that is found faster than the whole, and its offset in it. */
export interface Needle {
  readonly bytes: Buffer;
  readonly offset: number;
}

/** The part that begins with the rarest byte. */
export function needleIn(literal: Buffer): Needle {
  let offset = 0;
  for (let at = 1; at <= literal.length - leastBytes; at += 1) {
    if (rankAt(literal, at) > rankAt(literal, offset)) offset = at;
  }
  return { bytes: literal.subarray(offset, offset + mostBytes), offset };
}

const rankAt = (literal: Buffer, at: number): number => rank[literal[at] ?? 0] ?? 0;
