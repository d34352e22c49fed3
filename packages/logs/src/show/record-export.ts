import type { LogRecord } from '../read/record/log-record.ts';
import { controlEscaped } from './control-escaped.ts';

/** A record as a line of CSV (RFC 4180): time, level, source, message, and the fields as JSON. */
export function recordCsv(source: string, { time, level, message, fields }: LogRecord): string {
  const cells = [time?.toISOString() ?? '', level ?? '', source, message, JSON.stringify(fields)];
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A record as a line of logfmt, as geth writes it, with the log that it is from as `source`. */
export function recordLogfmt(source: string, { time, level, message, fields }: LogRecord): string {
  const own = [
    ...(time === null ? [] : [['t', time.toISOString()] as const]),
    ...(level === null ? [] : [['lvl', level] as const]),
    ['source', source] as const,
    ['msg', message] as const,
  ];
  const pairs = [...own, ...Object.entries(fields)];
  return `${pairs.map(([key, value]) => `${logfmtKey(key)}=${logfmtValue(value)}`).join(' ')}\n`;
}

/** A key has no blank, quote or equals sign, and nothing that a terminal obeys. */
function logfmtKey(key: string): string {
  return key.replaceAll(/[\s="\p{Cc}]/gu, '_') || '_';
}

function logfmtValue(value: string): string {
  return /^[^\s="\\\p{Cc}]+$/u.test(value) ? value : controlEscaped(JSON.stringify(value));
}
