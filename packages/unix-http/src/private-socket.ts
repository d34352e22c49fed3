import { lstatSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { UnixHttpError } from './errors.ts';

/** Makes room for a socket in a folder that only its owner can enter. */
export function prepareSocket(socket: string, uid: number): void {
  const folder = dirname(socket);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const owned = lstatSync(folder);
  if (owned.uid !== uid || (owned.mode & 0o077) !== 0) {
    throw new UnixHttpError(
      'FOLDER_NOT_PRIVATE',
      `${folder} is not yours alone, and the control socket needs a folder that is: chown it and chmod 700 it`,
    );
  }
  rmSync(socket, { force: true });
}
