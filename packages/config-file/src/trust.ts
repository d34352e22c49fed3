import type { Stats } from 'node:fs';

/** The part of a file's status that says who can change it. */
export type Ownership = Pick<Stats, 'uid' | 'mode'>;

/**
 * Why a file must not be trusted, with the remedy; undefined for a trusted one. Whoever can write a configuration decides
 * what its reader does, so only the user and root may. A uid of -1 (a system without users) trusts all.
 */
export function whyNotTrusted(
  file: string,
  { uid: owner, mode }: Ownership,
  uid: number,
): string | undefined {
  if (uid === -1) return undefined;
  if (owner !== uid && owner !== 0) {
    return `${file} belongs to user ${owner}, who could change what you run: chown ${uid} it, or run as that user`;
  }
  if ((mode & 0o022) !== 0) {
    return `${file} can be changed by other users (mode ${(mode & 0o777).toString(8)}): chmod 600 it`;
  }
  return undefined;
}
