import { readLog } from '@wemixvisor/logs';

/** What geth says when it mends its database before RPC answers (core/blockchain.go and eth/backend.go, 1.9 to 1.17). */
const repairs =
  /Head state missing, repairing|Rewinding (?:block)?chain to|Upgrade blockchain database version/;

/** How the log of a node that starts is watched. */
export interface RepairWatch {
  /** The folder of the node's log. */
  readonly logs: string;
  /** When the node was started, epoch milliseconds: what an earlier one said does not count. */
  readonly startedAt: number;
  /** Ends the watch. */
  readonly signal: AbortSignal;
}

/** Resolves with true once a node that starts says that it repairs its database, with false when the signal comes first. */
export async function repairsDatabase({ logs, startedAt, signal }: RepairWatch): Promise<boolean> {
  const said = readLog({
    directory: logs,
    name: 'node',
    // The times that a node writes are whole seconds.
    since: new Date(Math.floor(startedAt / 1000) * 1000),
    grep: repairs,
    follow: true,
    signal,
  });
  for await (const record of said) return record.bytes.length > 0;
  return false;
}
