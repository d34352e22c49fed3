import { statSync } from 'node:fs';
import { sanitizeTerminal } from '@wemixvisor/logs';
import { createTally, renderMetrics } from '@wemixvisor/metrics';
import { fileDescriptors } from '@wemixvisor/process';
import { isReady, type Metrics } from '../control/routes.ts';
import { forkDate } from '../report/forks-report.ts';
import { version } from '../version.ts';
import type { AdoptedNode } from './adopt-node.ts';
import type { WiredAlerts } from './alert-wiring.ts';
import { createDataMeter } from './data-meter.ts';
import type { SupervisorEvent } from './events.ts';
import type { ForkWatch } from './fork-watch.ts';
import type { NodeMonitor } from './node-monitor.ts';
import { freshHealth, type Sampler } from './sampler.ts';

/** What metrics are read from, beside the node. */
interface MeasuredParts {
  readonly nodeMonitor: NodeMonitor;
  readonly alerts: Pick<WiredAlerts, 'report'>;
  readonly sampler: Pick<Sampler, 'usage'>;
  readonly forks: Pick<ForkWatch, 'missing'>;
}

type Figures = Parameters<typeof renderMetrics>[1];

type Counted = Parameters<ReturnType<typeof createTally>['count']>[0]['type'];

const counted: Readonly<Record<Counted, true>> = {
  lifecycle: true,
  checked: true,
  'health-restart': true,
  log: true,
  repaired: true,
  upgrade: true,
  alert: true,
  'alert-delivery': true,
};

const isCounted = (
  event: SupervisorEvent,
): event is Extract<SupervisorEvent, { readonly type: Counted }> =>
  Object.hasOwn(counted, event.type);

/** The name that a node gives to itself may be anything. */
const longestName = 100;

/** Counts from now on; the result answers a scrape. The node is asked nothing for it. */
export function measureNode(node: AdoptedNode, parts: MeasuredParts): Metrics {
  const { options, events } = node;
  const { nodeLog } = options.paths;
  const tally = createTally({ logSize: sizeOf(nodeLog) ?? 0 });
  const meter = createDataMeter();
  events.subscribe((event) => {
    if (isCounted(event)) tally.count(event);
  });
  return () =>
    renderMetrics(tally, {
      ...nodeFigures(node, parts, meter),
      supervisor: ownFigures(),
      logSize: sizeOf(nodeLog),
    });
}

function nodeFigures(
  { settings, supervision }: AdoptedNode,
  { nodeMonitor, alerts, sampler, forks }: MeasuredParts,
  meter: ReturnType<typeof createDataMeter>,
): Omit<Figures, 'supervisor' | 'logSize'> {
  const lifecycle = supervision.snapshot;
  const { pid, state } = lifecycle;
  const health = freshHealth({ settings }, nodeMonitor.health, Date.now());
  const { troubles, channels } = alerts.report();
  const facts = nodeMonitor.description()?.facts;
  const client = health?.clientVersion ?? null;
  return {
    lifecycle,
    isReady: isReady({ state, health: nodeMonitor.health }),
    network: health?.network ?? null,
    client: client === null ? null : sanitizeTerminal(client).slice(0, longestName),
    health,
    missingForkAt: forks.missing ? forkDate(forks.missing) : null,
    peerLimit: facts?.maximumPeers ?? null,
    usage: sampler.usage,
    fileDescriptors: pid === null ? null : (fileDescriptors(pid) ?? null),
    disk: meter(facts?.dataDirectory ?? null),
    alerts: { conditions: troubles, channels },
  };
}

function ownFigures(): Figures['supervisor'] {
  const { user, system } = process.cpuUsage();
  return {
    version,
    runtime: process.version,
    startedAt: performance.timeOrigin,
    cpuMs: (user + system) / 1000,
    memoryBytes: process.memoryUsage.rss(),
  };
}

function sizeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.size ?? null;
}
