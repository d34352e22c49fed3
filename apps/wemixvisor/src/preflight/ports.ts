import type { Holder, HolderSearch, Port } from './port-owner.ts';
import type { Problem } from './problem.ts';

/** A port that the node will listen on. */
export interface WantedPort extends Port {
  /** `p2p`, `http`, `ws`, `authrpc` … */
  readonly name: string;
}

/**
 * Looks whether the node's ports are free. What `ownPid`, the node that runs already, holds is no problem.
 * A taken metrics or pprof port does not stop geth (cmd/utils/cmd.go @ v1.17.5), so it is a warning.
 */
export async function checkPorts(
  ports: readonly WantedPort[],
  { search, ownPid }: { readonly search: HolderSearch; readonly ownPid: number | null },
): Promise<readonly Problem[]> {
  const holders = await Promise.all(
    ports.map(async (wanted) => ({ wanted, holder: await search.ofPort(wanted) })),
  );
  return holders.flatMap(({ wanted, holder }) =>
    holder === undefined || (holder.pid !== null && holder.pid === ownPid)
      ? []
      : problemOf(wanted, holder),
  );
}

function problemOf(
  { name, host, port, protocol }: WantedPort,
  { pid, name: who }: Holder,
): Problem {
  const by = pid === null ? who : `${who} (pid ${pid})`;
  return {
    check: 'port',
    severity: name === 'metrics' || name === 'pprof' ? 'warning' : 'error',
    message: `${protocol} ${host}:${port} (${name}) is taken by ${by}`,
    remedy: `stop that process, or choose another port with ${options[name] ?? `--${name}.port`}`,
  };
}

const options: Readonly<Record<string, string>> = { p2p: '--port', discovery: '--discovery.port' };
