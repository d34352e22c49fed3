import { statSync } from 'node:fs';
import { systemCodeOf, usageError } from '../app-error.ts';

/**
 * Refuses a home that belongs to another user, as its files decide what is run. A missing home is accepted.
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
