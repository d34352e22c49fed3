import { statfs } from 'node:fs/promises';

interface FileSystemSize {
  readonly bavail: number;
  readonly bsize: number;
}

/** Requests that have not been answered, by folder. */
const pending = new Map<string, Promise<number | null>>();

/**
 * Free bytes for an ordinary user in the file system of a folder; null when the folder is missing or does not answer in time.
 * A network file system can hang for ever and each request holds a thread, so a folder has one request at a time.
 */
export async function freeDiskBytes(
  folder: string,
  timeoutMs: number,
  stat: (folder: string) => Promise<FileSystemSize> = statfs,
): Promise<number | null> {
  const free = pending.get(folder) ?? requestFreeBytes(folder, stat);
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), timeoutMs);
  });
  try {
    return await Promise.race([free, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function requestFreeBytes(folder: string, stat: (folder: string) => Promise<FileSystemSize>) {
  const free = stat(folder)
    .then(
      ({ bavail, bsize }) => bavail * bsize,
      () => null,
    )
    .finally(() => pending.delete(folder));
  pending.set(folder, free);
  return free;
}
