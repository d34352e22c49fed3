import type { RpcEndpoint } from '@wemixvisor/health';
import { checkLaunch } from '@wemixvisor/preflight';

/**
 * The process that answers at an endpoint on this machine in the place of the node of that pid, in words. Null where it is the
 * node or one of its processes, and where it is not known.
 */
export async function strangerAt(endpoint: RpcEndpoint, nodePid: number): Promise<string | null> {
  const problems = await checkLaunch({ ...listenerOf(endpoint), ownPid: nodePid });
  return problems.find(({ check }) => check === 'port' || check === 'ipc path')?.message ?? null;
}

function listenerOf(endpoint: RpcEndpoint): Parameters<typeof checkLaunch>[0] {
  if (endpoint.kind === 'ipc') return { ipcPath: endpoint.path };
  const { hostname: host, port } = new URL(endpoint.url);
  return { ports: [{ name: 'http', host, port: Number(port), protocol: 'tcp' }] };
}
