import { lstat, opendir, statfs } from 'node:fs/promises';
import { join } from 'node:path';

/** What a folder takes of its file system, and the size of that. */
interface DataSize {
  readonly dataBytes: number;
  readonly sizeBytes: number;
}

/** A measurement reads the size of each file: of 50,000 in about a second of CPU. */
const everyMs = 60 * 60_000;
const mostFiles = 500_000;

/**
 * Measures folders in the background. A call gives what is known of the folder, null before its first measurement has ended, and begins another
 * one where the last is an hour old: nothing is measured while nobody asks. Links are not followed.
 */
export function createDataMeter(
  now: () => number = () => performance.now(),
): (folder: string | null) => DataSize | null {
  let measured: { readonly folder: string; readonly size: DataSize | null } | null = null;
  let begunAt = -Infinity;
  let asked: string | null = null;
  let isUnderWay = false;

  async function measure(folder: string): Promise<void> {
    const size = await sizeOf(folder).catch(() => null);
    measured = { folder, size };
    isUnderWay = false;
  }
  return (folder) => {
    if (folder === null) return null;
    const isDue = folder !== asked || now() - begunAt >= everyMs;
    // A network file system can hang for ever: there is one measurement at a time.
    if (isDue && !isUnderWay) {
      isUnderWay = true;
      asked = folder;
      begunAt = now();
      void measure(folder);
    }
    return measured?.folder === folder ? measured.size : null;
  };
}

async function sizeOf(folder: string): Promise<DataSize | null> {
  const { blocks, bsize } = await statfs(folder);
  const folders = [folder];
  let dataBytes = 0;
  let files = 0;
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for await (const entry of await opendir(next)) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) folders.push(path);
      // One that is gone meanwhile takes no space.
      else dataBytes += (await lstat(path).catch(() => ({ blocks: 0 }))).blocks * 512;
      files += 1;
      if (files > mostFiles) return null;
    }
  }
  return { dataBytes, sizeBytes: blocks * bsize };
}
