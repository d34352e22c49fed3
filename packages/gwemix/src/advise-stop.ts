import type { Members } from './members.ts';

/** What to do before a member stops. */
type StopAdvice =
  /** Nothing is in the way. */
  | { readonly kind: 'stop' }
  /** Another member is to lead first. */
  | { readonly kind: 'hand-over'; readonly to: string; readonly why: string }
  /** This member makes a block now. */
  | { readonly kind: 'wait'; readonly why: string }
  /** Without it the others cannot go on. */
  | { readonly kind: 'refuse'; readonly why: string };

/**
 * Whether a member may stop now, as gwemix.sh does it and one thing more: it must not hold the right to make a block, another
 * member must lead etcd, and those that are left must be more than half. A pure function.
 *
 * A network of one member cannot go on in any case, and one that has lost its quorum already has nothing left to lose.
 *
 * @example
 * import { createRpcClient, parseEndpoint } from '@wemixvisor/health';
 * import { adviseStop, observeMembers } from '@wemixvisor/gwemix';
 *
 * const client = createRpcClient(parseEndpoint('/srv/gwemix/gwemix.ipc'), { timeoutMs: 8_000 });
 * const members = await observeMembers((calls) => client.batch(calls));
 * const advice = members === null ? null : adviseStop(members);
 * if (advice?.kind === 'hand-over') {
 *   await client.batch([{ method: 'admin_etcdMoveLeader', params: [advice.to] }]);
 * }
 */
export function adviseStop({ self, etcd, token }: Members): StopAdvice {
  if (self === null || etcd.state !== 'running') return { kind: 'stop' };
  const others = etcd.members.filter(({ name }) => name !== self);
  if (others.length === 0) return { kind: 'stop' };
  const left = others.filter(({ up }) => up);
  const needed = Math.floor(etcd.members.length / 2) + 1;
  if (left.length < needed && left.length + 1 >= needed) {
    const down = others.filter(({ up }) => !up).map(({ name }) => name);
    const because = down.length === 0 ? '' : `; missing: ${down.join(', ')}`;
    const why = `without ${self} ${left.length} of ${etcd.members.length} members are left, and the network needs ${needed} to make blocks${because}`;
    return { kind: 'refuse', why };
  }
  if (token?.miner === self) {
    const block = token.height === null ? 'a block' : `block ${token.height}`;
    return { kind: 'wait', why: `${self} makes ${block}` };
  }
  const [next] = left;
  if (etcd.leader === self && next !== undefined) {
    return { kind: 'hand-over', to: next.name, why: `${self} leads, ${next.name} is to lead` };
  }
  return { kind: 'stop' };
}
