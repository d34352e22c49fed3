import type { NodeFacts } from '@wemixvisor/passthrough/geth';
import { checkSurroundings } from '@wemixvisor/preflight';
import type { AppContext } from '../context.ts';
import { openControlClient } from '../control/open-control-client.ts';
import type { Problem } from '../report/doctor-report.ts';
import type { StatusReport } from '../report/status-report.ts';
import { longestStop } from '../settings/longest-stop.ts';
import type { Settings } from '../settings/settings.ts';
import type { HomePaths } from '../state/home-paths.ts';
import { recentEvents } from '../state/read-events.ts';
import { stopDurations } from '../state/stop-durations.ts';
import { rootWithoutNeed } from './root-without-need.ts';

/** A node with its home, as far as its surroundings matter. */
export interface SurroundedNode {
  readonly paths: HomePaths;
  readonly settings: Settings;
  readonly facts: NodeFacts;
  /** Null where the home is new. */
  readonly status: StatusReport | null;
}

type Surroundings = Parameters<typeof checkSurroundings>[0];

/** What is known of the surroundings of a node. */
export interface ExaminedSurroundings {
  readonly problems: readonly Problem[];
  readonly stops: NonNullable<Surroundings['stops']>;
}

/** So many stops are a measure of the next one, and so many events of the journal hold them. */
const measuredStops = 20;
const readEventsAtMost = 2_000;

/** Checks the machine around a node for what would harm it while it runs. Nothing is changed. */
export async function examineSurroundings(
  context: Pick<AppContext, 'platform' | 'uid' | 'isContained'>,
  { paths, settings, facts, status }: SurroundedNode,
): Promise<ExaminedSurroundings> {
  const events = await recentEvents(paths, readEventsAtMost).catch(() => []);
  const stops = {
    atMostMs: longestStop(settings),
    observedMs: stopDurations(events).slice(-measuredStops),
  };
  const nodePid = status?.pid ?? null;
  const supervisorPid = status?.supervisor_pid ?? null;
  const problems = await checkSurroundings(
    {
      home: paths.home,
      runningPid: supervisorPid ?? nodePid,
      nodePid,
      stops,
      stopLimits: engineLimit(settings, context.isContained()),
      cacheBytes: facts.cacheBytes,
      headAheadMs: headAhead(status),
      diskFullInMs: supervisorPid === null ? null : await diskFullIn(paths),
    },
    { platform: context.platform },
  );
  const asRoot =
    context.uid === 0 && !settings.allowRoot && !context.isContained()
      ? [{ check: 'user', severity: 'warning', ...rootWithoutNeed } as const]
      : [];
  return { problems: [...asRoot, ...problems], stops };
}

/** The engine of a container, which nobody can ask from inside. The time of docker and podman counts until another one is told. */
function engineLimit(
  { stopEngineTimeout: told }: Settings,
  isContained: boolean,
): NonNullable<Surroundings['stopLimits']> {
  if (told > 0) {
    const remedy =
      'give it more, as by stop_grace_period or terminationGracePeriodSeconds, and tell it in stop.engine_timeout';
    return [{ who: 'the engine of the container', ms: told, remedy }];
  }
  if (!isContained) return [];
  const remedy =
    'tell what it was given, by --stop-timeout, stop_grace_period or terminationGracePeriodSeconds, in stop.engine_timeout';
  return [{ who: 'the engine of a container, unless told otherwise,', ms: 10_000, remedy }];
}

/** How far the newest block is ahead of the check that saw it. */
function headAhead(status: StatusReport | null): number | null {
  const { head = null, timestamp } = status?.health ?? {};
  return head === null || timestamp === undefined
    ? null
    : Date.parse(head.timestamp) - Date.parse(timestamp);
}

async function diskFullIn(paths: HomePaths): Promise<number | null> {
  try {
    const samples = await openControlClient(paths).samples({ window: '24h' });
    const { disk_full_in_seconds: seconds } = samples;
    return seconds === null ? null : seconds * 1_000;
  } catch {
    return null; // The supervisor has gone, or is of a version that has no samples.
  }
}
