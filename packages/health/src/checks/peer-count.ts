import type { History } from '../history.ts';
import type { ResolvedOptions } from '../options.ts';

/** Has the node enough peers? `healthy` and `peers` are null where it does not report them. */
export interface PeerCountCheck {
  readonly healthy: boolean | null;
  readonly peers: number | null;
  readonly min_required: number;
}

/** Checks the number of peers. */
export function checkPeerCount({ last }: History, { minPeers }: ResolvedOptions): PeerCountCheck {
  const peers = last?.peers ?? null;
  return {
    healthy: peers === null ? null : peers >= minPeers,
    peers,
    min_required: minPeers,
  };
}
