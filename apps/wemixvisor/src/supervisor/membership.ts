import { setTimeout as sleep } from 'node:timers/promises';
import type { Members } from '@wemixvisor/gwemix';
import type { createMonitor, RpcEndpoint } from '@wemixvisor/health';
import { etcdFailure } from './node-says.ts';
import { openMemberClient, type Ballots, type MemberClient } from './member-client.ts';

type Ask = NonNullable<NonNullable<Parameters<typeof createMonitor>[1]>['membership']>;
type Membership = NonNullable<Awaited<ReturnType<Ask>>>;

/** Milliseconds between two looks at the ballots: a vote is open for a day and more. */
const ballotsEveryMs = 600_000;

/** Milliseconds of the time for a check that are kept from each question: the first can take 2 s, and the second never ends in time. */
const reserveMs = 2_250;

/** What a membership is asked with; a test replaces it. */
interface MembershipPorts {
  readonly open: typeof openMemberClient;
  readonly now: () => number;
}

/**
 * Asks a gwemix for its membership, for each health check; of other programs it knows nothing, and asks nothing. The answers come over a
 * connection of their own: a member whose etcd has no quorum takes 7 seconds for them, and answers everything else at once. Why its etcd
 * does not run stands in its log, in the folder `logs`.
 */
export function membershipOf(
  endpoint: () => RpcEndpoint | null,
  logs: string,
  { open = openMemberClient, now = () => performance.now() }: Partial<MembershipPorts> = {},
): Ask {
  let ballots: Ballots = [];
  let lookedAt = Number.NEGATIVE_INFINITY;

  async function ask(client: MemberClient): Promise<Membership | null> {
    const members = await client.members();
    if (members === null) return null;
    if (members.self !== null && now() - lookedAt >= ballotsEveryMs) {
      ballots = (await client.ballots(members)) ?? ballots;
      lookedAt = now();
    }
    const failure = members.etcd.state === 'stopped' ? await etcdFailure(logs) : null;
    return summaryOf(members, members.self === null ? [] : ballots, failure);
  }

  return async (timeoutMs) => {
    const where = endpoint();
    if (where === null) return null;
    const client = open(where, { timeoutMs: Math.max(timeoutMs / 2, timeoutMs - reserveMs) });
    const answered = new AbortController();
    const late = sleep(timeoutMs, null, { signal: answered.signal }).catch(() => null);
    try {
      return await Promise.race([ask(client), late]);
    } finally {
      answered.abort();
      client.dispose();
    }
  };
}

function summaryOf(members: Members, ballots: Ballots, failure: string | null): Membership {
  const { self, removed, etcd, nodes, mining, recent, synced } = members;
  const others = nodes.filter(({ name }) => name !== self);
  const heights = others.flatMap(({ height }) => (height === null ? [] : [height]));
  return {
    self: self ?? removed,
    listed: self !== null,
    etcd: etcd.state,
    etcdFailure: failure,
    leader: etcd.leader,
    members: nodes.length,
    membersUp: nodes.filter(({ up }) => up).length,
    mining,
    recent,
    synced,
    highestBlock: heights.length === 0 ? null : Math.max(...heights),
    waitingBallots: ballots.filter(({ waitsForUs }) => waitsForUs).map(({ id }) => id),
    removalBallot: ballots.find(({ removesUs }) => removesUs)?.id ?? null,
  };
}
