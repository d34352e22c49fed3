import {
  createDistribution,
  createLabelledCount,
  type Distribution,
  type LabelledCount,
  type Sample,
} from './counts.ts';
import type { CountedEvent } from './counted-event.ts';
import { countLifecycle, createLifecycleCounters } from './count-lifecycle.ts';

/** What was counted so far. */
export interface Counts {
  readonly starts: number;
  readonly failedStarts: number;
  readonly restarts: readonly Sample[];
  readonly refusedRestarts: readonly Sample[];
  readonly exits: readonly Sample[];
  readonly stopSeconds: Distribution;
  readonly uncleanShutdowns: number;
  readonly rewoundBlocks: number;
  readonly checks: readonly Sample[];
  readonly rpcSeconds: Distribution;
  readonly logBytes: number | null;
  readonly rotations: readonly Sample[];
  readonly pauseSeconds: Distribution;
  readonly isLogFull: boolean;
  readonly logFullSeconds: number;
  readonly cutBytes: number;
  readonly upgrades: readonly Sample[];
  readonly alerts: readonly Sample[];
  readonly deliveries: readonly Sample[];
}

/** Counts what happens, in a few plain objects: it is there from the start on, whether or not anybody asks for metrics. */
export interface Tally {
  count(event: CountedEvent): void;
  /** What was counted; `logSize` is the size of the live log in bytes, null where it cannot be read. */
  counts(logSize: number | null): Counts;
}

/** What a tally begins with. */
export interface TallyOptions {
  /** Bytes that are in the live log already. @default 0 */
  readonly logSize?: number;
  /** Milliseconds of a clock that never jumps. @default performance.now */
  readonly now?: () => number;
}

/** The steps in which an upgrade is over. */
const upgradeOutcomes: readonly string[] = ['kept', 'gone-back', 'held', 'cancelled', 'failed'];

const seconds = (milliseconds: number) => milliseconds / 1000;

/**
 * Makes a tally. Its counters begin at 0 with the supervisor: Prometheus takes that for a reset and goes on.
 *
 * @example
 * const tally = createTally();
 * tally.count({ type: 'health-restart', outcome: 'off' });
 */
export function createTally({
  logSize: firstLogSize = 0,
  now = () => performance.now(),
}: TallyOptions = {}): Tally {
  const counters = createLifecycleCounters();
  const checks = createLabelledCount([{ result: 'answered' }, { result: 'failed' }]);
  const rpcSeconds = createDistribution([0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]);
  const upgrades = createLabelledCount(upgradeOutcomes.map((outcome) => ({ outcome })));
  const alerts = createLabelledCount();
  const deliveries = createLabelledCount();
  const repaired = { uncleanShutdowns: 0, rewoundBlocks: 0 };
  const log = createLogTally(firstLogSize, now);

  return {
    count(event) {
      switch (event.type) {
        case 'lifecycle':
          countLifecycle(counters, event.change);
          break;
        case 'checked': {
          const { latency_ms: latency } = event.health.checks.rpc_endpoint;
          checks.add({ result: latency === null ? 'failed' : 'answered' });
          if (latency !== null) rpcSeconds.add(seconds(latency));
          break;
        }
        case 'health-restart':
          if (event.outcome !== 'accepted') {
            counters.refusedRestarts.add({ trigger: 'health', why: event.outcome });
          }
          break;
        case 'log':
          log.count(event.event);
          break;
        case 'repaired':
          repaired.uncleanShutdowns += 1;
          repaired.rewoundBlocks += event.repair.rewound_blocks;
          break;
        case 'upgrade':
        case 'alert':
        case 'alert-delivery':
          countNotice({ upgrades, alerts, deliveries }, event);
      }
    },
    counts: (logSize) => ({
      starts: counters.starts,
      failedStarts: counters.failedStarts,
      restarts: counters.restarts.samples(),
      refusedRestarts: counters.refusedRestarts.samples(),
      exits: counters.exits.samples(),
      stopSeconds: counters.stopSeconds.get(),
      ...repaired,
      checks: checks.samples(),
      rpcSeconds: rpcSeconds.get(),
      ...log.counts(logSize),
      upgrades: upgrades.samples(),
      alerts: alerts.samples(),
      deliveries: deliveries.samples(),
    }),
  };
}

/** Counts what is told to an operator. */
function countNotice(
  counts: Readonly<Record<'upgrades' | 'alerts' | 'deliveries', LabelledCount>>,
  event: Extract<CountedEvent, { type: 'upgrade' | 'alert' | 'alert-delivery' }>,
): void {
  switch (event.type) {
    case 'upgrade':
      if (upgradeOutcomes.includes(event.plan.step))
        counts.upgrades.add({ outcome: event.plan.step });
      break;
    case 'alert':
      counts.alerts.add({ event: event.alert, status: event.status });
      break;
    case 'alert-delivery':
      counts.deliveries.add({ channel: event.channel, outcome: event.outcome });
  }
}

type LogEvent = Extract<CountedEvent, { type: 'log' }>['event'];
type LogCounts = Pick<
  Counts,
  'logBytes' | 'rotations' | 'pauseSeconds' | 'isLogFull' | 'logFullSeconds' | 'cutBytes'
>;

function createLogTally(firstSize: number, now: () => number) {
  const rotations = createLabelledCount([{ result: 'done' }, { result: 'failed' }]);
  const pauseSeconds = createDistribution([0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1]);
  let fullSince: number | null = null;
  let fullMs = 0;
  let cutBytes = 0;
  let movedBytes = 0;
  let bytes = 0;

  function rotated(report: Extract<LogEvent, { type: 'rotation' }>['report']): void {
    if (report.rotated) {
      movedBytes += report.bytes;
      pauseSeconds.add(seconds(report.pauseMs));
    }
    if (report.rotated || report.reason !== 'empty') {
      rotations.add({ result: report.rotated ? 'done' : 'failed' });
    }
  }

  const fullMsNow = () => fullMs + (fullSince === null ? 0 : now() - fullSince);
  return {
    count(event: LogEvent): void {
      if (event.type === 'rotation') rotated(event.report);
      else if (event.type === 'truncated-by-other') cutBytes += event.lostBytes;
      else if (event.type === 'disk-full') fullSince ??= now();
      else if (event.type === 'disk-recovered') {
        fullMs = fullMsNow();
        fullSince = null;
      }
    },
    counts(size: number | null): LogCounts {
      // While a rotation is under way bytes are in neither figure: a counter that goes back would be taken for a reset.
      if (size !== null) bytes = Math.max(bytes, movedBytes + cutBytes + size - firstSize);
      return {
        logBytes: size === null ? null : bytes,
        rotations: rotations.samples(),
        pauseSeconds: pauseSeconds.get(),
        isLogFull: fullSince !== null,
        logFullSeconds: seconds(fullMsNow()),
        cutBytes,
      };
    },
  };
}
