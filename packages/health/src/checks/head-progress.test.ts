import { describe, expect, it } from 'vitest';

import { historyOf, optionsWith, seenAt, syncingAt } from '../../test/observations.ts';
import { newHistory } from '../history.ts';
import { blockIntervalSeconds, checkHeadProgress } from './head-progress.ts';

const heads = (...blocks: readonly (readonly [number: number, timestamp: number])[]) =>
  blocks.map(([number, timestamp]) => ({ number, timestamp }));

describe('the block interval', () => {
  it.each([
    [[], null],
    [[[5, 10]], null],
    [
      [
        [0, 0],
        [1, 1_000],
      ],
      null,
    ],
    [
      [
        [5, 10],
        [6, 12],
      ],
      2,
    ],
    [
      [
        [5, 10],
        [9, 18],
      ],
      2,
    ],
    [
      [
        [5, 0],
        [6, 100],
        [7, 102],
        [8, 105],
      ],
      3,
    ],
    [
      [
        [0, 0],
        [1, 1_000],
        [2, 1_004],
      ],
      4,
    ],
  ] as const)('of the heads %j is %j seconds', (blocks, seconds) => {
    expect(blockIntervalSeconds(heads(...blocks))).toBe(seconds);
  });

  it('is the median, whatever the order of the gaps', () => {
    const gaps = [9, 100, 8, 10, 11];
    const times = gaps.reduce<number[]>((all, gap) => [...all, (all.at(-1) ?? 0) + gap], [0]);
    expect(
      blockIntervalSeconds(times.map((timestamp, at) => ({ number: at + 1, timestamp }))),
    ).toBe(10);
  });
});

describe('the check of the head', () => {
  const options = optionsWith({ stuckAfterMs: 600_000 });
  const head = { number: 100, timestamp: 1_700_000_000 };

  it('is unknown before there is a head', () => {
    const unknown = {
      healthy: null,
      standing_seconds: null,
      block_interval_seconds: null,
      peers_ahead: null,
    };
    expect(checkHeadProgress(newHistory(0), options)).toEqual(unknown);
    expect(checkHeadProgress(historyOf(seenAt(0, { head: null })), options)).toEqual(unknown);
  });

  it('is unknown while neither the pace nor a reference is known', () => {
    const history = historyOf(seenAt(0, { head }), seenAt(700, { head }));
    expect(checkHeadProgress(history, options)).toEqual({
      healthy: null,
      standing_seconds: 700,
      block_interval_seconds: null,
      peers_ahead: null,
    });
  });

  it.each([
    [99, false],
    [101, false],
    [102, true],
  ])('compares with a reference at block %i: ahead %j', (referenceHead, ahead) => {
    const history = historyOf(seenAt(0, { head, referenceHead }));
    expect(checkHeadProgress(history, options)).toMatchObject({
      healthy: true,
      peers_ahead: ahead,
    });
  });

  it.each([
    [599, true],
    [600, false],
  ])('waits for the time of "stuck" without a pace: %i s, %j', (second, healthy) => {
    const referenceHead = 100;
    const history = historyOf(
      seenAt(0, { head, referenceHead }),
      seenAt(second, { head, referenceHead }),
    );
    expect(checkHeadProgress(history, options).healthy).toBe(healthy);
  });

  it.each([
    [1, 239, true],
    [1, 240, false],
    [11_155_111, 240, false],
    // Nobody knows the pace of these.
    [1_337, 3_600, null],
    [1_111, 3_600, null],
  ])('knows the pace of public networks: chain %i after %i s, %j', (chainId, second, healthy) => {
    const history = historyOf(
      seenAt(0, { head, identity: { clientVersion: null, chainId } }),
      seenAt(second, { head }),
    );
    expect(checkHeadProgress(history, options).healthy).toBe(healthy);
  });

  it('counts a node at the head of its chain that indexes, not one that heals', () => {
    const indexing = syncingAt(0, 0, { txIndexRemainingBlocks: '0x1' });
    const healing = syncingAt(9, 9, { healingBytecode: '0x1' });
    const hoodi = { clientVersion: null, chainId: 560_048 };
    const healthy = (syncing: typeof indexing) => {
      const seen = { head: { number: 0, timestamp: 0 }, identity: hoodi, syncing };
      return checkHeadProgress(historyOf(seenAt(0, seen), seenAt(240, seen)), options).healthy;
    };
    expect(healthy(indexing)).toBe(false);
    expect(healthy(healing)).toBe(true);
    expect(healthy(null)).toBe(true);
  });

  it('leaves a node that is behind to the check of its sync', () => {
    const syncing = syncingAt(100, 900);
    const history = historyOf(
      seenAt(0),
      seenAt(1),
      seenAt(900, { head: { number: 101, timestamp: 1_700_000_001 }, syncing }),
    );
    expect(checkHeadProgress(history, options)).toMatchObject({
      healthy: true,
      standing_seconds: 899,
    });
  });
});
