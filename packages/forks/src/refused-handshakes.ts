/**
 * What geth logs, at the level debug, of a peer whose fork id does not go with its own: `Ethereum handshake failed … err="fork ID
 * rejected: local incompatible or needs update"` (eth/handler.go and core/forkid/forkid.go, 1.9.7 to 1.17; gwemix the same). The same
 * handshake is told a second time in `Removing p2p peer`. The other way round, where the peer is behind, it says `remote needs update`.
 */
const refused = /Ethereum handshake failed.*fork ID rejected: (local incompatible|remote needs)/;

/** Handshakes that ended for the fork id. */
export interface RefusedHandshakes {
  /** The peer was on a fork that the node does not have. */
  readonly nodeBehind: number;
  /** The node was on a fork that the peer does not have. */
  readonly peerBehind: number;
}

/** Counts the handshakes that were refused for the fork id in lines of a node's log. At geth's usual verbosity none is logged. */
export function countRefusedHandshakes(lines: Iterable<string>): RefusedHandshakes {
  let nodeBehind = 0;
  let peerBehind = 0;
  for (const line of lines) {
    const why = refused.exec(line)?.[1];
    if (why === 'local incompatible') nodeBehind += 1;
    else if (why !== undefined) peerBehind += 1;
  }
  return { nodeBehind, peerBehind };
}
