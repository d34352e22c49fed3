import { join } from 'node:path';
import { otherThan, nameOf, type OwnerSearch } from '../owner-search.ts';
import type { PreflightPorts } from '../ports.ts';
import type { Problem } from '../problem.ts';

/**
 * Does another process hold the node's data? geth locks `LOCK` in its instance folder for as long as it runs
 * (node/node.go @ v1.17.5). The lock belongs to the process: removing the file frees nothing.
 */
export async function checkDataLock(
  instanceDirectory: string,
  own: { readonly search: OwnerSearch; readonly ownPid: number | null },
  { stat }: Pick<PreflightPorts, 'stat'>,
): Promise<readonly Problem[]> {
  const lock = join(instanceDirectory, 'LOCK');
  const identity = stat(lock);
  if (identity === null) return [];
  const owner = await otherThan(await own.search.ofLock(lock, identity), own);
  if (owner === undefined) return [];
  const message = `${instanceDirectory} is in use by ${nameOf(owner)}`;
  const remedy = 'stop that process; removing the LOCK file would help nothing';
  return [{ check: 'data directory', severity: 'error', message, remedy }];
}
