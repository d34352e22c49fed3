import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Members } from '@wemixvisor/gwemix';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { expect, it, vi } from 'vitest';
import { membershipOf } from './membership.ts';
import type { Ballots, MemberClient } from './member-client.ts';

const noLogs = '/dev/null/logs';
const endpoint = { kind: 'ipc', path: '/srv/wemix/gwemix.ipc' } as const;

const node = (name: string, up: boolean, height: number | null) => ({
  name,
  up,
  height,
  address: null,
  host: null,
});

const members: Members = {
  self: 'member1',
  removed: null,
  address: '0x1',
  nodes: [node('member1', true, 12), node('member2', true, 10), node('member3', false, null)],
  etcd: { state: 'running', leader: 'member2', members: [] },
  mining: true,
  token: null,
  governance: '0x2',
  registry: '0x3',
  synced: true,
  recent: { blocks: 6, own: 2 },
};

const ballots = [
  { id: 9, waitsForUs: true, removesUs: false },
  { id: 8, waitsForUs: true, removesUs: true },
  { id: 7, waitsForUs: false, removesUs: false },
] as unknown as Ballots;

function clientOf(changes: Partial<MemberClient>): MemberClient {
  return {
    members: () => Promise.resolve(members),
    ballots: () => Promise.resolve(ballots),
    moveLeader: () => Promise.resolve(null),
    dispose: () => {},
    ...changes,
  };
}

it('sums up what a member says, with the votes that are about it', async () => {
  const ask = membershipOf(() => endpoint, noLogs, { open: () => clientOf({}) });
  expect(await ask(5_000)).toEqual({
    self: 'member1',
    listed: true,
    etcd: 'running',
    etcdFailure: null,
    leader: 'member2',
    members: 3,
    membersUp: 2,
    mining: true,
    recent: { blocks: 6, own: 2 },
    synced: true,
    highestBlock: 10,
    waitingBallots: [9, 8],
    removalBallot: 8,
  });
});

it('looks at the ballots every ten minutes, and keeps them where the contracts do not answer', async () => {
  let time = 0;
  const look = vi.fn<MemberClient['ballots']>().mockResolvedValue(ballots);
  const ask = membershipOf(() => endpoint, noLogs, {
    open: () => clientOf({ ballots: look }),
    now: () => time,
  });
  await ask(5_000);
  time = 599_000;
  await ask(5_000);
  expect(look).toHaveBeenCalledTimes(1);
  time = 600_000;
  look.mockResolvedValue(null);
  expect(await ask(5_000)).toMatchObject({ waitingBallots: [9, 8] });
  expect(look).toHaveBeenCalledTimes(2);
});

it('says why etcd does not run where the log tells', async () => {
  await using folder = await temporaryDirectory();
  const line = `t=${new Date().toISOString()} lvl=eror msg="etcd failed to start" error="taken"`;
  writeFileSync(join(folder.path, 'node.log'), `${line}\n`);
  const etcd = { ...members.etcd, state: 'stopped' as const };
  const stopped = clientOf({ members: () => Promise.resolve({ ...members, etcd }) });
  const ask = (client: MemberClient) =>
    membershipOf(() => endpoint, folder.path, { open: () => client })(5_000);
  expect(await ask(stopped)).toMatchObject({ etcd: 'stopped', etcdFailure: 'taken' });
  expect(await ask(clientOf({}))).toMatchObject({ etcd: 'running', etcdFailure: null });
});

it('asks no other program, and opens nothing for it', async () => {
  const open = vi.fn<() => MemberClient>();
  expect(await membershipOf(() => null, noLogs, { open })(5_000)).toBeNull();
  expect(open).not.toHaveBeenCalled();
});

it('is over in the time of the check, and leaves no connection', async () => {
  const dispose = vi.fn<() => void>();
  const never = clientOf({ members: () => new Promise(() => {}), dispose });
  expect(await membershipOf(() => endpoint, noLogs, { open: () => never })(20)).toBeNull();
  expect(dispose).toHaveBeenCalledOnce();
});

it('keeps the name of a member that was removed', async () => {
  const removed = { ...members, self: null, removed: 'member1' };
  const client = clientOf({ members: () => Promise.resolve(removed) });
  const ask = membershipOf(() => endpoint, noLogs, { open: () => client });
  expect(await ask(5_000)).toMatchObject({ self: 'member1', listed: false, waitingBallots: [] });
});

it('tells an ordinary node of no votes', async () => {
  const ordinary = clientOf({ members: () => Promise.resolve({ ...members, self: null }) });
  const ask = membershipOf(() => endpoint, noLogs, { open: () => ordinary });
  expect(await ask(5_000)).toMatchObject({ self: null, waitingBallots: [], removalBallot: null });
});
