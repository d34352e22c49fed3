import type { History } from '../history.ts';
import type { Thresholds } from '../options.ts';

/** Has the node enough peers? `healthy` and `peers` are null where it does not say. */
export interface PeerCountCheck {
  readonly healthy: boolean | null;
  readonly peers: number | null;
  readonly min_required: number;
}

/** Judges the peer count of the last check. */
export function checkPeerCount({ last }: History, { minPeers }: Thresholds): PeerCountCheck {
  const peers = last?.peers ?? null;
  return {
    healthy: peers === null ? null : peers >= minPeers,
    peers,
    min_required: minPeers,
  };
}
