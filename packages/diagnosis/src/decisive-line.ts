import { readLogLine, type LogLine } from './log-line.ts';

/** Lines before the last ones are not looked at. */
const mostLines = 300;
/** What other goroutines or a wrapper may still write once the reason is written. */
const mostLinesAfter = 5;

/** The words that the flag parser, or a check before the log is set up, ends the program with. */
const usage =
  /^(?:flag provided but not defined: |flag needs an argument: |bad flag syntax: |invalid (?:boolean )?value "|invalid command: "|could not parse "|Cannot use two forms of the same flag: |Flags .{1,300} can't be used at the same time$|unknown log format: |failed to init[a-z]{4,9}ize file logger: |No help topic for ')/;
/** The parser writes its reason before the help, and once more behind it. */
const introduction = /^Incorrect Usage[.:] /;
const exclusive = /^Flags [^']{1,300} can't be used at the same time/;
/**
 * What is left of a record whose message a caller broke with newlines: `Served METHOD` is logged with the method as it was
 * sent (rpc/handler.go), its fields follow.
 */
const restOfRecord = /(?:^| )(?:reqid|conn|duration|t)=/;

/** A line that says why a program ends itself. */
export interface DecisiveLine {
  readonly where: 'fatal' | 'usage' | 'crit';
  readonly text: string;
  readonly shown: string;
}

/** Reads the end of the output; a message without a newline is parted from what another program wrote behind it. */
export function readTail(tail: readonly string[]): readonly LogLine[] {
  return tail.slice(-mostLines).flatMap((raw) => {
    const line = readLogLine(raw);
    const [message] = exclusive.exec(line.text) ?? [];
    if (line.kind !== 'plain' || message === undefined || message === line.text) return [line];
    return [readLogLine(message), readLogLine(line.text.slice(message.length))];
  });
}

/**
 * Finds the last line that says why a program ends itself. Null where more than a few lines follow, for then the program went
 * on, and where the line may be the words of an RPC caller.
 */
export function decisiveLine(lines: readonly LogLine[]): DecisiveLine | null {
  const index = lines.findLastIndex((line) => decisive(line) !== null);
  const line = lines[index];
  const found = line === undefined ? null : decisive(line);
  if (line === undefined || found === null) return null;
  const after = lines.slice(index + 1).filter(({ shown }) => shown !== '');
  if (isWordsOfCaller(lines, index)) return null;
  // With the reason on standard error and the help on standard output, either may come first.
  const counted = found.where === 'usage' ? after.filter(({ kind }) => kind === 'log') : after;
  return counted.length > mostLinesAfter ? null : found;
}

function decisive({ kind, level, text, shown }: LogLine): DecisiveLine | null {
  if (kind === 'fatal') return { where: 'fatal', text, shown };
  if (kind === 'log') return level === 'crit' ? { where: 'crit', text, shown } : null;
  const reason = text.replace(introduction, '');
  return usage.test(reason) ? { where: 'usage', text: reason, shown } : null;
}

/**
 * Whether a line may be the words of an RPC caller: behind such a record that broke off, or before what is left of one. The
 * logger writes a record of several lines at once, so that what is left is always there.
 */
export function isWordsOfCaller(lines: readonly LogLine[], index: number): boolean {
  if (lines[index]?.kind === 'log') return false;
  const record = lines.slice(0, index).findLast(({ kind }) => kind === 'log');
  const brokeOff = record?.text.startsWith('Served ') === true && !restOfRecord.test(record.text);
  return (
    brokeOff ||
    lines.slice(index).some(({ kind, text }) => kind !== 'log' && restOfRecord.test(text))
  );
}
