import { sanitizeTerminal } from '@wemixvisor/logs';
import { labelledLines } from './labelled-lines.ts';
import { exitWords } from '../report/exit-words.ts';
import type { CrashReport, KeptCrash } from '../report/crash-report.ts';
import { renderSpan } from './status-table.ts';

/** The cause of an end; null where it is not known, and for a restart for health, which no end came before. */
export function diagnosisOf({ cause, status: { last_exit: exit } }: CrashReport) {
  return cause === 'exit' ? (exit?.diagnosis ?? null) : null;
}

/** What happened, in a few words: the cause where it is known. */
export function crashSummary(report: CrashReport): string {
  const { cause, reason, status } = report;
  if (cause === 'health') return `restarted for its health: ${reason ?? 'unknown'}`;
  const { last_exit: exit } = status;
  const ended = exit === null ? 'it ended' : `it ended ${exitWords(exit)}`;
  return diagnosisOf(report)?.summary ?? ended;
}

/** A line for each report. `now` is milliseconds since the epoch. */
export function renderCrashes(kept: readonly KeptCrash[], now: number): string {
  const rows = kept.map(({ id, report }) => {
    const ago = `${renderSpan(Math.max(0, now - Date.parse(report.at)))} ago`;
    return [id, ago, sanitizeTerminal(crashSummary(report))] as const;
  });
  const width = Math.max(0, ...rows.map(([, ago]) => ago.length));
  return rows.map(([id, ago, summary]) => `${id}  ${ago.padStart(width)}  ${summary}\n`).join('');
}

/** One report: what happened, what to do, and what the node said. */
export function renderCrash({ id, report }: KeptCrash, now: number): string {
  const { status, last_lines: last, dump_lines: dump } = report;
  const { last_exit: exit, version, binary, args } = status;
  const diagnosis = diagnosisOf(report);
  const ago = renderSpan(Math.max(0, now - Date.parse(report.at)));
  const lines = labelledLines([
    ['When', `${report.at} (${ago} ago)`],
    ['What', crashSummary(report)],
    ['Ended', report.cause === 'exit' && exit !== null ? exitWords(exit) : null],
    ['Cause', diagnosis === null ? null : `${diagnosis.cause} (${diagnosis.confidence})`],
    ['Evidence', diagnosis?.evidence ?? null],
    ['To do', diagnosis?.remedy ?? null],
    ['Node', version ?? binary],
    ['Options', args.join(' ')],
  ]);
  return [
    `Crash report ${id}`,
    ...lines,
    ...(dump.length === 0 ? [] : ['', 'The beginning of its dump:', ...dump.map(indented)]),
    '',
    last.length === 0 ? 'It wrote nothing.' : 'The last lines of its log:',
    ...last.map(indented),
  ]
    .map((line) => `${sanitizeTerminal(line)}\n`)
    .join('');
}

const indented = (line: string) => `  ${line}`;
