/**
 * The kind of a line by its first bytes: `head` begins a record of a known format; `terminal` too, and lines without a head may continue it;
 * `crash` begins a Go crash report; `fatal` is an error that geth prints outside any format before it exits; `indented` and `plain` are the rest.
 */
export type LineKind = 'head' | 'terminal' | 'crash' | 'fatal' | 'indented' | 'plain';

const beginnings: readonly (readonly [string, LineKind])[] = [
  ['t=', 'head'],
  ['ts=', 'head'],
  ['time=', 'head'],
  ['lvl=', 'head'],
  ['level=', 'head'],
  ['panic: ', 'crash'],
  ['fatal error: ', 'crash'],
  ['SIGQUIT: ', 'crash'],
  ['SIGABRT: ', 'crash'],
  ['SIGSEGV: ', 'crash'],
  ['runtime: ', 'crash'],
  ['unexpected fault address ', 'crash'],
  ['Fatal: ', 'fatal'],
  ['flag provided but not defined', 'fatal'],
  ['Incorrect Usage', 'fatal'],
];
const byFirstByte = new Map<number, readonly (readonly [Buffer, LineKind])[]>();
for (const [text, kind] of beginnings) {
  const bytes = Buffer.from(text);
  const first = bytes[0] ?? 0;
  byFirstByte.set(first, [...(byFirstByte.get(first) ?? []), [bytes, kind]]);
}
const escape = 0x1b;
const space = 0x20;
const tab = 0x09;
const bracket = 0x5b;

/** The kind of the line at `start`, found without making a string of it. */
export function lineKind(bytes: Buffer, start: number, end: number): LineKind {
  const first = bytes[start] ?? 0;
  if (first === space || first === tab) return 'indented';
  if (first === 0x7b) return 'head';
  if (isTerminalHead(bytes, start, end)) return 'terminal';
  for (const [beginning, kind] of byFirstByte.get(first) ?? []) {
    if (
      end - start >= beginning.length &&
      beginning.compare(bytes, start, start + beginning.length) === 0
    ) {
      return kind;
    }
  }
  return 'plain';
}

/** `INFO [03-04|09:…`: five bytes of level, then a bracket, two digits and a dash; with colour, escapes around the level. */
export function isTerminalHead(bytes: Buffer, start: number, end: number): boolean {
  let at = start + 5;
  if (bytes[start] === escape) {
    at = bytes.indexOf(bracket, start + 2);
    while (at >= 0 && at < end && bytes[at - 1] === escape) at = bytes.indexOf(bracket, at + 1);
  }
  return (
    at > 0 &&
    at + 12 <= end &&
    bytes[at] === bracket &&
    bytes[at + 3] === 0x2d &&
    bytes[at + 6] === 0x7c &&
    isDigit(bytes[at + 1]) &&
    isDigit(bytes[at + 2])
  );
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
