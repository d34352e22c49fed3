/** What a byte is to JSON: 0 as it is, 1 needs an escape, 2 begins two bytes that are one character, 3 is left to a string. */
const kinds = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === 0x22 || byte === 0x5c || byte < 0x20 || byte === 0x7f) return 1;
  if (byte < 0x80) return 0;
  return byte >= 0xc2 && byte <= 0xdf ? 2 : 3;
});
const shortEscapes = new Map<number, number>([
  [0x22, 0x22],
  [0x5c, 0x5c],
  [0x08, 0x62],
  [0x09, 0x74],
  [0x0a, 0x6e],
  [0x0c, 0x66],
  [0x0d, 0x72],
]);
const hex = Buffer.from('0123456789abcdef');

/** The most bytes that one byte of a text becomes: `\u001b`. */
export const mostPerByte = 6;

/**
 * Writes text as the inside of a JSON string, as `recordJson` does, and gives where it ends; negative for bytes that a string has to be made of. The
 * target has room for {@link mostPerByte} times as many bytes.
 */
export function writeJsonText(
  target: Buffer,
  place: number,
  source: Buffer,
  from: number,
  to: number,
): number {
  let out = place;
  for (let at = from; at < to; at += 1) {
    const byte = source[at] ?? 0;
    const kind = kinds[byte];
    if (kind === 0) target[out++] = byte;
    else if (kind === 1) out = writeEscape(target, out, byte);
    else {
      const next = at + 1 < to ? (source[at + 1] ?? 0) : 0;
      if (kind === 3 || next < 0x80 || next > 0xbf) return -1;
      // U+0080 to U+009F command a terminal too.
      if (byte === 0xc2 && next < 0xa0) out = writeHex(target, out, next);
      else {
        target[out++] = byte;
        target[out++] = next;
      }
      at += 1;
    }
  }
  return out;
}

function writeEscape(target: Buffer, place: number, byte: number): number {
  const short = shortEscapes.get(byte);
  if (short === undefined) return writeHex(target, place, byte);
  target[place] = 0x5c;
  target[place + 1] = short;
  return place + 2;
}

function writeHex(target: Buffer, place: number, code: number): number {
  target[place] = 0x5c;
  target[place + 1] = 0x75;
  target[place + 2] = target[place + 3] = 0x30;
  target[place + 4] = hex[code >> 4] ?? 0;
  target[place + 5] = hex[code & 15] ?? 0;
  return place + 6;
}
