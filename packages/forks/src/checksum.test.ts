import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forkBetween, forkHashes, nextHash } from './checksum.ts';
import { forksOfRelease } from './release-forks.ts';

const mainnet = forksOfRelease({ client: 'geth', network: 'mainnet' });

describe('the checksums of a chain', () => {
  it('are those that EIP-2124 gives for mainnet, and EIP-6122 and geth for its forks by time', () => {
    const hashes = forkHashes(mainnet?.genesisHash ?? '', mainnet?.forks ?? []);
    expect(hashes.slice(0, 8)).toEqual([
      ...['fc64ec04', '97c2c34c', '91d1f948', '7a64da13', '3edd5b10', 'a00bc324', '668db0af'],
      '879d6e30',
    ]);
    // core/forkid/forkid_test.go of geth: Gray Glacier, Shanghai, Cancun, Prague, Osaka, BPO1, BPO2.
    expect(hashes.slice(12)).toEqual([
      ...['f0afd0e3', 'dce96c2d', '9f3d2254', 'c376cf8b', '5167e2a6', 'cba2a1c0', '07c9462e'],
    ]);
  });

  it('tell the moment of the one fork between two of them', () => {
    fc.assert(
      fc.property(
        fc.nat(0xff_ff_ff_ff),
        fc.integer({ min: 1, max: 0xff_ff_ff_ff }),
        (state, at) => {
          const before = state.toString(16).padStart(8, '0');
          expect(forkBetween(before, nextHash(before, at))).toBe(at);
        },
      ),
    );
  });
});
