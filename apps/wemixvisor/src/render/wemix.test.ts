import { expect, it } from 'vitest';
import type { BallotsReport, EtcdReport, MembersReport } from '../report/wemix-reports.ts';
import { renderBallots, renderEtcd, renderMembers } from './wemix.ts';

const etcd: EtcdReport = {
  schema: 1,
  state: 'running',
  self: 'member1',
  leader: 'member2',
  token: { miner: 'member1', height: null },
  needed: 2,
  members: [
    { name: 'member1', id: 'a1', peer_url: null, up: true },
    { name: 'member2', id: 'b2', peer_url: 'https://10.0.0.2:8590', up: false },
  ],
};

it('shows who leads etcd, whose turn it is, and whether enough are up', () => {
  expect(renderEtcd(etcd, Infinity).split('\n')).toEqual([
    'etcd:      runs',
    'Leader:    member2',
    'Next:      member1, block ?',
    'Quorum:    1 of 2 are up, 2 are needed',
    '',
    'Member            State  Id  Peer URL',
    'member1           up     a1',
    'member2 (leader)  down   b2  https://10.0.0.2:8590',
    '',
  ]);
});

it.each([
  ['stopped', 'member1', 'does not run in this node: it takes no turn'],
  ['stopped', null, 'not here: this node is no member'],
  ['no-quorum', 'member1', 'has no quorum: nobody makes blocks until more members are up'],
  ['silent', null, 'the node did not answer in time'],
] as const)('says of an etcd that is %s in %s what that means', (state, self, words) => {
  const none = { ...etcd, state, self, leader: null, token: null, needed: null, members: [] };
  expect(renderEtcd(none, Infinity)).toContain(`etcd:      ${words}`);
});

it('marks the node among the members, and commands no terminal with their names', () => {
  const report: MembersReport = {
    schema: 1,
    self: null,
    governance: null,
    registry: null,
    synced: false,
    mining: false,
    recent: null,
    members: [{ name: 'evil\u001b[2J', address: null, host: null, up: false, height: null }],
  };
  const shown = renderMembers(report, 80);
  expect(shown).not.toContain('\u001b');
  expect(shown).toContain('This node: is no member');
  expect(shown).toContain('Miner:     off');
  expect(shown).toContain('the governance has newer ones than the node uses');
});

it('says that there is no ballot, and warns of none', () => {
  expect(renderBallots({ schema: 1, ballots: [] }, 80)).toBe('there is no ballot\n');
  const decided: BallotsReport['ballots'][number] = {
    id: 3,
    type: 'execute',
    state: 'accepted',
    subject: null,
    memo: '',
    creator: null,
    started_at: null,
    ends_at: null,
    duration_seconds: null,
    voters: null,
    accepts_percent: null,
    rejects_percent: null,
    voted: true,
    waits_for_us: false,
    removes_us: false,
  };
  const shown = renderBallots({ schema: 1, ballots: [decided] }, 80);
  expect(shown).toMatch(/^ 3 {2}execute {2}accepted/m);
  expect(shown).not.toMatch(/Your vote|Warning/);
});
