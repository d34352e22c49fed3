import type { ForkVerdict } from '@wemixvisor/forks';
import type { ForkLook } from '../src/supervisor/look-at-forks.ts';

type WeighedFork = ForkVerdict['forks'][number];

/** A fork that the peers announce and the node lacks, with overrides. */
export function forkOf(overrides: Partial<WeighedFork> = {}): WeighedFork {
  return {
    name: null,
    unit: 'time',
    value: Date.parse('2027-01-01T00:00:00Z') / 1000,
    state: 'coming',
    expected: null,
    isKnown: false,
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
): ForkLook {
  const sources = [{ source: 'peers' as const, heard, says: 'what a test says' }];
  const forks = missing === null ? known : [...known, missing];
  return { verdict: { forks, next: null, missing, sources }, refused };
}
