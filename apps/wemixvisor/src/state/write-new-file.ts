import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError, messageOf, systemCodeOf } from '../app-error.ts';

/**
 * Writes a file for its owner only (0600), with `withFolder` also its folder where that is missing (0700). False where there is a file
 * already, which is left as it is.
 *
 * @throws AppError naming the file where it cannot be written; nothing is left of one that is not whole.
 */
export function writeNewFile(
  file: string,
  content: string | Uint8Array,
  { withFolder = false }: { readonly withFolder?: boolean } = {},
): boolean {
  try {
    if (withFolder) mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, content, { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    const isThere = existsSync(file);
    if (isThere && systemCodeOf(error) === 'EEXIST') return false;
    if (isThere) rmSync(file);
    throw new AppError(`cannot write ${file}: ${messageOf(error)}`, { cause: error });
  }
}
