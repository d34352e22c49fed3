import { expect, it } from 'vitest';
import { describeFork } from './describe-fork.ts';
import type { WeighedFork } from './verdict.ts';

const now = Date.parse('2026-11-29T08:00:00Z');
const forkOf = (overrides: Partial<WeighedFork> = {}): WeighedFork => ({
  ...{ name: 'Osaka', height: null, at: '2026-12-20T20:53:20.000Z', earliest: null, latest: null },
  ...{ state: 'coming', known: true, sources: ['node'], confidence: 'high', reasons: [] },
  ...overrides,
});

it.each([
  [{}, 'Osaka, at 2026-12-20 20:53Z, in 21 days'],
  [{ at: '2026-11-30T09:00:00.000Z' }, 'Osaka, at 2026-11-30 09:00Z, in 1 day'],
  [{ at: '2026-11-29T07:00:00.000Z' }, 'Osaka, at 2026-11-29 07:00Z, less than a day ago'],
  [{ height: 7 }, 'Osaka, at block 7, about 2026-12-20 20:53Z, in 21 days'],
  [{ height: 7, at: null }, 'Osaka, at block 7'],
  [{ height: 7, at: null, state: 'passed' as const }, 'Osaka, at block 7, which has passed'],
  [{ name: null }, 'a hard fork of unknown name, at 2026-12-20 20:53Z, in 21 days'],
])('describes a fork that the node has: %o', (overrides, words) => {
  expect(describeFork(forkOf(overrides), now)).toBe(words);
});

it('says of a fork that the node lacks who says so, and what to do', () => {
  const lacking = { known: false, reasons: ['9 peers announce it', 'so does the reference'] };
  expect(describeFork(forkOf(lacking), now)).toBe(
    'the node lacks Osaka, at 2026-12-20 20:53Z, in 21 days: 9 peers announce it; so does the reference. What to do: get a release that has it',
  );
  const last = { known: false, reasons: ['go-wemix makes no blocks from there on'] };
  expect(describeFork(forkOf(last), now)).toMatch(
    /What to do: have gwemix 1\.0 \(go-wbft\) carry the chain on$/,
  );
  const released = {
    known: false,
    reasons: ['release 0.10.9 has it and the running node does not'],
  };
  expect(describeFork(forkOf(released), now)).toMatch(
    /What to do: restart it, or mend its genesis$/,
  );
});
