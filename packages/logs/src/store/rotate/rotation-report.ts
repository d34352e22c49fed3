/** A finished rotation. */
interface Rotated {
  readonly rotated: true;
  readonly at: Date;
  /** The plain file that now holds the bytes; it is compressed later, if at all. */
  readonly segment: string;
  readonly bytes: number;
  /** Milliseconds the writers were paused; 0 when nobody was: the file system cuts the file under them, or there were none. */
  readonly pauseMs: number;
}

/**
 * A rotation that was not done; nothing is lost, the live file goes on growing.
 * - `empty`: there is nothing to rotate
 * - `cannot-pause`: the writers could not be stopped for the last bytes: not ours, stopped by somebody else, or stuck in the system
 * - `still-writing`: no writer was named, yet somebody has the file open for writing, or it grows
 * - `disk-full`: no room for the copy
 * - `failed`: another error of the system
 */
export interface NotRotated {
  readonly rotated: false;
  readonly at: Date;
  readonly reason: 'empty' | 'cannot-pause' | 'still-writing' | 'disk-full' | 'failed';
  readonly error: Error | null;
  /** Why, in a sentence for people. */
  readonly message: string;
}

/** How a rotation ended. */
export type RotationReport = Rotated | NotRotated;

/** Ends a rotation for a reason that is no error of the system. */
export class RotationAbandoned extends Error {
  readonly reason: NotRotated['reason'];
  /** What stood in the way and what to do, as a sentence; null where the reason says it all. */
  readonly why: string | null;

  constructor(reason: NotRotated['reason'], why: string | null = null) {
    super(why ?? reason);
    this.reason = reason;
    this.why = why;
  }
}

/** Reports why a rotation ended early. */
export function notRotated(error: unknown, at: Date): NotRotated {
  if (error instanceof RotationAbandoned) {
    const { reason, why } = error;
    return reportOf(reason, at, why === null ? null : new Error(why));
  }
  const failure = error instanceof Error ? error : new Error(String(error));
  const { code = '' } = failure as NodeJS.ErrnoException;
  return reportOf(['ENOSPC', 'EDQUOT'].includes(code) ? 'disk-full' : 'failed', at, failure);
}

function reportOf(reason: NotRotated['reason'], at: Date, error: Error | null): NotRotated {
  const message =
    reason === 'empty' ? 'the log is empty' : `${obstacle(reason, error)}; nothing is lost`;
  return { rotated: false, at, reason, error, message };
}

function obstacle(reason: NotRotated['reason'], error: Error | null): string {
  const said = error?.message;
  if (reason === 'disk-full') return 'the disk has no room for the copy';
  if (reason === 'still-writing') return said ?? 'something still writes to the log';
  if (reason === 'failed') return said ?? 'the system refused';
  return `what writes could not be paused for the last bytes: ${said ?? reason}`;
}
