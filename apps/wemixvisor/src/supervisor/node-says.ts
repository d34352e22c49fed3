import { readLog } from '@wemixvisor/logs';

/** What geth says when it mends its database before RPC answers (core/blockchain.go and eth/backend.go, 1.9 to 1.17). */
const repairs =
  /Head state missing, repairing|Rewinding (?:block)?chain to|Upgrade blockchain database version/;

/** What a node says of why it stands still, and what that means and asks for, in words. */
const standstills: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [
    // eth/catalyst/api.go of geth, 1.10.22 to 1.17.
    /Post-merge network, but no beacon client seen|[Bb]eacon client (?:online, but|is offline)/,
    'the node says that no consensus client drives it: start one, or see that it reaches the Engine API',
  ],
  [
    // miner/worker.go and consensus/ethash/consensus.go of go-wemix, after 0.10.9: its chain ends there, and its successor goes on.
    /go-wemix (?:skips mining due to|does not support) .{0,40}fork/,
    'the node says that its chain ends here, at a hard fork for which its release has no blocks: run the program that carries the chain on',
  ],
];
const anyStandstill = new RegExp(standstills.map(([pattern]) => pattern.source).join('|'));
/** geth repeats that every five minutes, gwemix every second. */
const repeatedWithinMs = 330_000;

/**
 * Resolves with true once a node that starts says that it repairs its database, with false when the signal comes first. What an
 * earlier process than the one of `startedAt` (epoch milliseconds) said does not count.
 */
export async function repairsDatabase(
  directory: string,
  startedAt: number,
  signal: AbortSignal,
): Promise<boolean> {
  // The times that a node writes are whole seconds.
  const since = new Date(Math.floor(startedAt / 1000) * 1000);
  // Nobody waits for it, and each look takes processor time from a node that starts.
  const following = { follow: true, followEveryMs: 1_000, signal };
  return (await firstSaid({ directory, since, grep: repairs, ...following })) !== null;
}

/** Why the node of `startedAt` stands still, where it said so within the last five minutes; else null. */
export async function standstillReason(
  directory: string,
  startedAt: number,
): Promise<string | null> {
  const since = new Date(Math.max(startedAt, Date.now() - repeatedWithinMs));
  const said = await firstSaid({ directory, since, grep: anyStandstill });
  return standstills.find(([pattern]) => said !== null && pattern.test(said))?.[1] ?? null;
}

/** Why the etcd of a gwemix did not start, in its words; it tries every 5 seconds (run in wemix/admin.go @ w0.10.9). */
export async function etcdFailure(directory: string): Promise<string | null> {
  const since = new Date(Date.now() - 15_000);
  const said = await firstSaid({ directory, since, grep: /etcd failed to (?:start|initialize)/ });
  return /\berror"?[=:]"([^"]+)"/.exec(said ?? '')?.[1] ?? null;
}

/** The first record that fits; null where there is none. */
async function firstSaid(
  wanted: Omit<Parameters<typeof readLog>[0], 'name'>,
): Promise<string | null> {
  try {
    for await (const record of readLog({ ...wanted, name: 'node' })) {
      return [...record.text()].join('');
    }
  } catch {
    // A log that cannot be read says nothing; its readers hear why.
  }
  return null;
}
