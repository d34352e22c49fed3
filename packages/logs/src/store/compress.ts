import { rename, rm } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { blockBytesFor, memberOf, tableMember } from '../gzip/blocked-gzip.ts';
import type { LogFiles } from '../layout.ts';

const pack = promisify(deflateRaw);
/** Fast rather than small: a log line is mostly repetition, and the node wants the processor. */
const level = 3;

/**
 * Compresses a segment, in threads of the pool, block by block. The result takes its final name when it is complete and on the disk;
 * only then does the plain file go. Stops at the next block when aborted, leaving the plain file.
 *
 * @returns the compressed bytes, or null when aborted
 */
export async function compressSegment(
  files: LogFiles,
  stem: string,
  signal: AbortSignal,
): Promise<number | null> {
  const target = files.compressed(stem);
  const partial = files.partial(target);
  try {
    const size = await packInto(files.segment(stem), partial, signal);
    if (size === null) return null;
    await rename(partial, target);
    await rm(files.segment(stem), { force: true });
    return size;
  } finally {
    await rm(partial, { force: true });
  }
}

async function packInto(from: string, to: string, signal: AbortSignal): Promise<number | null> {
  await using plain = await open(from, 'r');
  await using packed = await open(to, 'w', 0o600);
  const { size } = await plain.stat();
  const block = Buffer.allocUnsafeSlow(blockBytesFor(size));
  const sizes: number[] = [];
  for (let position = 0; position < size; position += block.length) {
    if (signal.aborted) return null;
    const { bytesRead } = await plain.read(block, 0, block.length, position);
    const bytes = block.subarray(0, bytesRead);
    const member = memberOf(bytes, await pack(bytes, { level }));
    await packed.writeFile(member);
    sizes.push(member.length);
  }
  await packed.writeFile(tableMember(size, block.length, sizes));
  await packed.datasync();
  return (await packed.stat()).size;
}
