import { writeSync } from 'node:fs';
import { openLogStore } from '@wemixvisor/logs';
import { systemCodeOf } from '../app-error.ts';

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
}

/** Bytes written between two looks at the size. */
const lookEveryBytes = 64 * 1024;

/** Opens `wemixvisor.log` for append, mode 0600, with the rotation and the names of the node's log. */
export function openJournalFile({
  directory,
  maxSizeBytes = 10 * 1024 ** 2,
  maxFiles = 5,
  write = writeSync,
}: JournalFileOptions): JournalFile {
  const store = openLogStore({ directory, name: 'wemixvisor', maxSizeBytes, maxFiles });
  const descriptor = store.openForAppend();
  let unseenBytes = lookEveryBytes;
  let lost = 0;
  let torn = false;

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
    store.rotateIfDue('this-thread').catch(() => {}); // it tries again with the next events
  }

  return {
    write(line) {
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
    },
    close: () => store.dispose(),
  };
}

function lossOf(lost: number): string {
  const time = new Date().toISOString();
  const msg = `${lost} event(s) are missing here: they could not be written`;
  return `${JSON.stringify({ level: 'warn', time, event: 'journal-lost', lost, msg })}\n`;
}
