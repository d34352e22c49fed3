import { messageOf } from '../app-error.ts';
import type { HomeReport } from '../report/homes-report.ts';
import { homePaths, type HomePaths } from '../state/home-paths.ts';
import { SupervisorUnreachable } from './client.ts';
import type { FoundHome } from './find-homes.ts';
import { inspectHome } from './inspect-home.ts';
import { openControlClient } from './open-control-client.ts';
import type { Inspection } from './offline-status.ts';

/** Who asks, and for how long. */
export interface Survey {
  readonly uid: number;
  readonly temporaryDirectory: string;
  /** Milliseconds in which a supervisor must answer. @default 3_000 */
  readonly timeLimitMs?: number;
}

/** Homes that are asked at a time: each costs a descriptor. */
const atOnce = 32;

/** Asks all homes for their status, several at a time. A supervisor that does not answer holds up nobody. */
export async function surveyHomes(
  homes: readonly FoundHome[],
  survey: Survey,
): Promise<readonly HomeReport[]> {
  const reports: HomeReport[] = [];
  const queue = homes.values();
  const work = async () => {
    for (const found of queue) reports.push(await reportOf(found, survey));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return reports;
}

async function reportOf(found: FoundHome, survey: Survey): Promise<HomeReport> {
  const { home } = found;
  try {
    const { status = null, problem } = await inspected(found, survey);
    return { home, status, problem };
  } catch (error) {
    return { home, status: null, problem: messageOf(error) };
  }
}

async function inspected(
  { home, owner }: FoundHome,
  { uid, temporaryDirectory, timeLimitMs = 3_000 }: Survey,
): Promise<Inspection> {
  const paths = homePaths(home, { temporaryDirectory, uid: owner });
  const isOwn = owner === uid;
  if (!isOwn && uid !== 0) return refusal(owner);
  const signal = AbortSignal.timeout(timeLimitMs);
  try {
    return isOwn ? await inspectHome(paths, Date.now(), { signal }) : await asked(paths, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    const seconds = timeLimitMs / 1000;
    return { status: undefined, problem: `no answer from its supervisor within ${seconds} s` };
  }
}

const refusal = (owner: number): Inspection => ({
  status: undefined,
  problem:
    owner === -1 ? 'not allowed to look at it' : `belongs to user ${owner}: run as that user`,
});

/** The files of others are not read: they decide what is in them, and a supervisor's answer is all that root needs. */
async function asked(paths: HomePaths, signal: AbortSignal): Promise<Inspection> {
  try {
    return { status: await openControlClient(paths, signal).status(), problem: null };
  } catch (error) {
    if (!(error instanceof SupervisorUnreachable)) throw error;
    return { status: undefined, problem: 'belongs to another user, and no supervisor runs' };
  }
}
