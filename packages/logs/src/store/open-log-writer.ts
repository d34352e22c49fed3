import { writeSync } from 'node:fs';
import { openLogStore, type LogStore } from './open-log-store.ts';
import type { LogStoreOptions } from './options.ts';
import { systemClock, type Clock } from '../clock.ts';
import { createRepeatLimit } from './repeat-limit.ts';
import type { RotationReport } from './rotate/rotation-report.ts';

/** Writes the lines of its own program to a log. */
export interface LogWriter extends AsyncDisposable {
  /** Appends a line at once. Never throws: lines that cannot be written are counted, and noted when there is room again. */
  write(line: string): void;
  /** Finishes a rotation that is under way; `await using` does the same. */
  close(): Promise<void>;
}

/** What a writer has to say of its own log; `text` says it in words. */
type WriterNote =
  /** So many lines are missing at this place. */
  | { readonly type: 'lost'; readonly lines: number; readonly text: string }
  /** So many lines of one kind were left out, of the last minute. */
  | { readonly type: 'repeated'; readonly lines: number; readonly text: string }
  /** The log grows on; the rotation is tried again. */
  | { readonly type: 'rotation-failed'; readonly text: string }
  | { readonly type: 'rotated-again'; readonly text: string };

/** How a log is written. */
export interface LogWriterOptions extends LogStoreOptions {
  /** Writes a note as a line of the log, with its line feed. */
  readonly note: (note: WriterNote) => string;
  /**
   * What makes a line one of a kind: of each kind ten lines a minute are written, and the others are counted. Null for
   * a line that is always written. @default null for every line
   */
  readonly kindOf?: (line: string) => string | null;
  /** Also gets each line that is to be written. @default nobody */
  readonly echo?: ((line: string) => void) | undefined;
  /** @default the system's */
  readonly clock?: Pick<Clock, 'monotonic'>;
  /** Writes bytes to a descriptor and says how many. @default the system's */
  readonly write?: (descriptor: number, bytes: Buffer) => number;
  /** Opens the store that rotates the file. @default the real one */
  readonly openStore?: (options: LogStoreOptions) => LogStore;
}

/** Bytes written between two looks at the size. */
const lookEveryBytes = 64 * 1024;

/**
 * Opens a log for the lines of this program: mode 0600, with the rotation, names and readers of every log. Each line is
 * with the system when `write` returns, so that the last one before a crash is there.
 *
 * @throws LogsError `BAD_OPTION`, `UNWRITABLE`
 * @example
 * await using log = openLogWriter({ directory: 'logs', name: 'app', note: ({ text }) => `${text}\n` });
 * log.write('hello\n');
 */
export function openLogWriter({
  note,
  kindOf = () => null,
  echo,
  clock = systemClock,
  write = writeSync,
  openStore = openLogStore,
  ...options
}: LogWriterOptions): LogWriter {
  const store = openStore(options);
  const { maxSizeBytes = Number.POSITIVE_INFINITY } = options;
  const descriptor = store.openForAppend();
  let unseenBytes = lookEveryBytes;
  let lost = 0;
  let torn = false;
  let unrotated = false;

  function append(line: string): void {
    let rest = Buffer.from(line);
    while (rest.length > 0) {
      const written = write(descriptor, rest);
      torn = written < rest.length;
      rest = rest.subarray(written);
      unseenBytes += written;
    }
  }

  function look(): void {
    if (unseenBytes < Math.min(lookEveryBytes, maxSizeBytes)) return;
    unseenBytes = 0;
    // What fails is tried again with the next lines, and noted once.
    void store.rotateIfDue('this-thread').then(
      (report) => report !== null && noteRotation(failureOf(report)),
      (error: unknown) => noteRotation(error instanceof Error ? error.message : String(error)),
    );
  }

  function noteRotation(reason: string | null): void {
    const failed = reason !== null;
    if (failed === unrotated) return;
    unrotated = failed;
    writeLine(note(rotationNote(reason)));
  }

  function writeLine(line: string): void {
    echo?.(line);
    try {
      if (torn) append('\n');
      if (lost > 0) append(note(lostNote(lost)));
      lost = 0;
      append(line);
    } catch (error) {
      // An error of the system is a full disk or the like; any other is a fault and must be seen.
      if (typeof (error as NodeJS.ErrnoException).code !== 'string') throw error;
      lost += 1;
    }
    look();
  }

  return limitRepeats({ write: writeLine, close: () => store.dispose() }, { kindOf, note, clock });
}

/** Passes on ten lines of a kind in a minute, and a note on the others. */
function limitRepeats(
  log: Pick<LogWriter, 'write' | 'close'>,
  { kindOf, note, clock }: Required<Pick<LogWriterOptions, 'kindOf' | 'note' | 'clock'>>,
): LogWriter {
  const limit = createRepeatLimit(clock);
  function tell(all: boolean): void {
    for (const { kind, times } of limit.leftOut(all)) {
      const text = `${times} more line(s) within a minute are left out, like this one: ${kind}`;
      log.write(note({ type: 'repeated', lines: times, text }));
    }
  }
  function close(): Promise<void> {
    tell(true);
    return log.close();
  }
  return {
    write(line) {
      tell(false);
      const kind = kindOf(line);
      if (kind === null || limit.passes(kind)) log.write(line);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function rotationNote(reason: string | null): WriterNote {
  if (reason === null) return { type: 'rotated-again', text: 'this log is rotated again' };
  const text = `this log could not be rotated and grows on: ${reason}; it is tried again`;
  return { type: 'rotation-failed', text };
}

function lostNote(lines: number): WriterNote {
  const text = `${lines} line(s) are missing here: they could not be written`;
  return { type: 'lost', lines, text };
}

function failureOf(report: RotationReport): string | null {
  if (report.rotated || report.reason === 'empty') return null;
  return report.error?.message ?? report.reason;
}
