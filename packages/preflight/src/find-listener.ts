import { isNode, nameOf, ownerSearch } from './owner-search.ts';
import type { Port } from './port.ts';
import { withDefaultPorts, type PreflightPorts } from './ports.ts';

/** Who listens where a node should answer. */
interface Listener {
  /** Its name, with its pid where that is known: `geth (pid 4711)`. */
  readonly name: string;
  /** Whether it is the node, one of its session or of its descendants; null where that cannot be told. */
  readonly isNode: boolean | null;
}

/**
 * Finds who listens on a port or a Unix socket in which the node of a pid should answer; null where nobody was found. Whether a process of
 * another user is the node can be told only where all of the node's own descriptors can be seen.
 *
 * @example
 * const listener = await findListener({ host: '127.0.0.1', port: 8545, protocol: 'tcp' }, 4711);
 * if (listener?.isNode === false) console.log(`${listener.name} answers in its place`);
 */
export async function findListener(
  where: Port | { readonly path: string },
  nodePid: number,
  ports: Partial<PreflightPorts> = {},
): Promise<Listener | null> {
  const search = ownerSearch(withDefaultPorts(ports));
  const owner = await ('path' in where ? search.ofSocket(where.path) : search.ofPort(where));
  if (owner === undefined) return null;
  return { name: nameOf(owner), isNode: await isNode(owner, nodePid, search) };
}
