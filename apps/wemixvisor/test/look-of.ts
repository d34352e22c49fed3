import type { ForkVerdict } from '@wemixvisor/forks';

type WeighedFork = ForkVerdict['forks'][number];

/** A fork that the peers announce and the node lacks, with overrides. */
export function forkOf(overrides: Partial<WeighedFork> = {}): WeighedFork {
  return {
    ...{ name: null, height: null, at: '2027-01-01T00:00:00.000Z', earliest: null, latest: null },
    state: 'coming',
    known: false,
    sources: ['peers'],
    confidence: 'high',
    reasons: ['9 of 12 peers, in 8 of 10 ranges of addresses, announce it'],
    ...overrides,
  };
}

/** A look at forks that found one that the node lacks, or none. */
export function lookOf(
  missing: WeighedFork | null = null,
  {
    refused = 0,
    known = [],
    heard = true,
  }: {
    readonly refused?: number;
    readonly known?: readonly WeighedFork[];
    readonly heard?: boolean;
  } = {},
): ForkVerdict {
  const sources = [{ source: 'peers' as const, heard, says: 'what a test says' }];
  const forks = missing === null ? known : [...known, missing];
  return { forks, next: null, missing, sources, refused };
}
