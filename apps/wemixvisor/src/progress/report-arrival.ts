import { sanitizeTerminal } from '@wemixvisor/logs';
import { awaitNode, type AwaitNodeOptions } from '../control/await-node.ts';
import type { HomePaths } from '../state/home-paths.ts';
import type { StatusReport } from '../report/status-report.ts';
import type { AppContext } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { ActionOutcome } from '../report/action-report.ts';
import { exitWords, tellingLine } from '../report/exit-words.ts';
import { untilCtrlC } from './until-ctrl-c.ts';
import { showProgress, type ProgressContext } from './show-progress.ts';
import { renderNext, renderSpan } from '../render/status-table.ts';

/** What came of it, and the exit code of the command. */
export interface ReportedArrival {
  readonly outcome: ActionOutcome;
  readonly status?: StatusReport;
  readonly code: ExitCode;
}

/** What is waited for, what is said of it where Ctrl-C ends the waiting, and who says that the node is ready. */
interface AwaitedArrival extends Omit<AwaitNodeOptions, 'onStatus' | 'signal'> {
  readonly paths: HomePaths;
  readonly goesOn: string;
  readonly say: (line: string) => void;
}

/** Waits for readiness and reports the result to the operator: on failure with the last lines of the node's log. */
export async function reportArrival(
  context: ProgressContext & Pick<AppContext, 'onSignal'>,
  { paths, goesOn, say, ...options }: AwaitedArrival,
): Promise<ReportedArrival> {
  const { stderr } = context;
  const progress = showProgress(context, paths);
  const onStatus = (status: StatusReport) => progress.update(status);
  const arrival = await untilCtrlC(context, goesOn, (signal) =>
    awaitNode({ ...options, onStatus, signal }),
  ).finally(() => progress.end());
  if (arrival.outcome === 'lost') {
    stderr.write('wemixvisor: the supervisor has gone; see wemixvisor status\n');
    return { outcome: 'supervisor_gone', code: exitCodes.failed };
  }
  const { status, outcome } = arrival;
  if (outcome === 'ready') {
    say(`the node is running (pid ${status.pid ?? 0})${answering(status)}`);
    return { outcome: 'running', status, code: exitCodes.ok };
  }
  if (outcome === 'timed-out') {
    const waited = renderSpan(options.timeoutMs);
    stderr.write(`wemixvisor: the node is still ${status.state} after ${waited}; it goes on\n`);
    stderr.write('see wemixvisor status and wemixvisor logs -f\n');
    return { outcome: 'timed_out', status, code: exitCodes.timedOut };
  }
  stderr.write(`wemixvisor: ${failure(status)}\n`);
  const known = status.last_exit?.diagnosis ?? null;
  if (known === null) await quoteLastLines(stderr, paths);
  else {
    const line = sanitizeTerminal(tellingLine(status.last_exit) ?? '');
    stderr.write(`${line === '' ? '' : `  ${line}\n`}what to do: ${known.remedy}\n`);
  }
  return { outcome: 'failed', status, code: exitCodes.failed };
}

function answering({ endpoint }: StatusReport): string {
  return endpoint === null ? '' : ` and answers on ${endpoint}`;
}

function failure({ last_exit: exit, next_action: next, reason, state }: StatusReport): string {
  const why = reason ?? (exit === null ? state : `it ended ${exitWords(exit)}`);
  const then = next === null ? '' : `; ${renderNext(next, Date.now())}`;
  return `the node is down: ${why}${then}`;
}

const quotedLines = 10;

async function quoteLastLines(stderr: AppContext['stderr'], paths: HomePaths): Promise<void> {
  const { lastLines } = await import('@wemixvisor/logs');
  const lines = await lastLines(paths.logs, 'node', quotedLines);
  if (lines.length === 0) return;
  stderr.write('the last lines of its log:\n');
  for (const line of lines) stderr.write(`  ${sanitizeTerminal(line)}\n`);
}
