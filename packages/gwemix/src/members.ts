import { contractCall, readAnswer } from './abi.ts';
import { isRecord, numberOf, recordsOf, textOf, valueOf, type Batch } from './batch.ts';

/** A node that the governance lists: a member of the network. */
interface MemberNode {
  readonly name: string;
  /** The account that stands for it in the governance. */
  readonly address: string | null;
  /** Where it is reached, `IP:PORT` of its peer-to-peer port. */
  readonly host: string | null;
  /** Whether the asked node has a connection to it, or a member that it asked; the asked node itself is up. */
  readonly up: boolean;
  /** Its newest block; null where it did not say. */
  readonly height: number | null;
}

/** One voice in etcd, which members use to take turns. */
interface EtcdMember {
  readonly name: string;
  readonly id: string | null;
  readonly peerUrl: string | null;
  /**
   * Whether its node is up and knows who leads: one that is up may run no etcd, and is no voice then. Of one that only another member has a
   * connection to, the former is all that is known.
   */
  readonly up: boolean;
}

/**
 * What a gwemix node says of its network. Only members know all of it: an ordinary node has `self` null, and no etcd.
 * From `admin_wemixInfo` and `admin_wemixNodes` (wemix/admin.go and etcdutil.go of go-wemix w0.10.9).
 */
export interface Members {
  /** The name of the asked node among the members; null where it is none, or did not say in time. */
  readonly self: string | null;
  /** The name that the asked node had, where the governance has removed it since it was started; else null. */
  readonly removed: string | null;
  readonly address: string | null;
  readonly nodes: readonly MemberNode[];
  readonly etcd: {
    /**
     * `stopped`: it does not run in this node; `no-quorum`: fewer than half of its members reach each other, so nobody makes blocks;
     * `silent`: the node had no answer in time, which without a quorum takes 7 seconds; its etcd may not run either.
     */
    readonly state: 'running' | 'stopped' | 'no-quorum' | 'silent';
    readonly leader: string | null;
    readonly members: readonly EtcdMember[];
  };
  /** Whether the node's miner runs, as its members' always does. */
  readonly mining: boolean | null;
  /** Who holds the right to make the next block, and the block it is for; null where nobody does or it was not said. */
  readonly token: { readonly miner: string; readonly height: number | null } | null;
  /** The contracts, as the node found them. */
  readonly governance: string | null;
  readonly registry: string | null;
  /** Whether the node works with the members that the governance has now. */
  readonly synced: boolean | null;
  /** The newest blocks of the chain, and how many of them this member made. */
  readonly recent: { readonly blocks: number; readonly own: number } | null;
}

/** Seconds that other members have to say their height. */
const nodesTimeoutSeconds = 1;

/** More headers are not asked for, however many members there are. */
const mostHeaders = 64;

/**
 * Asks a node for its members, its etcd and its miner. Null where it is no gwemix, or does not offer `admin` there, as over HTTP by
 * default: IPC offers it. Give each request 8 seconds, so that all is known without a quorum of etcd, where one answer takes 7. With
 * less the members are known and whether there is a quorum, where each request has more than 2: the first takes up to that then.
 *
 * @example
 * import { createRpcClient, parseEndpoint } from '@wemixvisor/health';
 * import { observeMembers } from '@wemixvisor/gwemix';
 *
 * const client = createRpcClient(parseEndpoint('/srv/gwemix/gwemix.ipc'), { timeoutMs: 8_000 });
 * const members = await observeMembers((calls) => client.batch(calls));
 * console.log(members?.etcd.leader);
 */
export async function observeMembers(batch: Batch): Promise<Members | null> {
  const [heights, mining, height, coinbase, token] = await batch([
    { method: 'admin_wemixNodes', params: ['', nodesTimeoutSeconds] },
    { method: 'eth_mining' },
    { method: 'eth_blockNumber' },
    { method: 'eth_coinbase' },
    { method: 'debug_etcdGet', params: ['token'] },
  ]);
  const nodes = recordsOf(valueOf(heights));
  // Before it has read the governance, as while it syncs, it has no nodes, and admin_wemixInfo writes a crash into its log.
  if (nodes.length === 0) return null;
  const [said] = await batch([{ method: 'admin_wemixInfo' }]);
  if (said?.kind === 'failed' && said.cause === 'timeout') return silentAmong(nodes, token);
  const info = valueOf(said);
  if (!isRecord(info)) return null;
  const known = membersOf(info, { mining: valueOf(mining), token: valueOf(token), nodes });
  if (known.self === null) return known;
  const heightOf = new Map(
    nodes.map((node) => [node['name'], numberOf(node['latestBlockHeight'])]),
  );
  return withTurns(
    batch,
    {
      ...known,
      nodes: known.nodes.map((node) => ({ ...node, height: heightOf.get(node.name) ?? null })),
    },
    { info, head: numberOf(valueOf(height)), coinbase: textOf(valueOf(coinbase)) },
  );
}

/** What is known where the long answer is not there in time. An etcd that runs and has no quorum refuses its token within a second. */
function silentAmong(
  nodes: readonly Readonly<Record<string, unknown>>[],
  token: Awaited<ReturnType<Batch>>[number] | undefined,
): Members {
  const up = seenUp(nodes);
  const isLost = token?.kind === 'failed' && token.why.includes('deadline exceeded');
  return {
    self: null,
    removed: null,
    address: null,
    nodes: nodes.flatMap((node) => {
      const [name, height] = [textOf(node['name']), numberOf(node['latestBlockHeight'])];
      if (name === null) return [];
      return [{ name, address: null, host: textOf(node['addr']), up: up.has(name), height }];
    }),
    etcd: { state: isLost ? 'no-quorum' : 'silent', leader: null, members: [] },
    mining: null,
    token: null,
    governance: null,
    registry: null,
    synced: null,
    recent: null,
  };
}

function membersOf(
  info: Readonly<Record<string, unknown>>,
  {
    mining,
    token,
    nodes,
  }: {
    readonly mining: unknown;
    readonly token: unknown;
    readonly nodes: readonly Readonly<Record<string, unknown>>[];
  },
): Members {
  const up = new Set([...upOf(info['miners']), ...seenUp(nodes)]);
  // gwemix itself takes a member that marks no leader for one that has to join etcd yet (etcdAutoJoin).
  const voices = nodes.filter(({ name, status, miningPeers: seen }) =>
    status === 'up' ? String(seen).includes('*') : up.has(String(name)),
  );
  const self = isRecord(info['self']) ? info['self'] : {};
  const name = textOf(self['name']);
  const isListed = recordsOf(info['nodes']).some((node) => node['name'] === name);
  return {
    self: isListed ? name : null,
    removed: isListed ? null : name,
    address: isListed ? textOf(self['addr']) : null,
    nodes: recordsOf(info['nodes']).flatMap((node) => {
      const name = textOf(node['name']);
      if (name === null) return [];
      const host = `${textOf(node['ip']) ?? '?'}:${numberOf(node['port']) ?? '?'}`;
      return [{ name, address: textOf(node['addr']), host, up: up.has(name), height: null }];
    }),
    // The others have removed it from theirs, and its own has ended.
    etcd: etcdOf(isListed ? info['etcd'] : {}, new Set(voices.map(({ name }) => name))),
    mining: typeof mining === 'boolean' ? mining : null,
    token: tokenOf(token),
    governance: textOf(info['governance']),
    registry: textOf(info['registry']),
    synced: null,
    recent: null,
  };
}

/** The names that are up in `member1/up member2/up/* member3/down`. */
function upOf(miners: unknown): readonly string[] {
  if (typeof miners !== 'string') return [];
  return miners.split(' ').flatMap((each) => {
    const [name = '', status] = each.split('/');
    return status === 'up' ? [name] : [];
  });
}

/** Who is up for any member that answered: two of them can be without a connection for hours, while both have one to a third. */
function seenUp(nodes: readonly Readonly<Record<string, unknown>>[]): ReadonlySet<string> {
  return new Set(nodes.flatMap(({ miningPeers }) => upOf(miningPeers)));
}

/** `{}` is an error of Go without fields: etcd is not running. Without a quorum there are no members in the list. */
function etcdOf(value: unknown, voices: ReadonlySet<unknown>): Members['etcd'] {
  const etcd = isRecord(value) ? value : {};
  const leader = isRecord(etcd['leader']) ? textOf(etcd['leader']['name']) : null;
  const members = recordsOf(etcd['members']).map((member) => ({
    // A member that was added and has not come yet has no name.
    name: textOf(member['name']) ?? '?',
    id: textOf(member['id']),
    peerUrl: textOf(member['peerUrls']),
    up: voices.has(member['name']),
  }));
  const runs = Object.hasOwn(etcd, 'members');
  const state = !runs ? 'stopped' : members.length === 0 ? 'no-quorum' : 'running';
  return { state, leader, members };
}

function tokenOf(value: unknown): Members['token'] {
  try {
    const token: unknown = typeof value === 'string' ? JSON.parse(value) : null;
    const miner = isRecord(token) ? textOf(token['miner']) : null;
    return miner === null || !isRecord(token) ? null : { miner, height: numberOf(token['height']) };
  } catch {
    return null;
  }
}

/** What only a last question can tell: whether the governance moved on, and who made the last blocks. */
async function withTurns(
  batch: Batch,
  known: Members,
  asked: {
    readonly info: Readonly<Record<string, unknown>>;
    readonly head: number | null;
    readonly coinbase: string | null;
  },
): Promise<Members> {
  const { governance, nodes } = known;
  const numbers = blocksBelow(asked.head, Math.min(mostHeaders, 2 * nodes.length));
  const [modified, ...headers] = await batch([
    contractCall(governance ?? '0x', 'modifiedBlock()'),
    ...numbers.map((number) => ({
      method: 'eth_getHeaderByNumber',
      params: [`0x${number.toString(16)}`],
    })),
  ]);
  const modifiedBlock = readAnswer(valueOf(modified))?.number(0) ?? null;
  const workedWith = numberOf(asked.info['modifiedblock']);
  const makers = headers.flatMap((header) => {
    const block = valueOf(header);
    return isRecord(block) ? [textOf(block['miner'])?.toLowerCase()] : [];
  });
  const ours = [known.address?.toLowerCase(), asked.coinbase?.toLowerCase()];
  return {
    ...known,
    synced: modifiedBlock === null || workedWith === null ? null : modifiedBlock === workedWith,
    recent:
      makers.length === 0
        ? null
        : { blocks: makers.length, own: makers.filter((maker) => ours.includes(maker)).length },
  };
}

function blocksBelow(head: number | null, count: number): readonly number[] {
  const newest = head ?? 0;
  return Array.from({ length: Math.min(count, newest) }, (_, at) => newest - at);
}
