import type { StatusReport } from '../report/status-report.ts';
import type { AdoptedNode } from './adopt-node.ts';
import { handOver } from './hand-over.ts';
import type { NodeMonitor } from './node-monitor.ts';

/** What has to happen before a node is stopped that is a member of a WEMIX network. */
export interface MemberStop {
  /** What the node is waited for; null where it is not. */
  readonly phase: StatusReport['stop_phase'];
  /**
   * Lets the other members take over; null for a node that nobody waits for.
   *
   * @throws AppError where the network would have no quorum without it, unless `belowQuorum` is true.
   */
  ready(belowQuorum: boolean | undefined): Promise<void> | null;
}

/** Makes what has to happen before the stops of a supervisor's node. */
export function createMemberStop(
  { supervision, events }: Pick<AdoptedNode, 'supervision' | 'events'>,
  nodeMonitor: Pick<NodeMonitor, 'description'>,
): MemberStop {
  let phase: StatusReport['stop_phase'] = null;
  const onPhase = (what: string) => {
    if (what !== phase?.what) phase = { what, since: new Date().toISOString() };
  };
  return {
    get phase() {
      return phase;
    },
    ready(belowQuorum = false) {
      const isUp = supervision.snapshot.state === 'running';
      const endpoint = isUp ? (nodeMonitor.description()?.memberEndpoint ?? null) : null;
      if (endpoint === null) return null;
      return handOver({ endpoint, belowQuorum, onPhase })
        .then((left) => {
          if (left === null) return;
          events.publish({ type: 'notice', text: `stopped all the same: ${left}` });
        })
        .finally(() => (phase = null));
    },
  };
}
