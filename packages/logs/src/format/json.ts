import { parseLevel } from './level.ts';
import { parseOwnTime } from './own-time.ts';
import type { ParsedLine } from './parsed-line.ts';

/**
 * Reads geth's JSON lines, old (keys sorted, booleans as strings) and new (`t`, `lvl`, `msg` first; log/format.go @ v1.13.6),
 * and those of pino (`time`, `level`, `msg`); null when the first line is no JSON object. Lines that follow it belong to the message.
 */
export function parseJson(text: string): ParsedLine | null {
  if (!text.startsWith('{')) return null;
  const [line = '', ...more] = text.split('\n');
  const object = objectIn(line);
  if (object === null) return null;
  const { t, time, lvl, level, msg, ...rest } = object;
  const severity = lvl ?? level;
  return {
    format: 'json',
    time: parseOwnTime(t ?? time),
    level:
      typeof severity === 'string' || typeof severity === 'number' ? parseLevel(severity) : null,
    message: [typeof msg === 'string' ? msg : '', ...more].join('\n'),
    fields: Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, asText(value)])),
  };
}

function objectIn(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null; // A line that only begins like JSON is shown as plain text.
  }
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
