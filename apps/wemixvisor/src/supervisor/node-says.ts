import { readLog } from '@wemixvisor/logs';

/** What geth says when it mends its database before RPC answers (core/blockchain.go and eth/backend.go, 1.9 to 1.17). */
const repairs =
  /Head state missing, repairing|Rewinding (?:block)?chain to|Upgrade blockchain database version/;

/** What geth says where its network needs a consensus client and none drives it (eth/catalyst/api.go, 1.10.22 to 1.17). */
const lacksConsensus =
  /Post-merge network, but no beacon client seen|[Bb]eacon client (?:online, but|is offline)/;
/** geth repeats that every five minutes. */
const repeatedWithinMs = 330_000;

/**
 * Resolves with true once a node that starts says that it repairs its database, with false when the signal comes first. What an
 * earlier process than the one of `startedAt` (epoch milliseconds) said does not count.
 */
export function repairsDatabase(
  directory: string,
  startedAt: number,
  signal: AbortSignal,
): Promise<boolean> {
  // The times that a node writes are whole seconds.
  const since = new Date(Math.floor(startedAt / 1000) * 1000);
  return isSaid({ directory, since, grep: repairs, follow: true, signal });
}

/** Whether the node of `startedAt` said within the last five minutes that no consensus client drives it. */
export function lacksConsensusClient(directory: string, startedAt: number): Promise<boolean> {
  const since = new Date(Math.max(startedAt, Date.now() - repeatedWithinMs));
  return isSaid({ directory, since, grep: lacksConsensus });
}

async function isSaid(wanted: Omit<Parameters<typeof readLog>[0], 'name'>): Promise<boolean> {
  try {
    for await (const record of readLog({ ...wanted, name: 'node' })) return record.bytes.length > 0;
  } catch {
    // A log that cannot be read says nothing; its readers hear why.
  }
  return false;
}
