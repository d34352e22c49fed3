import { nearestExisting } from '../nearest-existing.ts';
import type { PreflightPorts } from '../ports.ts';
import type { Problem } from '../problem.ts';

/** Can the node write to its data directory, or create it? */
export function checkDataDirectory(
  directory: string,
  ports: Pick<PreflightPorts, 'stat' | 'mayAccess'>,
): readonly Problem[] {
  const existing = nearestExisting(directory, ports);
  const check = 'data directory';
  if (ports.stat(existing)?.isDirectory !== true) {
    const message = `${existing} is not a folder`;
    return [{ check, severity: 'error', message, remedy: 'choose another with --datadir' }];
  }
  if (ports.mayAccess(existing, 'write')) return [];
  const message =
    existing === directory
      ? `${directory} may not be written to`
      : `${directory} does not exist and cannot be made in ${existing}`;
  const remedy = 'give the folder to the user that runs the node, or choose another with --datadir';
  return [{ check, severity: 'error', message, remedy }];
}
