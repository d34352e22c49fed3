import { describe, expect, it } from 'vitest';
import { recorded } from '../test/records.ts';
import { forkHashes } from './checksum.ts';
import { inOrder } from './fork.ts';
import { forksOfRelease } from './release-forks.ts';
import { readStartBanner } from './start-banner.ts';

const bannerOf = (file: string) => readStartBanner(recorded(file).split('\n'));

describe('the start banner', () => {
  it.each([
    ['geth-1.17.5-hoodi-banner.txt', 'geth', 'hoodi', '1.17.5'],
    ['geth-1.16.9-sepolia-banner.txt', 'geth', 'sepolia', '1.16.9'],
    ['geth-1.13.15-mainnet-banner.ndjson', 'geth', 'mainnet', '1.13.15'],
    ['geth-1.10.26-mainnet-banner.ndjson', 'geth', 'mainnet', '1.10.26'],
    ['gwemix-0.10.9-banner.txt', 'gwemix', 'wemix-mainnet', '0.10.9'],
  ])('of a real node, %s, lists the forks of its release', (file, client, network, version) => {
    const banner = bannerOf(file);
    const release = forksOfRelease({ client, network, version });
    expect(banner?.chainId).toBe(release?.chainId);
    const listed = inOrder(banner?.forks ?? []);
    expect(listed.map(({ name, unit, value }) => ({ name, unit, value }))).toEqual(
      release?.forks.map(({ name, unit, value }) => ({ name, unit, value })),
    );
    const genesis = release?.genesisHash ?? '';
    expect(forkHashes(genesis, listed)).toEqual(forkHashes(genesis, release?.forks ?? []));
  });

  it('of the last start counts', () => {
    const lines = [
      ...['Chain ID:  1 (mainnet)', ' - Prague:  @1746612311'],
      ...['Chain ID:  5 (unknown)', ' - London:  #12'],
    ];
    expect(readStartBanner(lines)).toEqual({
      chainId: 5,
      forks: [{ name: 'London', unit: 'height', value: 12 }],
    });
  });

  it('is not there in other lines', () => {
    expect(readStartBanner(['INFO  - Osaka:  @1764798551', 'Imported new chain'])).toBeNull();
  });
});
