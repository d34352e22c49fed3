import { nameOf, otherThan, type OwnerSearch } from '../owner-search.ts';
import type { Problem } from '../problem.ts';

/**
 * Does another process listen on the path of the node's Unix socket? geth removes what is there and takes its place
 * (rpc/ipc_unix.go @ v1.17.5): it starts, and who listened before is asked by nobody any more.
 */
export async function checkIpcPath(
  path: string,
  own: { readonly search: OwnerSearch; readonly ownPid: number | null },
): Promise<readonly Problem[]> {
  const owner = await otherThan(await own.search.ofSocket(path), own);
  if (owner === undefined) return [];
  const message = `${path} is the socket of ${nameOf(owner)}`;
  const remedy = 'the node would take its place: stop that process, or choose another --ipcpath';
  return [{ check: 'ipc path', severity: 'warning', message, remedy }];
}
