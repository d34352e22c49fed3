import { newHistory, recordObservation, type History } from '../src/history.ts';
import type { Observation } from '../src/observation.ts';
import { resolveOptions, type HealthOptions, type ResolvedOptions } from '../src/options.ts';
import { failed } from '../src/rpc/failure.ts';
import { parseSyncing } from '../src/sync-report.ts';

/** Options with an endpoint and the defaults. */
export function optionsWith(overrides: Partial<HealthOptions> = {}): ResolvedOptions {
  return resolveOptions({
    endpoint: { kind: 'http', url: 'http://127.0.0.1:8545' },
    ...overrides,
  });
}

/** A check that found a synced node with three peers; times in seconds. */
export function seenAt(second: number, overrides: Partial<Observation> = {}): Observation {
  return {
    at: second * 1000,
    wallAt: 1_700_000_000_000 + second * 1000,
    latencyMs: 12.4,
    failure: null,
    syncing: false,
    peers: 3,
    head: { number: 100 + second, timestamp: 1_700_000_000 + second },
    freeDiskBytes: null,
    standstillReason: null,
    membership: null,
    referenceHead: null,
    ...overrides,
  };
}

/** A check that nobody answered. */
export function silenceAt(second: number, cause: 'timeout' | 'rejected' = 'timeout'): Observation {
  const failure = failed(cause, `no answer (${cause})`);
  return seenAt(second, { failure, syncing: null, peers: null, head: null });
}

/** What eth_syncing reports at a block below another. */
export function syncingAt(current: number, highest: number, more: Record<string, string> = {}) {
  const [currentBlock, highestBlock] = [current, highest].map((n) => `0x${n.toString(16)}`);
  return parseSyncing({ startingBlock: '0x0', currentBlock, highestBlock, ...more });
}

/** The history of a node started at second 0 after these checks. */
export function historyOf(...checks: readonly Observation[]): History {
  return checks.reduce(recordObservation, newHistory(0));
}
