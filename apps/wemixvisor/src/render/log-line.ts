import { sanitizeChunks, type LogRecord } from '@wemixvisor/logs';
import { prettyEvent } from './pretty-event.ts';

/** The part of a record that is shown. */
export type ShownRecord = Pick<LogRecord, 'pieces' | 'text' | 'terminated' | 'level'>;

/** The log that a record is from. */
export type LogSourceName = 'node' | 'supervisor';

/** How records are shown. */
export interface LogScreen {
  /** Unchanged, byte for byte. */
  readonly raw: boolean;
  /** On a terminal: control characters are escaped. */
  readonly terminal: boolean;
  /** With colours by level. */
  readonly colour: boolean;
}

const colours: Readonly<Partial<Record<NonNullable<LogRecord['level']>, string>>> = {
  crit: '\u001b[1;31m',
  error: '\u001b[31m',
  warn: '\u001b[33m',
  debug: '\u001b[2m',
  trace: '\u001b[2m',
};
const reset = '\u001b[0m';

/** A record in chunks: events of the supervisor as readable lines and lines of the node as they are, or all `raw`. */
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
  const text = source === 'supervisor' ? prettyEvents(record.text()) : record.text();
  yield* terminal ? sanitizeChunks(text, colour) : text;
  if (style !== undefined) yield reset;
  if (terminated || style !== undefined) yield '\n';
}

/** A line that is not an event, as after a crash during a write, is shown unchanged. */
function* prettyEvents(chunks: Iterable<string>): Generator<string, void> {
  for (const text of chunks) {
    try {
      yield prettyEvent(text).slice(0, -1);
    } catch {
      yield text;
    }
  }
}
