import { setTimeout as sleep } from 'node:timers/promises';
import { adviseStop } from '@wemixvisor/gwemix';
import type { RpcEndpoint } from '@wemixvisor/health';
import { AppError } from '../app-error.ts';
import { openMemberClient } from './member-client.ts';

/** How a member is to be stopped. */
export interface HandOverOptions {
  /** Where the member is asked; null for a node that is none. */
  readonly endpoint: RpcEndpoint | null;
  /** Go on where the others cannot make blocks without it. */
  readonly belowQuorum: boolean;
  /** Hears what is waited for. */
  readonly onPhase?: (what: string) => void;
}

/** What a test replaces. */
interface HandOverPorts {
  readonly open: typeof openMemberClient;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/** Milliseconds that a stop waits for the others; a member makes a block in a second, and gwemix.sh tries for 4. */
const longestMs = 15_000;
const everyMs = 250;
/** While another one begins to lead, the members do not know for a moment who does, and look as if they were down. */
const sureAfterMs = 2_000;
/** A member that needs longer has an etcd without a quorum: there is nothing to hand over. */
const answerMs = 3_000;

/**
 * Makes a member of a WEMIX network ready to stop: it waits until it makes no block, and lets another member lead etcd. Bounded: after 15
 * seconds the node may be stopped as it is, and what it was waited for is returned; null where all went well.
 *
 * @throws AppError where the network would have no quorum without it.
 */
export async function handOver(
  { endpoint, belowQuorum, onPhase = () => {} }: HandOverOptions,
  {
    open = openMemberClient,
    now = () => performance.now(),
    sleep: wait = sleep,
  }: Partial<HandOverPorts> = {},
): Promise<string | null> {
  if (endpoint === null) return null;
  const client = open(endpoint, { timeoutMs: answerMs });
  const [sureAt, deadline] = [now() + sureAfterMs, now() + longestMs];
  try {
    for (;;) {
      const members = await client.members();
      const advice = members === null ? null : adviseStop(members);
      if (advice === null || advice.kind === 'stop') return null;
      if (advice.kind === 'refuse' && belowQuorum) return null;
      if (advice.kind === 'refuse' && now() >= sureAt) throw refusal(advice.why);
      if (now() >= deadline) return advice.why;
      onPhase(advice.why);
      if (advice.kind === 'hand-over') await client.moveLeader(advice.to);
      await wait(everyMs);
    }
  } finally {
    client.dispose();
  }
}

function refusal(why: string): AppError {
  return new AppError(
    `not stopped: ${why}; start the others first, or stop it all the same with --below-quorum`,
  );
}
