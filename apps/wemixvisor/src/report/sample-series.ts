import type { HealthSnapshot } from '@wemixvisor/health';
import {
  changeRate,
  createTimeSeries,
  timeToFloor,
  type TimeSeries,
} from '@wemixvisor/time-series';
import type { StatusFacts } from './status-report.ts';
import type { SamplesReport, SampleValues, SampleWindow } from './samples-report.ts';

/** The history of a node. */
export type SampleSeries = TimeSeries<keyof SampleValues>;

const slots = 180;

/** The archive of each window: 180 slots of 5 seconds, 2 minutes and 8 minutes. */
export const sampleArchives = {
  '15m': { stepMs: 5_000, slots },
  '6h': { stepMs: 120_000, slots },
  '24h': { stepMs: 480_000, slots },
} as const satisfies Readonly<Record<SampleWindow, object>>;

/** Makes an empty history. In a longer step a peak of memory or of the answering time stays visible. */
export function createSampleSeries(): SampleSeries {
  return createTimeSeries({
    columns: {
      head: 'last',
      peers: 'mean',
      sync_percent: 'last',
      cpu_percent: 'mean',
      memory_bytes: 'max',
      disk_free_bytes: 'last',
      rpc_ms: 'max',
    },
    archives: Object.values(sampleArchives),
  });
}

/** One sample: what the last health check knows, and what the node uses now. A check without an answer knows of the disk alone. */
export function sampleOf(
  health: HealthSnapshot | null,
  usage: StatusFacts['usage'],
): Readonly<Record<keyof SampleValues, number | null>> {
  const { head = null, sync = null, checks } = health ?? {};
  const answeredMs = checks?.rpc_endpoint.latency_ms ?? null;
  const known = answeredMs === null ? undefined : checks;
  return {
    head: known === undefined || head === null ? null : head.number,
    peers: known?.peer_count.peers ?? null,
    sync_percent: syncPercentOf(known?.sync_status.syncing ?? null, sync),
    cpu_percent: usage?.cpuPercent ?? null,
    memory_bytes: usage?.memoryBytes ?? null,
    disk_free_bytes: checks?.disk_space?.free_bytes ?? null,
    rpc_ms: answeredMs,
  };
}

function syncPercentOf(isSyncing: boolean | null, sync: HealthSnapshot['sync']): number | null {
  if (isSyncing === null) return null;
  return isSyncing ? (sync?.percent ?? null) : 100;
}

/**
 * What is known of a window up to now. `heldMs` is the time between two health checks: until the next one, a sample repeats the
 * head of the last.
 */
export function samplesReport(
  series: SampleSeries,
  window: SampleWindow,
  { now, heldMs }: { readonly now: number; readonly heldMs: number },
): SamplesReport {
  const { stepMs, slots } = sampleArchives[window];
  const { times, values } = series.window(stepMs, now);
  const newest = times.at(-1);
  const blocks = changeRate({ times, values: values.head }, heldMs);
  return {
    schema: 1,
    window_seconds: (stepMs * slots) / 1_000,
    step_seconds: stepMs / 1_000,
    newest_at: newest === undefined ? null : new Date(newest).toISOString(),
    values: {
      ...values,
      peers: values.peers.map(toTenth),
      cpu_percent: values.cpu_percent.map(toTenth),
    },
    // A head that went back, as after an unclean end, is no rate of the chain.
    blocks_per_minute: blocks === null || blocks < 0 ? null : toTenth(blocks * 60),
    disk_full_in_seconds: diskFullInSeconds(series, now),
  };
}

/** Seconds until the disk has no free byte left, as the soonest clear trend of all windows has it; null where there is none. */
export function diskFullInSeconds(series: SampleSeries, now: number): number | null {
  const forecasts = Object.values(sampleArchives).flatMap(({ stepMs }) => {
    const { times, values } = series.window(stepMs, now);
    return timeToFloor({ times, values: values.disk_free_bytes }, { floor: 0 }) ?? [];
  });
  return forecasts.length === 0 ? null : Math.round(Math.min(...forecasts) / 1_000);
}

function toTenth(value: number): number;
function toTenth(value: number | null): number | null;
function toTenth(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10;
}
