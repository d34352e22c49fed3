import { describe, expect, it } from 'vitest';
import { historyOf, optionsWith, seenAt } from '../../test/observations.ts';
import type { Membership } from '../membership.ts';
import type { Observation } from '../observation.ts';
import { phaseOf } from '../phase.ts';
import { judge } from '../verdict.ts';
import { checkMembership } from './membership.ts';

const member: Membership = {
  self: 'member1',
  listed: true,
  etcd: 'running',
  etcdFailure: null,
  leader: 'member2',
  members: 3,
  membersUp: 3,
  mining: true,
  recent: { blocks: 6, own: 2 },
  synced: true,
  highestBlock: 100,
  waitingBallots: [],
  removalBallot: null,
};

const at = (seconds: number, changes: Partial<Membership>, more: Partial<Observation> = {}) =>
  seenAt(seconds, { ...more, membership: { ...member, ...changes } });

function judged(...seen: readonly Observation[]) {
  const history = historyOf(...seen);
  const options = optionsWith({});
  return judge(history, options, phaseOf(history, options));
}

describe('the check of a membership', () => {
  it('is absent where the node says nothing of one, and finds nothing at an ordinary node', () => {
    expect(checkMembership(historyOf(seenAt(1)))).toBeNull();
    const ordinary = historyOf(at(1, { self: null, etcd: 'stopped', recent: null }));
    expect(checkMembership(ordinary)).toMatchObject({ healthy: null, why: null });
  });

  it('is content with a member that takes its turns', () => {
    expect(judged(at(1, {}))).toMatchObject({
      status: 'healthy',
      checks: {
        membership: {
          healthy: true,
          member: 'member1',
          leader: 'member2',
          members_up: 3,
          own_blocks: 2,
          recent_blocks: 6,
        },
      },
    });
  });

  it.each([
    [{ etcd: 'stopped' }, 'etcd does not run in member1: it makes no blocks'],
    [
      { etcd: 'stopped', etcdFailure: 'listen tcp 0.0.0.0:8590: bind: address already in use' },
      'etcd does not run in member1: it makes no blocks (listen tcp 0.0.0.0:8590: bind: address already in use)',
    ],
    [
      { etcd: 'no-quorum', membersUp: 1 },
      'etcd has no quorum, 1 of 3 members are up: nobody makes blocks',
    ],
    [
      { etcd: 'silent', self: null, membersUp: 1 },
      'etcd does not answer, as where it has no quorum; 1 of 3 members are up',
    ],
    [{ listed: false }, 'member1 is no member any more: the governance has removed it'],
    [{ mining: false }, 'the miner of member1 is off: it makes no blocks'],
    [{ synced: false }, 'member1 works with members that the governance has replaced'],
  ] as const)('calls a node degraded whose chain looks fine: %o', (changes, reason) => {
    expect(judged(at(60, changes))).toMatchObject({
      status: 'degraded',
      reason,
      restartWanted: false,
      checks: { membership: { healthy: false, why: reason } },
    });
  });

  it('misses the turns only of a member that was seen to take them', () => {
    const none = { recent: { blocks: 6, own: 0 } };
    expect(judged(at(1, none)).status).toBe('healthy');
    expect(judged(at(1, {}), at(61, none)).reason).toBe('member1 made none of the last 6 blocks');
    expect(judged(at(1, {}), at(61, none), at(91, {})).status).toBe('healthy');
  });

  it('gives a member a minute to join the others', () => {
    expect(judged(at(59, { etcd: 'stopped', mining: false })).status).toBe('healthy');
    expect(judged(at(59, { etcd: 'no-quorum' })).status).toBe('healthy');
    expect(judged(at(9, {}), at(10, { etcd: 'no-quorum' })).status).toBe('degraded');
  });

  it('says first that a node is behind the others, and of a chain that stands why', () => {
    const stands = { head: { number: 100, timestamp: 0 }, referenceHead: 120 };
    const behind = judged(at(0, {}, stands), at(601, { etcd: 'stopped' }, stands));
    expect(behind).toMatchObject({ status: 'unhealthy' });
    expect(behind.reason).toMatch(/^no new block for .* while the other members have newer ones$/);
    const all = { ...stands, referenceHead: 100 };
    expect(judged(at(0, {}, all), at(601, { etcd: 'no-quorum' }, all)).reason).toMatch(/^etcd has/);
    expect(judged(at(0, {}, all), at(601, {}, all)).reason).toContain(
      'the other members have none either, the whole chain stands',
    );
  });
});
