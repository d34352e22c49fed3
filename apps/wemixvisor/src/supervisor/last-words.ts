import { lastLines } from '@wemixvisor/logs';
import { redactText } from '@wemixvisor/passthrough';
import { dumpRead } from '../state/classify-end.ts';
import type { CrashReport } from '../report/crash-report.ts';
import type { HomePaths } from '../state/home-paths.ts';

/** Lines of the log in a report. */
const linesKept = 50;

/** Lines of the beginning of a dump that are kept: the goroutine that died comes first. */
const dumpKept = 200;

/** What the node wrote last, behind a mark of its log where one is known; secrets redacted. */
export async function lastWords(
  { logs }: HomePaths,
  { after, evidence }: { readonly after: string | null; readonly evidence: string | undefined },
): Promise<Pick<CrashReport, 'last_lines' | 'dump_lines'>> {
  const isKnown = evidence !== undefined && evidence !== '';
  const read = await lastLines(logs, 'node', isKnown ? dumpRead : linesKept, after);
  const lines = read.map(redactText);
  const head = isKnown ? lines.findLastIndex((line) => line.startsWith(evidence)) : -1;
  const isCut = head >= 0 && head < lines.length - linesKept;
  return {
    last_lines: lines.slice(-linesKept),
    dump_lines: isCut ? lines.slice(head, head + dumpKept) : [],
  };
}
