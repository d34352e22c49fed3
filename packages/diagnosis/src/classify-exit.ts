import { chainEndMessage } from './causes/chain.ts';
import { lowDiskMessage, lowDiskSummary } from './causes/resources.ts';
import { decisiveLine, isWordsOfCaller, readTail } from './decisive-line.ts';
import type { Diagnosis, Ending, OwnCause } from './diagnosis.ts';
import { findGoDump } from './go-dump.ts';
import type { LogLine } from './log-line.ts';
import { plainText, shortened } from './plain-text.ts';
import { diagnosisOf, matchCause, type Facts } from './match-cause.ts';

const signalNumbers: Readonly<Record<number, string>> = {
  129: 'SIGHUP',
  130: 'SIGINT',
  134: 'SIGABRT',
  135: 'SIGBUS',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  143: 'SIGTERM',
};
const sentBySomebody = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'];
const ofACrash = ['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP', 'SIGSYS'];

/**
 * Says why a run of geth or gwemix ended, or null where nothing is known: then it is an ordinary crash.
 *
 * A cause of class `never` needs both a line at the end of the output that the node itself wrote as its reason and the exit
 * status that belongs to it; what peers and RPC callers put into the log is never taken for one. At most the last 300 lines
 * are read (4,000 for the head of a Go dump), 4,096 characters of each. Never throws.
 *
 * @example
 * classifyExit({ code: 1, signal: null, tail: ['flag provided but not defined: -metricz'] })?.cause; // 'unknown-flag'
 */
export function classifyExit(exit: Ending): Diagnosis | null {
  const { code, asked = false, flavour = null, tail, own = [] } = exit;
  const signal = exit.signal ?? signalNumbers[code ?? 0] ?? null;
  const facts = { lines: readTail(tail), program: flavour ?? 'the node' };
  const byDump =
    code === 2 || ofACrash.includes(signal ?? '') ? fromDump(tail, facts, asked) : null;
  return (
    (asked ? null : fromOwn(own, facts)) ??
    fromReason(code, facts) ??
    lowDisk(exit, facts) ??
    byDump ??
    (asked ? null : chainEnd(signal, exit, facts)) ??
    bySignal(signal, exit, facts, asked)
  );
}

function fromOwn(own: readonly OwnCause[], { lines }: Facts): Diagnosis | null {
  for (const { pattern, cause, class: itsClass, remedy, summary } of own) {
    // A pattern with a state of its own would skip every second line.
    const stateless = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
    const line = lines.findLast(({ shown }) => stateless.test(shown));
    if (line === undefined) continue;
    return {
      cause,
      class: itsClass,
      summary: shortened(summary ?? line.shown, 300),
      remedy: shortened(remedy, 400),
      evidence: shortened(line.shown, 500),
      confidence: 'certain',
    };
  }
  return null;
}

/** The reason that the node gave (statuses 1 and 3), or the shell or loader in its place (126, 127 and 1). */
function fromReason(code: number | null, { lines, program }: Facts): Diagnosis | null {
  if (code === 1 || code === 3) {
    const line = decisiveLine(lines);
    if (line !== null) {
      const isUnknownTopic = line.text.startsWith('No help topic for ');
      return isUnknownTopic === (code === 3) ? matchCause(line, { lines, program }) : null;
    }
  }
  if (code !== 1 && code !== 126 && code !== 127) return null;
  // A node that ran has written records: then a wrapper says this of something else.
  const index = lines.findLastIndex(({ shown }) => shown !== '');
  const last = lines[index];
  if (
    last === undefined ||
    lines.some(({ kind }) => kind === 'log') ||
    isWordsOfCaller(lines, index)
  )
    return null;
  const found = matchCause(
    { where: 'shell', text: last.text, shown: last.shown },
    { lines, program },
  );
  return code === 1 && found?.cause === 'wrong-program' ? null : found;
}

function fromDump(tail: readonly string[], facts: Facts, asked: boolean): Diagnosis | null {
  const dump = findGoDump(tail, facts.lines);
  if (dump === null) return null;
  if (dump.whole) {
    const found = matchCause({ where: 'dump', ...dump.line }, facts);
    return found?.cause === 'signal-from-elsewhere' && asked ? null : found;
  }
  const summary = `${facts.program} crashed; the beginning of its dump is not in the log`;
  return diagnosisOf('go-crash', { summary, evidence: dump.line.shown, confidence: 'likely' });
}

/**
 * The free-disk monitor stops the node as a signal does, and only its ERROR record tells them apart. The stop may end in a crash: gwemix
 * w0.10.9 panics in a third of those that come with its start, "cannot subscribe to new block head" (wemix/sync.go).
 */
function lowDisk({ code, signal }: Ending, facts: Facts): Diagnosis | null {
  const isMonitor = ({ level, text }: LogLine) =>
    level === 'error' && text.startsWith(lowDiskMessage);
  const line = facts.lines.findLast(isMonitor);
  const isOfStop = signal !== null || code === 0 || code === 2 || code === 137;
  if (line === undefined || !isOfStop) return null;
  const confidence = code === 0 ? 'certain' : 'likely';
  return diagnosisOf('low-disk', {
    summary: lowDiskSummary(facts),
    evidence: line.shown,
    confidence,
  });
}

/** A member whose chain has ended stands still and waits; whatever ends it then, starting it again makes no block. */
function chainEnd(
  signal: string | null,
  { code }: Ending,
  { lines, program }: Facts,
): Diagnosis | null {
  const isQuiet = signal === null ? code === 0 : sentBySomebody.includes(signal);
  const line = lines.findLast(({ level, text }) => level === 'warn' && chainEndMessage.test(text));
  const fork = chainEndMessage.exec(line?.text ?? '')?.groups?.['fork'];
  if (!isQuiet || line === undefined || fork === undefined) return null;
  const summary = `the chain of ${program} ended at the ${fork} hard fork, for which this release has no blocks`;
  return diagnosisOf('chain-ended', { summary, evidence: line.shown });
}

function bySignal(
  signal: string | null,
  { code, lackOfMemory = null }: Ending,
  facts: Facts,
  asked: boolean,
): Diagnosis | null {
  const { program, lines } = facts;
  if (ofACrash.includes(signal ?? '')) {
    return diagnosisOf('go-crash', {
      summary: `${program} crashed`,
      confidence: 'likely',
    });
  }
  if (asked) return null;
  if (signal === 'SIGKILL' && lackOfMemory !== null) {
    const summary = `the kernel killed ${program}, as the machine, the container or a limit has no more memory`;
    return diagnosisOf('out-of-memory', { summary, evidence: plainText(lackOfMemory) });
  }
  if (signal === 'SIGKILL') {
    const summary = `${program} was killed; the kernel's out-of-memory killer is the usual reason`;
    return diagnosisOf('killed', { summary, confidence: 'likely' });
  }
  const line = lines.findLast(
    ({ level, text }) => level === 'info' && text === 'Got interrupt, shutting down...',
  );
  if (code === 0 && line !== undefined) {
    const summary = `somebody sent ${program} SIGTERM or SIGINT; it stopped cleanly`;
    return diagnosisOf('signal-from-elsewhere', { summary, evidence: line.shown });
  }
  if (!sentBySomebody.includes(signal ?? '')) return null;
  return diagnosisOf('signal-from-elsewhere', {
    summary: `somebody sent ${program} ${signal}`,
    confidence: code === null ? 'certain' : 'likely',
  });
}
