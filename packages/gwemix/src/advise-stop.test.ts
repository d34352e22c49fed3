import { describe, expect, it } from 'vitest';
import { recordedAnswers as recorded } from '@wemixvisor/testkit';
import { answering, changed } from '../test/recorded.ts';
import { adviseStop } from './advise-stop.ts';
import { observeMembers, type Members } from './members.ts';

async function observed(state: Parameters<typeof recorded>[0]): Promise<Members> {
  const members = await observeMembers(answering(recorded(state)));
  if (members === null) throw new Error('no members');
  return { ...members, token: null };
}

describe('whether a member may stop', () => {
  it('lets the leader hand over to a member that is up', async () => {
    const members = await observed('three-members');
    expect(adviseStop(members)).toMatchObject({ kind: 'hand-over', to: 'member1' });
    const firstDown = members.etcd.members.map((one) => ({ ...one, up: one.name !== 'member1' }));
    const five = [...firstDown, ...['member4', 'member5'].map(named)];
    const larger = { ...members, etcd: { ...members.etcd, members: five } };
    expect(adviseStop(larger)).toMatchObject({ kind: 'hand-over', to: 'member3' });
  });

  it('waits while it makes a block', async () => {
    const members = await observed('three-members');
    const making = { ...members, token: { miner: 'member2', height: 7 } };
    expect(adviseStop(making)).toEqual({ kind: 'wait', why: 'member2 makes block 7' });
    expect(adviseStop({ ...members, token: { miner: 'member1', height: 7 } }).kind).toBe(
      'hand-over',
    );
  });

  it('refuses what would take the network below its quorum, and says who is missing', async () => {
    expect(adviseStop(await observed('one-down'))).toEqual({
      kind: 'refuse',
      why: 'without member2 1 of 3 members are left, and the network needs 2 to make blocks; missing: member3',
    });
  });

  it('does not count a member that is up and runs no etcd', async () => {
    const apart = changed(recorded('three-members'), {
      admin_wemixNodes: (nodes: readonly { readonly name: string }[]) =>
        nodes.map((node) => ({
          ...node,
          ...(node.name === 'member3' && { miningPeers: 'member1/up member2/up member3/up' }),
        })),
    });
    const members = await observeMembers(answering(apart));
    expect(members?.nodes.map(({ up }) => up)).toEqual([true, true, true]);
    expect(members && adviseStop(members)).toMatchObject({
      kind: 'refuse',
      why: expect.stringMatching(/1 of 3 members are left, .*; missing: member3$/),
    });
  });

  it('lets one stop that leads nobody', async () => {
    const members = await observed('three-members');
    const led = { ...members, etcd: { ...members.etcd, leader: 'member3' } };
    expect(adviseStop(led)).toEqual({ kind: 'stop' });
  });

  it('has nothing to save where there is no quorum, no other member, or no membership', async () => {
    const members = await observed('three-members');
    expect(adviseStop(await observed('no-quorum'))).toEqual({ kind: 'stop' });
    expect(adviseStop({ ...members, self: null })).toEqual({ kind: 'stop' });
    const alone = { ...members.etcd, members: [named('member2')] };
    expect(adviseStop({ ...members, etcd: alone })).toEqual({ kind: 'stop' });
  });
});

const named = (name: string) => ({ name, id: null, peerUrl: null, up: true });
