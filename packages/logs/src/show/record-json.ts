import type { LogRecord } from '../read/record/log-record.ts';
import { controlEscaped } from './control-escaped.ts';

/** Characters at which a chunk is yielded. */
const chunkLength = 16 * 1024;

/** A record as one line of JSON, in chunks: the log line is its last field and may be long. */
export function* recordJson(source: string, record: LogRecord): Generator<string, void> {
  const { time, level, message, fields } = record;
  const near = record.isContext ? { context: true } : {};
  const facts = json({
    time: time?.toISOString() ?? null,
    level,
    message,
    fields,
    source,
    ...near,
  });
  let text = `${facts.slice(0, -1)},"line":"`;
  for (const piece of record.text()) {
    text += json(piece).slice(1, -1);
    if (text.length < chunkLength) continue;
    yield text;
    text = '';
  }
  yield `${text}"}\n`;
}

function json(value: unknown): string {
  return controlEscaped(JSON.stringify(value));
}
