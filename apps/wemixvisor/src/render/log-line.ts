import type { Level, LogRecord } from '@wemixvisor/logs';
import { harmlessPieces, reset } from './sanitize-terminal.ts';
import { prettyEvent } from './pretty-event.ts';

/** What is shown of a record. */
export type ShownRecord = Pick<LogRecord, 'pieces' | 'text' | 'terminated' | 'level'>;

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

const colours: Readonly<Partial<Record<Level, string>>> = {
  crit: '\u001b[1;31m',
  error: '\u001b[31m',
  warn: '\u001b[33m',
  debug: '\u001b[2m',
  trace: '\u001b[2m',
};

/** A record as text for a screen, or byte for byte, in pieces: the supervisor's events as lines for people, unless `raw`. */
export function* renderLogLine(
  source: LogSourceName,
  record: ShownRecord,
  { raw, terminal, colour }: LogScreen,
): Generator<string | Uint8Array, void> {
  const { terminated } = record;
  if (raw || (source === 'node' && !terminal)) {
    yield* record.pieces();
    if (terminated) yield '\n';
    return;
  }
  const style = colour ? colours[record.level ?? 'info'] : undefined;
  if (style !== undefined) yield style;
  const text = source === 'supervisor' ? asEvent(record.text()) : record.text();
  yield* terminal ? harmlessPieces(text, colour) : text;
  if (style !== undefined) yield reset;
  if (terminated || style !== undefined) yield '\n';
}

/** A line that is no event of ours, as after a crash amid a write, is shown as it is. */
function* asEvent(pieces: Iterable<string>): Generator<string, void> {
  for (const text of pieces) {
    try {
      yield prettyEvent(text).slice(0, -1);
    } catch {
      yield text;
    }
  }
}
