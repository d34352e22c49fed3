import { closeSync, constants, fchmodSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { LogsError } from '../errors.ts';

/** A descriptor that appends, to a file of mode 0600 in a folder of mode 0700, both made if missing. */
export function openForAppend(path: string): number {
  try {
    createFolder(dirname(path));
    // A named pipe would hold us up until somebody reads it.
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) {
      throw new Error('it is no regular file: move it away');
    }
    const descriptor = openSync(
      path,
      constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT,
      0o600,
    );
    try {
      fchmodSync(descriptor, 0o600); // One that was there may have been open to others.
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
    return descriptor;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LogsError(
      'UNWRITABLE',
      `the log ${path} cannot be opened for append (${reason}): check the owner, mode and free space of its folder`,
      { cause: error },
    );
  }
}

/** Makes the folder of a log, for its owner alone. */
export function createFolder(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
}
