import { StringDecoder } from 'node:string_decoder';

/** Bytes of a piece of text: more than nearly every line of a log has, and few enough to be collected at once. */
export const textBytes = 16 * 1024;

/** Decodes bytes that come in pieces, without cutting a character. Bytes that are not UTF-8 are replaced. */
export function* textPieces(pieces: Iterable<Uint8Array>): Generator<string, void> {
  const decoder = new StringDecoder('utf8');
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += textBytes) {
      yield decoder.write(piece.subarray(at, at + textBytes));
    }
  }
  const last = decoder.end();
  if (last !== '') yield last;
}

/** Pieces that each begin with the last bytes of the one before, so that any part of `bytes` + 1 bytes is whole in one of them. */
export function* overlapping(pieces: Iterable<Uint8Array>, bytes: number): Generator<Buffer, void> {
  let last: Uint8Array = new Uint8Array();
  for (const piece of pieces) {
    const both = Buffer.concat([last, piece]);
    yield both;
    last = both.subarray(Math.max(0, both.length - bytes));
  }
}
