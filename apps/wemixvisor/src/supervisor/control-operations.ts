import type { createRequestGate } from '@wemixvisor/unix-http';
import type { Operations, ReloadReply } from '../control/operations.ts';
import { healthReport } from '../report/health-report.ts';
import { samplesReport } from '../report/sample-series.ts';
import { applySettings } from './apply-settings.ts';
import type { ConnectedParts } from './connect-parts.ts';
import type { OperatorCommand } from './events.ts';
import { pausableNode } from './pausable-node.ts';
import { overriddenInFile } from './plan-reload.ts';
import { rotateReply } from './rotate-reply.ts';
import type { NodeStarter, Reread } from './start-node.ts';
import type { TcpServers } from './tcp-server.ts';

/** The parts that the operations work on. */
export interface OperatedParts extends ConnectedParts {
  readonly gate: ReturnType<typeof createRequestGate>;
  readonly starter: NodeStarter;
  readonly tcp: TcpServers;
  readonly reread: Reread;
  /** Ends the supervisor soon. */
  readonly end: () => void;
}

/** The operations of a supervisor, as the control socket and the foreground commands call them. */
export function createControlOperations(parts: OperatedParts): Operations {
  const { supervision, nodeMonitor, store, alerts, events, gate, starter, status, end } = parts;
  const { samples, settings, upgrades, memberStop } = parts;

  /** Counts a command as a request under way, and publishes it. */
  function command<T>(
    name: OperatorCommand,
    work: () => Promise<T>,
    details: Readonly<Record<string, unknown>> = {},
  ): Promise<T> {
    return gate.pass(() => {
      events.publish({ type: 'command', command: name, details });
      return work();
    });
  }

  return {
    status,
    health: async (request) => {
      const snapshot = await nodeMonitor.check(request);
      return snapshot === null ? null : healthReport(snapshot);
    },
    samples: ({ window }) => {
      const heldMs = settings.current.healthCheckInterval;
      return samplesReport(samples, window, { now: Date.now(), heldMs });
    },
    start: (request) => command('start', () => starter.start(request)),
    stop: (request) =>
      command(
        'stop',
        async () => {
          const ready = request.force === true ? null : memberStop.ready(request.belowQuorum);
          // Not a moment later for a node that nobody waits for.
          if (ready !== null) await ready;
          await supervision.stop(request);
          return status();
        },
        { force: request.force ?? false, timeout_ms: request.timeoutMs ?? null },
      ),
    restart: (request, { belowQuorum } = {}) =>
      command('restart', async () => {
        await memberStop.ready(belowQuorum);
        await starter.restart(request);
        return status();
      }),
    alerts: () => alerts.report(),
    testAlerts: () => alerts.test(),
    reload: () => reload(parts),
    rotateLog: () =>
      command('rotate-log', async () => rotateReply(await store.rotate(pausableNode(supervision)))),
    upgrade: () => upgrades.report(),
    startUpgrade: (request) =>
      command('upgrade', () => upgrades.plan(request), { to: request.launch.node.version }),
    cancelUpgrade: () => command('upgrade-cancel', () => upgrades.cancel()),
    rollbackUpgrade: (request) =>
      command('upgrade-rollback', () => upgrades.rollback(request), { restore: request.restore }),
    detach: () =>
      command('detach', () => {
        supervision.detach();
        setImmediate(end);
        return Promise.resolve(status());
      }),
  };
}

/** Not among the requests that a supervisor without a node stays for, and ends after. */
async function reload(parts: OperatedParts): Promise<ReloadReply> {
  const { gate, events, settings, reread } = parts;
  gate.check();
  events.publish({ type: 'command', command: 'reload', details: {} });
  try {
    const next = await reread(settings.sources);
    const inFile = await reread({ ...settings.sources, options: {}, environment: {} });
    const changes = await applySettings(parts, next);
    events.publish({ type: 'reloaded', ...changes });
    return { ...changes, overridden: overriddenInFile(inFile, next) };
  } catch (error) {
    events.publish({ type: 'reload-refused', error });
    throw error;
  }
}
