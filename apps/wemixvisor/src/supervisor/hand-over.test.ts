import type { Members } from '@wemixvisor/gwemix';
import { expect, it } from 'vitest';
import { handOver } from './hand-over.ts';
import type { MemberClient } from './member-client.ts';

const endpoint = { kind: 'ipc', path: '/srv/wemix/gwemix.ipc' } as const;
const names = ['member1', 'member2', 'member3'] as const;

/** A network of three in which `member1` is asked; `down` are its members that do not answer. */
function network({
  leader = 'member2',
  miner = null as string | null,
  down = [] as string[],
} = {}) {
  const state = { leader, miner, moves: [] as string[], asked: 0, disposed: 0, time: 0 };
  const members = (): Members => ({
    self: 'member1',
    removed: null,
    address: null,
    nodes: names.map((name) => ({
      name,
      up: !down.includes(name),
      address: null,
      host: null,
      height: null,
    })),
    etcd: {
      state: 'running',
      leader: state.leader,
      members: names.map((name) => ({ name, id: null, peerUrl: null, up: !down.includes(name) })),
    },
    mining: true,
    token: state.miner === null ? null : { miner: state.miner, height: 5 },
    governance: null,
    registry: null,
    synced: true,
    recent: null,
  });
  const client: MemberClient = {
    members: () => {
      state.asked += 1;
      return Promise.resolve(members());
    },
    ballots: () => Promise.resolve(null),
    moveLeader: (name) => {
      state.moves.push(name);
      state.leader = name;
      return Promise.resolve(null);
    },
    dispose: () => {
      state.disposed += 1;
    },
  };
  const ports = {
    open: () => client,
    now: () => state.time,
    sleep: (milliseconds: number) => {
      state.time += milliseconds;
      return Promise.resolve();
    },
  };
  return { state, ports };
}

it('lets another member lead, and says so', async () => {
  const { state, ports } = network({ leader: 'member1' });
  const phases: string[] = [];
  const onPhase = (what: string) => phases.push(what);
  expect(await handOver({ endpoint, belowQuorum: false, onPhase }, ports)).toBeNull();
  expect(state).toMatchObject({ moves: ['member2'], disposed: 1 });
  expect(phases).toEqual(['member1 leads, member2 is to lead']);
});

it('waits while it makes a block, and no longer than 15 seconds', async () => {
  const { state, ports } = network({ miner: 'member1' });
  const onPhase = () => {
    if (state.asked === 3) state.miner = 'member2';
  };
  expect(await handOver({ endpoint, belowQuorum: false, onPhase }, ports)).toBeNull();
  expect(state.asked).toBe(4);
  const stuck = network({ miner: 'member1' });
  expect(await handOver({ endpoint, belowQuorum: false }, stuck.ports)).toBe(
    'member1 makes block 5',
  );
  expect(stuck.state.time).toBe(15_000);
});

it('refuses where the others could make no blocks without it, unless that is wanted', async () => {
  const { state, ports } = network({ leader: 'member1', down: ['member3'] });
  await expect(handOver({ endpoint, belowQuorum: false }, ports)).rejects.toThrow(
    'not stopped: without member1 1 of 3 members are left, and the network needs 2 to make blocks; missing: member3; start the others first, or stop it all the same with --below-quorum',
  );
  expect(state.time).toBe(2_000);
  expect(await handOver({ endpoint, belowQuorum: true }, ports)).toBeNull();
  expect(state).toMatchObject({ moves: [], disposed: 2, time: 2_000 });
});

it('refuses nothing for a moment in which nobody seems to be up', async () => {
  const down = ['member3'];
  const { ports } = network({ down });
  const onPhase = () => void down.pop();
  expect(await handOver({ endpoint, belowQuorum: false, onPhase }, ports)).toBeNull();
});

it('asks nothing of a node that is no member, and waits for none that does not answer', async () => {
  const { state, ports } = network();
  expect(await handOver({ endpoint: null, belowQuorum: false }, ports)).toBeNull();
  expect(state.asked).toBe(0);
  const silent = {
    ...ports,
    open: () => ({ ...ports.open(), members: () => Promise.resolve(null) }),
  };
  expect(await handOver({ endpoint, belowQuorum: false }, silent)).toBeNull();
});
