import { describe, expect, it } from 'vitest';
import { recordedAnswers as recorded } from '@wemixvisor/testkit';
import { answering, changed } from '../test/recorded.ts';
import { observeMembers } from './members.ts';

const whole = recorded('three-members');

describe('what a member says of its network', () => {
  it('has who leads, who is up and how high they are', async () => {
    const members = await observeMembers(answering(whole));
    expect(members).toMatchObject({
      self: 'member2',
      mining: true,
      synced: true,
      etcd: { state: 'running', leader: 'member2' },
      recent: { blocks: 6 },
    });
    expect(members?.nodes.map(({ name, up, height }) => [name, up, height])).toEqual([
      ['member1', true, 602],
      ['member2', true, 602],
      ['member3', true, 602],
    ]);
    expect(members?.etcd.members[0]).toEqual({
      name: 'member1',
      id: 'c80ec1d14bcc0fed',
      peerUrl: 'https://127.0.0.1:28600',
      up: true,
    });
  });

  it('tells a member that is down, whose height nobody knows', async () => {
    const members = await observeMembers(answering(recorded('one-down')));
    expect(members?.nodes.at(-1)).toMatchObject({ name: 'member3', up: false, height: null });
    expect(members?.etcd.state).toBe('running');
  });

  it('takes a member for up that only another member has a connection to', async () => {
    const apart = changed(whole, {
      admin_wemixInfo: (info: object) => ({
        ...info,
        miners: 'member1/up member2/up/* member3/down',
      }),
      admin_wemixNodes: (nodes: readonly { readonly name: string }[]) =>
        nodes.map((node) =>
          node.name === 'member3' ? { ...node, status: 'down', miningPeers: '' } : node,
        ),
    });
    const members = await observeMembers(answering(apart));
    expect(members?.nodes.at(-1)).toMatchObject({ name: 'member3', up: true });
    expect(members?.etcd.members.at(-1)).toMatchObject({ name: 'member3', up: true });
  });

  it('tells an etcd without a quorum from one that does not run', async () => {
    const lost = await observeMembers(answering(recorded('no-quorum')));
    expect(lost?.etcd).toEqual({ state: 'no-quorum', leader: null, members: [] });
    const stopped = changed(whole, { admin_wemixInfo: (info: object) => ({ ...info, etcd: {} }) });
    expect((await observeMembers(answering(stopped)))?.etcd.state).toBe('stopped');
  });

  it('does not ask for what a node that has no members yet crashes over', async () => {
    const asked: string[] = [];
    const early = answering(changed(whole, { admin_wemixNodes: () => null }));
    const members = await observeMembers((calls) => {
      asked.push(...calls.map(({ method }) => method));
      return early(calls);
    });
    expect(members).toBeNull();
    expect(asked).not.toContain('admin_wemixInfo');
  });

  it('takes a node that does not answer in time for one whose etcd waits', async () => {
    const late = { kind: 'failed', cause: 'timeout', why: 'no answer within 5000 ms' } as const;
    const inTime = (state: Parameters<typeof recorded>[0]) => {
      const batch = answering(recorded(state));
      return observeMembers((calls) =>
        calls[0]?.method === 'admin_wemixInfo' ? Promise.resolve([late]) : batch(calls),
      );
    };
    expect(await inTime('three-members')).toMatchObject({ self: null, etcd: { state: 'silent' } });
    const lost = await inTime('no-quorum');
    expect(lost).toMatchObject({ self: null, etcd: { state: 'no-quorum' } });
    expect(lost?.nodes.map(({ name, up }) => [name, up])).toEqual([
      ['member1', false],
      ['member2', true],
      ['member3', false],
    ]);
  });

  it('says nothing of a node that is no gwemix, or has no governance yet', async () => {
    expect(await observeMembers(answering([]))).toBeNull();
    const early = changed(whole, { admin_wemixInfo: () => '' });
    expect(await observeMembers(answering(early))).toBeNull();
  });

  it('tells one that the governance has removed, whose etcd has ended', async () => {
    const removed = changed(whole, {
      admin_wemixInfo: (info: { readonly nodes: readonly { readonly name: string }[] }) => ({
        ...info,
        nodes: info.nodes.filter(({ name }) => name !== 'member2'),
        etcd: { cluster: '', members: null },
      }),
    });
    expect(await observeMembers(answering(removed))).toMatchObject({
      self: null,
      removed: 'member2',
      address: null,
      etcd: { state: 'stopped', members: [] },
    });
  });

  it('asks an ordinary node no last question', async () => {
    let asked = 0;
    const ordinary = changed(whole, {
      admin_wemixInfo: (info: object) => ({ ...info, self: null, etcd: {} }),
    });
    const batch = answering(ordinary);
    const members = await observeMembers((calls) => {
      asked += 1;
      return batch(calls);
    });
    expect(members).toMatchObject({ self: null, recent: null });
    expect(asked).toBe(2);
  });

  it('sees that the governance has moved on', async () => {
    const behind = changed(whole, {
      admin_wemixInfo: (info: object) => ({ ...info, modifiedblock: 7 }),
    });
    expect((await observeMembers(answering(behind)))?.synced).toBe(false);
  });

  it('reads nothing into a token that is no JSON', async () => {
    const broken = changed(whole, { debug_etcdGet: () => '{' });
    expect((await observeMembers(answering(broken)))?.token).toBeNull();
  });
});
