import type { LogRecord } from '@wemixvisor/logs';
import type { LogSourceName } from './log-line.ts';

/** Characters from which on a piece is given on. */
const enough = 16 * 1024;

/** A record as one line of JSON, in pieces: the line itself comes last and may be long. */
export function* renderLogJson(source: LogSourceName, record: LogRecord): Generator<string, void> {
  const { time, level, message, fields } = record;
  const facts = JSON.stringify({
    time: time?.toISOString() ?? null,
    level,
    message,
    fields,
    source,
  });
  let text = `${facts.slice(0, -1)},"line":"`;
  for (const piece of record.text()) {
    text += JSON.stringify(piece).slice(1, -1);
    if (text.length < enough) continue;
    yield text;
    text = '';
  }
  yield `${text}"}\n`;
}
