import type { History } from '../history.ts';
import type { Thresholds } from '../options.ts';
import { checkDiskSpace, type DiskSpaceCheck } from './disk-space.ts';
import { checkHeadProgress, type HeadProgressCheck } from './head-progress.ts';
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
}

/** Runs every check over what was observed; nothing is asked from the node here. */
export function runChecks(history: History, thresholds: Thresholds): Checks {
  const disk = checkDiskSpace(history, thresholds);
  return {
    rpc_endpoint: checkRpcEndpoint(history, thresholds),
    peer_count: checkPeerCount(history, thresholds),
    sync_status: checkSyncStatus(history, thresholds),
    head_progress: checkHeadProgress(history, thresholds),
    ...(disk !== null && { disk_space: disk }),
  };
}
