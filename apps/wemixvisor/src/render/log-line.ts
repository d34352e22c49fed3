import type { Level } from '@wemixvisor/logs';
import { harmless, reset } from './harmless.ts';
import { prettyEvent } from './pretty-event.ts';

/** A record as it is shown: whose it is, and what is known of it. */
export interface ShownRecord {
  readonly source: LogSourceName;
  readonly bytes: Uint8Array;
  readonly terminated: boolean;
  readonly level: Level | null;
}

/** Whose log a record stands in. */
export type LogSourceName = 'node' | 'supervisor';

/** Where it is shown. */
export interface LogScreen {
  /** Byte for byte as it was written. */
  readonly raw: boolean;
  /** A terminal: nothing in a log may command it. */
  readonly terminal: boolean;
  /** With colours by level. */
  readonly colour: boolean;
}

const newline = Buffer.from('\n');

const colours: Readonly<Partial<Record<Level, string>>> = {
  crit: '\u001b[1;31m',
  error: '\u001b[31m',
  warn: '\u001b[33m',
  debug: '\u001b[2m',
  trace: '\u001b[2m',
};

/** A record as text for a screen, or byte for byte: the supervisor's events as lines for people, unless `raw`. */
export function renderLogLine(record: ShownRecord, screen: LogScreen): string | Uint8Array {
  const { bytes, terminated, level, source } = record;
  if (screen.raw || (source === 'node' && !screen.terminal)) {
    return terminated ? Buffer.concat([bytes, newline]) : bytes;
  }
  const written = Buffer.from(bytes).toString('utf8');
  const line = source === 'supervisor' ? asEvent(written) : written;
  const safe = screen.terminal ? harmless(line, screen.colour) : line;
  const colour = screen.colour && level !== null ? colours[level] : undefined;
  const shown = colour === undefined ? safe : `${colour}${safe}${reset}`;
  return terminated || colour !== undefined ? `${shown}\n` : shown;
}

/** A line that is no event of ours, as after a crash amid a write, is shown as it is. */
function asEvent(line: string): string {
  try {
    return prettyEvent(line).slice(0, -1);
  } catch {
    return line;
  }
}
