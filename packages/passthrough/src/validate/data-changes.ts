import type { Target } from '../registry/look-up.ts';
import { isAtLeast } from '../registry/release.ts';

/** What a release of geth writes otherwise than those before it. */
export interface DataChange {
  /** The first release that writes so. */
  readonly since: string;
  /** The first release that can go on with it; what is older refuses it, or loses what `loses` says. */
  readonly readFrom: string;
  /** What it is, as the object of "it writes". */
  readonly what: string;
  /** What an older release makes of it where it does not refuse it; null where it refuses it: the door goes one way. */
  readonly loses: string | null;
  /** About how much it adds to the data of mainnet soon after the start, in bytes; 0 where that is next to nothing. */
  readonly mainnetBytes: number;
}

/**
 * Read in the releases from 1.10.0 to 1.17.5: `BlockChainVersion` in core/blockchain.go, core/rawdb/{freezer_meta,ancient_scheme}.go, the
 * versions of the history and of the journal in trie/triedb/pathdb and triedb/pathdb, and `FormatMajorVersion` in ethdb/pebble with what
 * the Pebble of each release reads. The index of logs of the 22,109,169 blocks of mainnet took 59.21 GiB in 269,755 maps, and that of its last
 * 2,350,000, the default of `--history.logs`, 51,857 maps (go-ethereum, pull requests 31463 and 30370). That a release reads Pebble, or the path scheme, is another question: who has neither writes neither.
 */
const changes: readonly DataChange[] = [
  {
    since: '1.14.0',
    readFrom: '1.14.0',
    what: 'the journal of the newest states in another format (path scheme)',
    loses: 'throws it away, and makes up to 128 blocks anew',
    mainnetBytes: 0,
  },
  {
    since: '1.15.0',
    readFrom: '1.15.0',
    what: 'version 9 of the database, with another index of old blocks and another history of states',
    loses: null,
    mainnetBytes: 0,
  },
  {
    since: '1.15.6',
    readFrom: '1.15.6',
    what: 'an index of logs, made beside its work (--history.logs)',
    loses: 'has no use for it',
    mainnetBytes: 12 * 1024 ** 3,
  },
  {
    since: '1.17.5',
    readFrom: '1.13.0',
    what: 'a format of Pebble that releases before 1.13.0 do not open',
    loses: null,
    mainnetBytes: 0,
  },
];

/** What the data gets by going from one release to another that the first could not go on with. Empty for other programs than geth. */
export function dataChanges(from: Target, to: Target): readonly DataChange[] {
  const [before, after] = [from.version, to.version];
  if (from.flavour !== 'geth' || to.flavour !== 'geth' || before === null || after === null) {
    return [];
  }
  return changes.filter(
    ({ since, readFrom }) => isAtLeast(after, since) && !isAtLeast(before, readFrom),
  );
}
