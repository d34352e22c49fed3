import type { History } from '../history.ts';
import type { ResolvedOptions } from '../options.ts';
import { checkDiskSpace, type DiskSpaceCheck } from './disk-space.ts';
import { checkHeadProgress, type HeadProgressCheck } from './head-progress.ts';
import { checkMembership, type MembershipCheck } from './membership.ts';
import { checkPeerCount, type PeerCountCheck } from './peer-count.ts';
import { checkRpcEndpoint, type RpcEndpointCheck } from './rpc-endpoint.ts';
import { checkSyncStatus, type SyncStatusCheck } from './sync-status.ts';

/** All checks by their published names; `disk_space` is absent where no folder is watched. */
export interface Checks {
  readonly rpc_endpoint: RpcEndpointCheck;
  readonly peer_count: PeerCountCheck;
  readonly sync_status: SyncStatusCheck;
  readonly head_progress: HeadProgressCheck;
  readonly disk_space?: DiskSpaceCheck;
  /** Absent where the node says nothing of a membership. */
  readonly membership?: MembershipCheck;
}

/** Runs every check on the observations; it asks the node nothing. */
export function runChecks(history: History, options: ResolvedOptions): Checks {
  const disk = checkDiskSpace(history, options);
  const membership = checkMembership(history);
  return {
    rpc_endpoint: checkRpcEndpoint(history, options),
    peer_count: checkPeerCount(history, options),
    sync_status: checkSyncStatus(history, options),
    head_progress: checkHeadProgress(history, options),
    ...(disk !== null && { disk_space: disk }),
    ...(membership !== null && { membership }),
  };
}
