import { createUsageMeter } from '@wemixvisor/process';
import { statusReport, type StatusFacts, type StatusReport } from '../report/status-report.ts';
import type { Metrics } from '../control/routes.ts';
import { isReplaced } from '../state/file-stamp.ts';
import type { AdoptedNode } from './adopt-node.ts';
import { wireAlerts, type WiredAlerts } from './alert-wiring.ts';
import { startExitRecorder } from './exit-recorder.ts';
import { startForkWatch, type ForkWatch } from './fork-watch.ts';
import { startHealthLoop } from './health-loop.ts';
import { measureNode } from './metrics.ts';
import { createMemberStop, type MemberStop } from './member-stop.ts';
import { createNodeMonitor, type NodeMonitor } from './node-monitor.ts';
import { watchRepairs } from './start-repairs.ts';
import type { SupervisorPorts } from './ports.ts';
import { createUpgradeDriver } from './upgrade-driver.ts';
import { createUpgradeOrders, type UpgradeOrders } from './upgrade-orders.ts';
import { startSampler, type Sampler } from './sampler.ts';

/** Third stage: everything that watches the node is connected to its events. */
export interface ConnectedParts extends Omit<AdoptedNode, 'close'> {
  readonly nodeMonitor: NodeMonitor;
  readonly alerts: WiredAlerts;
  readonly samples: Sampler['series'];
  readonly status: () => StatusReport;
  readonly metrics: Metrics;
  readonly upgrades: UpgradeOrders;
  readonly memberStop: MemberStop;
  /** Stops watching; resolves when reports and alerts of what happened are out, or had their time. */
  close(): Promise<void>;
}

/** Connects health checks, crash reports and alerts to the node. Then the events begin to flow. */
export function connectParts(
  node: AdoptedNode,
  ports: Partial<SupervisorPorts> = {},
): ConnectedParts {
  const { events, notices } = node;
  const forks = startForkWatch(node, ports.forks);
  const nodeMonitor = createNodeMonitor(node, ports.health, () => forks.leftBehind());
  const status = statusView(node, { nodeMonitor, forks, repair: watchRepairs(node) });
  const exits = startExitRecorder(node, status);
  const beforeRestart = (reason: string) => exits.noteUnhealthy(reason);
  const loop = startHealthLoop(node, { nodeMonitor, beforeRestart }, ports.health);
  const alerts = wireAlerts(node, {
    health: () => nodeMonitor.health,
    status,
    missingFork: () => forks.missing,
  });
  const sampler = startSampler(node, () => nodeMonitor.health, ports.sampler);
  const memberStop = createMemberStop(node, nodeMonitor);
  const driver = createUpgradeDriver(node, { nodeMonitor, memberStop });
  const upgrades = createUpgradeOrders(node, driver, nodeMonitor);
  const metrics = measureNode(node, { nodeMonitor, alerts, sampler, forks });
  for (const text of notices) events.publish({ type: 'notice', text });
  events.open();
  // What an earlier supervisor had begun goes on.
  void driver.consider();
  return {
    ...node,
    nodeMonitor,
    alerts,
    samples: sampler.series,
    status,
    metrics,
    upgrades,
    memberStop,
    async close() {
      driver.dispose();
      loop.dispose();
      forks.close();
      await Promise.allSettled([alerts.finish(), exits.settled(), sampler.close()]);
    },
  };
}

/** The status report of this moment. */
function statusView(
  { options, supervision, describer, state }: AdoptedNode,
  {
    nodeMonitor,
    forks,
    repair,
  }: {
    readonly nodeMonitor: NodeMonitor;
    readonly forks: ForkWatch;
    readonly repair: () => StatusFacts['repair'];
  },
): () => StatusReport {
  const { paths, pid: supervisorPid } = options;
  const meter = createUsageMeter();
  return () => {
    const now = Date.now();
    const lifecycle = supervision.snapshot;
    const { pid, startedAt, command } = lifecycle;
    return statusReport({
      lifecycle,
      usage: pid === null ? null : meter(pid, startedAt ?? now, now),
      supervisorPid,
      health: nodeMonitor.health,
      repair: repair(),
      missingFork: forks.missing ?? null,
      binaryReplaced: isReplaced(command?.file, state.startedProgram),
      launch: describer.of(command)?.shown ?? null,
      home: paths.home,
      logFile: paths.nodeLog,
      now,
    });
  };
}
