import { expect, it } from 'vitest';
import { networkName, slotSecondsOf } from './networks.ts';

it.each([
  [1, 'mainnet', 12],
  [17_000, 'holesky', 12],
  [560_048, 'hoodi', 12],
  [11_155_111, 'sepolia', 12],
  [8_282, 'stablenet-mainnet', null],
  [8_283, 'stablenet-testnet', null],
  [1_111, 'wemix-mainnet', null],
  [1_112, 'wemix-testnet', null],
  [1_337, 'chain 1337', null],
  [null, null, null],
])('chain %j is %j, with %j seconds of a slot', (chainId, name, slot) => {
  expect(networkName({ chainId })).toBe(name);
  expect(slotSecondsOf({ clientVersion: null, chainId })).toBe(slot);
  expect(slotSecondsOf(null)).toBeNull();
});

it('is a public network only with its first block', () => {
  const genesisHash = '0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3';
  const first = { clientVersion: null, chainId: 1, genesisHash };
  expect([networkName(first), slotSecondsOf(first)]).toEqual(['mainnet', 12]);
  const other = { ...first, genesisHash: `0x${'a'.repeat(64)}` };
  expect([networkName(other), slotSecondsOf(other)]).toEqual([
    'chain 1, not mainnet: its first block is another one',
    null,
  ]);
  expect(networkName({ ...other, chainId: 1337 })).toBe('chain 1337');
});
