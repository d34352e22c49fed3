import { parseKeyValues } from './key-values.ts';
import { parseLevel } from './level.ts';
import { parseOwnTime } from './own-time.ts';
import type { ParsedLine } from './parsed-line.ts';

/** Reads `t=… lvl=info msg="…" key=value` and the `time= level= msg=` of other Go loggers; null when it is no such line. */
export function parseLogfmt(line: string): ParsedLine | null {
  if (!/^(?:t|ts|time|lvl|level)=/.test(line)) return null;
  const { t, ts, time, lvl, level, msg, ...fields } = parseKeyValues(line);
  const severity = lvl ?? level;
  if (severity === undefined && msg === undefined) return null;
  return {
    format: 'logfmt',
    time: parseOwnTime(t ?? ts ?? time),
    level: parseLevel(severity ?? ''),
    message: msg ?? '',
    fields,
  };
}
