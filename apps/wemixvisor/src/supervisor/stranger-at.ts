import type { RpcEndpoint } from '@wemixvisor/health';
import { parseClientVersion, type NodeVersion } from '@wemixvisor/passthrough';
import { findListener } from '@wemixvisor/preflight';

/** The node that should answer: its process, and its program as it says itself. */
export interface ExpectedNode {
  readonly pid: number;
  readonly program: NodeVersion;
}

/**
 * Who answers at an endpoint on this machine in the place of the node, in words. Null where it is the node or one of its processes, and
 * where it is not known; `clientVersion`, what the answer says of itself, counts only where the process that listens cannot be told.
 */
export async function strangerAt(
  endpoint: RpcEndpoint,
  { pid, program }: ExpectedNode,
  clientVersion: string | null,
): Promise<string | null> {
  const { where, shown } = placeOf(endpoint);
  const listener = await findListener(where, pid);
  if (listener?.isNode === true) return null;
  if (listener?.isNode === false) return `${shown} is taken by ${listener.name}`;
  return clientVersion === null ? null : otherProgram(clientVersion, program);
}

function placeOf(endpoint: RpcEndpoint) {
  if (endpoint.kind === 'ipc') return { where: { path: endpoint.path }, shown: endpoint.path };
  const { host: shown, hostname: host, port } = new URL(endpoint.url);
  return { where: { host, port: Number(port), protocol: 'tcp' as const }, shown };
}

/** Programs of which nothing is known, such as wrappers and forks, may answer as they like. */
function otherProgram(clientVersion: string, { flavour, version }: NodeVersion): string | null {
  const said = parseClientVersion(clientVersion);
  if (version === null || said.version === null || flavour === 'unknown') return null;
  if (said.flavour === flavour && said.version === version) return null;
  return `${clientVersion}, where the program is ${flavour} ${version}`;
}
