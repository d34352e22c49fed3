import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lastLines } from '@wemixvisor/logs';
import { redactText } from '@wemixvisor/passthrough';
import { dumpRead } from '../state/classify-end.ts';
import { writeJsonFile } from '../state/write-json-file.ts';
import type { HomePaths } from '../state/home-paths.ts';
import type { StatusReport } from '../report/status-report.ts';

/** What is kept of an abnormal exit, or of a node that is about to be restarted for its health. */
export interface CrashReport {
  readonly schema: 1;
  readonly at: string;
  readonly cause: 'exit' | 'health';
  /** Why, in words. */
  readonly reason: string | null;
  /** The status at that moment; secrets are redacted. */
  readonly status: StatusReport;
  /** The last lines of the node's log, oldest first; secrets are redacted. */
  readonly last_lines: readonly string[];
  /** The first lines from the one on that tells the cause, where that is further up, as in the dump of a Go program; else empty. */
  readonly dump_lines: readonly string[];
}

/** Lines of the log in a report. */
const linesKept = 50;
/** Reports in a home; the oldest go first. */
const reportsKept = 50;

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

/** Writes a report to `crashes/<UTC time>.json`, readable by its owner only, and returns the file. */
export function writeCrashReport(paths: HomePaths, report: CrashReport): string {
  const file = join(paths.crashes, `${report.at.replaceAll(':', '-')}.json`);
  writeJsonFile(file, report, 2);
  const all = readdirSync(paths.crashes).filter((name) => name.endsWith('.json'));
  for (const old of all.toSorted().slice(0, -reportsKept)) rmSync(join(paths.crashes, old));
  return file;
}
