/** A value in RLP: bytes, or a list of values. */
export type Rlp = Uint8Array | readonly Rlp[];

const tooShort = new RangeError('the RLP ends too early');
/** An ENR has lists in lists, no deeper. */
const deepest = 8;

/**
 * Reads one RLP value and nothing after it.
 *
 * @throws RangeError where it is not RLP
 */
export function decodeRlp(bytes: Uint8Array): Rlp {
  const { value, end } = decodeAt(bytes, 0, 0);
  if (end !== bytes.length) throw new RangeError('there is more after the RLP value');
  return value;
}

function decodeAt(bytes: Uint8Array, at: number, depth: number): { value: Rlp; end: number } {
  const first = bytes[at];
  if (first === undefined || depth > deepest) throw tooShort;
  if (first < 0x80) return { value: bytes.subarray(at, at + 1), end: at + 1 };
  const isList = first >= 0xc0;
  const code = first - (isList ? 0xc0 : 0x80);
  const [start, length] =
    code <= 55 ? [at + 1, code] : [at + 1 + code - 55, lengthAt(bytes, at + 1, code - 55)];
  const end = start + length;
  if (end > bytes.length) throw tooShort;
  if (!isList) return { value: bytes.subarray(start, end), end };
  const items: Rlp[] = [];
  for (let next = start; next < end;) {
    const item = decodeAt(bytes.subarray(0, end), next, depth + 1);
    items.push(item.value);
    next = item.end;
  }
  return { value: items, end };
}

function lengthAt(bytes: Uint8Array, at: number, size: number): number {
  // Four bytes are more than any record has.
  if (size > 4 || at + size > bytes.length) throw tooShort;
  return bytes.subarray(at, at + size).reduce((sum, byte) => sum * 256 + byte, 0);
}

/** The bytes before those of a list, as RLP has them. */
export function listHeader(length: number): Uint8Array {
  if (length <= 55) return Uint8Array.of(0xc0 + length);
  const size: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) size.unshift(rest % 256);
  return Uint8Array.of(0xf7 + size.length, ...size);
}

/** Reads an unsigned number; null where it is none or greater than 2⁵³ - 1. */
export function numberOf(value: Rlp | undefined): number | null {
  if (!(value instanceof Uint8Array) || value.length > 8) return null;
  const read = value.reduce((sum, byte) => sum * 256 + byte, 0);
  return Number.isSafeInteger(read) ? read : null;
}
