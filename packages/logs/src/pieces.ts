import { StringDecoder } from 'node:string_decoder';

/** Bytes of a piece of text: more than nearly every line of a log has, and little enough to be garbage at once. */
export const textBytes = 16 * 1024;

/** Bytes that come in pieces as text, in pieces that cut no character. What is no UTF-8 is replaced. */
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

/** Pieces that each begin with the last bytes of the one before, so that nothing as long as that and a byte more is cut everywhere. */
export function* overlapping(pieces: Iterable<Uint8Array>, bytes: number): Generator<Buffer, void> {
  let last: Uint8Array = new Uint8Array();
  for (const piece of pieces) {
    const both = Buffer.concat([last, piece]);
    yield both;
    last = both.subarray(Math.max(0, both.length - bytes));
  }
}
