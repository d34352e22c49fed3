import type { NodeCommand } from './node-command.ts';
import { outlivedWords } from './survivor-words.ts';
import {
  runOf,
  type LastExit,
  type Lifecycle,
  type PlannedUpgrade,
  type StateName,
  type StopPhase,
} from './lifecycle/state.ts';

/** All that the next supervisor needs, as plain JSON. */
export type LifecycleRecord = Lifecycle;

/** The readable view of a lifecycle. */
export interface LifecycleSnapshot {
  readonly state: StateName;
  /** Epoch milliseconds at which that state was entered; a node is down since its end. Null where that is not known. */
  readonly since: number | null;
  /** What the operator wants. */
  readonly desired: 'up' | 'down';
  /** Number of the latest spawn. */
  readonly generation: number;
  /** The node's process; one that outlived it, where its first process has ended and others have not. */
  readonly pid: number | null;
  /** Number of the node's process group, which its recorder leads; null while no child exists. */
  readonly groupId: number | null;
  /** The command of the present process, or of the next spawn when none runs; null before the first start. */
  readonly command: NodeCommand | null;
  /** Epoch milliseconds. */
  readonly startedAt: number | null;
  /** The present supervisor did not start it. */
  readonly adopted: boolean;
  /** Where the log ended when this process was made; null where nobody said. */
  readonly logMark: string | null;
  /** Restarts since the operator's last start, by cause. */
  readonly restarts: { readonly crash: number; readonly health: number; readonly operator: number };
  /** Failures in a row. */
  readonly failures: number;
  /** Null before the first end. */
  readonly lastExit: LastExit | null;
  /** What comes next, and when in epoch milliseconds; `check`: the restart waits for a condition, which is looked at from then on. */
  readonly nextAction: { readonly what: 'restart' | 'check' | 'kill'; readonly at: number } | null;
  /** What a node does that is to end; null where nobody knows. */
  readonly stopPhase: StopPhase | null;
  /** The upgrade that is planned or under way, or the last one; null where none was ever planned. */
  readonly upgrade: PlannedUpgrade | null;
  /** Why it is crashed, in error, stopping or stopped, for people. */
  readonly reason: string | null;
}

/** The readable view of a record. */
export function snapshotOf(record: LifecycleRecord): LifecycleSnapshot {
  const { state, desired, generation, restarts, failures, lastExit, command } = record;
  const run = runOf(record);
  const { survivors = [] } = record.state === 'stopping' ? record : {};
  return {
    state,
    since: record.since ?? null,
    desired,
    generation,
    pid: survivors[0]?.pid ?? run?.identity.pid ?? null,
    groupId: run?.recorder.pid ?? null,
    command,
    startedAt: run?.startedAt ?? null,
    adopted: run?.adopted ?? false,
    logMark: run?.logMark ?? null,
    restarts,
    failures,
    lastExit,
    nextAction: nextActionOf(record),
    stopPhase: record.state === 'stopping' ? (record.phase ?? null) : null,
    upgrade: record.upgrade ?? null,
    reason: reasonOf(record),
  };
}

function reasonOf(record: LifecycleRecord): string | null {
  if (record.state === 'stopping') return `${record.reason}${outlivedWords(record.survivors)}`;
  return 'reason' in record ? record.reason : null;
}

function nextActionOf(record: LifecycleRecord): LifecycleSnapshot['nextAction'] {
  if (record.state === 'crashed') {
    return { what: record.hold === true ? 'check' : 'restart', at: record.dueAt };
  }
  if (record.state === 'stopping' && record.killAt !== null) {
    return { what: 'kill', at: record.killAt };
  }
  return null;
}
