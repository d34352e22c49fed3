import type { RotationReport } from './rotate/rotation-report.ts';
import type { StoreEvent } from './store-event.ts';

/** What a store has done since it was opened; all of it is fit for metrics. */
export interface StoreFigures {
  readonly rotations: number;
  readonly bytesRotated: number;
  /** Milliseconds the writers were paused at the last rotation, 0 where the file is cut under them; null before the first. */
  readonly lastPauseMs: number | null;
  /** Rotations that were not done: nothing is lost, the live file goes on growing. */
  readonly failedRotations: number;
  /** Why the last rotation was not done; null when it was. */
  readonly lastFailure: string | null;
  /** Bytes that another program cut from the live file before they were rotated. What a writer cannot write to a full disk is not known. */
  readonly lostBytes: number;
  readonly compressed: number;
  readonly removed: number;
  /** The disk has no room left for the log. */
  readonly diskFull: boolean;
}

/** Counts what a store reports. */
export function createStoreFigures() {
  let figures: StoreFigures = {
    rotations: 0,
    bytesRotated: 0,
    lastPauseMs: null,
    failedRotations: 0,
    lastFailure: null,
    lostBytes: 0,
    compressed: 0,
    removed: 0,
    diskFull: false,
  };
  return {
    get: (): StoreFigures => figures,
    count(event: StoreEvent): void {
      figures = { ...figures, ...changeBy(event, figures) };
    },
  };
}

function changeBy(event: StoreEvent, figures: StoreFigures): Partial<StoreFigures> {
  switch (event.type) {
    case 'rotation':
      return changeByRotation(event.report, figures);
    case 'compressed':
      return { compressed: figures.compressed + 1 };
    case 'removed':
      return { removed: figures.removed + event.segments.length };
    case 'disk-full':
      return { diskFull: true };
    case 'disk-recovered':
      return { diskFull: false };
    case 'truncated-by-other':
      return { lostBytes: figures.lostBytes + event.lostBytes };
    case 'recovered':
    case 'cannot-pause':
    case 'moved-by-other':
    case 'error':
      return {};
  }
}

function changeByRotation(report: RotationReport, figures: StoreFigures): Partial<StoreFigures> {
  if (report.rotated) {
    return {
      rotations: figures.rotations + 1,
      bytesRotated: figures.bytesRotated + report.bytes,
      lastPauseMs: report.pauseMs,
      lastFailure: null,
    };
  }
  if (report.reason === 'empty') return {};
  return {
    failedRotations: figures.failedRotations + 1,
    lastFailure: report.error?.message ?? report.reason,
  };
}
