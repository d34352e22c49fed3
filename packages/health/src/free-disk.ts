import { statfs } from 'node:fs/promises';

interface FileSystemSize {
  readonly bavail: number;
  readonly bsize: number;
}

const underWay = new Map<string, Promise<number | null>>();

/**
 * Free bytes for an ordinary user in the file system of a folder; null when the folder is missing or does not answer in time.
 * A network file system can hang for ever, so a folder still being asked is not asked again: each ask holds a thread.
 */
export async function freeDiskBytes(
  folder: string,
  timeoutMs: number,
  stat: (folder: string) => Promise<FileSystemSize> = statfs,
): Promise<number | null> {
  const asked = underWay.get(folder) ?? ask(folder, stat);
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), timeoutMs);
  });
  try {
    return await Promise.race([asked, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

function ask(folder: string, stat: (folder: string) => Promise<FileSystemSize>) {
  const asked = stat(folder)
    .then(
      ({ bavail, bsize }) => bavail * bsize,
      () => null,
    )
    .finally(() => underWay.delete(folder));
  underWay.set(folder, asked);
  return asked;
}
