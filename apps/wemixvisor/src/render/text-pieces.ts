import { StringDecoder } from 'node:string_decoder';

/** More than nearly every line of a log has; each piece is garbage at once. */
const pieceBytes = 16 * 1024;

/** Bytes as text, in pieces that cut no character: a line of 10 MB is never in memory twice. What is no UTF-8 is replaced. */
export function* textPieces(bytes: Uint8Array): Generator<string, void> {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (all.length <= pieceBytes) {
    yield all.toString('utf8');
    return;
  }
  const decoder = new StringDecoder('utf8');
  for (let at = 0; at < all.length; at += pieceBytes) {
    yield decoder.write(all.subarray(at, at + pieceBytes));
  }
  yield decoder.end();
}
