import type { Head, NodeIdentity, Observation } from './observation.ts';
import { reportIfBehind } from './sync-report.ts';

/** Block numbers seen while syncing, for the rate; `at` is in monotonic milliseconds. */
interface SyncSample {
  readonly at: number;
  readonly block: number;
}

/** State of one node process, kept from check to check; times are monotonic milliseconds. */
export interface History {
  readonly startedAt: number;
  /** It has to answer already: failures count from the first check on. */
  readonly expected: boolean;
  /** Else failures count from the first answer on: before it a node may repair its database for hours. */
  readonly answered: boolean;
  readonly repairing: boolean;
  /** Who else answers where the node should, in words. */
  readonly stranger: string | null;
  readonly stopping: boolean;
  /** Consecutive failed checks. */
  readonly failures: number;
  readonly last: Observation | null;
  readonly lastAnswer: Observation | null;
  /** When a block or any sync counter last moved. */
  readonly progressAt: number;
  readonly headMovedAt: number;
  readonly heads: readonly Head[];
  /** Null before the node was asked and answered. */
  readonly identity: NodeIdentity | null;
  readonly syncSamples: readonly SyncSample[];
  /** Its etcd was seen to run with a quorum. */
  readonly joined: boolean;
  /** It was seen to make blocks in its turn. */
  readonly madeBlocks: boolean;
}

const maxHeads = 32;
const maxSyncSamples = 20;

/** The history of a node process that has not been checked yet. */
export function newHistory(startedAt: number, expected: boolean = false): History {
  return {
    startedAt,
    expected,
    answered: false,
    repairing: false,
    stranger: null,
    stopping: false,
    failures: 0,
    last: null,
    lastAnswer: null,
    progressAt: startedAt,
    headMovedAt: startedAt,
    heads: [],
    identity: null,
    syncSamples: [],
    joined: false,
    madeBlocks: false,
  };
}

/** Adds one check to the history. */
export function recordObservation(history: History, seen: Observation): History {
  if (seen.failure !== null) {
    // A node that has never answered may be starting: that is no failure.
    const failures = history.answered || history.expected ? history.failures + 1 : 0;
    return { ...history, failures, last: seen };
  }
  const headMoved = seen.head !== null && seen.head.number !== history.heads.at(-1)?.number;
  const progressed = headMoved || countersMoved(history, seen);
  return {
    ...history,
    answered: true,
    repairing: false,
    stranger: null,
    failures: 0,
    last: seen,
    lastAnswer: seen,
    progressAt: progressed ? seen.at : history.progressAt,
    headMovedAt: headMoved ? seen.at : history.headMovedAt,
    heads: headMoved ? appendHead(history.heads, seen.head) : history.heads,
    identity: seen.identity ?? history.identity,
    syncSamples: appendSyncSample(history.syncSamples, seen),
    joined: history.joined || seen.membership?.etcd === 'running',
    madeBlocks: history.madeBlocks || (seen.membership?.recent?.own ?? 0) > 0,
  };
}

/** Restarts all ages and clears the failures, because the machine slept: the node could not do better. */
export function forgiveSleep(history: History, now: number): History {
  return { ...history, failures: 0, progressAt: now, headMovedAt: now, syncSamples: [] };
}

function countersMoved(history: History, seen: Observation): boolean {
  const now = reportIfBehind(seen.syncing);
  const before = reportIfBehind(history.lastAnswer?.syncing ?? null);
  return now === null || before === null || now.counters !== before.counters;
}

function appendHead(heads: readonly Head[], head: Head): readonly Head[] {
  const last = heads.at(-1);
  // A head that moves back is a rewind or another chain, so the pace learnt so far is wrong.
  if (last !== undefined && head.number < last.number) return [head];
  return [...heads, head].slice(-maxHeads);
}

function appendSyncSample(
  samples: readonly SyncSample[],
  seen: Observation,
): readonly SyncSample[] {
  const block = reportIfBehind(seen.syncing)?.currentBlock ?? null;
  if (block === null) return [];
  const last = samples.at(-1);
  const kept = last !== undefined && block < last.block ? [] : samples;
  return [...kept, { at: seen.at, block }].slice(-maxSyncSamples);
}
