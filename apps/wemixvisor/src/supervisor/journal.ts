import { chmodSync } from 'node:fs';
import { destination, multistream, pino, type Logger } from 'pino';
import type { Settings } from '../config/settings.ts';

/** The supervisor's own log. */
export type Journal = Logger;

/**
 * Opens the journal: JSON lines in logs/wemixvisor.log, written at once, so that the last event before a crash is there.
 * A foreground supervisor also has `echo`, which gets each line as it is written.
 */
export function openJournal(
  file: string,
  level: Settings['logLevel'],
  echo?: (line: string) => void,
): Journal {
  const toFile = destination({ dest: file, sync: true, append: true, mkdir: true, mode: 0o600 });
  chmodSync(file, 0o600);
  // On a full disk events are lost; without a listener the write would throw amid the lifecycle.
  toFile.on('error', () => {});
  const streams = [
    { level: 'debug' as const, stream: toFile },
    ...(echo === undefined ? [] : [{ level: 'debug' as const, stream: { write: echo } }]),
  ];
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    multistream(streams),
  );
}
