import { expect, it } from 'vitest';
import { networkName, slotSecondsOf } from './networks.ts';

it.each([
  [1, 'mainnet', 12],
  [17_000, 'holesky', 12],
  [560_048, 'hoodi', 12],
  [11_155_111, 'sepolia', 12],
  [1_111, 'wemix-mainnet', null],
  [1_112, 'wemix-testnet', null],
  [1_337, 'chain 1337', null],
  [null, null, null],
])('chain %j is %j, with %j seconds of a slot', (chainId, name, slot) => {
  expect(networkName(chainId)).toBe(name);
  expect(slotSecondsOf({ clientVersion: null, chainId })).toBe(slot);
  expect(slotSecondsOf(null)).toBeNull();
});
