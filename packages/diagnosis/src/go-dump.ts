import { readLogLine, type LogLine } from './log-line.ts';

/** A dump of all goroutines has more lines than anything else: only its head is looked for further up. */
const furthestHead = 4000;

/** runtime/panic.go, runtime/signal_unix.go, runtime/malloc.go of Go. */
const head =
  /^(?:panic: |fatal error: |SIG[A-Z]{3,6}: |unexpected fault address |fatal: morestack |runtime(?:\/cgo)?: )/;
const body =
  /^(?:goroutine \d{1,12} (?:gp=\S{1,30} m=\S{1,30} (?:mp=\S{1,30} )?)?\[|(?:[re][a-d]x|r[sd]i|r[bs]p|r\d{1,2}|rip|rflags|[cfg]s|x\d{1,2}|lr|sp|pc|fault) +0x[0-9a-f]{1,16}$)/;

/** The first line of a dump, or the first that is left of one whose beginning is gone. */
export interface GoDump {
  readonly line: LogLine;
  readonly whole: boolean;
}

/** Finds the dump that Go's runtime writes when it gives up, or null. */
export function findGoDump(tail: readonly string[], lines: readonly LogLine[]): GoDump | null {
  const found = findHead(tail);
  if (found !== null) return { line: found, whole: true };
  const line = lines.find(isBody);
  return line === undefined ? null : { line, whole: false };
}

/** The first line of the last group of heads: one reason can take several lines. */
function findHead(tail: readonly string[]): LogLine | null {
  const last = Math.max(0, tail.length - furthestHead);
  for (let index = tail.length - 1; index >= last; index -= 1) {
    if (!isHead(tail[index])) continue;
    while (index > last && isHead(tail[index - 1])) index -= 1;
    return readLogLine(tail[index] ?? '');
  }
  return null;
}

function isHead(raw: string | undefined): boolean {
  if (raw === undefined) return false;
  const { kind, text } = readLogLine(raw.slice(0, 200));
  return kind === 'plain' && head.test(text);
}

function isBody({ kind, text }: LogLine): boolean {
  return kind === 'plain' && body.test(text);
}
