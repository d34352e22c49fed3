import type { LogRecord } from '../read/record/log-record.ts';
import { recordCsv, recordLogfmt } from './record-export.ts';
import { recordJson } from './record-json.ts';
import { sanitizeChunks } from './sanitize-terminal.ts';

/** How a record is shown. */
export type RecordView =
  /** As it was written, byte for byte. */
  | { readonly as: 'bytes' }
  /** As a line of JSON, with the name of the log that it is from. */
  | { readonly as: 'json'; readonly source: string }
  /** As a line of CSV with time, level, source, message and the fields as JSON, or of logfmt. */
  | { readonly as: 'csv' | 'logfmt'; readonly source: string }
  /** For people. */
  | {
      readonly as: 'text';
      /** On a terminal: control characters are escaped. */
      readonly terminal: boolean;
      /** With colours by level. */
      readonly colour: boolean;
      /** Turns the text of the record into what is shown of it. @default it is shown as it is */
      readonly rewrite?: ((text: string) => string) | undefined;
    };

const colours: Readonly<Partial<Record<NonNullable<LogRecord['level']>, string>>> = {
  crit: '\u001b[1;31m',
  error: '\u001b[31m',
  warn: '\u001b[33m',
  debug: '\u001b[2m',
  trace: '\u001b[2m',
};
/** Between groups of records with their context, as grep has it. */
const separator = '--\n';
const keyColour = '\u001b[36m';
const reset = '\u001b[0m';

/**
 * A record in chunks, as its line may be long: its bytes, a line of JSON, or text that cannot command the terminal.
 *
 * @example
 * for await (const record of readLog({ directory: 'logs', name: 'node' })) {
 *   for (const chunk of renderRecord(record, { as: 'json', source: 'node' })) process.stdout.write(chunk);
 * }
 */
export function* renderRecord(
  record: LogRecord,
  view: RecordView,
): Generator<string | Uint8Array, void> {
  if (view.as === 'json') {
    yield* recordJson(view.source, record);
    return;
  }
  if (view.as !== 'text' && view.as !== 'bytes') {
    yield view.as === 'csv' ? recordCsv(view.source, record) : recordLogfmt(view.source, record);
    return;
  }
  const { terminated } = record;
  if (record.isApart) yield separator;
  if (view.as === 'bytes') {
    yield* record.pieces();
    if (terminated) yield '\n';
    return;
  }
  const { terminal, colour, rewrite } = view;
  const style = colour ? colours[record.level ?? 'info'] : undefined;
  if (style !== undefined) yield style;
  const text = rewrite === undefined ? record.text() : mapped(record.text(), rewrite);
  const shown = terminal ? sanitizeChunks(text, colour) : text;
  // A line that has a colour as a whole keeps it.
  const hasKeys = colour && style === undefined && rewrite === undefined;
  yield* hasKeys ? mapped(shown, withKeys) : shown;
  if (style !== undefined) yield reset;
  if (terminated || style !== undefined) yield '\n';
}

/** Colours the keys of geth's formats, after the blank that parts them from what stands before. */
function withKeys(text: string): string {
  return text.replaceAll(/(?<= )[a-zA-Z][\w.]*(?==)/g, `${keyColour}$&${reset}`);
}

function* mapped(
  chunks: Iterable<string>,
  rewrite: (text: string) => string,
): Generator<string, void> {
  for (const text of chunks) yield rewrite(text);
}
