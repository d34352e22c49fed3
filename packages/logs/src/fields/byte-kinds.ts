/** What a byte is to the scanners: text, or one of those at which something begins or ends. */
export const text = 0;
export const space = 1;
export const quote = 2;
export const equals = 3;
/** A control character, or one beyond ASCII, which may be a blank: only the text shows. */
export const odd = 4;

/** The kind of each byte; a table, since a comparison with each of them takes three times as long. */
export const kinds: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === 0x20) return space;
  if (byte === 0x22) return quote;
  if (byte === 0x3d) return equals;
  return byte < 0x20 || byte > 0x7e ? odd : text;
});
