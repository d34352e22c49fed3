import type { LogStore } from '@wemixvisor/logs';
import type { RotateReply } from '../control/operations.ts';

type RotationReport = Awaited<ReturnType<LogStore['rotate']>>;

/** A rotation that was asked for, as the one who asked is told of it. */
export function rotateReply(report: RotationReport): RotateReply {
  if (!report.rotated) return { rotated: false, reason: report.message };
  const { segment, bytes, pauseMs } = report;
  return { rotated: true, segment, bytes, pause_ms: pauseMs };
}
