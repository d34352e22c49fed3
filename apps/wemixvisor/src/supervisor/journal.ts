import { multistream, pino, type Logger } from 'pino';
import type { Settings } from '../settings/settings.ts';
import { openJournalFile, type JournalFileOptions } from './journal-file.ts';

/** The supervisor's own log; its `level` may be changed at run time. */
export type Journal = Logger;

/** A journal and how it is closed. */
export interface OpenJournal {
  readonly journal: Journal;
  /** Resolves when no rotation is under way. */
  readonly close: () => Promise<void>;
}

/** Where the journal goes and what is in it. */
export interface JournalOptions extends JournalFileOptions {
  readonly level: Settings['logLevel'];
  /** Gets each line as it is written; for a supervisor in the foreground. */
  readonly echo?: ((line: string) => void) | undefined;
}

/** Opens the journal: JSON lines in logs/wemixvisor.log, written at once, so that the last event before a crash is there. */
export function openJournal({ level, echo, ...options }: JournalOptions): OpenJournal {
  const file = openJournalFile(options);
  const streams = [file, ...(echo === undefined ? [] : [{ write: echo }])];
  const journal = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    multistream(streams.map((stream) => ({ level: 'debug' as const, stream }))),
  );
  return { journal, close: () => file.close() };
}
