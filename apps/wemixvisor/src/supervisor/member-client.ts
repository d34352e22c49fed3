import { observeMembers, readBallots, type Members } from '@wemixvisor/gwemix';
import { createRpcClient, type RpcEndpoint } from '@wemixvisor/health';

/** Asks a member of a WEMIX network about it. Nothing rejects: what was not answered is null. */
export interface MemberClient {
  /** Null where the node is no gwemix, is down, or does not offer `admin` there. */
  members(): Promise<Members | null>;
  /** The newest ballots; null where the contracts do not answer. */
  ballots(members: Members): Promise<Ballots | null>;
  /** Makes another member lead etcd; why that did not go, or null. */
  moveLeader(name: string): Promise<string | null>;
  dispose(): void;
}

/** The newest ballots of the governance. */
export type Ballots = NonNullable<Awaited<ReturnType<typeof readBallots>>>;

/** A member whose etcd has no quorum answers after 7 seconds (wemix/etcdutil.go of go-wemix w0.10.9). */
const patientMs = 9_000;

/** Makes a client of a member; it connects with its first question. */
export function openMemberClient(
  endpoint: RpcEndpoint,
  { timeoutMs = patientMs }: { readonly timeoutMs?: number } = {},
): MemberClient {
  const client = createRpcClient(endpoint, { timeoutMs });
  const batch: Parameters<typeof observeMembers>[0] = (calls) => client.batch(calls);
  return {
    members: () => observeMembers(batch),
    ballots: (members) => readBallots(batch, members),
    async moveLeader(name) {
      const [moved] = await client.batch([{ method: 'admin_etcdMoveLeader', params: [name] }]);
      return moved === undefined || moved.kind === 'ok' ? null : moved.why;
    },
    dispose: () => client.dispose(),
  };
}
