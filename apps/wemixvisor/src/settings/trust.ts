import { statSync, type Stats } from 'node:fs';
import { systemCodeOf, usageError } from '../app-error.ts';

/** What of a file tells who can change it. */
export type Ownership = Pick<Stats, 'uid' | 'mode'>;

/**
 * Why the content of a file must not be acted upon, with what to do about it; undefined where it may. Whoever can write
 * the configuration names the program that is run, so only the user and root may. A user of -1 is one on a system
 * without users.
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

/**
 * Refuses a home that belongs to somebody else: what lies in it says what is run. One that does not exist yet is right.
 *
 * @throws AppError with exit code 64.
 */
export function requireOwnHome(home: string, uid: number): void {
  try {
    const { uid: owner } = statSync(home);
    if (uid === -1 || owner === uid || owner === 0) return;
    throw usageError(
      `the home ${home} belongs to user ${owner}, who could change what you run: run as that user, chown ${uid} it, or name another with --home DIR`,
    );
  } catch (error) {
    if (systemCodeOf(error) === undefined) throw error;
  }
}
