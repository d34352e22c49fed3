import type { StoreEvent } from './events.ts';
import type { RotationReport } from './rotate.ts';

/** What a store has done since it was opened; all of it is fit for metrics. */
export interface StoreFigures {
  readonly rotations: number;
  readonly bytesRotated: number;
  /** Milliseconds the writers stood still at the last rotation; null before the first. */
  readonly lastPauseMs: number | null;
  /** The 99th percentile of the last 1000 pauses. */
  readonly p99PauseMs: number | null;
  /** Rotations put off: nothing lost, the live file goes on growing. */
  readonly putOff: number;
  /** Why the last rotation was put off; null when it was done. */
  readonly lastFailure: string | null;
  /** Bytes that another program cut from the live file before they were rotated. What a node cannot write to a full disk is not known to us. */
  readonly lostBytes: number;
  readonly compressed: number;
  readonly removed: number;
  /** The disk has no room left for the node's log. */
  readonly diskFull: boolean;
}

const remembered = 1000;

/** Counts what happens. */
export function createFigures() {
  const counts = { rotations: 0, bytesRotated: 0, putOff: 0, compressed: 0, removed: 0 };
  let lastFailure: string | null = null;
  const pauses: number[] = [];
  return {
    housekeeping(event: StoreEvent): void {
      if (event.type === 'compressed') counts.compressed += 1;
      if (event.type === 'removed') counts.removed += event.segments.length;
    },
    rotation(report: RotationReport): void {
      if (report.rotated) {
        counts.rotations += 1;
        counts.bytesRotated += report.bytes;
        pauses.push(report.pauseMs);
        if (pauses.length > remembered) pauses.shift();
        lastFailure = null;
      } else if (report.reason !== 'empty') {
        counts.putOff += 1;
        lastFailure = report.error?.message ?? report.reason;
      }
    },
    snapshot: (lostBytes: number, diskFull: boolean): StoreFigures => ({
      ...counts,
      lastFailure,
      lastPauseMs: pauses.at(-1) ?? null,
      p99PauseMs: percentile(pauses, 0.99),
      lostBytes,
      diskFull,
    }),
  };
}

function percentile(values: readonly number[], part: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? null;
}
