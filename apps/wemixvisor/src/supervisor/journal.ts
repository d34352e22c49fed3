import { openLogWriter } from '@wemixvisor/logs';
import { pino, type Logger } from 'pino';
import type { Settings } from '../settings/settings.ts';

/** The supervisor's own log; its `level` may be changed at run time. */
export type Journal = Logger;

/** A journal and how it is closed. */
export interface OpenJournal {
  readonly journal: Journal;
  /** Hands on each line from now on, until the returned function is called. */
  readonly follow: (reader: (line: string) => void) => () => void;
  /** Resolves when no rotation is under way. */
  readonly close: () => Promise<void>;
}

type WriterOptions = Parameters<typeof openLogWriter>[0];
type FileOptions = Pick<WriterOptions, 'directory' | 'write' | 'openStore' | 'echo'>;

/** Where the journal goes and what is in it. */
export interface JournalOptions extends FileOptions {
  readonly level: Settings['logLevel'];
  /** @default 10_485_760 (10 MiB) */
  readonly maxSizeBytes?: number;
  /** Rotated files kept. @default 5 */
  readonly maxFiles?: number;
}

/** Opens the journal: JSON lines in logs/wemixvisor.log, written at once, so that the last event before a crash is there. */
export function openJournal({ level, ...options }: JournalOptions): OpenJournal {
  const limits = { maxSizeBytes: 10 * 1024 ** 2, maxFiles: 5 };
  const readers = new Set<(line: string) => void>();
  if (options.echo !== undefined) readers.add(options.echo);
  const echo = (line: string) => {
    for (const read of readers) read(line);
  };
  const file = openLogWriter({
    ...limits,
    ...options,
    ...{ name: 'wemixvisor', note: ownLine, kindOf, echo },
  });
  const journal = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    file,
  );
  return {
    journal,
    follow(reader) {
      readers.add(reader);
      return () => readers.delete(reader);
    },
    close: () => file.close(),
  };
}

/** What the journal has to say of itself, as a line of its own. */
function ownLine({ type, text, ...facts }: Parameters<WriterOptions['note']>[0]): string {
  const [level, time] = [type === 'rotated-again' ? 'info' : 'warn', new Date().toISOString()];
  return `${JSON.stringify({ level, time, event: `journal-${type}`, ...facts, msg: text })}\n`;
}

/** What goes wrong again and again, as with no descriptor left, must not fill the journal. */
function kindOf(line: string): string | null {
  const isTrouble = /^\{"level":"(?:warn|error)"/.test(line);
  return isTrouble ? line.replace(/"time":"[^"]*",/, '').trimEnd() : null;
}
