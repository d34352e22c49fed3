import { describe, expect, it } from 'vitest';

import { historyOf, optionsWith, seenAt, silenceAt, syncingAt } from '../test/observations.ts';
import { newHistory, type History } from './history.ts';
import { snapshotOf } from './snapshot.ts';
import { parseSyncing } from './sync-report.ts';
import { judge } from './verdict.ts';

const identity = { clientVersion: 'Geth/v1', chainId: 1 };

function snapshot(history: History) {
  const verdict = judge(history, optionsWith(), 'synced');
  return snapshotOf(history, 'synced', verdict, 5_000);
}

it('is timed by the last check, else by the clock', () => {
  expect(snapshot(newHistory(0)).timestamp).toBe('1970-01-01T00:00:05.000Z');
  expect(snapshot(historyOf(silenceAt(2))).timestamp).toBe('2023-11-14T22:13:22.000Z');
});

it.each([
  ['healthy', true],
  ['unknown', true],
  ['degraded', false],
  ['unhealthy', false],
] as const)('of the status %s is healthy: %j', (status, healthy) => {
  const verdict = { ...judge(newHistory(0), optionsWith(), 'synced'), status };
  const { reason, next, checks } = verdict;
  expect(snapshotOf({ ...newHistory(0), identity }, 'synced', verdict, 5_000)).toEqual({
    healthy,
    timestamp: '1970-01-01T00:00:05.000Z',
    status,
    phase: 'synced',
    reason,
    next,
    clientVersion: 'Geth/v1',
    chainId: 1,
    genesisHash: null,
    network: 'mainnet',
    head: null,
    sync: null,
    checks,
  });
});

describe('the head', () => {
  it('has no age at block 0, which nobody made', () => {
    const head = { number: 0, timestamp: 0 };
    expect(snapshot(historyOf(seenAt(1, { head }))).head).toMatchObject({
      number: 0,
      ageSeconds: null,
    });
  });

  it('has the age of its block at the last answer', () => {
    const head = { number: 7, timestamp: 1_700_000_000 };
    const history = historyOf(seenAt(12.4, { head }), silenceAt(99));
    expect(snapshot(history).head).toEqual({
      number: 7,
      timestamp: '2023-11-14T22:13:20.000Z',
      ageSeconds: 12,
      blockIntervalSeconds: null,
    });
  });

  it('may have a time in the future, or beyond all dates', () => {
    const future = { number: 7, timestamp: 1_700_000_100 };
    expect(snapshot(historyOf(seenAt(0, { head: future }))).head?.ageSeconds).toBe(0);
    const never = { number: 7, timestamp: 1e15 };
    expect(snapshot(historyOf(seenAt(0, { head: never }))).head).toMatchObject({
      timestamp: '+275760-09-13T00:00:00.000Z',
      ageSeconds: 0,
    });
  });

  it('is unknown where the node does not say', () => {
    expect(snapshot(historyOf(seenAt(0, { head: null }))).head).toBeNull();
  });
});

describe('the sync', () => {
  const at = (second: number, block: number, highest: number) =>
    seenAt(second, { syncing: syncingAt(block, highest) });

  it('has no rate after one check', () => {
    expect(snapshot(historyOf(at(0, 50, 200))).sync).toEqual({
      percent: 25,
      ratePerSecond: null,
      etaSeconds: null,
    });
  });

  it('has the rate from the first to the last check, and the time that the rest takes', () => {
    expect(
      snapshot(historyOf(at(10, 100, 1_000), at(12, 101, 999), at(16, 110, 1_000))).sync,
    ).toEqual({
      percent: 11,
      ratePerSecond: 1.67,
      etaSeconds: 533,
    });
  });

  it('has no end where it does not move', () => {
    expect(snapshot(historyOf(at(0, 5, 9), at(1, 5, 9))).sync).toMatchObject({
      ratePerSecond: 0,
      etaSeconds: null,
    });
  });

  it('has no rate where no time has passed', () => {
    expect(snapshot(historyOf(at(1, 5, 9), at(1, 6, 9))).sync?.ratePerSecond).toBeNull();
  });

  it('is never at 100 % while a block is missing', () => {
    expect(snapshot(historyOf(at(0, 99_999_999, 100_000_000))).sync?.percent).toBe(99.99);
  });

  it('is over at the head', () => {
    expect(snapshot(historyOf(at(0, 9, 9))).sync).toBeNull();
  });

  it('may hide its blocks', () => {
    const hidden = parseSyncing({ currentBlock: '0x1', stages: [] });
    expect(snapshot(historyOf(seenAt(0, { syncing: hidden }))).sync).toEqual({
      percent: null,
      ratePerSecond: null,
      etaSeconds: null,
    });
  });
});
