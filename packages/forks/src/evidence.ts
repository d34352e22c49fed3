import type { BlockTime } from './block-time.ts';
import type { ForkSource } from './fork-source.ts';
import type { WeighedFork } from './verdict.ts';

/** What is known of a node and its network. Answers are taken as they came; what was not asked is left out. */
export interface ForkEvidence {
  /** Epoch milliseconds. */
  readonly now: number;
  /** The node's program; null where it is not known. */
  readonly client: { readonly flavour: string; readonly version: string | null } | null;
  /** The public network that the node is on, as its options or its answers say: `mainnet`, `wemix-testnet`. */
  readonly network: string | null;
  /** The first block, as the node answered. */
  readonly genesis?: { readonly hash: string; readonly timestamp: number } | null;
  /** Headers of the node's chain, the newest first: the interval between blocks is measured on them. */
  readonly blocks?: readonly BlockTime[];
  /** The answer to `admin_nodeInfo`. */
  readonly nodeInfo?: unknown;
  /** The answer to `eth_config`. */
  readonly ethConfig?: unknown;
  /** The answer to `admin_peers`. */
  readonly peers?: unknown;
  /** Lines of the node's log: those of its start, and those that tell of handshakes. */
  readonly logLines?: readonly string[];
  /** What another node of the chain answered. */
  readonly reference?: Pick<ForkEvidence, 'ethConfig' | 'genesis'> | null;
  /** The program that is to take the node's place: its forks are compared too. */
  readonly successor?: ForkEvidence['client'];
  /** Why a source was not asked or did not answer, in words. */
  readonly silent?: Partial<Readonly<Record<ForkSource, string>>>;
  /** The missing fork of the last verdict: once it is told of, half of what raised it keeps it. */
  readonly raised?: Pick<WeighedFork, 'height' | 'at'> | null;
}
