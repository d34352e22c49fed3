import { readFileSync, statSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';

/** More than a history ever has. */
const largestBytes = 64 * 1024;

/** Reads the file of samples; null where there is none. Throws for what cannot be one. */
export function readSamples(file: string): Uint8Array | null {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  if (!stats.isFile()) throw new Error('it is no regular file');
  if (stats.size > largestBytes) throw new Error(`it has more than ${largestBytes} bytes`);
  return readFileSync(file);
}

/**
 * Writes the file of samples whole, for its owner only (0600). It does not wait for the disk, which a node keeps busy: a file that a
 * power failure damaged is found out by its checksum.
 */
export async function writeSamples(file: string, bytes: Uint8Array): Promise<void> {
  await writeFileAtomic(file, Buffer.from(bytes), { mode: 0o600, fsync: false });
}
