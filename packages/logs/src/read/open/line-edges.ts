import { readAll, type Source } from './source.ts';

const newline = 0x0a;
const pieceBytes = 64 * 1024;

/** The bytes `[from, to)` of a source, each piece valid until the next is asked for; they end early if the source is truncated meanwhile. */
export function* piecesOf(source: Source, from: number, to: number): Generator<Buffer, void> {
  const memory = Buffer.allocUnsafe(Math.min(pieceBytes, to - from));
  for (let at = from; at < to;) {
    const filled = source.read(memory.subarray(0, to - at), at);
    if (filled === 0) return;
    yield memory.subarray(0, filled);
    at += filled;
  }
}

/** Where the line with the byte at a place ends, after its newline; `to` for an unfinished one. */
export function lineEndIn(source: Source, place: number, to: number): number {
  let at = place;
  for (const piece of piecesOf(source, place, to)) {
    const found = piece.indexOf(newline);
    if (found >= 0) return at + found + 1;
    at += piece.length;
  }
  return to;
}

/** Where the line that reaches up to a place begins: after the last newline before it, else at `floor`. */
export function lineStartIn(source: Source, floor: number, place: number): number {
  const memory = Buffer.allocUnsafe(Math.min(pieceBytes, place - floor));
  for (let end = place; end > floor;) {
    const from = Math.max(floor, end - memory.length);
    const filled = readAll(source, memory.subarray(0, end - from), from);
    const found = memory.subarray(0, filled).lastIndexOf(newline);
    if (found >= 0) return from + found + 1;
    end = from;
  }
  return floor;
}
