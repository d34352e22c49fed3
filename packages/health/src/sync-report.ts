import { parseQuantity } from './quantity.ts';
import { isRecord } from './rpc/outcome.ts';

/** The answer of `eth_syncing` while it is not `false`; null = not reported. */
export interface SyncReport {
  readonly currentBlock: number | null;
  readonly highestBlock: number | null;
  /** Every counter that changes with work done: a change of any is progress. */
  readonly counters: string;
  /** True while the node repairs the state downloaded by snap sync. */
  readonly healing: boolean;
  /** True while blocks or state are still to be indexed, which goes on after the head is reached. */
  readonly indexing: boolean;
}

const indexCounters = ['txIndexRemainingBlocks', 'stateIndexRemaining', 'trienodeIndexRemaining'];
const healingCounters = ['healingTrienodes', 'healingBytecode'];
const targets = new Set(['startingBlock', 'highestBlock', 'knownStates']);

/**
 * Reads an answer of `eth_syncing` in the shape of any release; null where it is in none of them.
 * Fields by release: internal/ethapi/api.go @ v1.10.13, v1.10.14, v1.13.11, v1.16.0, v1.17.3, v1.17.4.
 */
export function parseSyncing(value: unknown): SyncReport | false | null {
  if (value === false) return false;
  if (!isRecord(value)) return null;
  const counter = (name: string) => parseQuantity(value[name]) ?? 0;
  const moving = Object.entries(value).filter(([name]) => !targets.has(name));
  return {
    currentBlock: parseQuantity(value['currentBlock']),
    highestBlock: parseQuantity(value['highestBlock']),
    counters: JSON.stringify(moving),
    healing:
      healingCounters.some((name) => counter(name) > 0) ||
      counter('pulledStates') < counter('knownStates'),
    indexing: indexCounters.some((name) => counter(name) > 0),
  };
}

/** Whether the node has all blocks that it knows of, so that only new ones are to come; indexing goes on then. */
export function isAtHead(syncing: SyncReport | false | null): boolean {
  if (syncing === null || syncing === false) return syncing !== null;
  return !syncing.healing && reportIfBehind(syncing) === null;
}

/** The report of a node that misses blocks, else null; a report without block numbers counts as one. */
export function reportIfBehind(syncing: SyncReport | false | null): SyncReport | null {
  if (syncing === null || syncing === false) return null;
  const { currentBlock, highestBlock, healing, indexing } = syncing;
  const behind =
    currentBlock === null || highestBlock === null
      ? !healing && !indexing
      : currentBlock < highestBlock;
  return behind ? syncing : null;
}
