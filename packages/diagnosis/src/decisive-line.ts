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
/** Asked before it: V8 takes four milliseconds to compile that one, and a node that was stopped waits for them. */
const isOfFlags = ({ kind, text }: LogLine): boolean =>
  kind === 'plain' && text.startsWith('Flags ');
/**
 * The fields behind `Served METHOD`. The terminal format writes the method as it was sent, newlines too (rpc/handler.go,
 * log/format.go), so that a caller can forge whole lines; but the fields always stand behind the last of them.
 */
const restOfRecord = /(?:^| )(?:reqid|conn|duration|t)=/;

/** A line that says why a program ends itself. */
export interface DecisiveLine {
  readonly where: 'fatal' | 'usage' | 'crit';
  readonly text: string;
  readonly shown: string;
}

/** Reads the end of the output. */
export function readTail(tail: readonly string[]): readonly LogLine[] {
  return tail.slice(-mostLines).flatMap((raw) => partsOf(readLogLine(raw)));
}

/** A line, or a message without a newline and what another program wrote behind it. */
function partsOf(line: LogLine): readonly LogLine[] {
  const [message] = isOfFlags(line) ? (exclusive.exec(line.text) ?? []) : [];
  if (message === undefined || message === line.text) return [line];
  const glued = readLogLine(line.text.slice(message.length));
  return [readLogLine(message), ...partsOf({ ...glued, isWhole: line.isWhole })];
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

/** Whether a line may be the words of an RPC caller: the fields of such a record, or something too long to see, follow. */
export function isWordsOfCaller(lines: readonly LogLine[], index: number): boolean {
  return lines.slice(index).some(({ isWhole, text }) => !isWhole || restOfRecord.test(text));
}
