import type { LogStore } from '@wemixvisor/logs';
import type { RotateReply } from '../control/operations.ts';

type RotationReport = Awaited<ReturnType<LogStore['rotate']>>;

/** A rotation that was asked for, as the one who asked is told of it. */
export function rotateReply(report: RotationReport): RotateReply {
  if (!report.rotated) return { rotated: false, reason: inWords(report) };
  const { segment, bytes, pauseMs } = report;
  return { rotated: true, segment, bytes, pause_ms: pauseMs };
}

type NotRotated = Extract<RotationReport, { rotated: false }>;

function inWords({ reason, error }: NotRotated): string {
  switch (reason) {
    case 'empty':
      return 'the log is empty';
    case 'cannot-pause':
      return `the node could not be paused for the last bytes: ${error?.message ?? reason}; nothing is lost`;
    case 'still-writing':
      return `${error?.message ?? 'something still writes to the log'}; nothing is lost`;
    case 'disk-full':
      return 'the disk has no room for the copy; nothing is lost';
    case 'failed':
      return `${error?.message ?? 'the system refused'}; nothing is lost`;
  }
}
