import type { Fork } from './fork.ts';
import { hashOf, recordOf, wholeNumberOf } from './json.ts';
import { decodeNodeRecord } from './node-record.ts';
import type { ForkId } from './checksum.ts';

/** What a running node says of its own chain. */
export interface OwnChain {
  readonly forks: readonly Fork[];
  readonly genesisHash: string | null;
  /** Of its own record; null where it has none. */
  readonly forkId: ForkId | null;
}

/** A chain has some twenty. */
const mostForks = 200;

/** Names that the field writes otherwise than their keys of a chain configuration. */
const names: Readonly<Record<string, string>> = {
  daoFork: 'DAO Fork',
  eip150: 'Tangerine Whistle',
  eip155: 'Spurious Dragon',
  eip158: 'Spurious Dragon',
  muirGlacier: 'Muir Glacier',
  arrowGlacier: 'Arrow Glacier',
  grayGlacier: 'Gray Glacier',
  mergeNetsplit: 'Merge netsplit',
};

/**
 * Reads the answer to `admin_nodeInfo` (geth; gwemix has its chain under the protocol `mir`); null where it tells of no chain.
 * geth counts every field whose name ends with `Block` or `Time` (core/forkid/forkid.go, gatherForks), and so does this.
 */
export function readNodeInfo(answer: unknown): OwnChain | null {
  const { protocols, enr } = recordOf(answer);
  const chain = Object.values(recordOf(protocols))
    .map((each) => recordOf(each))
    .find(({ config }) => Object.keys(recordOf(config)).length > 0);
  if (chain === undefined) return null;
  const { record } = decodeNodeRecord(typeof enr === 'string' ? enr : '');
  return {
    forks: Object.entries(recordOf(chain['config'])).flatMap(forkOf).slice(0, mostForks),
    genesisHash: hashOf(chain['genesis']),
    forkId: record?.forkId ?? null,
  };
}

function forkOf([key, value]: readonly [string, unknown]): readonly Fork[] {
  const [, base = '', ending = ''] = /^(\w{1,40}?)(Block|Time)$/.exec(key) ?? [];
  const at = wholeNumberOf(value);
  if (base === '' || at === null) return [];
  return [{ name: nameOf(base), unit: ending === 'Time' ? 'time' : 'height', value: at }];
}

function nameOf(base: string): string {
  if (/^bpo\d+$/.test(base)) return base.toUpperCase();
  return names[base] ?? `${base.slice(0, 1).toUpperCase()}${base.slice(1)}`;
}
