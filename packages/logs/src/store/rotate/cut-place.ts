import type { RotationCalls } from '../../ports.ts';

/** Bytes before the end of the copy within which a line may end at a block. */
const reachBytes = 4 * 1024 * 1024;
const newline = 0x0a;

/**
 * Where the live file is cut: after the last whole block of the copy with which a line ends, so that a segment is whole lines for who unpacks it
 * by hand. Looked for in the last quarter of the copy and in 4 MiB at most; a log in which no line ends there is cut within a line, which every
 * reader joins. 0 when there is no whole block before the last byte.
 */
export function cutPlace(
  calls: Pick<RotationCalls, 'readSync'>,
  copy: number,
  copied: number,
  unit: number,
): number {
  // The system refuses to cut all of a file.
  const last = Math.floor((copied - 1) / unit) * unit;
  const floor = Math.max(unit, last - Math.min(reachBytes, copied / 4));
  const byte = Buffer.alloc(1);
  for (let place = last; place >= floor; place -= unit) {
    if (calls.readSync(copy, byte, 0, 1, place - 1) === 1 && byte[0] === newline) return place;
  }
  return Math.max(0, last);
}
