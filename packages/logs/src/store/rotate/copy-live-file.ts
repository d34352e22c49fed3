import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { RotationJob } from './rotation-job.ts';

/** Bytes copied at a time. */
export const chunkBytes = 1024 * 1024;
/** Bytes that may be left for the last step, for which the writers wait. */
const restBytes = 4 * chunkBytes;

/** The two files of a rotation, and how many bytes the copy has. */
export interface OpenFiles {
  readonly live: FileHandle;
  readonly copy: FileHandle;
  readonly copied: number;
}

/**
 * The first stage: copies what the live file holds now to the partial segment, flushes it to the disk, and opens it. The system makes the copy,
 * at half the cost of a loop of ours, or at none where files can share blocks.
 */
export async function copyLiveFile({ files, stem, ports }: RotationJob): Promise<FileHandle> {
  const partial = files.partial(files.segment(stem));
  const { COPYFILE_EXCL, COPYFILE_FICLONE } = constants;
  await ports.files.copyFile(files.live, partial, COPYFILE_EXCL | COPYFILE_FICLONE);
  const copy = await ports.files.open(partial, 'r+');
  try {
    await copy.chmod(0o600);
    await copy.datasync();
    return copy;
  } catch (error) {
    await copy.close();
    throw error;
  }
}

/** Copies what was written meanwhile, until little is left or the rounds are over; gives the number of bytes that the copy now has. */
export async function catchUp(
  live: FileHandle,
  copy: FileHandle,
  from: number,
  rounds: number,
): Promise<number> {
  const chunk = Buffer.allocUnsafeSlow(chunkBytes);
  let copied = from;
  for (let round = 0; round < rounds; round += 1) {
    const { size } = await live.stat();
    const before = copied;
    while (copied < size) {
      const { bytesRead } = await live.read(chunk, 0, Math.min(chunkBytes, size - copied), copied);
      if (bytesRead === 0) break;
      await writeAll(copy, chunk.subarray(0, bytesRead), copied);
      copied += bytesRead;
    }
    if (copied - before <= restBytes) break;
  }
  return copied;
}

async function writeAll(copy: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await copy.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
