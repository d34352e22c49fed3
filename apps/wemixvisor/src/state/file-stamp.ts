import { statSync } from 'node:fs';

/** Stays the same as long as a file does: its device, inode, size and time of change; null where there is none. */
export function fileStamp(file: string): string | null {
  try {
    const { dev, ino, size, mtimeMs } = statSync(file);
    return [dev, ino, size, mtimeMs].join(':');
  } catch {
    return null;
  }
}

/** Whether another file is where the node's program was when it was started, or none; null where nobody knows what was there. */
export function isReplaced(file: string | undefined, stamp: string | null): boolean | null {
  return file === undefined || stamp === null ? null : fileStamp(file) !== stamp;
}
