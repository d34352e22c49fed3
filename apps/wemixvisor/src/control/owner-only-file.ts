import { readFileSync, statSync } from 'node:fs';
import { messageOf } from '../app-error.ts';

/** The text of a file that only its owner can read, or why it cannot be used and what to do. */
export function readOwnerOnly(
  file: string,
): { readonly text: string } | { readonly problem: string } {
  try {
    const { mode } = statSync(file);
    if ((mode & 0o077) === 0) return { text: readFileSync(file, 'utf8') };
    const shown = (mode & 0o777).toString(8);
    return { problem: `${file} can be read by other users (mode ${shown}): chmod 600 it` };
  } catch (error) {
    return { problem: messageOf(error) };
  }
}
