import { longestLine, plainText } from './plain-text.ts';

/** A line of output, read as far as a diagnosis needs it. */
export interface LogLine {
  /** `log`: a record of the node's logger; `fatal`: the text behind `Fatal: `; `plain`: anything else. */
  readonly kind: 'log' | 'fatal' | 'plain';
  /** The level of a record in lower case; empty for other lines. */
  readonly level: string;
  /** The message of a record with its fields as `key=value`, the text behind `Fatal: `, or the whole line. */
  readonly text: string;
  /** The line, fit to be shown. */
  readonly shown: string;
  /** False where the line is longer than what was read of it. */
  readonly isWhole: boolean;
}

/** geth/log/format.go: level, time, optionally a place in the source, message. */
const terminal =
  /^(TRACE|DEBUG|INFO|WARN|ERROR|CRIT) {0,2}\[([\d\-|:.]{5,30})(?:\|[^\]]{1,100})?\] ?(.*)$/;
const logfmt = /^t=\S{5,40} lvl=([a-z]{4,5}) msg=(.*)$/;
const quoted = /^"((?:[^"\\]|\\.)*)"/;
/** Up to geth 1.13.5, and gwemix. */
const oldLevels: Readonly<Record<string, string>> = { eror: 'error', dbug: 'debug', trce: 'trace' };

/** Reads a line in geth's terminal, logfmt or JSON format of any release, a `Fatal:` line, or plain text. */
export function readLogLine(raw: string): LogLine {
  const shown = plainText(raw);
  const isWhole = raw.length <= longestLine;
  if (shown.startsWith('Fatal: '))
    return { kind: 'fatal', level: '', text: shown.slice(7), shown, isWhole };
  const record = readTerminal(shown) ?? readLogfmt(shown) ?? readJson(shown);
  if (record === null) return { kind: 'plain', level: '', text: shown, shown, isWhole };
  const level = oldLevels[record.level] ?? record.level;
  return { kind: 'log', level, text: record.text, shown, isWhole };
}

interface LogRecord {
  readonly level: string;
  readonly text: string;
}

function readTerminal(line: string): LogRecord | null {
  const [whole, level = '', , text = ''] = terminal.exec(line) ?? [];
  return whole === undefined ? null : { level: level.toLowerCase(), text };
}

function readLogfmt(line: string): LogRecord | null {
  const [whole, level = '', rest = ''] = logfmt.exec(line) ?? [];
  if (whole === undefined) return null;
  const [inQuotes, message] = quoted.exec(rest) ?? [];
  const text = inQuotes === undefined ? rest : `${message}${rest.slice(inQuotes.length)}`;
  return { level, text: text.replaceAll('\\"', '"') };
}

function readJson(line: string): LogRecord | null {
  if (!line.startsWith('{') || !line.endsWith('}')) return null;
  // A second key of that name would win; inside a value its quotes are escaped.
  if (line.split('"lvl":').length !== 2 || line.split('"msg":').length !== 2) return null;
  try {
    const { t, lvl, msg, ...fields } = JSON.parse(line) as Record<string, unknown>;
    if (typeof lvl !== 'string' || typeof msg !== 'string' || typeof t !== 'string') return null;
    const rest = Object.entries(fields).map(([key, value]) => ` ${key}=${fieldText(value)}`);
    return { level: lvl, text: plainText(msg + rest.join('')) };
  } catch {
    return null;
  }
}

/** A value as the terminal format shows it. */
function fieldText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[!#-<>-~]+$/.test(text) ? text : JSON.stringify(text);
}
