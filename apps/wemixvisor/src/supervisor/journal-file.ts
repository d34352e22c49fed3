import { writeSync } from 'node:fs';
import {
  openLogStore,
  type LogStore,
  type LogStoreOptions,
  type RotationReport,
} from '@wemixvisor/logs';
import { messageOf, systemCodeOf } from '../app-error.ts';

/** The file of the journal. */
export interface JournalFile {
  /** Appends a line at once. Never throws: what cannot be written is counted, and said when there is room again. */
  write(line: string): void;
  /** Finishes a rotation that is under way. */
  close(): Promise<void>;
}

/** How the journal is kept. */
export interface JournalFileOptions {
  readonly directory: string;
  /** @default 10_485_760 (10 MiB) */
  readonly maxSizeBytes?: number;
  /** Rotated files kept. @default 5 */
  readonly maxFiles?: number;
  /** Writes bytes to a descriptor and says how many. @default the system's */
  readonly write?: (descriptor: number, bytes: Buffer) => number;
  /** Opens the store that rotates the file. @default the real one */
  readonly openStore?: (options: LogStoreOptions) => LogStore;
}

/** Bytes written between two looks at the size. */
const lookEveryBytes = 64 * 1024;

/** Opens `wemixvisor.log` for append, mode 0600, with the rotation and the names of the node's log. */
export function openJournalFile({
  directory,
  maxSizeBytes = 10 * 1024 ** 2,
  maxFiles = 5,
  write = writeSync,
  openStore = openLogStore,
}: JournalFileOptions): JournalFile {
  const store = openStore({ directory, name: 'wemixvisor', maxSizeBytes, maxFiles });
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
    // What fails is tried again with the next events, and told once.
    void store.rotateIfDue('this-thread').then(
      (report) => report !== null && noteRotation(failureOf(report)),
      (error: unknown) => noteRotation(messageOf(error)),
    );
  }

  function noteRotation(failure: string | null): void {
    const failed = failure !== null;
    if (failed === unrotated) return;
    unrotated = failed;
    writeLine(failed ? rotationFailed(failure) : rotatedAgain());
  }

  function writeLine(line: string): void {
    try {
      if (torn) append('\n');
      if (lost > 0) append(lossOf(lost));
      lost = 0;
      append(line);
    } catch (error) {
      if (systemCodeOf(error) === undefined) throw error;
      lost += 1;
    }
    look();
  }

  return { write: writeLine, close: () => store.dispose() };
}

function failureOf(report: RotationReport): string | null {
  if (report.rotated || report.reason === 'empty') return null;
  return report.error?.message ?? report.reason;
}

/** What the journal has to say of itself. */
interface OwnEvent {
  readonly level: 'info' | 'warn';
  readonly event: string;
  readonly lost?: number;
  readonly msg: string;
}

function lossOf(lost: number): string {
  const msg = `${lost} event(s) are missing here: they could not be written`;
  return ownLine({ level: 'warn', event: 'journal-lost', lost, msg });
}

function rotationFailed(why: string): string {
  const msg = `this journal could not be rotated and grows on: ${why}; it is tried again`;
  return ownLine({ level: 'warn', event: 'journal-rotation', msg });
}

function rotatedAgain(): string {
  return ownLine({
    level: 'info',
    event: 'journal-rotation',
    msg: 'this journal is rotated again',
  });
}

function ownLine({ level, ...facts }: OwnEvent): string {
  return `${JSON.stringify({ level, time: new Date().toISOString(), ...facts })}\n`;
}
