import type { Head, Observation } from './observation.ts';
import { reportIfBehind } from './sync-report.ts';

/** Block numbers seen while syncing, for the rate; `at` is in monotonic milliseconds. */
export interface SyncSample {
  readonly at: number;
  readonly block: number;
}

/** What is remembered of one node process from check to check; times are monotonic milliseconds. */
export interface History {
  readonly startedAt: number;
  /** Liveness counts from the first answer on: before it a node may repair its database for hours. */
  readonly answered: boolean;
  readonly repairing: boolean;
  readonly stopping: boolean;
  /** Checks without an answer, one after the other. */
  readonly failures: number;
  readonly last: Observation | null;
  readonly lastAnswer: Observation | null;
  /** When a block or any sync counter last moved. */
  readonly progressAt: number;
  readonly headMovedAt: number;
  readonly heads: readonly Head[];
  readonly syncSamples: readonly SyncSample[];
}

const keptHeads = 32;
const keptSyncSamples = 20;

/** The history of a node process that has not been checked yet. */
export function newHistory(startedAt: number): History {
  return {
    startedAt,
    answered: false,
    repairing: false,
    stopping: false,
    failures: 0,
    last: null,
    lastAnswer: null,
    progressAt: startedAt,
    headMovedAt: startedAt,
    heads: [],
    syncSamples: [],
  };
}

/** Adds one check to the history. */
export function remember(history: History, seen: Observation): History {
  if (seen.failure !== null) {
    // Before the first answer nothing failed yet: the node is starting.
    const failures = history.answered ? history.failures + 1 : 0;
    return { ...history, failures, last: seen };
  }
  const headMoved = seen.head !== null && seen.head.number !== history.heads.at(-1)?.number;
  const progressed = headMoved || countersMoved(history, seen);
  return {
    ...history,
    answered: true,
    repairing: false,
    failures: 0,
    last: seen,
    lastAnswer: seen,
    progressAt: progressed ? seen.at : history.progressAt,
    headMovedAt: headMoved ? seen.at : history.headMovedAt,
    heads: headMoved ? rememberHead(history.heads, seen.head) : history.heads,
    syncSamples: rememberSync(history.syncSamples, seen),
  };
}

/** Forgives the time a sleeping machine has lost: ages start again and failures are forgotten. */
export function excuseAbsence(history: History, now: number): History {
  return { ...history, failures: 0, progressAt: now, headMovedAt: now, syncSamples: [] };
}

function countersMoved(history: History, seen: Observation): boolean {
  const now = reportIfBehind(seen.syncing);
  const before = reportIfBehind(history.lastAnswer?.syncing ?? null);
  return now === null || before === null || now.counters !== before.counters;
}

function rememberHead(heads: readonly Head[], head: Head): readonly Head[] {
  const last = heads.at(-1);
  // A head that moves back is a rewind or another chain: what was learnt is void.
  if (last !== undefined && head.number < last.number) return [head];
  return [...heads, head].slice(-keptHeads);
}

function rememberSync(samples: readonly SyncSample[], seen: Observation): readonly SyncSample[] {
  const block = reportIfBehind(seen.syncing)?.currentBlock ?? null;
  if (block === null) return [];
  const last = samples.at(-1);
  const kept = last !== undefined && block < last.block ? [] : samples;
  return [...kept, { at: seen.at, block }].slice(-keptSyncSamples);
}
