import { rename, rm } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { blockBytesFor, memberOf, tableMember } from '../gzip/blocked-gzip.ts';
import type { LogFiles } from '../layout.ts';

const pack = promisify(deflateRaw);
/** Fast rather than small: a log line is mostly repetition, and the node wants the processor. */
const level = 3;
/** How much longer than it works a compression rests, so that it takes a fiftieth of one processor from the node. */
const restRatio = 49;
/** Milliseconds of the longest rest: a machine that slept amid a block must not make it days. */
const longestRestMs = 1_000;

/** How a segment is compressed. */
export interface Compression {
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
    const size = await packInto(files.segment(stem), partial, compression);
    if (size === null) return null;
    await rename(partial, target);
    await rm(files.segment(stem), { force: true });
    return size;
  } finally {
    await rm(partial, { force: true });
  }
}

async function packInto(from: string, to: string, { signal, isUrgent }: Compression) {
  await using plain = await open(from, 'r');
  await using packed = await open(to, 'w', 0o600);
  const { size } = await plain.stat();
  const block = Buffer.allocUnsafeSlow(blockBytesFor(size));
  const sizes: number[] = [];
  for (let position = 0; position < size; position += block.length) {
    if (signal.aborted) return null;
    const start = performance.now();
    const { bytesRead } = await plain.read(block, 0, block.length, position);
    const bytes = block.subarray(0, bytesRead);
    const member = memberOf(bytes, await pack(bytes, { level }));
    await packed.writeFile(member);
    sizes.push(member.length);
    const rest = Math.min(longestRestMs, restRatio * (performance.now() - start));
    const isLast = position + block.length >= size;
    if (!isLast && !isUrgent()) await sleep(rest, undefined, { signal }).catch(() => undefined);
  }
  await packed.writeFile(tableMember(size, block.length, sizes));
  await packed.datasync();
  return (await packed.stat()).size;
}
