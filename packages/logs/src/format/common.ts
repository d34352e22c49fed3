import { parseKeyValues } from './key-values.ts';
import { parseLevel } from './level.ts';
import { parseOwnTime } from './own-time.ts';
import type { LineContext, LogFormat, ParsedLine } from './parsed-line.ts';
import { repairTime } from './repair-time.ts';

/** A format that many programs share. Groups of its pattern other than time, level and message are fields. */
interface CommonFormat {
  readonly name: LogFormat;
  readonly pattern: RegExp;
  /** How fields end a message. @default they do not */
  readonly fields?: (message: string) => {
    readonly at: number;
    readonly fields: ParsedLine['fields'];
  };
}

const iso = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?`;
const severity =
  '[Tt]race|TRACE|[Dd]ebug|DEBUG|[Ii]nfo|INFO|[Ww]arn(?:ing)?|WARN(?:ING)?|[Ee]rror|ERRO?R?|[Ff]atal|FATAL|[Cc]rit(?:ical)?|CRIT(?:ICAL)?';

const formats: readonly CommonFormat[] = [
  {
    // Besu and Teku: log4j2's `%d{yyyy-MM-dd HH:mm:ss.SSSZZZ} | %t | %-5level | %c{1} | %msg`.
    name: 'log4j',
    pattern: pattern(
      `(?<time>${iso}) \\| (?<thread>[^|]*?) \\| (?<level>${severity}) *\\| (?<logger>[^|]*?) \\| ?(?<message>.*)`,
    ),
  },
  {
    // Nethermind's file: NLog's `${longdate}|${level:uppercase=true}|${threadid}|${message}`.
    name: 'nlog',
    pattern: pattern(
      `(?<time>${iso})\\|(?<level>${severity})\\|(?:(?<thread>\\d+)\\|)?(?<message>.*)`,
    ),
  },
  {
    // reth and other programs of Rust: the full format of tracing-subscriber, with or without a target.
    name: 'tracing',
    pattern: pattern(
      `(?<time>\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z) +(?<level>TRACE|DEBUG|INFO|WARN|ERROR) (?:(?<target>[\\w:]+(?:\\{[^{}]*\\}[\\w:]*)*): )?(?<message>.*)`,
    ),
    fields: (message) => {
      const at = message.search(/(?:^| )[^\s="]+=/);
      return { at, fields: at < 0 ? {} : parseKeyValues(message, at) };
    },
  },
  {
    // Lighthouse: `May 23 13:43:13.424 INFO Synced   slot: 1, peers: 88`, without year and zone.
    name: 'lighthouse',
    pattern:
      /^(?<time>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d\.\d{3}) (?<level>TRCE|TRACE|DEBG|DEBUG|INFO|WARN|ERRO|ERROR|CRIT) +(?<message>.*)$/s,
    fields: (message) => {
      const at = message.search(/(?<! ) {2,}[a-z_]\w*: /);
      return { at, fields: at < 0 ? {} : colonFields(message.slice(at).trim()) };
    },
  },
  {
    // Python's logging: `%(asctime)s - %(name)s - %(levelname)s - %(message)s`.
    name: 'python',
    pattern: pattern(`(?<time>${iso}) - (?<logger>\\S+) - (?<level>${severity}) - (?<message>.*)`),
  },
  {
    // The same without a configuration: `%(levelname)s:%(name)s:%(message)s`.
    name: 'python',
    pattern: /^(?<level>DEBUG|INFO|WARNING|ERROR|CRITICAL):(?<logger>[\w.]+):(?<message>.*)$/s,
  },
  {
    // `[INFO] text`, `2026-03-04 09:15:02 [error] text`, `[2026-03-04T09:15:02Z] [warn] text`, and the level without brackets after a time.
    name: 'bracketed',
    pattern: pattern(
      `(?:\\[?(?<time>${iso})\\]? *)?\\[ *(?<level>${severity}) *\\]:? *(?<message>.*)`,
    ),
  },
  {
    name: 'bracketed',
    pattern: pattern(
      `\\[?(?<time>${iso})\\]? +(?<level>TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|CRIT(?:ICAL)?)(?::| )+(?<message>.*)`,
    ),
  },
];

function pattern(source: string): RegExp {
  return new RegExp(`^${source}$`, 's');
}

/** Reads a line in one of the formats that other programs share; null when it is in none. */
export function parseCommon(line: string, { near }: LineContext): ParsedLine | null {
  // All begin with a date, a bracket, a name of a month or of a level.
  if (!/^[[\dA-Z]/.test(line)) return null;
  for (const { name, pattern: form, fields } of formats) {
    const { time, level = '', message = '', ...rest } = form.exec(line)?.groups ?? {};
    if (level === '') continue;
    const { at, fields: found } = fields?.(message) ?? { at: -1, fields: {} };
    return {
      format: name,
      time: parseOwnTime(time) ?? monthTime(time, near),
      level: parseLevel(level),
      message: at < 0 ? message : message.slice(0, at).trimEnd(),
      fields: { ...given(rest), ...found },
    };
  }
  return null;
}

/** The groups that took part in a match. */
function given(groups: Readonly<Record<string, string | undefined>>): ParsedLine['fields'] {
  return Object.fromEntries(
    Object.entries(groups).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function monthTime(text: string | undefined, near: Date): Date | null {
  const [, month = '', ...clock] =
    /^(\w{3}) ([ \d]\d) (\d\d):(\d\d):(\d\d)\.(\d{3})$/.exec(text ?? '') ?? [];
  const at = months.indexOf(month);
  return at < 0 ? null : repairTime([at + 1, ...clock.map(Number)], near);
}

/** Reads `key: value, other: value`; a value goes up to the next `, key: `. */
function colonFields(text: string): ParsedLine['fields'] {
  return Object.fromEntries(
    text.split(/, (?=[a-z_]\w*: )/).map((part) => {
      const colon = part.indexOf(': ');
      return [part.slice(0, colon), part.slice(colon + 2)];
    }),
  );
}
