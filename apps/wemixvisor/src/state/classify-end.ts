import { setTimeout as sleep } from 'node:timers/promises';
import { classifyExit, stopPhase } from '@wemixvisor/diagnosis';
import { lastLines } from '@wemixvisor/logs';
import { redactText } from '@wemixvisor/passthrough';
import type { NodeFacts } from '@wemixvisor/passthrough/geth';
import { checkLaunch } from '@wemixvisor/preflight';
import type { SuperviseOptions } from '@wemixvisor/process';
import type { OwnCause } from '../settings/own-causes.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { HomePaths } from './home-paths.ts';
import { noSources, readLastStart } from './launch-file.ts';

type Classify = NonNullable<SuperviseOptions['classifyExit']>;
type Findings = Awaited<ReturnType<Classify>>;
type Problem = Awaited<ReturnType<typeof checkLaunch>>[number];

/** Lines at the end of a run in which its cause is looked for. */
const linesRead = 300;

/** The same where they may be the dump of a Go program, which has some 1,300. */
export const dumpRead = 4_000;

/** Milliseconds for the look who holds what the node needs: the lifecycle waits 500 for all that can be said of an end. */
const longestLookMs = 200;

/** What preflight looks at for each cause that keeps a node from running. */
const checks: Readonly<Record<string, Problem['check']>> = {
  'low-disk': 'disk',
  'data-directory-locked': 'data directory',
  'port-taken': 'port',
};

/** What is known of a node besides its log. */
interface EndKnowledge {
  readonly facts: () => NodeFacts | null;
  readonly own: () => readonly OwnCause[];
  /** Looks for what keeps the node from running. @default by preflight */
  readonly look?: typeof obstacleOf | undefined;
}

/**
 * Looks into the end of the node of a home: the last line of this run that says something, and what the end means.
 * Who holds what the node needs is named where the machine tells. Secrets are redacted.
 */
export function endClassifier(
  paths: HomePaths,
  { facts, own, look = obstacleOf }: EndKnowledge,
): Classify {
  return async ({ code, signal, logMark, lackOfMemory }): Promise<Findings> => {
    const lines = code === 2 || signal !== null ? dumpRead : linesRead;
    const tail = await lastLines(paths.logs, 'node', lines, logMark);
    const last = tail.findLast((line) => line.trim() !== '');
    const lastLine = last === undefined ? null : redactText(last);
    const patterns = own().map((one) => ({ ...one, pattern: new RegExp(one.pattern, 'u') }));
    const found = classifyExit({ code, signal, tail, lackOfMemory, own: patterns });
    if (found === null) return { lastLine };
    // A look that fails or takes long names nobody; what the log tells stays true.
    const obstacle = await Promise.race([
      look(found.cause, facts()).catch(() => undefined),
      sleep(longestLookMs, undefined, { ref: false }),
    ]);
    const summary = redactText(obstacle?.message ?? found.summary);
    return {
      lastLine,
      diagnosis: { ...found, summary, evidence: redactText(found.evidence) },
    };
  };
}

/** The classifier of a home whose supervisor is gone: by the configuration as it is now, and without a look at who holds what. */
export function offlineEndClassifier(paths: HomePaths): Classify {
  return endClassifier(paths, { facts: () => null, own: () => ownCausesOf(paths) });
}

/** None where the configuration is wrong: that is no reason to tell nothing of the node. */
function ownCausesOf({ launch, config: standard }: HomePaths): readonly OwnCause[] {
  try {
    const uid = process.getuid?.() ?? -1;
    const { settings } = readSettings(readLastStart(launch) ?? noSources, { standard, uid });
    return settings.diagnosisCauses;
  } catch {
    return [];
  }
}

/** Looks into the log of a home what its node does that is to end. */
export function stopPhaseIn({ logs }: HomePaths): NonNullable<SuperviseOptions['stopPhase']> {
  return async (logMark) => stopPhase(await lastLines(logs, 'node', linesRead, logMark));
}

/** Whether what ended the node has cleared. A disk has room again only well above the limit at which the node stops. */
export async function isCleared(cause: string, facts: NodeFacts | null): Promise<boolean> {
  return (await obstacleOf(cause, facts)) === undefined;
}

async function obstacleOf(cause: string, facts: NodeFacts | null): Promise<Problem | undefined> {
  const wanted = checks[cause];
  if (wanted === undefined || facts === null) return undefined;
  const problems = await checkLaunch({ ...facts, files: [] });
  return problems.find(
    ({ check, severity }) => check === wanted && (severity === 'error' || check === 'disk'),
  );
}
