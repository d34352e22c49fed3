/**
 * A text that can hold any bytes: each byte that is no part of valid UTF-8 is a lone surrogate, U+DC80 to U+DCFF, as in
 * Python's surrogateescape (PEP 383). No decoder gives these for valid text, and JSON keeps them as `\udc80`.
 */
const strayByte = /([\udc80-\udcff])/u;

/** Lone surrogates that stand for no byte. */
const noByte = /[\ud800-\udc7f\udd00-\udfff]/u;

/** Stands for a text whose bytes are not known: {@link isByteText} refuses what holds it. */
export const unknownBytes = '\udc00';

/**
 * Decodes bytes; {@link bytesOfText} gives them back exactly.
 *
 * @example textOfBytes(Buffer.of(0x61, 0xff)); // 'a\udcff'
 */
export function textOfBytes(bytes: Buffer): string {
  const whole = bytes.toString();
  if (Buffer.from(whole).equals(bytes)) return whole;
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const sequence = bytes.subarray(at, at + lengthBy(bytes[at] ?? 0));
    const decoded = sequence.toString();
    const isValid = Buffer.from(decoded).equals(sequence);
    text += isValid ? decoded : String.fromCharCode(0xdc00 + (bytes[at] ?? 0));
    at += isValid ? sequence.length : 1;
  }
  return text;
}

/** The length of a sequence by its first byte (RFC 3629, section 3). */
function lengthBy(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

/** Encodes a text in which lone surrogates stand for bytes. */
export function bytesOfText(text: string): Buffer {
  const parts = text.split(strayByte);
  return Buffer.concat(
    parts.map((part, index) =>
      index % 2 === 0 ? Buffer.from(part) : Buffer.of(part.charCodeAt(0) - 0xdc00),
    ),
  );
}

/** Whether a text holds bytes that are not UTF-8, which only {@link bytesOfText} encodes rightly. */
export function hasStrayBytes(text: string): boolean {
  return strayByte.test(text);
}

/** Whether a text stands for bytes that a program can be given: it has no NUL and no other lone surrogates. */
export function isByteText(text: string): boolean {
  return !text.includes('\0') && !noByte.test(text);
}

/** A text for people: a byte that is not UTF-8 as `\xff`. */
export function showBytes(text: string): string {
  return text.replaceAll(
    new RegExp(strayByte, 'gu'),
    (byte) => `\\x${(byte.charCodeAt(0) - 0xdc00).toString(16)}`,
  );
}
