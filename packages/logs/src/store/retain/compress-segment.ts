import { open, rename, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import type { Clock } from '../../clock.ts';
import { blockBytesFor, memberOf, tableMember } from '../../gzip/blocked-gzip.ts';
import type { LogFiles } from '../../layout.ts';

const deflate = promisify(deflateRaw);
/** Fast rather than small: a log line is mostly repetition, and the node wants the processor. */
const level = 3;
/** How much longer than it works a compression rests, so that it takes a fiftieth of one processor from the node. */
const restRatio = 49;
/** Milliseconds of the longest rest: a machine that slept during a block must not make it days. */
const longestRestMs = 1_000;

/** How a segment is compressed. */
export interface Compression {
  readonly clock: Pick<Clock, 'monotonic' | 'setTimer'>;
  /** Stops at the next block, leaving the plain file. */
  readonly signal: AbortSignal;
  /** Asked at each block: no rest, since room is needed soon. */
  readonly isUrgent: () => boolean;
}

/**
 * Compresses a segment, in threads of the pool, block by block. The result takes its final name when it is complete and on the disk;
 * only then does the plain file go.
 *
 * @returns the compressed bytes, or null when aborted
 */
export async function compressSegment(
  files: LogFiles,
  stem: string,
  compression: Compression,
): Promise<number | null> {
  const target = files.compressed(stem);
  const partial = files.partial(target);
  try {
    const size = await compressInto(files.segment(stem), partial, compression);
    if (size === null) return null;
    await rename(partial, target);
    await rm(files.segment(stem), { force: true });
    return size;
  } finally {
    await rm(partial, { force: true });
  }
}

async function compressInto(from: string, to: string, compression: Compression) {
  const { clock, signal, isUrgent } = compression;
  await using plain = await open(from, 'r');
  await using target = await open(to, 'w', 0o600);
  const { size } = await plain.stat();
  const block = Buffer.allocUnsafeSlow(blockBytesFor(size));
  const sizes: number[] = [];
  for (let position = 0; position < size; position += block.length) {
    if (signal.aborted) return null;
    const start = clock.monotonic();
    const { bytesRead } = await plain.read(block, 0, block.length, position);
    const bytes = block.subarray(0, bytesRead);
    const member = memberOf(bytes, await deflate(bytes, { level }));
    await target.writeFile(member);
    sizes.push(member.length);
    const restMs = Math.min(longestRestMs, restRatio * (clock.monotonic() - start));
    const isLast = position + block.length >= size;
    if (!isLast && !isUrgent()) await rest(restMs, compression);
  }
  await target.writeFile(tableMember(size, block.length, sizes));
  await target.datasync();
  return (await target.stat()).size;
}

/** Resolves after so many milliseconds, or when the compression is aborted. */
function rest(ms: number, { clock, signal }: Compression): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.setTimer(end, ms);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
