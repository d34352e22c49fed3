import { nameOf, otherThan, type OwnerSearch, type Owner } from '../owner-search.ts';
import type { Port } from '../port.ts';
import type { Problem } from '../problem.ts';

/** A port that the node will listen on. */
export interface WantedPort extends Port {
  /** `p2p`, `discovery`, `http`, `ws`, `authrpc` … as in the options of geth. */
  readonly name: string;
}

/**
 * Are the node's ports free? A taken metrics or pprof port does not stop geth (cmd/utils/cmd.go @ v1.17.5), nor one of its etcd
 * a member of a WEMIX network (wemix/etcdutil.go @ w0.10.9), so it is a warning.
 */
export async function checkListeningPorts(
  ports: readonly WantedPort[],
  own: { readonly search: OwnerSearch; readonly ownPid: number | null },
): Promise<readonly Problem[]> {
  const owners = await Promise.all(
    ports.map(async (wanted) => ({
      wanted,
      owner: await otherThan(await own.search.ofPort(wanted), own),
    })),
  );
  return owners.flatMap(({ wanted, owner }) =>
    owner === undefined ? [] : problemOf(wanted, owner),
  );
}

function problemOf({ name, host, port, protocol }: WantedPort, owner: Owner): Problem {
  return {
    check: 'port',
    severity: startsWithout.includes(name) ? 'warning' : 'error',
    message: `${protocol} ${host}:${port} (${name}) is taken by ${nameOf(owner)}`,
    remedy: name.startsWith('etcd')
      ? 'stop that process: this member takes no turn before, and the others know no other port of it'
      : `stop that process, or choose another port with ${options[name] ?? `--${name}.port`}`,
  };
}

/** The ports without which the node starts all the same. */
const startsWithout = ['metrics', 'pprof', 'etcd', 'etcd client'];

/** The options of ports that are not called after their name. */
const options: Readonly<Record<string, string>> = { p2p: '--port', discovery: '--discovery.port' };
