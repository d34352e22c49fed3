import { parseKeyValues } from './key-values.ts';
import { parseLevel } from './level.ts';
import type { LineContext, ParsedLine } from './parsed-line.ts';
import { repairTime } from './repair-time.ts';

const head =
  /^\[?(TRACE|DEBUG|DBUG|INFO|WARN|ERROR|EROR|CRIT)\]? *\[(\d\d)-(\d\d)\|(\d\d):(\d\d):(\d\d)\.(\d{3})(?:\|[^\]]*)?\] ?/;

/** Reads `INFO [03-04|09:15:02.118] message   key=value` (log/format.go @ v1.17.5), and Erigon's `[INFO] [03-04|…] …`; null when it is no such line. */
export function parseTerminal(line: string, context: LineContext): ParsedLine | null {
  const found = head.exec(line);
  if (found === null) return null;
  const [, level = '', ...clock] = found;
  const rest = line.slice(found[0].length);
  const fieldsAt = rest.search(/(?<! ) +[^\s="]+=/);
  return {
    format: 'terminal',
    time: repairTime(clock.map(Number), context.near),
    level: parseLevel(level),
    message: (fieldsAt < 0 ? rest : rest.slice(0, fieldsAt)).trimEnd(),
    fields: fieldsAt < 0 ? {} : parseKeyValues(rest, fieldsAt),
  };
}
