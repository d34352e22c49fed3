import { copyAscii, viewOf } from '../copy-ascii.ts';

/** Bytes, and the same as a view of them. */
export interface JsonBytes {
  readonly bytes: Buffer;
  readonly view: DataView;
}

/** Bytes of ASCII that stand in each line. */
export function frame(text: string): JsonBytes {
  const { length } = Buffer.from(text);
  // With as many bytes behind as are copied at a time.
  const padded = Buffer.alloc(length + 8);
  padded.write(text);
  return { bytes: padded.subarray(0, length), view: viewOf(padded) };
}

/** No bytes. */
export const none: JsonBytes = frame('');

/** Writes bytes of ASCII, and gives where they end. */
export function put(target: JsonBytes, at: number, { bytes, view }: JsonBytes): number {
  return copyAscii(target.view, at, view, 0, bytes.length);
}
