import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered, peerOf, recorded } from '../test/records.ts';
import { forkHashes, nextHash } from './checksum.ts';
import type { ForkEvidence } from './evidence.ts';
import { forksOfRelease } from './release-forks.ts';
import { weighForks } from './weigh-forks.ts';

const now = Date.parse('2026-11-29T08:00:00Z');
const seconds = now / 1000;
const day = 86_400;
const iso = (at: number) => new Date(at * 1000).toISOString();
const mainnet = forksOfRelease({ client: 'geth', network: 'mainnet' });
const genesisHash = mainnet?.genesisHash ?? '';
const lastHash = forkHashes(genesisHash, mainnet?.forks ?? []).at(-1) ?? '';

const evidenceOf = (more: Partial<ForkEvidence> = {}): ForkEvidence => ({
  now,
  client: { flavour: 'geth', version: '1.17.5' },
  network: 'mainnet',
  ...more,
});

/** Peers, each in a range of its own, of which the first ones announce a fork. */
function peersOf({
  announcing,
  others = 0,
  next = seconds + 20 * day,
  hash = lastHash,
}: {
  readonly announcing: number;
  readonly others?: number;
  readonly next?: number;
  readonly hash?: string;
}) {
  return Array.from({ length: announcing + others }, (_, node) =>
    peerOf(
      { node, hash: node < announcing ? hash : lastHash, next: node < announcing ? next : 0 },
      `${node + 10}.1.2.3:30303`,
    ),
  );
}

const missingOf = (evidence: ForkEvidence) => weighForks(evidence).missing;
const saysOf = (evidence: ForkEvidence, source: string) =>
  weighForks(evidence).sources.find((each) => each.source === source);

describe('the forks of a node', () => {
  it('are those of its release where nothing else is known', () => {
    const verdict = weighForks(evidenceOf());
    expect(verdict.forks.map(({ name, state }) => `${name} ${state}`).slice(-3)).toEqual([
      ...['Osaka passed', 'BPO1 passed', 'BPO2 passed'],
    ]);
    expect(verdict).toMatchObject({ next: null, missing: null });
  });

  it('are those that it says itself where it runs', () => {
    const nodeInfo = answered('geth-1.17.5-hoodi-node-info');
    const ethConfig = answered('geth-1.17.5-hoodi-eth-config');
    const logLines = recorded('geth-1.17.5-hoodi-banner.txt').split('\n');
    const verdict = weighForks(evidenceOf({ network: 'hoodi', nodeInfo, ethConfig, logLines }));
    expect(verdict.forks.map(({ name, sources }) => [name, ...sources])).toEqual([
      ['Prague', 'node', 'eth_config', 'log', 'releases'],
      ['Osaka', 'node', 'log', 'releases'],
      ['BPO1', 'node', 'log', 'releases'],
      ['BPO2', 'node', 'eth_config', 'log', 'releases'],
    ]);
    expect(verdict.missing).toBeNull();
  });

  it('are a private chain’s own, whatever network the options name', () => {
    const nodeInfo = answered('geth-1.17.5-private-node-info');
    expect(weighForks(evidenceOf({ nodeInfo })).forks).toEqual([]);
  });

  it('are missing where newer releases have them', () => {
    const client = { flavour: 'geth', version: '1.16.5' };
    const october = Date.parse('2025-10-20T00:00:00Z');
    expect(missingOf(evidenceOf({ client, now: october }))).toEqual({
      name: 'Osaka',
      height: null,
      at: '2025-12-03T21:49:11.000Z',
      earliest: null,
      latest: null,
      state: 'coming',
      sources: ['releases'],
      known: false,
      confidence: 'high',
      reasons: ['releases from 1.16.6 on have it'],
    });
    expect(missingOf(evidenceOf({ client }))?.state).toBe('passed');
  });

  it('are missing in a gwemix at its first start on an empty data directory, and there at its second', () => {
    const client = { flavour: 'gwemix', version: '0.10.9' };
    const gwemix = (start: string) =>
      evidenceOf({
        client,
        network: 'wemix-mainnet',
        nodeInfo: answered(`gwemix-0.10.9-${start}-start-node-info`),
      });
    expect(missingOf(gwemix('first'))).toMatchObject({ name: 'Applepie', confidence: 'high' });
    expect(missingOf(gwemix('first'))?.reasons[0]).toMatch(
      /^release 0\.10\.9 has it and the running/,
    );
    expect(missingOf(gwemix('second'))).toBeNull();
  });

  it.each(['montBlanc', 'croissant'])('that end a go-wemix are missing in it: %s', (name) => {
    const told = answered('gwemix-0.10.9-second-start-node-info') as {
      readonly protocols: { readonly mir: { readonly config: object } };
    };
    const config = { ...told.protocols.mir.config, [`${name}Block`]: 80_000_000 };
    const nodeInfo = { protocols: { mir: { ...told.protocols.mir, config } } };
    const of = (flavour: string, version: string) =>
      missingOf(evidenceOf({ client: { flavour, version }, network: null, nodeInfo }));
    expect(of('gwemix', '0.10.14')).toMatchObject({
      height: 80_000_000,
      known: false,
      reasons: ['go-wemix makes no blocks from there on'],
    });
    expect(of('go-wbft', '1.0.0')).toBeNull();
  });

  it('by height have a date, and how uncertain it is', () => {
    const blocks = [
      { number: 20_000_000, timestamp: seconds },
      { number: 19_995_000, timestamp: seconds - 5_000 },
      { number: 19_990_000, timestamp: seconds - 10_200 },
    ];
    const nodeInfo = answered('gwemix-0.10.9-second-start-node-info');
    const client = { flavour: 'gwemix', version: '0.10.9' };
    const { next } = weighForks(evidenceOf({ client, network: null, nodeInfo, blocks }));
    expect(next).toMatchObject({ name: 'Applepie', height: 20_476_911 });
    expect(next).toMatchObject({
      at: iso(Math.round(seconds + 476_911 * 1.02)),
      earliest: iso(seconds + 476_911),
      latest: iso(Math.round(seconds + 476_911 * 1.04)),
    });
  });
});

describe('the vote of the peers', () => {
  it('of a real node tells of a fork that it does not have', () => {
    const evidence = evidenceOf({
      network: null,
      nodeInfo: answered('geth-1.17.5-private-node-info'),
      peers: answered('geth-1.17.5-private-peers'),
    });
    expect(missingOf(evidence)).toMatchObject({
      ...{ name: null, height: null, at: iso(1_797_800_000), state: 'coming', confidence: 'high' },
      sources: ['peers'],
      reasons: ['3 of 3 peers, in 3 of 3 ranges of addresses, announce it'],
    });
  });

  it.each([
    [2, 0, undefined],
    [3, 0, 'high'],
    [3, 6, 'medium'],
    [3, 7, undefined],
    [5, 4, 'high'],
    [0, 9, undefined],
  ])('of %i against %i is worth: %s', (announcing, others, confidence) => {
    const missing = missingOf(evidenceOf({ peers: peersOf({ announcing, others }) }));
    expect(missing?.confidence).toBe(confidence);
  });

  it('without a quorum is shown, with low confidence', () => {
    const { forks } = weighForks(evidenceOf({ peers: peersOf({ announcing: 2 }) }));
    expect(forks.at(-1)).toMatchObject({ known: false, confidence: 'low' });
    expect(forks.at(-1)?.reasons).toEqual([
      '2 of 2 peers, in 2 of 2 ranges of addresses, announce it; that is no quorum',
    ]);
  });

  it.each([
    [2, 8, 'medium'],
    [1, 4, 'medium'],
    [1, 9, undefined],
  ])(
    'of %i against %i is worth of a fork that was told of before: %s',
    (announcing, others, confidence) => {
      const peers = peersOf({ announcing, others });
      const raised = { height: null, at: iso(seconds + 20 * day) };
      expect(missingOf(evidenceOf({ peers, raised }))?.confidence).toBe(confidence);
      const other = { height: null, at: iso(seconds + 21 * day) };
      expect(missingOf(evidenceOf({ peers, raised: other }))).toBeNull();
    },
  );

  it('tells of a fork that has passed by the checksum alone', () => {
    const hash = nextHash(lastHash, seconds - 3 * day);
    expect(
      missingOf(evidenceOf({ peers: peersOf({ announcing: 4, hash, next: 0 }) })),
    ).toMatchObject({
      ...{ at: iso(seconds - 3 * day), state: 'passed', confidence: 'high' },
    });
  });

  it('is not counted where the forks of the node do not give its own fork id', () => {
    const nodeInfo = {
      enr: (answered('geth-1.16.9-sepolia-node-info') as { enr: string }).enr,
      protocols: { eth: { genesis: genesisHash, config: { osakaTime: 1_764_798_551 } } },
    };
    const evidence = evidenceOf({ client: null, nodeInfo, peers: peersOf({ announcing: 9 }) });
    expect(missingOf(evidence)).toBeNull();
    expect(saysOf(evidence, 'peers')?.says).toMatch(
      /^not counted: the fork id of the node, fe3366e7/,
    );
  });
});

describe('a false alarm', () => {
  const next = seconds + 20 * day;
  const voice = (node: number) => ({ node, hash: lastHash, next });
  const quiet = (peers: unknown) => {
    expect(missingOf(evidenceOf({ peers }))).toBeNull();
  };
  const ten = Array.from({ length: 10 }, (_, node) => node);

  it('is not raised by one host with many ids, nor by its neighbours', () => {
    quiet(ten.map((node) => peerOf(voice(node), `203.0.113.7:${30_000 + node}`)));
    quiet(ten.map((node) => peerOf(voice(node), `203.0.${node}.7:30303`)));
    quiet(ten.map((node) => peerOf(voice(node), `[2001:db8:${node}::1]:30303`)));
    quiet(ten.map((node) => peerOf(voice(node), `[::ffff:203.0.${node}.7]:30303`)));
  });

  it('is not raised by one id at many addresses', () => {
    quiet(ten.map((node) => peerOf(voice(1), `${node + 10}.1.1.1:30303`)));
  });

  it('is not raised by records that another key signed', () => {
    const forged = ten.map((node) =>
      peerOf({ ...voice(node), signedBy: 99 }, `${node + 10}.1.1.1:1`),
    );
    quiet(forged);
    expect(saysOf(evidenceOf({ peers: forged }), 'peers')?.says).toMatch(
      /10 records are not signed/,
    );
  });

  it('is not raised by records of others than the peers that show them', () => {
    quiet(
      ten.map((node) => ({ ...peerOf(voice(node), `${node + 10}.1.1.1:1`), id: '00'.repeat(32) })),
    );
  });

  it('is not raised by peers whose handshake is not done', () => {
    const protocols = { eth: 'handshake' };
    quiet(ten.map((node) => peerOf(voice(node), `${node + 10}.1.1.1:1`, { protocols })));
  });

  it.each([
    ['the beginning of time', 1],
    ['a height, on a chain whose forks have times', 26_000_000],
    ['the last fork', 1_767_747_671],
    ['before the last fork', 1_700_000_000],
    ['two years from now', seconds + 731 * day],
    ['the end of time', 2 ** 53 - 1],
  ])('is not raised by a quorum that announces %s', (_, absurd) => {
    quiet(peersOf({ announcing: 10, next: absurd }));
  });

  it('is not raised by peers that are syncing, or never learnt of a fork that has passed', () => {
    const earlier = forkHashes(genesisHash, mainnet?.forks ?? []).at(-2) ?? '';
    quiet(peersOf({ announcing: 10, hash: earlier, next: 1_767_747_671 }));
    quiet(peersOf({ announcing: 10, hash: earlier, next: 0 }));
    quiet(peersOf({ announcing: 10, hash: earlier }));
  });

  it('is not raised by peers of other chains: of their checksums hardly one gives a likely moment', () => {
    const raised = fc.sample(fc.nat(0xff_ff_ff_ff), { numRuns: 60, seed: 7 }).filter((other) => {
      const hash = other.toString(16).padStart(8, '0');
      return missingOf(evidenceOf({ peers: peersOf({ announcing: 3, hash, next: 0 }) })) !== null;
    });
    expect(raised.length).toBeLessThanOrEqual(2);
  });

  it('is not raised from two ranges of addresses, whatever any number of peers in them sign', () => {
    const peer = fc.record({
      node: fc.nat(6),
      hash: fc.constantFrom(lastHash, nextHash(lastHash, seconds - day), 'deadbeef'),
      next: fc.constantFrom(0, next, seconds - day, 1_767_747_671, 2 ** 40),
      signedBy: fc.constantFrom(1, 2),
      range: fc.constantFrom('203.0', '198.51'),
    });
    fc.assert(
      fc.property(fc.array(peer, { maxLength: 9 }), (peers) => {
        quiet(
          peers.map(({ range, signedBy, node, ...said }, at) =>
            peerOf(
              { ...said, node, signedBy: signedBy === 1 ? node : 99 },
              `${range}.1.${at}:30303`,
            ),
          ),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('is not raised by an answer of any size, nor does it take long', () => {
    const config = Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`f${at}Time`, at]));
    const nodeInfo = { protocols: { eth: { genesis: genesisHash, config } } };
    const peers = Array.from({ length: 2_000 }, () => peerOf(voice(1), '10.1.1.1:30303'));
    const verdict = weighForks(evidenceOf({ client: null, nodeInfo, peers }));
    expect(verdict.forks.length).toBeLessThanOrEqual(200);
    expect(verdict.missing).toBeNull();
  });

  it('is not raised by whatever else is in an answer', () => {
    fc.assert(
      fc.property(fc.anything(), fc.array(fc.object()), (anything, peers) => {
        const evidence = { peers, nodeInfo: anything, ethConfig: anything };
        const reference = { ethConfig: anything, genesis: { hash: genesisHash, timestamp: 0 } };
        expect(weighForks(evidenceOf({ ...evidence, reference })).missing).toBeNull();
      }),
    );
  });
});

describe('another node of the chain', () => {
  const at = seconds + 40 * day;
  const referenceOf = (hash: string, genesis: string | null = genesisHash) => ({
    ethConfig: {
      current: { activationTime: 1_767_747_671, forkId: `0x${lastHash}` },
      next: { activationTime: at, forkId: `0x${hash}` },
      last: { activationTime: at, forkId: `0x${hash}` },
    },
    genesis: genesis === null ? null : { hash: genesis, timestamp: 0 },
  });

  it('tells of a fork with the checksum of this chain', () => {
    const reference = referenceOf(nextHash(lastHash, at));
    expect(missingOf(evidenceOf({ reference }))).toMatchObject({
      ...{ at: iso(at), sources: ['reference'], confidence: 'medium' },
    });
  });

  it('that agrees with the peers is as good as a majority of them', () => {
    const reference = referenceOf(nextHash(lastHash, at));
    const peers = peersOf({ announcing: 3, others: 6, next: at });
    expect(missingOf(evidenceOf({ reference, peers }))).toMatchObject({
      ...{ sources: ['reference', 'peers'], confidence: 'high' },
    });
  });

  it('with another checksum, or another first block, raises nothing', () => {
    expect(missingOf(evidenceOf({ reference: referenceOf('12345678') }))).toBeNull();
    const other = referenceOf(nextHash(lastHash, at), `0x${'1'.repeat(64)}`);
    expect(missingOf(evidenceOf({ reference: other }))).toBeNull();
    expect(saysOf(evidenceOf({ reference: other }), 'reference')?.says).toMatch(/first block/);
  });
});

describe('a program that is to take the place of the node', () => {
  const geth = (version: string) => ({ flavour: 'geth', version });
  const lacked = (version: string, more: Partial<ForkEvidence> = {}) => {
    const evidence = evidenceOf({ client: geth('1.16.9'), successor: geth(version), ...more });
    const { lackedBySuccessor: fork } = weighForks(evidence);
    return fork && { name: fork.name, known: fork.known, state: fork.state };
  };

  it('is asked by the table for what the node has now and for what newer releases have', () => {
    expect(lacked('1.17.5')).toBeNull();
    expect(lacked('1.16.5')).toEqual({ name: 'Osaka', known: true, state: 'passed' });
    expect(lacked('1.16.5', { client: geth('1.16.4') })).toMatchObject({
      ...{ name: 'Osaka', known: false },
    });
    expect(weighForks(evidenceOf())).not.toHaveProperty('lackedBySuccessor');
  });

  it('lacks what a quorum of the peers announces and it does not have', () => {
    const genesis = { hash: genesisHash, timestamp: 0 };
    const peers = peersOf({ announcing: 6, others: 2 });
    const coming = { name: null, known: false, state: 'coming' };
    expect(lacked('1.17.5', { client: geth('1.17.5'), genesis, peers })).toEqual(coming);
    const few = peersOf({ announcing: 1, others: 7 });
    expect(lacked('1.17.5', { client: geth('1.17.5'), genesis, peers: few })).toBeNull();
  });

  it('is not said to lack anything where nothing is known of it', () => {
    const peers = peersOf({ announcing: 6, others: 2 });
    expect(lacked('1.18.0', { client: geth('1.17.5'), peers })).toBeNull();
    expect(lacked('1.16.5', { network: null })).toBeNull();
    expect(lacked('1.16.5', { genesis: { hash: `0x${'1'.repeat(64)}`, timestamp: 0 } })).toBeNull();
    expect(lacked('1.16.5', { successor: { flavour: 'geth', version: null } })).toBeNull();
    expect(lacked('1.16.5', { successor: { flavour: 'unknown', version: '1.16.5' } })).toBeNull();
  });

  it('gets the forks that the options of the node move', () => {
    const nodeInfo = answered('geth-1.17.5-hoodi-node-info') as {
      readonly protocols: { readonly eth: { readonly config: object } };
    };
    const { eth } = nodeInfo.protocols;
    const config = { ...eth.config, osakaTime: seconds + day };
    const moved = { ...nodeInfo, protocols: { eth: { ...eth, config } } };
    const hoodi = { network: 'hoodi', client: geth('1.17.5') };
    expect(lacked('1.17.4', { ...hoodi, nodeInfo })).toBeNull();
    expect(lacked('1.17.4', { ...hoodi, nodeInfo: moved })).toBeNull();
  });
});
