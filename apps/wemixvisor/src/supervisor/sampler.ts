import type { HealthSnapshot } from '@wemixvisor/health';
import { createUsageMeter } from '@wemixvisor/process';
import {
  createSampleSeries,
  sampleArchives,
  sampleOf,
  type SampleSeries,
} from '../report/sample-series.ts';
import { writeSamples } from '../state/samples-file.ts';
import type { AdoptedNode } from './adopt-node.ts';
import type { SamplerPorts } from './ports.ts';
import { createSamplesKeeper } from './samples-keeper.ts';

/** Keeps the history of the node while it is up. */
export interface Sampler {
  readonly series: SampleSeries;
  /** What the node's process used when it was last measured; null where there is none. */
  readonly usage: ReturnType<SamplerPorts['meter']>;
  /** Takes no more samples; resolves when the history is on disk, or cannot be. */
  close(): Promise<void>;
}

const { stepMs } = sampleArchives['15m'];
/** Samples between two writes: five minutes, which is what a kill -9 may cost. */
const samplesPerWrite = 60;
/** On macOS, ps(1) is run for it. */
const usageEveryMs = { linux: 0, darwin: 30_000 };

/**
 * Starts to sample: what the last health check knows, and what the node uses, every 5 seconds while there is a process. The node
 * is asked nothing for it. What an earlier supervisor left is gone on with.
 */
export function startSampler(
  node: AdoptedNode,
  health: () => HealthSnapshot | null,
  { clock = systemClock, write = writeSamples, ...ports }: Partial<SamplerPorts> = {},
): Sampler {
  const { options, supervision, events, lost } = node;
  const series = createSampleSeries();
  const keeper = createSamplesKeeper({
    series,
    file: options.paths.samples,
    lost,
    notice: (text) => events.publish({ type: 'notice', text }),
    write,
  });
  const measure = usageOf(node, ports.meter);
  let usage: Sampler['usage'] = null;
  let unwritten = 0;
  let isOpen = true;
  let cancel: (() => void) | null = null;

  function sample(): void {
    const now = clock.now();
    usage = measure(now);
    series.record(now, sampleOf(freshHealth(node, health(), now), usage));
    unwritten = (unwritten + 1) % samplesPerWrite;
    if (unwritten === 0) keeper.save();
    cancel = clock.setTimer(sample, untilNextStep(now));
  }

  function follow(): void {
    const isUp = supervision.snapshot.pid !== null;
    if (!isOpen || isUp === (cancel !== null)) return;
    cancel?.();
    const now = clock.now();
    // The first measurement of CPU is of the whole life of the process, and no sample.
    usage = isUp ? measure(now) : null;
    cancel = isUp ? clock.setTimer(sample, untilNextStep(now)) : null;
  }

  events.subscribe((event) => {
    if (event.type === 'lifecycle') follow();
  });
  follow();
  return {
    series,
    get usage() {
      return usage;
    },
    close() {
      isOpen = false;
      cancel?.();
      if (unwritten > 0) keeper.save();
      return keeper.settled();
    },
  };
}

/** Measures what the node's process uses; null where there is none. */
function usageOf(
  { options: { platform }, supervision }: AdoptedNode,
  meter: SamplerPorts['meter'] = createUsageMeter(),
) {
  let usage: ReturnType<SamplerPorts['meter']> = null;
  let measuredAt = -Infinity;
  return (now: number) => {
    const { pid, startedAt } = supervision.snapshot;
    if (pid === null) return null;
    if (Math.abs(now - measuredAt) < usageEveryMs[platform]) return usage;
    measuredAt = now;
    usage = meter(pid, startedAt ?? now, now);
    return usage;
  };
}

/** The health, unless its check is older than the next one should be: from the beginning of a stop the node is not checked. */
export function freshHealth(
  { settings }: Pick<AdoptedNode, 'settings'>,
  health: HealthSnapshot | null,
  now: number,
): HealthSnapshot | null {
  const { healthCheckInterval: interval, healthCheckTimeout: timeout } = settings.current;
  const age = health === null ? Infinity : now - Date.parse(health.timestamp);
  return age > interval + timeout + stepMs ? null : health;
}

/** The middle of the next step that is at least half a step away: a timer that drifts leaves no step out and counts none twice. */
function untilNextStep(now: number): number {
  return (Math.floor(now / stepMs) + 1.5) * stepMs - now;
}

/** Nobody waits for the next sample. */
const systemClock: SamplerPorts['clock'] = {
  now: () => Date.now(),
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, delayMs).unref();
    return () => clearTimeout(timer);
  },
};
