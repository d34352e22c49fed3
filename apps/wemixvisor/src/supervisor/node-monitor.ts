import {
  createMonitor,
  parseEndpoint,
  type HealthSnapshot,
  type Monitor,
} from '@wemixvisor/health';
import type { Settings } from '../settings/settings.ts';
import type { AdoptedNode } from './adopt-node.ts';
import type { LaunchDescription } from './describe-launch.ts';
import type { SupervisorPorts } from './ports.ts';
import type { ForkWatch } from './fork-watch.ts';
import { healthRestartRefusal } from './health-restart-refusal.ts';
import { membershipOf } from './membership.ts';
import { standstillReason } from './node-says.ts';
import { strangerAt } from './stranger-at.ts';

/** The health monitor of the supervised node. */
export interface NodeMonitor {
  /** The last health check, null where the node is not up. */
  readonly health: HealthSnapshot | null;
  readonly monitor: Monitor;
  /** What the present command tells of the node; null where there is none. */
  description(): LaunchDescription | null;
  /** Why the node would not be restarted for its health now, in words; null where it would be. */
  restartRefusal(): string | null;
  /**
   * Who answers in the place of the node, in words; null where it is the node itself, or nobody can tell. `clientVersion` is what the
   * answer says of itself.
   */
  readonly stranger: (clientVersion: string | null) => Promise<string | null>;
  /** Takes the present command and settings. What is known of the health stays, unless the endpoint changed. */
  refresh(): void;
  /** Checks now, or gives the last check where it is younger than the interval. */
  check(options: { readonly live: boolean }): Promise<HealthSnapshot | null>;
}

/**
 * Makes the monitor of a node; it checks nothing before it is told that the node runs. `leftBehind` is why the network goes on without the
 * node.
 */
export function createNodeMonitor(
  { options: { paths }, supervision, settings, describer }: AdoptedNode,
  {
    createMonitor: monitorOf = createMonitor,
    now = () => Date.now(),
    strangerAt: strangerOf = strangerAt,
  }: Partial<SupervisorPorts['health']> = {},
  leftBehind: ForkWatch['leftBehind'] = () => ({ peers: null, head: null }),
): NodeMonitor {
  const isUp = () => supervision.snapshot.pid !== null;
  const description = () => describer.of(supervision.snapshot.command);
  const options = () => healthOptions(description(), settings.current);
  const restartRefusal = () =>
    healthRestartRefusal(settings.current.healthRestart, supervision.nextHealthRestartAt, now());
  const monitor = monitorOf(options(), {
    restartRefusal,
    leftBehind,
    membership: membershipOf(() => description()?.memberEndpoint ?? null, paths.logs),
    standstillReason: () => standstillReason(paths.logs, supervision.snapshot.startedAt ?? now()),
  });
  /** What the present process said of itself when it was asked by its watch. */
  let said: { readonly pid: number | null; readonly clientVersion: string | null } | null = null;

  function stranger(clientVersion: string | null): Promise<string | null> {
    const { pid } = supervision.snapshot;
    said = { pid, clientVersion };
    const { endpoint = null, program } = description() ?? {};
    // An endpoint that the operator named may be anybody's.
    const isNamed = settings.current.rpcUrl !== null;
    const isKnown = pid !== null && endpoint !== null && program !== undefined && !isNamed;
    return isKnown ? strangerOf(endpoint, { pid, program }, clientVersion) : Promise.resolve(null);
  }
  return {
    get health() {
      return isUp() ? monitor.snapshot : null;
    },
    monitor,
    description,
    restartRefusal,
    stranger,
    refresh: () => monitor.update(options()),
    async check(how) {
      if (!isUp()) return null;
      const { state, pid } = supervision.snapshot;
      if (state === 'starting') {
        const clientVersion = said?.pid === pid ? said.clientVersion : null;
        monitor.strangerAnswers(await stranger(clientVersion));
      }
      return monitor.check(how);
    },
  };
}

function healthOptions(description: LaunchDescription | null, settings: Settings) {
  return {
    endpoint: description?.endpoint ?? null,
    intervalMs: settings.healthCheckInterval,
    timeoutMs: settings.healthCheckTimeout,
    failureThreshold: settings.healthFailureThreshold,
    // A node that takes none, as with --dev, is not missing any.
    minPeers: Math.min(settings.minPeers, description?.facts.maximumPeers ?? Infinity),
    dataDirectory: description?.facts.dataDirectory ?? null,
    minimumFreeDiskBytes: description?.facts.minimumFreeDiskBytes ?? null,
    referenceEndpoint:
      settings.referenceRpcUrl === null ? null : parseEndpoint(settings.referenceRpcUrl),
    stuckAfterMs: settings.stuckAfter,
  };
}
