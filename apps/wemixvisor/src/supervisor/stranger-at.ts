import type { RpcEndpoint } from '@wemixvisor/health';
import { checkLaunch } from '@wemixvisor/preflight';

/**
 * The process that answers at an endpoint on this machine in the place of the node of that pid, in words. Null where it is the
 * node or one of its processes, where it is not known, and for an IPC endpoint, whose owner nobody can be asked for.
 */
export async function strangerAt(endpoint: RpcEndpoint, nodePid: number): Promise<string | null> {
  if (endpoint.kind !== 'http') return null;
  const { hostname: host, port } = new URL(endpoint.url);
  const wanted = { name: 'http', host, port: Number(port), protocol: 'tcp' } as const;
  const problems = await checkLaunch({ ports: [wanted], ownPid: nodePid });
  return problems.find(({ check }) => check === 'port')?.message ?? null;
}
