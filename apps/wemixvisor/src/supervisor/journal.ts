import { openLogWriter } from '@wemixvisor/logs';
import { multistream, pino, type Logger } from 'pino';
import type { Settings } from '../settings/settings.ts';

/** The supervisor's own log; its `level` may be changed at run time. */
export type Journal = Logger;

/** A journal and how it is closed. */
export interface OpenJournal {
  readonly journal: Journal;
  /** Resolves when no rotation is under way. */
  readonly close: () => Promise<void>;
}

type WriterOptions = Parameters<typeof openLogWriter>[0];

/** Where the journal goes and what is in it. */
export interface JournalOptions extends Pick<WriterOptions, 'directory' | 'write' | 'openStore'> {
  readonly level: Settings['logLevel'];
  /** Gets each line as it is written; for a supervisor in the foreground. */
  readonly echo?: ((line: string) => void) | undefined;
  /** @default 10_485_760 (10 MiB) */
  readonly maxSizeBytes?: number;
  /** Rotated files kept. @default 5 */
  readonly maxFiles?: number;
}

/** Opens the journal: JSON lines in logs/wemixvisor.log, written at once, so that the last event before a crash is there. */
export function openJournal({ level, echo, ...options }: JournalOptions): OpenJournal {
  const limits = { maxSizeBytes: 10 * 1024 ** 2, maxFiles: 5 };
  const file = openLogWriter({ ...limits, ...options, name: 'wemixvisor', note: ownLine });
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

/** What the journal has to say of itself, as a line of its own. */
function ownLine(note: Parameters<WriterOptions['note']>[0]): string {
  const [level, facts] = eventOf(note);
  return `${JSON.stringify({ level, time: new Date().toISOString(), ...facts })}\n`;
}

function eventOf(note: Parameters<WriterOptions['note']>[0]): readonly ['info' | 'warn', object] {
  switch (note.type) {
    case 'lines-lost': {
      const msg = `${note.lost} event(s) are missing here: they could not be written`;
      return ['warn', { event: 'journal-lost', lost: note.lost, msg }];
    }
    case 'rotation-failed': {
      const msg = `this journal could not be rotated and grows on: ${note.reason}; it is tried again`;
      return ['warn', { event: 'journal-rotation', msg }];
    }
    case 'rotated-again':
      return ['info', { event: 'journal-rotation', msg: 'this journal is rotated again' }];
  }
}
